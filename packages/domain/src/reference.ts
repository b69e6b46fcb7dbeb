/** How people name a paper: an id, or one of the addresses under which it is found. */
import { parseArxivId } from "./arxiv-id.ts";
import type { Identifier } from "./paper.ts";

/** Longer texts name nothing. */
export const REFERENCE_CHARS = 500;

/** @source https://www.crossref.org/blog/dois-and-matching-regular-expressions/ */
const DOI = /^10\.\d{4,9}\/[^\s"<>]{1,200}$/;
const DOI_PREFIX = /^(?:doi:\s*|https?:\/\/(?:dx\.)?doi\.org\/)/i;
/** DOIs that arXiv gives to its own papers. */
const ARXIV_DOI = /^10\.48550\/arxiv\./i;
const OPENREVIEW =
  /^https?:\/\/(?:www\.)?openreview\.net\/(?:forum|pdf|attachment)\?(?:[^#]*&)?id=([A-Za-z0-9_-]{6,40})(?:[&#]|$)/i;
const ACL = /^https?:\/\/(?:www\.)?aclanthology\.org\/([A-Za-z0-9.-]{4,60}?)(?:\.pdf|\/)?$/i;
/** Sites that show arXiv's papers under arXiv's ids. */
const ARXIV_MIRRORS =
  /^https?:\/\/(?:www\.)?(?:alphaxiv\.org\/(?:abs|overview)|scirate\.com\/arxiv|ar5iv\.(?:labs\.arxiv\.)?org\/(?:abs|html))\//i;

/**
 * Reads an arXiv id or address, a Hugging Face paper's address, an OpenReview or ACL address, or a DOI.
 * @param ownHost of this site: its own paper addresses name papers, too
 * @returns null where the text names nothing of these
 */
export function parseReference(text: string, ownHost?: string): Identifier | null {
  const bare = text.trim();
  if (bare === "" || bare.length > REFERENCE_CHARS) return null;
  const arxiv = parseArxivId(bare.replace(ARXIV_MIRRORS, "")) ?? ofOwnPage(bare, ownHost);
  if (arxiv) return { scheme: "arxiv", value: arxiv.id };
  const doi = bare
    .replace(DOI_PREFIX, "")
    .replace(/[?#].*$/, "")
    .replace(/[.,;)\]]+$/, "");
  if (DOI.test(doi)) return ofDoi(doi);
  const review = OPENREVIEW.exec(bare);
  if (review) return { scheme: "openreview", value: review[1]! };
  const acl = ACL.exec(bare.replace(/[?#].*$/, ""));
  return acl ? { scheme: "acl", value: acl[1]! } : null;
}

function ofDoi(doi: string): Identifier {
  const arxiv = ARXIV_DOI.test(doi) ? parseArxivId(doi.replace(ARXIV_DOI, "")) : null;
  return arxiv ? { scheme: "arxiv", value: arxiv.id } : { scheme: "doi", value: doi.toLowerCase() };
}

function ofOwnPage(text: string, ownHost: string | undefined) {
  const [, host, path] = /^https?:\/\/([^/\s]+)\/papers\/([^?#\s]+)/i.exec(text) ?? [];
  return ownHost !== undefined && host === ownHost ? parseArxivId(path!.replace(/\.md$/, "")) : null;
}
