/** What goes into a search and what comes out: the shapes of the public door. */

import type { Filter, ParsedQuery } from "./query/parsed-query.ts";
import type { IndexedDocument } from "./schema.ts";

export type SearchOptions = {
  /** Hits wanted, 1..1000, default 10; other numbers are brought into the range. */
  limit?: number;
  /** Hits to leave out at the top, 0..100000, default 0. */
  offset?: number;
  /** All must hold, together with those of the query's operators. */
  filters?: readonly Filter[];
  /** Facets whose values are counted over all matching documents (keywords: up to 100 most frequent; flags: "true"; numbers: each value). */
  facetCounts?: readonly string[];
  /**
   * Count facets over the best so many hits only, 1..1000: what the reader is likely to look at, and much cheaper than
   * all documents that hold any of the words. Without words to search for, all matching documents are counted.
   */
  facetDepth?: number;
  /** Count all matches even where that takes longer than finding the best. Default false; facet counts imply it. */
  exactTotal?: boolean;
};

/** `id` as handed in; `score` above 0, comparable only within one query. A query of filters alone gives the documents that came in last, score 0. */
export type Hit = { id: string; score: number };

export type FacetCount = { value: string; count: number };

export type SearchResult = {
  /** Best first. */
  hits: Hit[];
  /** Documents that match. Exact if `totalIsExact`; otherwise at least this many match, and counting them all was not worth the time. */
  total: number;
  totalIsExact: boolean;
  /** Sentences for the person who searched: what was ignored or read differently. */
  notes: string[];
  query: ParsedQuery;
  facetCounts?: Record<string, FacetCount[]>;
};

/** One summand of a score. */
export type ScorePart = {
  /**
   * - `term`: a word of the query found in the text fields; `field`: one found in a name or identifier field
   * - `variant`: another spelling of a word; `feedback`: a word that the best hits share
   * - `exact`: the query is the document's title or identifier
   */
  kind: "term" | "field" | "variant" | "feedback" | "exact";
  /** The word or words as the query or the documents write them. */
  text: string;
  /** Share of the score; all shares add up to the score within 1e-6. */
  value: number;
  /** Occurrences per field, where the part comes from words. */
  occurrences?: Readonly<Record<string, number>>;
};

export type Explanation = { id: string; score: number; parts: ScorePart[] };

export type SuggestOptions = {
  /** Suggestions wanted, 1..50, default 8. */
  limit?: number;
};

/** `word`: the query with its last word completed; `name`: a value of a name field; `document`: a document whose title begins so. */
export type Suggestion =
  | { kind: "word"; text: string; count: number }
  | { kind: "name"; field: string; text: string; count: number }
  | { kind: "document"; id: string };

/** What can be asked of any index, in memory or on disk. None of these throws on any string. */
export type Searchable = {
  /** Live documents. */
  readonly size: number;
  search(query: string | ParsedQuery, options?: SearchOptions): SearchResult;
  /**
   * Why `id` has its score for this query; null if it is not in the index or does not match. Hand in the filters of the
   * search as well: the words that the best hits share depend on which documents were admitted.
   */
  explain(query: string | ParsedQuery, id: string, options?: Pick<SearchOptions, "filters">): Explanation | null;
  /** Completions of what is being typed, best first. */
  suggest(prefix: string, options?: SuggestOptions): Suggestion[];
};

/** An index in memory. Changes are searchable at once. */
export type Index = Searchable & {
  /** Adds documents, replacing those with the same id. @throws InvalidInputError  nothing of the batch was taken */
  upsert(documents: readonly IndexedDocument[]): void;
  /** Removes documents; unknown ids are ignored. */
  remove(ids: readonly string[]): void;
};
