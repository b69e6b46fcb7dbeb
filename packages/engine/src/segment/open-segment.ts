/** Opens the bytes of a segment: works out the tables that searching needs. */
import { DamagedIndexError } from "../errors.ts";
import { unpack, widthOf, wordsFor } from "./bit-packing.ts";
import { type Allocate, ByteReader, hashBytes } from "./bytes.ts";
import { unpackParts } from "./container.ts";
import { Dictionary, readDictionary } from "./dictionary.ts";
import { keywordOffsets } from "./facet-columns.ts";
import type { Layout } from "./layout.ts";
import { nearTablesOf } from "./near-words.ts";
import { BLOCK } from "./posting-writer.ts";
import { hashTerms, readMeta, Segment, type SegmentTables, unpackBlock, viewOf, words16, words32 } from "./segment.ts";
import { PART, type SegmentMeta, weightedLengths } from "./segment-writer.ts";

/** Term numbers share a word with the code. */
const TERMS_MAX = 1 << 24;

/**
 * Opens bytes that {@link assembleSegment} made.
 * @throws DamagedIndexError  they are something else, or belong to another schema
 */
export function openSegment(bytes: Uint8Array, layout: Layout, allocate: Allocate): Segment {
  const raw = unpackParts(bytes);
  const meta = readMeta(raw);
  if (meta.fingerprint !== layout.fingerprint) throw new DamagedIndexError("a segment belongs to another schema");
  if (meta.terms >= TERMS_MAX) throw new DamagedIndexError("a segment has too many terms");
  const dictionary = readDictionary(raw[PART.dictionary], meta.terms, allocate);
  const bagStarts = startsOf(words16(raw[PART.bagSizes]), meta.documents, allocate);
  const { lists, bags } = fillBags(raw, meta, dictionary.documents, bagStarts, allocate);
  const fieldLengths = words16(raw[PART.lengths]);
  const lengths = new Uint16Array(allocate(meta.documents * 2));
  lengths.set(weightedLengths(fieldLengths, meta.documents, layout.weights));
  const ids = readIds(raw[PART.ids], meta.documents, allocate);
  const tokenStarts = tokenStartsOf(fieldLengths, bagStarts, layout.textFields.length, allocate);
  const tables: SegmentTables = {
    dictionary,
    lists,
    lengths,
    bags,
    bagStarts,
    tokenStarts,
    titleTable: titleTableOf(
      { tokens: viewOf(words32(raw[PART.tokens])), tokenStarts, fieldLengths, bags, bagStarts },
      layout.textFields.length,
      allocate,
    ),
    ...ids,
    near: nearTablesOf(new Dictionary(raw[PART.dictionary], dictionary), allocate),
    keywordOffsets: meta.facets.map((facet, index) =>
      keywordOffsets(facet, raw[PART.facets + index], meta.documents, allocate),
    ),
  };
  return new Segment({ bytes, tables });
}

function startsOf(sizes: Uint16Array, documents: number, allocate: Allocate): Uint32Array {
  const starts = new Uint32Array(allocate((documents + 1) * 4));
  for (let document = 0; document < documents; document += 1) starts[document + 1] = starts[document] + sizes[document];
  return starts;
}

