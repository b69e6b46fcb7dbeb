/** One immutable part of an index, read straight from its bytes. */
import { DamagedIndexError } from "../errors.ts";
import { unpack, widthOf, wordsFor } from "./bit-packing.ts";
import { type Allocate, ByteReader, decodeUtf8, encodeUtf8, hashBytes } from "./bytes.ts";
import { unpackParts } from "./container.ts";
import { Dictionary, type DictionaryTables, readDictionary } from "./dictionary.ts";
import { FacetColumn, keywordOffsets } from "./facet-columns.ts";
import type { Layout } from "./layout.ts";
import { BLOCK, BLOCK_HEADER_WORDS, LIST_HEADER_WORDS } from "./posting-writer.ts";
import { PART, type SegmentMeta, weightedLengths } from "./segment-writer.ts";

/**
 * What is worked out once when a segment is opened. Plain typed arrays, so that the thread that opens a segment can
 * hand the result to the others.
 */
export type SegmentTables = {
  dictionary: DictionaryTables;
  /** Per term: where its list begins, in bytes of the short part or words of the long part. */
  lists: Uint32Array;
  /** Weighted length per document. */
  lengths: Uint16Array;
  /** Terms of each document, ascending: term number | rank of its code << 24. */
  bags: Uint32Array;
  /** Where the bag of each document begins; one entry more than documents. */
  bagStarts: Uint32Array;
  /** Where the words of each document begin, in 32-bit words. */
  tokenStarts: Uint32Array;
  idStarts: Uint32Array;
  /** Open addressing by hash of the id: document + 1, 0 for free. */
  idTable: Uint32Array;
  /** Open addressing by hash of the words of the first text field: document + 1, 0 for free. */
  titleTable: Uint32Array;
  keywordOffsets: Uint32Array[];
};

/** A segment's bytes and tables: all that another thread needs to read it. */
export type SegmentParts = { bytes: Uint8Array; tables: SegmentTables };

/** Term numbers share a word with the code. */
const TERMS_MAX = 1 << 24;

export class Segment {
  readonly parts: SegmentParts;
  readonly meta: SegmentMeta;
  readonly dictionary: Dictionary;
  readonly facets: readonly FacetColumn[];
  readonly fieldLengths: Uint16Array;
  readonly long: Uint32Array;
  readonly longView: DataView;
  readonly short: Uint8Array;
  readonly #tokens: DataView;
  readonly #ids: Uint8Array;

  constructor(parts: SegmentParts) {
    const raw = unpackParts(parts.bytes);
    this.parts = parts;
    this.meta = readMeta(raw);
    this.dictionary = new Dictionary(raw[PART.dictionary], parts.tables.dictionary);
    this.facets = this.meta.facets.map(
      (meta, index) => new FacetColumn(meta, raw[PART.facets + index], parts.tables.keywordOffsets[index]),
    );
    this.fieldLengths = words16(raw[PART.lengths]);
    this.long = words32(raw[PART.long]);
    this.longView = viewOf(this.long);
    this.short = raw[PART.short];
    this.#tokens = viewOf(words32(raw[PART.tokens]));
    this.#ids = raw[PART.ids];
  }

  get documents(): number {
    return this.meta.documents;
  }

  get terms(): number {
    return this.meta.terms;
  }

