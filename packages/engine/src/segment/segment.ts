/** One immutable part of an index, read straight from its bytes. */
import { DamagedIndexError } from "../errors.ts";
import { type Bag, BagReader, type BagTables } from "./bags.ts";
import { ByteReader, decodeUtf8, encodeUtf8, hashBytes } from "./bytes.ts";
import { unpackParts } from "./container.ts";
import { Dictionary, type DictionaryTables } from "./dictionary.ts";
import { FacetColumn } from "./facet-columns.ts";
import type { ImpactTables } from "./impact-tables.ts";
import type { NearTables } from "./near-words.ts";
import { BLOCK } from "./posting-writer.ts";
import { PART, type SegmentMeta } from "./segment-file.ts";
import { BREAK_KEY, FIRST_WORD_KEY } from "./term-keys.ts";
import { eachTitled, stemHash, type TitleTables, titleHash } from "./titles.ts";
import { type OrderRules, WordOrder } from "./word-order.ts";

/** More documents with one title than this are not all found by it. */
const SAME_TITLE_MAX = 1_000;

/**
 * What is worked out once when a segment is opened. Plain typed arrays, so that the thread that opens a segment can
 * hand the result to the others.
 */
export type SegmentTables = {
  dictionary: DictionaryTables;
  /** Per term: the byte of the short part where its list begins, or the number of its first block. */
  lists: Uint32Array;
  /** Per block of the long lists: its last document, and the byte of the long part where it begins. */
  blockLasts: Uint32Array;
  blockStarts: Uint32Array;
  /** Words per document and text field. */
  fieldLengths: Uint16Array;
  /** Weighted length per document. */
  lengths: Uint16Array;
  bags: BagTables;
  /** The byte where the word order of each document begins; one entry more than documents. */
  tokenStarts: Uint32Array;
  idStarts: Uint32Array;
  /** Open addressing by hash of the id: document + 1, 0 for free. */
  idTable: Uint32Array;
  titles: TitleTables;
  keywordOffsets: Uint32Array[];
  near: NearTables;
};

/** A segment's bytes and tables: all that another thread needs to read it. */
export type SegmentParts = {
  bytes: Uint8Array;
  tables: SegmentTables;
  /** Null until somebody has unpacked them; queries take longer without. */
  impacts: ImpactTables | null;
};

export class Segment {
  readonly parts: SegmentParts;
  readonly meta: SegmentMeta;
  readonly dictionary: Dictionary;
  readonly facets: readonly FacetColumn[];
  readonly fieldLengths: Uint16Array;
  readonly long: Uint8Array;
  readonly longView: DataView;
  readonly short: Uint8Array;
  /** The packed word order of all documents. */
  readonly words: Uint8Array;
  readonly ids: Uint8Array;
  readonly order: WordOrder;
  /** Hash of each document's title. */
  readonly titleHashes: Uint16Array;
  readonly #wordsView: DataView;
  readonly #bags: BagReader;

  constructor(parts: SegmentParts) {
    const raw = unpackParts(parts.bytes);
    this.parts = parts;
    this.meta = readMeta(raw);
    this.dictionary = new Dictionary(raw[PART.dictionary], parts.tables.dictionary);
    this.facets = this.meta.facets.map(
      (meta, index) => new FacetColumn(meta, raw[PART.facets + index], parts.tables.keywordOffsets[index]),
    );
    this.fieldLengths = parts.tables.fieldLengths;
    this.long = raw[PART.long];
    this.longView = viewOf(this.long);
    this.short = raw[PART.short];
    this.words = raw[PART.words];
    this.#wordsView = viewOf(this.words);
    this.ids = raw[PART.ids];
    this.titleHashes = hashesOf(raw);
    this.#bags = new BagReader(parts.tables.bags);
    this.order = new WordOrder(orderRules(this.meta, this.dictionary));
  }

  get documents(): number {
    return this.meta.documents;
  }

  get terms(): number {
    return this.meta.terms;
  }

