/** Sorts, inverts and packs what a builder or a merge has collected into the bytes of a segment. */

import { IMPACT_B, IMPACT_K1 } from "../rank/formula.ts";
import type { IndexedDocument } from "../schema.ts";
import { pack, widthOf, wordsFor } from "./bit-packing.ts";
import { type Allocate, ByteWriter, encodeUtf8 } from "./bytes.ts";
import { packParts } from "./container.ts";
import { DictionaryWriter } from "./dictionary.ts";
import { type FacetMeta, packFacet } from "./facet-columns.ts";
import type { Layout } from "./layout.ts";
import { type PostingSource, PostingWriter } from "./posting-writer.ts";
import { isTextKey, sortKeys } from "./term-keys.ts";

/** Documents in order, terms numbered in any order. A document's bag is `bagEnds[d - 1]..bagEnds[d]`. */
export type SegmentContent = {
  keys: readonly string[];
  shown: readonly string[];
  ids: readonly string[];
  facets: readonly NonNullable<IndexedDocument["facets"]>[];
  bagTerms: Int32Array;
  bagCodes: Int32Array;
  bagEnds: Int32Array;
  /** Terms in line, all text fields of a document one after the other. */
  tokens: Int32Array;
  /** Tokens per document and text field. */
  fieldLengths: Int32Array;
};

/** What a segment says about itself. */
export type SegmentMeta = {
  documents: number;
  terms: number;
  /** Raw code per rank: frequent codes get small ranks, which pack tightly. */
  codes: number[];
  /** Average weighted length the block maxima were made with. */
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
  lengths: 4,
  bagSizes: 5,
  tokens: 6,
  ids: 7,
  facets: 8,
} as const;