  id(document: number): string {
    const reader = new ByteReader(this.#ids, this.parts.tables.idStarts[document]);
    const length = reader.varint();
    return decodeUtf8(this.#ids, reader.at, reader.at + length);
  }

  /** Number of the document with this id, or -1. */
  find(id: string): number {
    const { idTable } = this.parts.tables;
    if (idTable.length === 0) return -1;
    const mask = idTable.length - 1;
    const bytes = encodeUtf8(id);
    for (let at = hashBytes(bytes, 0, bytes.length) & mask; idTable[at] !== 0; at = (at + 1) & mask) {
      if (this.id(idTable[at] - 1) === id) return idTable[at] - 1;
    }
    return -1;
  }

  /** The words of a document in line, as places in its bag. */
  tokens(document: number, fields: number): Int32Array {
    const { bagStarts, tokenStarts } = this.parts.tables;
    let length = 0;
    for (let field = 0; field < fields; field += 1) length += this.fieldLengths[document * fields + field];
    const out = new Int32Array(length);
    const width = widthOf(Math.max(0, bagStarts[document + 1] - bagStarts[document] - 1));
    unpack(this.#tokens, tokenStarts[document] * 4, width, length, out);
    return out;
  }

  /** Documents whose title is exactly these terms, at most `SAME_TITLE_MAX`. */
  titled(terms: readonly number[], fields: number): number[] {
    const { titleTable, bags, bagStarts } = this.parts.tables;
    const found: number[] = [];
    if (titleTable.length === 0) return found;
    const mask = titleTable.length - 1;
    for (let slot = hashTerms(terms) & mask; titleTable[slot] !== 0; slot = (slot + 1) & mask) {
      const document = titleTable[slot] - 1;
      if (this.fieldLengths[document * fields] !== terms.length) continue;
      const tokens = this.tokens(document, fields);
      const start = bagStarts[document];
      if (terms.every((term, at) => (bags[start + tokens[at]] & 0xffffff) === term)) found.push(document);
    }
    return found;
  }

  /** Rank of the code of a term in a document, or -1 if it is not there. */
  rankIn(document: number, term: number): number {
    const { bags, bagStarts } = this.parts.tables;
    let low = bagStarts[document];
    let high = bagStarts[document + 1] - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = bags[middle] & 0xffffff;
      if (found === term) return bags[middle] >>> 24;
      if (found < term) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}

function words16(bytes: Uint8Array): Uint16Array {
  return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >>> 1);
}

function words32(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >>> 2);
}

function readMeta(raw: readonly Uint8Array[]): SegmentMeta {
  if (raw.length < PART.facets) throw new DamagedIndexError("a segment lacks parts");
  const bytes = raw[PART.meta];
  return JSON.parse(decodeUtf8(bytes, 0, bytes.length)) as SegmentMeta;
}

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

/** Where the packed values of a block are, in bytes of the long part. */
export type BlockShape = { size: number; gapsAt: number; gapWidth: number; codesAt: number; codeWidth: number };

export function blockShape(
  long: Uint32Array,
  list: number,
  block: number,
  count: number,
  shape: BlockShape,
): BlockShape {
  const header = list + LIST_HEADER_WORDS + block * BLOCK_HEADER_WORDS;
  const widths = long[header + 2];
  shape.size = Math.min(BLOCK, count - block * BLOCK);
  shape.gapWidth = widths & 255;
  shape.codeWidth = (widths >>> 8) & 255;
  shape.gapsAt = (list + long[header + 1]) * 4;
  shape.codesAt = shape.gapsAt + ((shape.size * shape.gapWidth + 31) >>> 5) * 4;
  return shape;
}

export function newBlockShape(): BlockShape {
  return { size: 0, gapsAt: 0, gapWidth: 0, codesAt: 0, codeWidth: 0 };
}

/** Gaps - 1 and code ranks of one block. @returns how many */
export function unpackBlock(list: LongList, block: number, gaps: Int32Array, codes: Uint8Array): number {
  const shape = blockShape(list.long, list.at, block, list.count, newBlockShape());
  unpack(list.view, shape.gapsAt, shape.gapWidth, shape.size, gaps);
  unpack(list.view, shape.codesAt, shape.codeWidth, shape.size, codes);
  return shape.size;
}

/** A list in blocks: the long part as words and as a view, where the list begins in words, how many documents it has. */
export type LongList = { long: Uint32Array; view: DataView; at: number; count: number };

function viewOf(words: Uint32Array): DataView {
  return new DataView(words.buffer, words.byteOffset, words.byteLength);
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

function hashTerms(terms: ArrayLike<number>): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < terms.length; at += 1) {
    hash = Math.imul(hash ^ terms[at], 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}

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
