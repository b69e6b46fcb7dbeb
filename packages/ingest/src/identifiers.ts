/** Names of a work in the catalogues of others, read from the ways in which they are written. */
import { type Identifier, parseArxivId } from "@paperwire/domain";

const DOI = /^10\.\d{4,9}\/[^\s"<>{}\\]{1,200}$/;
const DOI_PREFIX = /^(?:doi:\s*|https?:\/\/(?:dx\.)?doi\.org\/)/i;
const OPENREVIEW_ID = /^[\w-]{6,40}$/;
/** `2024.acl-long.1`, `P18-1001`. @source https://aclanthology.org/info/ids/ */
const ACL_ID = /^(?:\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d{1,4}|[A-Z]\d{2}-\d{4,5})$/;
/** Prefixes under which arXiv and the ACL Anthology give DOIs to what has a name of its own there. */
const ARXIV_DOI = /^10\.48550\/arxiv\./;
const ACL_DOI = /^10\.(?:18653\/v1|3115\/v1)\//;

/** In small letters, which is how two DOIs are compared; undefined where the text is none. */
export function doiIn(text: string | null | undefined): string | undefined {
  const bare = text?.trim().replace(DOI_PREFIX, "").toLowerCase() ?? "";
  return DOI.test(bare) ? bare : undefined;
}

export type Names = {
  arxiv?: string | null | undefined;
  doi?: string | null | undefined;
  openreview?: string | null | undefined;
  acl?: string | null | undefined;
  /** Pages of the work, of which some hold a name. */
  urls?: readonly (string | null | undefined)[];
};

/** Every name once, arXiv's first: it is the one that papers are called by here. What is no name is left out. */
export function identifiersIn({ arxiv, doi, openreview, acl, urls = [] }: Names): Identifier[] {
  const found = [
    ...named("arxiv", arxiv),
    ...named("doi", doi),
    ...named("openreview", openreview),
    ...named("acl", acl),
    ...urls.flatMap(namesInUrl),
  ];
  const order = ["arxiv", "doi", "openreview", "acl"];
  found.sort((a, b) => order.indexOf(a.scheme) - order.indexOf(b.scheme));
  return found.filter(
    ({ scheme, value }, at) => found.findIndex((one) => one.scheme === scheme && one.value === value) === at,
  );
}

function named(scheme: "arxiv" | "doi" | "openreview" | "acl", text: string | null | undefined): Identifier[] {
  if (!text) return [];
  if (scheme === "doi") return namesInDoi(doiIn(text));
  const value = scheme === "arxiv" ? parseArxivId(text)?.id : text.trim();
  if (value === undefined) return [];
  if (scheme === "openreview" && !OPENREVIEW_ID.test(value)) return [];
  if (scheme === "acl" && !ACL_ID.test(value)) return [];
  return [{ scheme, value }];
}

/** arXiv's own DOIs are its ids in another dress, and are not kept twice. */
function namesInDoi(doi: string | undefined): Identifier[] {
  if (doi === undefined) return [];
  if (ARXIV_DOI.test(doi)) return named("arxiv", doi.replace(ARXIV_DOI, ""));
  const acl = ACL_DOI.test(doi) ? named("acl", aclCase(doi.replace(ACL_DOI, ""))) : [];
  return [{ scheme: "doi", value: doi }, ...acl];
}

/** Old ids begin with a capital letter, which a DOI in small letters has lost. */
const aclCase = (id: string) => (/^[a-z]\d{2}-/.test(id) ? id.toUpperCase() : id);

function namesInUrl(text: string | null | undefined): Identifier[] {
  const url = text ? URL.parse(text) : null;
  if (!url) return [];
  const host = url.hostname.replace(/^www\./, "");
  if (host === "arxiv.org" || host === "export.arxiv.org") return named("arxiv", text);
  if (host === "doi.org" || host === "dx.doi.org") return named("doi", decoded(text!));
  if (host === "openreview.net") return named("openreview", url.searchParams.get("id"));
  if (host === "aclanthology.org") return named("acl", url.pathname.replace(/^\/|\/$|\.pdf$/g, ""));
  return [];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
