/** Sorts, inverts and packs what a builder or a merge has collected into the bytes of a segment. */

import type { IndexedDocument } from "../schema.ts";
import { type BagTables, BagWriter } from "./bags.ts";
import { type Allocate, ByteWriter, encodeUtf8 } from "./bytes.ts";
import { DictionaryWriter } from "./dictionary.ts";
import { writeSizes } from "./document-sizes.ts";
import { packFacet } from "./facet-columns.ts";
import type { Layout } from "./layout.ts";
import { type PostingSource, PostingWriter } from "./posting-writer.ts";
import { lengthFigures, packSegment, weightedLengths } from "./segment-file.ts";
import { BREAK_KEY, FIRST_WORD_KEY, sortKeys } from "./term-keys.ts";
import { stemHash, titleHash } from "./titles.ts";
import { type OrderRules, WordOrder } from "./word-order.ts";

/** Documents in order, terms numbered in any order. A document's bag is `bagEnds[d - 1]..bagEnds[d]`. */
export type SegmentContent = {
  keys: readonly string[];
  /** Number of each key. */
  numbers: ReadonlyMap<string, number>;
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

/** A segment's bytes, and its bags, which whoever opens it would else work out again. */
export type Assembled = { bytes: Uint8Array; bags: BagTables };

export function assembleSegment(content: SegmentContent, layout: Layout, allocate: Allocate): Assembled {
  const documents = content.ids.length;
  const fields = layout.textFields.length;
  const order = sortTerms(content);
  const fieldLengths = Uint16Array.from(content.fieldLengths.subarray(0, documents * fields));
  const lengths = weightedLengths(fieldLengths, documents, layout.weights);
  const figures = lengthFigures(lengths);
  const codes = rankCodes(countCodes(content));
  const lists = invert(content, order, codes.rankOf);
  const terms = writeTerms({ content, order, lists });
  const rules: OrderRules = {
    codes: codes.rawOf,
    caps: layout.caps,
    firstWord: firstAtLeast(order.sorted, FIRST_WORD_KEY),
    breakTerm: order.sorted.indexOf(BREAK_KEY),
  };
  const { words, tokenStarts, bags } = packWords(content, order.placeOf, lists, new WordOrder(rules), fields, allocate);
  const draft = {
    ...figures,
    ...terms,
    documents,
    terms: order.sorted.length,
    codes: codes.rawOf,
    sizes: writeSizes({ fieldLengths, bagStarts: bags.starts, tokenStarts }, fields),
    words,
    ids: packIds(content.ids),
    titles: hashTitles(content, fields),
    facets: layout.facets.map((name) => packFacet(name, layout.schema, content.facets)),
  };
  return { bytes: packSegment(draft, layout, allocate), bags };
}

/** Of documents without a title, too; nobody asks for those. */
function hashTitles({ keys, tokens, fieldLengths, ids }: SegmentContent, fields: number): Uint16Array {
  const hashes = new Uint16Array(fields === 0 ? 0 : ids.length);
  const stems = new Int32Array(keys.length);
  for (let term = 0; term < keys.length; term += 1) stems[term] = stemHash(keys[term]);
  let line = new Int32Array(256);
  let from = 0;
  for (let document = 0; document < hashes.length; document += 1) {
    const first = document * fields;
    const length = fieldLengths[first];
    if (line.length < length) line = new Int32Array(length * 2);
    for (let at = 0; at < length; at += 1) line[at] = stems[tokens[from + at]];
    hashes[document] = titleHash(line, length);
    for (let field = 0; field < fields; field += 1) from += fieldLengths[first + field];
  }
  return hashes;
}

function firstAtLeast(sorted: readonly string[], key: string): number {
  const at = sorted.findIndex((other) => other >= key);
  return at < 0 ? sorted.length : at;
}

type TermOrder = { sorted: string[]; placeOf: Int32Array; termAt: Int32Array };

function sortTerms({ keys, numbers }: SegmentContent): TermOrder {
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

function countCodes({ bagCodes, bagEnds }: SegmentContent): Float64Array {
  const counts = new Float64Array(256);
  const total = bagEnds.length === 0 ? 0 : bagEnds[bagEnds.length - 1];
  for (let at = 0; at < total; at += 1) counts[bagCodes[at]] += 1;
  return counts;
}

/** Frequent codes get low ranks. @param counts  per raw code */
export function rankCodes(counts: Float64Array): { rankOf: Uint8Array; rawOf: number[] } {
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

/** From terms with their documents to documents with their terms, ascending: term number | rank of its code << 24. */
function turn(lists: Lists, bagEnds: Int32Array): Uint32Array {
  const entries = new Uint32Array(lists.documents.length);
  const next = new Int32Array(bagEnds.length);
  next.set(bagEnds.subarray(0, -1), 1);
  for (let term = 0; term + 1 < lists.starts.length; term += 1) {
    for (let at = lists.starts[term]; at < lists.starts[term + 1]; at += 1)
      entries[next[lists.documents[at]]++] = term | (lists.codes[at] << 24);
  }
  return entries;
}

type TermSource = { content: SegmentContent; order: TermOrder; lists: Lists };

function writeTerms({ content, order, lists }: TermSource) {
  const dictionary = new DictionaryWriter();
  const postings = new PostingWriter();
  order.sorted.forEach((key, place) => {
    const from = lists.starts[place];
    const count = lists.starts[place + 1] - from;
    dictionary.add(key, count, content.shown[order.termAt[place]]);
    const source: PostingSource = { documents: lists.documents, codes: lists.codes, from, count };
    postings.add(source);
  });
  return { dictionary: dictionary.finish(), ...postings.finish() };
}

/** Reading the last document's words looks this far behind them. */
const READ_BEYOND_BYTES = 4;

function packWords(
  content: SegmentContent,
  placeOf: Int32Array,
  lists: Lists,
  order: WordOrder,
  fields: number,
  allocate: Allocate,
): { words: Uint8Array; tokenStarts: Uint32Array; bags: BagTables } {
  const { bagEnds, keys, fieldLengths, tokens } = content;
  const out = new ByteWriter();
  const documents = bagEnds.length;
  const entries = turn(lists, bagEnds);
  const bags = new BagWriter(countsOf(lists), documents, allocate);
  const tokenStarts = new Uint32Array(documents + 1);
  /** Per term: its place in the bag of the document at hand. */
  const local = new Int32Array(keys.length);
  const lengths = Array.from({ length: fields }, () => 0);
  let scratch = new Int32Array(1024);
  let tokenAt = 0;
  for (let document = 0, from = 0; document < documents; document += 1) {
    const to = bagEnds[document];
    for (let at = from; at < to; at += 1) {
      const term = entries[at] & 0xffffff;
      local[term] = at - from;
      bags.add(term, entries[at] >>> 24);
    }
    bags.endDocument();
    let length = 0;
    for (let field = 0; field < fields; field += 1) {
      lengths[field] = fieldLengths[document * fields + field];
      length += lengths[field];
    }
    if (scratch.length < length) scratch = new Int32Array(length * 2);
    for (let at = 0; at < length; at += 1) scratch[at] = local[placeOf[tokens[tokenAt + at]]];
    order.write({ entries, from, to }, scratch, lengths, out);
    tokenStarts[document + 1] = out.length;
    tokenAt += length;
    from = to;
  }
  for (let at = 0; at < READ_BEYOND_BYTES; at += 1) out.byte(0);
  return { words: out.finish(), tokenStarts, bags: bags.finish(allocate) };
}

function countsOf({ starts }: Lists): Int32Array {
  const counts = new Int32Array(starts.length - 1);
  for (let term = 0; term < counts.length; term += 1) counts[term] = starts[term + 1] - starts[term];
  return counts;
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
