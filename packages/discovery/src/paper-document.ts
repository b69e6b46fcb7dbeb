/** The one place where papers meet the engine: a paper as a document with fields, facets and query words. */
import { isArxivId, linkOf, type Paper, topicKey, topicsOf } from "@paperwire/domain";
import type { IndexedDocument, Schema } from "@paperwire/engine";

/** Weights say how much a word in the field counts, relative to a word in the abstract. */
export const PAPER_SCHEMA: Schema = {
  fields: {
    title: { weight: 2.5, kind: "text" },
    abstract: { weight: 1, kind: "text" },
    keywords: { weight: 1, kind: "text" },
    authors: { weight: 1.5, kind: "name" },
    identifiers: { weight: 3, kind: "identifier" },
  },
  facets: { day: "number", topics: "keyword", code: "flag" },
  operators: {
    title: { type: "field", field: "title" },
    author: { type: "field", field: "authors" },
    after: { type: "after", facet: "day" },
    before: { type: "before", facet: "day" },
    topic: { type: "keyword", facet: "topics" },
    has: { type: "has", flags: { code: "code" } },
  },
};

export function toDocument(paper: Paper): IndexedDocument {
  const day = paper.publishedAt ? dayNumber(paper.publishedAt) : undefined;
  return {
    id: paper.id,
    fields: {
      title: paper.title,
      abstract: textOf(paper),
      keywords: (paper.keywords ?? []).map(topicKey),
      authors: (paper.authors ?? []).map((author) => author.name),
      identifiers: isArxivId(paper.id) ? [paper.id] : [],
    },
    facets: {
      topics: topicsOf(paper),
      code: linkOf(paper, "code") !== undefined,
      ...(day === undefined ? {} : { day }),
    },
  };
}

/** What a passage is shown from: the abstract, or the summary where the abstract is not known. */
export function textOf(paper: Paper): string {
  return paper.abstract ?? paper.summary?.text ?? "";
}

/** `2025-03-28…` → 20250328: an order that survives as a number. */
export function dayNumber(date: string): number {
  return Number(date.slice(0, 10).replaceAll("-", ""));
}
