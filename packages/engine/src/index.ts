/** The door of the engine: make an index, ask it, and show why. Runs in Node and in a browser. */

export { createIndex } from "./create-index.ts";
export { DamagedIndexError, InvalidInputError } from "./errors.ts";
export { parseQuery } from "./query/parse.ts";
export type { Clause, Filter, Occur, ParsedQuery, QueryWord } from "./query/parsed-query.ts";
export type { FacetKind, FieldKind, FieldOptions, IndexedDocument, Operator, Schema } from "./schema.ts";
export type {
  Explanation,
  FacetCount,
  Hit,
  Index,
  ScorePart,
  Searchable,
  SearchOptions,
  SearchResult,
  Suggestion,
  SuggestOptions,
} from "./search-types.ts";
export { type Highlighted, highlight, type Snippet, snippet } from "./snippet.ts";
export { analyze, type Word } from "./text/analyze.ts";
