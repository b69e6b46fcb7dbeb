/** Walks one posting list forward, a block at a time, adding its scores to a window of documents. */

import { unpack, unpackAscending, unpackOne } from "../segment/bit-packing.ts";
import { ByteReader } from "../segment/bytes.ts";
import { BLOCK, BLOCK_HEADER_WORDS, LIST_HEADER_WORDS } from "../segment/posting-writer.ts";
import { blockShape, newBlockShape, type Segment } from "../segment/segment.ts";
import { type ScoreTables, saturation } from "./score-tables.ts";

/** Block maxima are whole numbers of 1/255, rounded up. */
const IMPACT_UNIT = 1 / 255;
/** Behind the last document of a block stands a number that no document has, so that scans need no other end. */
const NO_DOCUMENT = 0x7fffffff;

/** The candidates of a window: places in it, ascending, and what they have so far. */
export type WindowSums = { sums: Float64Array; touched: Uint32Array; places: Int32Array };

/** Lists are walked once from the left; a window never lies before the one asked for last. Made once, used again. */
export class ListCursor {
  readonly #documents = new Int32Array(BLOCK + 1);
  readonly #ranks = new Uint8Array(BLOCK);
  /** Upper bound of this list's score inside the current window. */
  bound = 0;
  #weight = 0;
  #tables: ScoreTables;
  #long: Uint32Array | null = null;
  #list = 0;
  #blocks = 0;
  #count = 0;
  /** What one step of a block maximum is worth here. */
  #unit = 0;
  #shortBound = 0;
  /** The block unpacked now, how many it holds, and where in it we are. */
  #block = -1;
  #hasRanks = false;
  readonly #shape = newBlockShape();
  #view: DataView;
  #size = 0;
  #at = 0;
  /** First block that can reach into the current window. */
  #windowBlock = 0;

  constructor(segment: Segment, term: number, weight: number, tables: ScoreTables, correction: number) {
    this.#tables = tables;
    this.#view = segment.longView;
    this.reset(segment, term, weight, tables, correction);
  }

  /** Begins another list from its left end. */
  reset(segment: Segment, term: number, weight: number, tables: ScoreTables, correction: number): void {
    const count = segment.dictionary.documents(term);
    this.bound = 0;
    this.#weight = weight;
    this.#tables = tables;
    this.#count = count;
    this.#view = segment.longView;
    this.#list = segment.parts.tables.lists[term];
    this.#unit = IMPACT_UNIT * weight * correction;
    this.#block = -1;
    this.#size = 0;
    this.#at = 0;
    this.#windowBlock = 0;
    this.#shortBound = 0;
    if (count >= BLOCK) {
      this.#long = segment.long;
      this.#blocks = segment.long[this.#list + 1];
    } else {
      this.#long = null;
      this.#blocks = 1;
      this.#readShort(segment.short);
    }
  }

  #readShort(bytes: Uint8Array): void {
    const reader = new ByteReader(bytes, this.#list);
    const documents = this.#documents;
    const ranks = this.#ranks;
    const tables = this.#tables;
    let document = -1;
    let best = 0;
    for (let at = 0; at < this.#count; at += 1) {
      const gap = reader.varint();
      document += (gap >>> 1) + 1;
      const rank = (gap & 1) === 0 ? 0 : reader.byte();
      documents[at] = document;
      ranks[at] = rank;
      best = Math.max(best, saturation(tables, rank, document));
    }
    documents[this.#count] = NO_DOCUMENT;
    this.#shortBound = best * this.#weight;
    this.#block = 0;
    this.#hasRanks = true;
    this.#size = this.#count;
  }

  #lastOf(block: number): number {
    return (this.#long as Uint32Array)[this.#list + LIST_HEADER_WORDS + block * BLOCK_HEADER_WORDS];
  }

  /** Upper bound of the scores of one block. */
  #boundOf(block: number): number {
    const shape = (this.#long as Uint32Array)[this.#list + LIST_HEADER_WORDS + block * BLOCK_HEADER_WORDS + 2];
    return (shape >>> 16) * this.#unit;
  }

  /** Sets and returns `bound` for the documents `from`..`to` - 1. */
  enter(from: number, to: number): number {
    this.bound = this.#long === null ? this.#enterShort(from, to) : this.#enterLong(from, to);
    return this.bound;
  }

  #enterShort(from: number, to: number): number {
    const documents = this.#documents;
    let at = this.#at;
    while (documents[at] < from) at += 1;
    this.#at = at;
    return documents[at] < to ? this.#shortBound : 0;
  }

