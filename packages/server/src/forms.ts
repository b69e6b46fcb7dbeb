/** The forms in which an address can be read: the end of the path names one, `/topics/cs.cl.atom`. */
import { FEED_TYPES, type FeedForm } from "@paperwire/formats";

export type Form = "html" | "md" | "atom" | "rss" | "json" | "bib" | "ris" | "csl.json" | "opml";
/** What is not a page for people: the same for every reader, open to scripts of other sites. */
export type DataForm = Exclude<Form, "html" | "md">;

export const FORM_TYPES: Readonly<Record<Form, string>> = {
  html: "text/html; charset=utf-8",
  md: "text/markdown; charset=utf-8",
  atom: `${FEED_TYPES.atom}; charset=utf-8`,
  rss: `${FEED_TYPES.rss}; charset=utf-8`,
  json: `${FEED_TYPES.json}; charset=utf-8`,
  bib: "application/x-bibtex; charset=utf-8",
  ris: "application/x-research-info-systems; charset=utf-8",
  "csl.json": "application/vnd.citationstyles.csl+json; charset=utf-8",
  opml: "text/x-opml; charset=utf-8",
};

/** Longest ending first: `.csl.json` is not JSON Feed. */
const ENDING = /\.(?:csl\.json|md|atom|rss|json|bib|ris|opml)$/;
const SHORTEST_ENDING = ".md".length;

/**
 * First parts of the addresses that have forms beside Markdown. Elsewhere such an ending belongs to a name of its own.
 * A new list at a new place adds its first part here; `lists.test.ts` notices when it is missing.
 */
const FORMED = new Set([
  "index",
  "latest",
  "day",
  "date",
  "week",
  "month",
  "topics",
  "authors",
  "search",
  "trending",
  "feeds",
  "collections",
]);

/** @param path without a query */
export function formOfPath(path: string): Form {
  if (path.length <= SHORTEST_ENDING || path.lastIndexOf(".") <= path.lastIndexOf("/")) return "html";
  const form = ENDING.exec(path)?.[0].slice(1) as Form | undefined;
  if (form === undefined || form === "md") return form ?? "html";
  const first = path.slice(1, path.indexOf("/", 1) === -1 ? -form.length - 1 : path.indexOf("/", 1));
  return FORMED.has(first) ? form : "html";
}

export function formOf({ url }: Request): Form {
  const query = url.indexOf("?");
  return formOfPath(url.slice(url.indexOf("/", url.indexOf("://") + 3), query === -1 ? undefined : query));
}

/** A name as the last part of an address, in which no ending is taken for a form: `geo.json` becomes `geo%2Ejson`. */
export function nameSegment(name: string): string {
  return encodeURIComponent(name).replace(/\.(?=(?:csl\.json|md|atom|rss|json|bib|ris|opml)$)/, "%2E");
}

export const isData = (form: Form): form is DataForm => form !== "html" && form !== "md";
export const isFeed = (form: Form): form is FeedForm => form === "atom" || form === "rss" || form === "json";
