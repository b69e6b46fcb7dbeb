/** One immutable part of an index, read straight from its bytes. */
import { DamagedIndexError } from "../errors.ts";
import { unpack, widthOf } from "./bit-packing.ts";
import { ByteReader, decodeUtf8, encodeUtf8, hashBytes } from "./bytes.ts";
import { unpackParts } from "./container.ts";
import { Dictionary, type DictionaryTables } from "./dictionary.ts";
import { FacetColumn } from "./facet-columns.ts";
import { eachNearWord, type NearTables } from "./near-words.ts";
import { BLOCK, BLOCK_HEADER_WORDS, LIST_HEADER_WORDS } from "./posting-writer.ts";
import { PART, type SegmentMeta } from "./segment-writer.ts";

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
  near: NearTables;
};

/** A segment's bytes and tables: all that another thread needs to read it. */
export type SegmentParts = { bytes: Uint8Array; tables: SegmentTables };

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

  /** Calls `visit` with the words that may be `word` with at most so many mistakes, see {@link eachNearWord}. */
  eachNear(word: string, mistakes: number, visit: (key: string, term: number) => void): void {
    eachNearWord(this.parts.tables.near, word, mistakes, (term) => visit(this.dictionary.key(term), term));
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

export function words16(bytes: Uint8Array): Uint16Array {
  return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >>> 1);
}

export function words32(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >>> 2);
}

export function readMeta(raw: readonly Uint8Array[]): SegmentMeta {
  if (raw.length < PART.facets) throw new DamagedIndexError("a segment lacks parts");
  const bytes = raw[PART.meta];
  return JSON.parse(decodeUtf8(bytes, 0, bytes.length)) as SegmentMeta;
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

export function viewOf(words: Uint32Array): DataView {
  return new DataView(words.buffer, words.byteOffset, words.byteLength);
}

export function hashTerms(terms: ArrayLike<number>): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < terms.length; at += 1) {
    hash = Math.imul(hash ^ terms[at], 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}