/** Walks all lists once in term order: finds where each begins and gives every document its terms, ascending. */
function fillBags(
  raw: readonly Uint8Array[],
  meta: SegmentMeta,
  counts: Uint32Array,
  bagStarts: Uint32Array,
  allocate: Allocate,
): { lists: Uint32Array; bags: Uint32Array } {
  const lists = new Uint32Array(allocate(meta.terms * 4));
  const bags = new Uint32Array(allocate(bagStarts[meta.documents] * 4));
  const next = bagStarts.slice();
  const long = words32(raw[PART.long]);
  const view = viewOf(long);
  const reader = new ByteReader(raw[PART.short]);
  const gaps = new Int32Array(BLOCK);
  const codes = new Uint8Array(BLOCK);
  let longAt = 0;
  for (let term = 0; term < meta.terms; term += 1) {
    const count = counts[term];
    if (count < BLOCK) {
      lists[term] = reader.at;
      for (let at = 0, document = -1; at < count; at += 1) {
        const gap = reader.varint();
        document += (gap >>> 1) + 1;
        bags[next[document]++] = (gap & 1) === 0 ? term : term | (reader.byte() << 24);
      }
      continue;
    }
    lists[term] = longAt;
    let document = -1;
    const blocks = long[longAt + 1];
    for (let block = 0; block < blocks; block += 1) {
      const size = unpackBlock({ long, view, at: longAt, count }, block, gaps, codes);
      for (let at = 0; at < size; at += 1) {
        document += gaps[at] + 1;
        bags[next[document]++] = term | (codes[at] << 24);
      }
    }
    longAt += long[longAt];
  }
  return { lists, bags };
}

function tokenStartsOf(
  fieldLengths: Uint16Array,
  bagStarts: Uint32Array,
  fields: number,
  allocate: Allocate,
): Uint32Array {
  const documents = bagStarts.length - 1;
  const starts = new Uint32Array(allocate(documents * 4));
  let at = 0;
  for (let document = 0; document < documents; document += 1) {
    starts[document] = at;
    let length = 0;
    for (let field = 0; field < fields; field += 1) length += fieldLengths[document * fields + field];
    at += wordsFor(length, widthOf(Math.max(0, bagStarts[document + 1] - bagStarts[document] - 1)));
  }
  return starts;
}

/** More documents with one title than this are not all found by it. */
const SAME_TITLE_MAX = 1_000;

/** A table of at least a fifth more slots than documents, a power of two. */
function slotsFor(documents: number): number {
  let slots = documents === 0 ? 0 : 4;
  while (slots < documents * 1.2) slots *= 2;
  return slots;
}

type TitleSource = {
  tokens: DataView;
  tokenStarts: Uint32Array;
  fieldLengths: Uint16Array;
  bags: Uint32Array;
  bagStarts: Uint32Array;
};

function titleTableOf(source: TitleSource, fields: number, allocate: Allocate): Uint32Array {
  const { tokens, tokenStarts, fieldLengths, bags, bagStarts } = source;
  const documents = fields === 0 ? 0 : tokenStarts.length;
  const table = new Uint32Array(allocate(slotsFor(documents) * 4));
  const mask = table.length - 1;
  for (let document = 0; document < documents; document += 1) {
    const length = fieldLengths[document * fields];
    if (length === 0) continue;
    const terms = new Int32Array(length);
    const start = bagStarts[document];
    unpack(tokens, tokenStarts[document] * 4, widthOf(Math.max(0, bagStarts[document + 1] - start - 1)), length, terms);
    for (let at = 0; at < length; at += 1) terms[at] = bags[start + terms[at]] & 0xffffff;
    let slot = hashTerms(terms) & mask;
    let steps = 0;
    while (table[slot] !== 0 && steps < SAME_TITLE_MAX) {
      slot = (slot + 1) & mask;
      steps += 1;
    }
    if (table[slot] === 0) table[slot] = document + 1;
  }
  return table;
}

function readIds(
  bytes: Uint8Array,
  documents: number,
  allocate: Allocate,
): { idStarts: Uint32Array; idTable: Uint32Array } {
  const idStarts = new Uint32Array(allocate(documents * 4));
  const slots = slotsFor(documents);
  const idTable = new Uint32Array(allocate(slots * 4));
  const reader = new ByteReader(bytes);
  for (let document = 0; document < documents; document += 1) {
    idStarts[document] = reader.at;
    const length = reader.varint();
    let slot = hashBytes(bytes, reader.at, reader.at + length) & (slots - 1);
    while (idTable[slot] !== 0) slot = (slot + 1) & (slots - 1);
    idTable[slot] = document + 1;
    reader.at += length;
  }
  return { idStarts, idTable };
}