  #enterLong(from: number, to: number): number {
    const blocks = this.#blocks;
    let block = this.#windowBlock;
    while (block < blocks && this.#lastOf(block) < from) block += 1;
    this.#windowBlock = block;
    let bound = 0;
    for (; block < blocks; block += 1) {
      bound = Math.max(bound, this.#boundOf(block));
      if (this.#lastOf(block) >= to - 1) break;
    }
    return bound;
  }

  /** Unpacks the documents of a block; their codes wait until somebody wants them. */
  #load(block: number): void {
    const shape = blockShape(this.#long as Uint32Array, this.#list, block, this.#count, this.#shape);
    const before = block === 0 ? -1 : this.#lastOf(block - 1);
    unpackAscending(this.#view, shape.gapsAt, shape.gapWidth, shape.size, before, this.#documents);
    this.#documents[shape.size] = NO_DOCUMENT;
    this.#size = shape.size;
    this.#block = block;
    this.#hasRanks = false;
    this.#at = 0;
  }

  /**
   * Adds this list's scores to the sums of documents `from`..`to` - 1 and marks them as touched. Blocks whose bound is
   * not above `needed` are passed over: their documents cannot get into the result.
   */
  addTo(window: WindowSums, from: number, to: number, needed: number): void {
    if (this.#long === null) {
      this.#addBlock(window, from, to);
      return;
    }
    for (let block = this.#windowBlock; block < this.#blocks; block += 1) {
      if (this.#boundOf(block) > needed) {
        if (this.#block !== block) this.#load(block);
        if (!this.#hasRanks) {
          unpack(this.#view, this.#shape.codesAt, this.#shape.codeWidth, this.#size, this.#ranks);
          this.#hasRanks = true;
        }
        this.#addBlock(window, from, to);
      }
      if (this.#lastOf(block) >= to - 1) break;
    }
  }

  #addBlock({ sums, touched }: WindowSums, from: number, to: number): void {
    const documents = this.#documents;
    const ranks = this.#ranks;
    const weight = this.#weight;
    const { frequencies, factors, lengths } = this.#tables;
    let at = this.#at;
    while (documents[at] < from) at += 1;
    for (let document = documents[at]; document < to; document = documents[at]) {
      const frequency = frequencies[ranks[at]];
      const place = document - from;
      sums[place] += (weight * frequency) / (frequency + factors[lengths[document]]);
      touched[place >>> 5] |= 1 << (place & 31);
      at += 1;
    }
    this.#at = at;
  }

  /**
   * Adds this list's scores to the first `count` candidates of a window, keeping only those that can still get above
   * `needed` with `others` more. Blocks that cannot help a candidate stay packed.
   * @returns how many were kept, in order, at the front of `places`
   */
  addToPlaces({ sums, places }: WindowSums, count: number, from: number, others: number, needed: number): number {
    const documents = this.#documents;
    let block = this.#windowBlock;
    let last = this.#long === null ? NO_DOCUMENT : block < this.#blocks ? this.#lastOf(block) : NO_DOCUMENT;
    let bound = this.#long === null ? this.#shortBound : block < this.#blocks ? this.#boundOf(block) : 0;
    let at = this.#at;
    let kept = 0;
    for (let index = 0; index < count; index += 1) {
      const place = places[index];
      const document = from + place;
      while (last < document) {
        block += 1;
        last = block < this.#blocks ? this.#lastOf(block) : NO_DOCUMENT;
        bound = block < this.#blocks ? this.#boundOf(block) : 0;
      }
      const sum = sums[place];
      if (sum + bound + others <= needed) continue;
      if (bound > 0) {
        if (this.#block !== block && this.#long !== null) {
          this.#load(block);
          at = 0;
        }
        while (documents[at] < document) at += 1;
        if (documents[at] === document) sums[place] = sum + this.#score(at);
      }
      if (sums[place] + others > needed) places[kept++] = place;
    }
    this.#windowBlock = block;
    this.#at = at;
    return kept;
  }

  #score(at: number): number {
    const { codesAt, codeWidth } = this.#shape;
    const rank = this.#hasRanks ? this.#ranks[at] : unpackOne(this.#view, codesAt, at * codeWidth, codeWidth);
    return this.#weight * saturation(this.#tables, rank, this.#documents[at]);
  }
}