  id(document: number): string {
    const reader = new ByteReader(this.ids, this.parts.tables.idStarts[document]);
    const length = reader.varint();
    return decodeUtf8(this.ids, reader.at, reader.at + length);
  }

  /** The id as it is stored: its length and its UTF-8. */
  idBytes(document: number): Uint8Array {
    const start = this.parts.tables.idStarts[document];
    const reader = new ByteReader(this.ids, start);
    const length = reader.varint();
    return this.ids.subarray(start, reader.at + length);
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

  /** The terms of a document; they stand until another document's are asked for. */
  bag(document: number): Bag {
    return this.#bags.read(document);
  }

  /**
   * Numbers of a document's words in line.
   * @param fields  the first so many text fields
   * @param room  taken where it is large enough; what lies behind the words is left as it was
   */
  readLine(document: number, fields: number, room: Int32Array = new Int32Array(0)): Int32Array {
    const first = document * this.meta.caps.length;
    const lengths: number[] = [];
    let length = 0;
    for (let field = 0; field < fields; field += 1) {
      lengths.push(this.fieldLengths[first + field]);
      length += lengths[field];
    }
    const out = room.length < length ? new Int32Array(length) : room;
    this.order.read(this.bag(document), this.#wordsView, this.parts.tables.tokenStarts[document], lengths, out);
    return out;
  }

  /** Documents whose title is exactly these stems, at most {@link SAME_TITLE_MAX}. */
  titled(stems: readonly string[]): number[] {
    const found: number[] = [];
    const fields = this.meta.caps.length;
    const hash = titleHash(stems.map(stemHash), stems.length);
    let terms: number[] | null = null;
    eachTitled(this.parts.tables.titles, hash, (document) => {
      if (this.titleHashes[document] !== hash || this.fieldLengths[document * fields] !== stems.length) return true;
      terms ??= stems.map((stem) => this.dictionary.find(stem));
      const line = this.readLine(document, 1);
      if (terms.every((term, at) => line[at] === term)) found.push(document);
      return found.length < SAME_TITLE_MAX;
    });
    return found;
  }

  /** Where a block of a long list is. */
  blockShape(term: number, block: number, shape: BlockShape): void {
    const { lists, blockStarts, blockLasts } = this.parts.tables;
    const number = lists[term] + block;
    shape.start = blockStarts[number];
    shape.size = Math.min(BLOCK, this.dictionary.documents(term) - block * BLOCK);
    shape.before = block === 0 ? -1 : blockLasts[number - 1];
  }

  /** Rank of the code of a term in a document, or -1 if it is not there. */
  rankIn(document: number, term: number): number {
    const { entries, to } = this.bag(document);
    for (let at = 0; at < to; at += 1) if ((entries[at] & 0xffffff) === term) return entries[at] >>> 24;
    return -1;
  }
}

/** Hash of each document's title. */
export function hashesOf(raw: readonly Uint8Array[]): Uint16Array {
  const { buffer, byteOffset, byteLength } = raw[PART.titles];
  return new Uint16Array(buffer, byteOffset, byteLength / 2);
}

export function readMeta(raw: readonly Uint8Array[]): SegmentMeta {
  if (raw.length < PART.facets) throw new DamagedIndexError("a segment lacks parts");
  const bytes = raw[PART.meta];
  return JSON.parse(decodeUtf8(bytes, 0, bytes.length)) as SegmentMeta;
}

/** A block of a long list: how many it holds, the document in front of it, and where in the long part it begins. */
export type BlockShape = { size: number; before: number; start: number };

export function newBlockShape(): BlockShape {
  return { size: 0, before: -1, start: 0 };
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** How the word order of a segment is to be read. */
export function orderRules(meta: SegmentMeta, dictionary: Dictionary): OrderRules {
  return {
    codes: meta.codes,
    caps: meta.caps,
    firstWord: dictionary.lowerBound(FIRST_WORD_KEY),
    breakTerm: dictionary.find(BREAK_KEY),
  };
}
