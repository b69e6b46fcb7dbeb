/** A paper as CSL-JSON, the form citation processors, Pandoc and Zotero read. */
import type { Paper } from "@paperwire/domain";
import type { PersonName } from "./person-name.ts";
import { distinctKeys, type Reference, referenceOf } from "./reference.ts";

export type CslName =
  | { family: string; given: string; "non-dropping-particle"?: string; suffix?: string }
  | { literal: string };

/** @source https://github.com/citation-style-language/schema (csl-data.json), the part that papers use */
export type CslItem = {
  id: string;
  "citation-key": string;
  /** `article` is CSL's word for a preprint. */
  type: "article" | "article-journal" | "paper-conference";
  title: string;
  author?: CslName[];
  issued?: { "date-parts": [number[]] };
  "container-title"?: string;
  publisher?: string;
  /** `arXiv:2405.15738`: where Zotero keeps the archive's own id. */
  number?: string;
  genre?: string;
  DOI?: string;
  URL?: string;
  abstract?: string;
  keyword?: string;
  note?: string;
};

const TYPES = { preprint: "article", conference: "paper-conference", journal: "article-journal" } as const;

export function toCslJson(paper: Paper): CslItem {
  return itemOf(paper, referenceOf(paper).key);
}

/** One item per paper, in order, each with an id of its own. */
export function listToCslJson(papers: readonly Paper[]): CslItem[] {
  const keys = distinctKeys(papers);
  return papers.map((paper, at) => itemOf(paper, keys[at]!));
}

function itemOf(paper: Paper, key: string): CslItem {
  const reference = referenceOf(paper);
  const item: CslItem = { id: key, "citation-key": key, type: TYPES[reference.kind], title: reference.title };
  if (reference.authors.length > 0) item.author = reference.authors.map(cslName);
  if (reference.date.length > 0) item.issued = { "date-parts": [reference.date] };
  addOrigin(item, reference);
  if (paper.abstract) item.abstract = paper.abstract;
  if (paper.keywords?.length) item.keyword = paper.keywords.join(", ");
  if (reference.doubts.length > 0) item.note = reference.doubts.join("; ");
  return item;
}

function addOrigin(item: CslItem, { kind, container, arxivId, doi, url }: Reference): void {
  if (container !== undefined) item["container-title"] = container;
  if (arxivId !== undefined) item.number = `arXiv:${arxivId}`;
  if (kind === "preprint") {
    item.genre = "preprint";
    if (arxivId !== undefined) item.publisher = "arXiv";
  }
  if (doi !== undefined) item.DOI = doi;
  if (url !== undefined) item.URL = url;
}

function cslName(name: PersonName): CslName {
  if ("literal" in name) return name;
  const csl: CslName = { family: name.family, given: name.given };
  if (name.particle !== undefined) csl["non-dropping-particle"] = name.particle;
  if (name.suffix !== undefined) csl.suffix = name.suffix;
  return csl;
}
