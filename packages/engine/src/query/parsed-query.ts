/** The shape of a query after parsing: what must, may and must not be there. */

/** One word looked up: its stem, its form as typed, and extra stems that count half. */
export type QueryWord = { form: string; stem: string; extras: readonly string[] };

/** `should` adds to the score, `must` is required as well, `mustNot` excludes. */
export type Occur = "should" | "must" | "mustNot";

/** One word or one phrase of the query; `field` is null for all text fields. */
export type Clause = {
  kind: "word" | "phrase";
  occur: Occur;
  field: string | null;
  /** The part of the query it was read from. */
  text: string;
  words: readonly QueryWord[];
};

/**
 * A limit on a facet: a range with both ends included, any or none of some keywords (compared without case), or a flag.
 * Documents without the facet are outside every range and keyword, and have the flag `false`.
 */
export type Filter =
  | { facet: string; min?: number; max?: number }
  | { facet: string; anyOf: readonly string[] }
  | { facet: string; noneOf: readonly string[] }
  | { facet: string; is: boolean };

/** What a query was understood as. Plain data: it can be stored, sent and shown. */
export type ParsedQuery = {
  /** As typed, cut to `QUERY_LIMITS.chars`. */
  text: string;
  clauses: readonly Clause[];
  /** From the operators of the query; `search` adds those of its options. */
  filters: readonly Filter[];
  /** Sentences for the person who typed: what was ignored, cut or read differently. */
  notes: readonly string[];
};

export const QUERY_LIMITS = {
  /** Code units of the query text; the rest is cut with a note. */
  chars: 4_000,
  /** Words and phrases taken; the rest is ignored with a note. */
  clauses: 128,
  phraseWords: 32,
  /** With more plain words than this a query is running text: quotes and signs in it are not conditions. */
  signWords: 10,
  notes: 8,
} as const;
