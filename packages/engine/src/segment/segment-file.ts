/** The parts of a segment's bytes, and what a segment says about itself. */
import { type Allocate, encodeUtf8 } from "./bytes.ts";
import { packParts } from "./container.ts";
import type { FacetMeta } from "./facet-columns.ts";
import type { Layout } from "./layout.ts";

/** What a segment says about itself. */
export type SegmentMeta = {
  documents: number;
  terms: number;
  /** Raw code per rank: frequent codes get small ranks, which pack tightly. */
  codes: number[];
  /** Most occurrences told apart per text field. */
  caps: readonly number[];
  /** Average weighted length, by which impacts are made. */
  pivot: number;
  /** Sum and maximum of the weighted lengths. */
  lengthSum: number;
  lengthMax: number;
  facets: FacetMeta[];
  fingerprint: string;
};

/** Order of the parts; facet columns follow. */
export const PART = {
  meta: 0,
  dictionary: 1,
  short: 2,
  long: 3,
  sizes: 4,
  words: 5,
  ids: 6,
  titles: 7,
  facets: 8,
} as const;

/** Figures of the weighted lengths of a segment's documents. */
export type LengthFigures = Pick<SegmentMeta, "pivot" | "lengthSum" | "lengthMax">;

export function lengthFigures(lengths: Uint16Array): LengthFigures {
  let lengthSum = 0;
  let lengthMax = 0;
  for (const length of lengths) {
    lengthSum += length;
    lengthMax = Math.max(lengthMax, length);
  }
  return { lengthSum, lengthMax, pivot: lengths.length === 0 ? 1 : Math.max(1, lengthSum / lengths.length) };
}

/** All parts of a segment, made but not yet put together. */
export type SegmentDraft = LengthFigures & {
  documents: number;
  terms: number;
  codes: number[];
  dictionary: Uint8Array;
  short: Uint8Array;
  long: Uint8Array;
  sizes: Uint8Array;
  words: Uint8Array;
  ids: Uint8Array;
  /** Per document, see `titles.ts`. */
  titles: Uint16Array;
  facets: readonly { meta: FacetMeta; bytes: Uint8Array }[];
};

export function packSegment(draft: SegmentDraft, layout: Layout, allocate: Allocate): Uint8Array {
  const { documents, terms, codes, pivot, lengthSum, lengthMax } = draft;
  const meta: SegmentMeta = {
    documents,
    terms,
    codes,
    caps: layout.caps,
    pivot,
    lengthSum,
    lengthMax,
    facets: draft.facets.map((column) => column.meta),
    fingerprint: layout.fingerprint,
  };
  const { dictionary, short, long, sizes, words, ids } = draft;
  const titles = new Uint8Array(draft.titles.buffer, draft.titles.byteOffset, draft.titles.byteLength);
  const columns = draft.facets.map((column) => column.bytes);
  return packParts(
    [encodeUtf8(JSON.stringify(meta)), dictionary, short, long, sizes, words, ids, titles, ...columns],
    allocate,
  );
}

/** Weighted number of words per document, rounded, at most 65,535. */
export function weightedLengths(
  fieldLengths: ArrayLike<number>,
  documents: number,
  weights: readonly number[],
): Uint16Array {
  const lengths = new Uint16Array(documents);
  for (let document = 0; document < documents; document += 1) {
    let length = 0;
    for (let field = 0; field < weights.length; field += 1)
      length += weights[field] * fieldLengths[document * weights.length + field];
    lengths[document] = Math.min(65_535, Math.round(length));
  }
  return lengths;
}