export function assembleSegment(content: SegmentContent, layout: Layout, allocate: Allocate): Uint8Array {
  const documents = content.ids.length;
  const order = sortTerms(content.keys);
  const lengths = weightedLengths(content.fieldLengths, documents, layout.weights);
  let sum = 0;
  let lengthMax = 0;
  for (const length of lengths) {
    sum += length;
    lengthMax = Math.max(lengthMax, length);
  }
  const pivot = documents === 0 ? 1 : Math.max(1, sum / documents);
  const codes = rankCodes(content);
  const lists = invert(content, order, codes.rankOf);
  const { dictionary, short, long } = writeTerms({ content, order, lists, lengths, pivot, layout, rawOf: codes.rawOf });
  const facetColumns = layout.facets.map((name) => packFacet(name, layout.schema, content.facets));
  const meta: SegmentMeta = {
    documents,
    terms: order.sorted.length,
    codes: codes.rawOf,
    pivot,
    lengthSum: sum,
    lengthMax,
    facets: facetColumns.map((column) => column.meta),
    fingerprint: layout.fingerprint,
  };
  const bagSizes = new Uint16Array(documents);
  for (let at = 0; at < documents; at += 1)
    bagSizes[at] = content.bagEnds[at] - (at === 0 ? 0 : content.bagEnds[at - 1]);
  const parts = [
    encodeUtf8(JSON.stringify(meta)),
    dictionary,
    short,
    long,
    bytesOf(Uint16Array.from(content.fieldLengths.subarray(0, documents * layout.textFields.length))),
    bytesOf(bagSizes),
    packTokens(content, order.placeOf, layout.textFields.length),
    packIds(content.ids),
    ...facetColumns.map((column) => column.bytes),
  ];
  return packParts(parts, allocate);
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

function bytesOf(array: Uint16Array | Uint32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

type TermOrder = { sorted: string[]; placeOf: Int32Array; termAt: Int32Array };

function sortTerms(keys: readonly string[]): TermOrder {
  const numbers = new Map<string, number>();
  keys.forEach((key, number) => numbers.set(key, number));
  const sorted = sortKeys([...keys]);
  const placeOf = new Int32Array(keys.length);
  const termAt = new Int32Array(keys.length);
  sorted.forEach((key, place) => {
    const number = numbers.get(key) as number;
    placeOf[number] = place;
    termAt[place] = number;
  });
  return { sorted, placeOf, termAt };
}

function rankCodes({ bagCodes, bagEnds }: SegmentContent): { rankOf: Uint8Array; rawOf: number[] } {
  const counts = new Float64Array(256);
  const total = bagEnds.length === 0 ? 0 : bagEnds[bagEnds.length - 1];
  for (let at = 0; at < total; at += 1) counts[bagCodes[at]] += 1;
  const rawOf = Array.from(counts, (_, raw) => raw)
    .filter((raw) => counts[raw] > 0)
    .sort((a, b) => counts[b] - counts[a] || a - b);
  const rankOf = new Uint8Array(256);
  rawOf.forEach((raw, rank) => {
    rankOf[raw] = rank;
  });
  return { rankOf, rawOf };
}

type Lists = { starts: Int32Array; documents: Int32Array; codes: Uint8Array };

/** From documents with their terms to terms with their documents, by counting. */
function invert({ bagTerms, bagCodes, bagEnds, keys }: SegmentContent, order: TermOrder, rankOf: Uint8Array): Lists {
  const total = bagEnds.length === 0 ? 0 : bagEnds[bagEnds.length - 1];
  const starts = new Int32Array(keys.length + 1);
  for (let at = 0; at < total; at += 1) starts[order.placeOf[bagTerms[at]] + 1] += 1;
  for (let place = 0; place < keys.length; place += 1) starts[place + 1] += starts[place];
  const next = starts.slice();
  const documents = new Int32Array(total);
  const codes = new Uint8Array(total);
  let at = 0;
  for (let document = 0; document < bagEnds.length; document += 1) {
    for (const end = bagEnds[document]; at < end; at += 1) {
      const slot = next[order.placeOf[bagTerms[at]]]++;
      documents[slot] = document;
      codes[slot] = rankOf[bagCodes[at]];
    }
  }
  return { starts, documents, codes };
}

type TermSource = {
  content: SegmentContent;
  order: TermOrder;
  lists: Lists;
  lengths: Uint16Array;
  pivot: number;
  layout: Layout;
  rawOf: readonly number[];
};

function writeTerms({ content, order, lists, lengths, pivot, layout, rawOf }: TermSource) {
  const dictionary = new DictionaryWriter();
  const postings = new PostingWriter();
  const textFrequencies = Float64Array.from(rawOf, (raw) => layout.frequencies[raw]);
  const factor = (IMPACT_K1 * IMPACT_B) / pivot;
  const floor = IMPACT_K1 * (1 - IMPACT_B);
  const ofText = (document: number, rank: number): number => {
    const frequency = textFrequencies[rank];
    return Math.ceil((255 * frequency) / (frequency + floor + factor * lengths[document]));
  };
  const ofOther = (_document: number, rank: number): number =>
    Math.ceil((255 * rawOf[rank]) / (rawOf[rank] + IMPACT_K1));
  order.sorted.forEach((key, place) => {
    const from = lists.starts[place];
    const count = lists.starts[place + 1] - from;
    dictionary.add(key, count, content.shown[order.termAt[place]]);
    const source: PostingSource = { documents: lists.documents, codes: lists.codes, from, count };
    postings.add(source, isTextKey(key) ? ofText : ofOther);
  });
  return { dictionary: dictionary.finish(), ...postings.finish() };
}

/**
 * The words of each document in line, each as its place among the document's own terms: about 7 bits a word.
 * The width of a document follows from the size of its bag, so nothing else has to be stored.
 */
function packTokens(content: SegmentContent, placeOf: Int32Array, fields: number): Uint8Array {
  const { bagTerms, bagEnds, tokens, fieldLengths } = content;
  const local = new Int32Array(content.keys.length);
  let words = 0;
  const bits: number[] = [];
  for (let document = 0, start = 0; document < bagEnds.length; document += 1) {
    const width = widthOf(Math.max(0, bagEnds[document] - start - 1));
    let length = 0;
    for (let field = 0; field < fields; field += 1) length += fieldLengths[document * fields + field];
    bits.push(length);
    words += wordsFor(length, width);
    start = bagEnds[document];
  }
  const out = new Uint32Array(words + 1);
  let scratch = new Int32Array(1024);
  let wordAt = 0;
  let tokenAt = 0;
  for (let document = 0, start = 0; document < bagEnds.length; document += 1) {
    const end = bagEnds[document];
    const places = new Int32Array(end - start);
    for (let at = start; at < end; at += 1) places[at - start] = placeOf[bagTerms[at]];
    places.sort();
    for (let at = 0; at < places.length; at += 1) local[places[at]] = at;
    const length = bits[document];
    const width = widthOf(Math.max(0, end - start - 1));
    if (scratch.length < length) scratch = new Int32Array(length * 2);
    for (let at = 0; at < length; at += 1) scratch[at] = local[placeOf[tokens[tokenAt + at]]];
    pack(scratch, 0, length, width, out, wordAt);
    wordAt += wordsFor(length, width);
    tokenAt += length;
    start = end;
  }
  return bytesOf(out);
}

function packIds(ids: readonly string[]): Uint8Array {
  const out = new ByteWriter();
  for (const id of ids) {
    const bytes = encodeUtf8(id);
    out.varint(bytes.length);
    out.raw(bytes);
  }
  return out.finish();
}
