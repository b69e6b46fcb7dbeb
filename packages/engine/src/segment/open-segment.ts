/** Opens the bytes of a segment: works out the tables that searching needs. */
import { DamagedIndexError } from "../errors.ts";
import { endOfGaps, markOfGaps, unpackAscending } from "./bit-packing.ts";
import { type Allocate, ByteReader, hashBytes } from "./bytes.ts";
import { unpackCodes } from "./code-packing.ts";
import { unpackParts } from "./container.ts";
import { Dictionary, readDictionary } from "./dictionary.ts";
import { readSizes } from "./document-sizes.ts";
import { keywordOffsets } from "./facet-columns.ts";
import type { Layout } from "./layout.ts";
import { nearTablesOf } from "./near-words.ts";
import { BLOCK } from "./posting-writer.ts";
import { hashTerms, orderRules, readMeta, Segment, type SegmentTables, viewOf } from "./segment.ts";
import { PART, type SegmentMeta, weightedLengths } from "./segment-file.ts";
import { WordOrder } from "./word-order.ts";

/** Term numbers share a word with the code. */
const TERMS_MAX = 1 << 24;

/** The terms of each document, where whoever wrote a segment still has them at hand. */
export type KnownBags = Pick<SegmentTables, "bags" | "bagStarts">;

/**
 * Opens bytes that {@link packSegment} made.
 * @throws DamagedIndexError  they are something else, or belong to another schema
 */
export function openSegment(
  bytes: Uint8Array,
  layout: Layout,
  allocate: Allocate,
  known: KnownBags | null = null,
): Segment {
  const raw = unpackParts(bytes);
  const meta = readMeta(raw);
  if (meta.fingerprint !== layout.fingerprint) throw new DamagedIndexError("a segment belongs to another schema");
  if (meta.terms >= TERMS_MAX) throw new DamagedIndexError("a segment has too many terms");
  const tables = readDictionary(raw[PART.dictionary], meta.terms, allocate);
  const dictionary = new Dictionary(raw[PART.dictionary], tables);
  const sizes = readSizes(raw[PART.sizes], meta.documents, layout.textFields.length, allocate);
  const bagStarts = known?.bagStarts ?? sizes.bagStarts;
  const lists = readLists(raw, meta, tables.documents, bagStarts, known?.bags ?? null, allocate);
  const lengths = new Uint16Array(allocate(meta.documents * 2));
  lengths.set(weightedLengths(sizes.fieldLengths, meta.documents, layout.weights));
  const { bags } = lists;
  const { fieldLengths, tokenStarts } = sizes;
  const order = new WordOrder(orderRules(meta, dictionary));
  const titles: TitleSource = { words: viewOf(raw[PART.words]), order, tokenStarts, fieldLengths, bags, bagStarts };
  return new Segment({
    bytes,
    tables: {
      ...lists,
      dictionary: tables,
      lengths,
      fieldLengths,
      bagStarts,
      tokenStarts,
      titleTable: titleTableOf(titles, layout.textFields.length, allocate),
      ...readIds(raw[PART.ids], meta.documents, allocate),
      near: nearTablesOf(dictionary, allocate),
      keywordOffsets: meta.facets.map((facet, index) =>
        keywordOffsets(facet, raw[PART.facets + index], meta.documents, allocate),
      ),
    },
  });
}

type Lists = Pick<SegmentTables, "lists" | "blockLasts" | "blockStarts" | "blockImpacts" | "bags">;

/** Walks all lists once in term order: finds where each begins and gives every document its terms, ascending. */
function readLists(
  raw: readonly Uint8Array[],
  meta: SegmentMeta,
  counts: Uint32Array,
  bagStarts: Uint32Array,
  known: Uint32Array | null,
  allocate: Allocate,
): Lists {
  let blocks = 0;
  for (const count of counts) if (count >= BLOCK) blocks += Math.ceil(count / BLOCK);
  const lists = new Uint32Array(allocate(meta.terms * 4));
  const blockLasts = new Uint32Array(allocate(blocks * 4));
  const blockStarts = new Uint32Array(allocate(blocks * 4));
  const blockImpacts = new Uint8Array(allocate(blocks));
  const bags = known ?? new Uint32Array(allocate(bagStarts[meta.documents] * 4));
  const next = known === null ? bagStarts.slice() : bagStarts;
  const long = raw[PART.long];
  const view = viewOf(long);
  const reader = new ByteReader(raw[PART.short]);
  const documents = new Int32Array(BLOCK);
  const codes = new Uint8Array(BLOCK);
  let at = 0;
  let block = 0;
  for (let term = 0; term < meta.terms; term += 1) {
    const count = counts[term];
    if (count < BLOCK) {
      lists[term] = reader.at;
      for (let left = count, document = -1; left > 0; left -= 1) {
        const gap = reader.varint();
        document += (gap >>> 1) + 1;
        const code = (gap & 1) === 0 ? 0 : reader.byte();
        if (known === null) bags[next[document]++] = term | (code << 24);
      }
      continue;
    }
    lists[term] = block;
    let before = -1;
    for (let left = count; left > 0; left -= BLOCK, block += 1) {
      const size = Math.min(BLOCK, left);
      blockStarts[block] = at;
      blockImpacts[block] = markOfGaps(long, at);
      unpackAscending(long, view, at, size, before, documents);
      at = unpackCodes(long, endOfGaps(long, at, size), size, codes);
      before = documents[size - 1];
      blockLasts[block] = before;
      if (known !== null) continue;
      for (let index = 0; index < size; index += 1) bags[next[documents[index]]++] = term | (codes[index] << 24);
    }
  }
  return { lists, blockLasts, blockStarts, blockImpacts, bags };
}

/** More documents with one title than this are not all found by it. */
const SAME_TITLE_MAX = 1_000;

/** A table of at least a fifth more slots than documents, a power of two. */
function slotsFor(documents: number): number {
  let slots = documents === 0 ? 0 : 4;
  while (slots < documents * 1.2) slots *= 2;
  return slots;
}

type TitleSource = Pick<SegmentTables, "tokenStarts" | "fieldLengths" | "bags" | "bagStarts"> & {
  words: DataView;
  order: WordOrder;
};

function titleTableOf(source: TitleSource, fields: number, allocate: Allocate): Uint32Array {
  const { words, order, tokenStarts, fieldLengths, bags, bagStarts } = source;
  const documents = fields === 0 ? 0 : tokenStarts.length - 1;
  const table = new Uint32Array(allocate(slotsFor(documents) * 4));
  const mask = table.length - 1;
  for (let document = 0; document < documents; document += 1) {
    const length = fieldLengths[document * fields];
    if (length === 0) continue;
    const terms = new Int32Array(length);
    const start = bagStarts[document];
    order.read({ bags, from: start, to: bagStarts[document + 1] }, words, tokenStarts[document], [length], terms);
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
