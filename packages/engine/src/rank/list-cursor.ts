/** Walks one posting list forward, a block at a time, adding its scores to a window of documents. */

import { endOfGaps, unpackAscending } from "../segment/bit-packing.ts";
import { ByteReader } from "../segment/bytes.ts";
import { codeAt, unpackCodes } from "../segment/code-packing.ts";
import { BLOCK } from "../segment/posting-writer.ts";
import type { Segment } from "../segment/segment.ts";
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
  #isLong = false;
  #long: Uint8Array;
  #blockLasts: Uint32Array;
  #blockStarts: Uint32Array;
  #blockImpacts: Uint8Array;
  /** Numbers of the list's first block and of the one behind its last. */
  #firstBlock = 0;
  #endBlock = 0;
  #count = 0;
  /** What one step of a block maximum is worth here. */
  #unit = 0;
  #shortBound = 0;
  /** The block unpacked now, how many it holds, and where in it we are. */
  #block = -1;
  #hasRanks = false;
  #codesAt = 0;
  #view: DataView;
  #size = 0;
  #at = 0;
  /** First block that can reach into the current window. */
  #windowBlock = 0;

  constructor(segment: Segment, term: number, weight: number, tables: ScoreTables, correction: number) {
    const { blockLasts, blockStarts, blockImpacts } = segment.parts.tables;
    this.#tables = tables;
    this.#long = segment.long;
    this.#view = segment.longView;
    this.#blockLasts = blockLasts;
    this.#blockStarts = blockStarts;
    this.#blockImpacts = blockImpacts;
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
    this.#long = segment.long;
    this.#blockLasts = segment.parts.tables.blockLasts;
    this.#blockStarts = segment.parts.tables.blockStarts;
    this.#blockImpacts = segment.parts.tables.blockImpacts;
    this.#unit = IMPACT_UNIT * weight * correction;
    this.#block = -1;
    this.#size = 0;
    this.#at = 0;
    this.#shortBound = 0;
    this.#isLong = count >= BLOCK;
    const list = segment.parts.tables.lists[term];
    this.#firstBlock = this.#isLong ? list : 0;
    this.#endBlock = this.#firstBlock + (this.#isLong ? Math.ceil(count / BLOCK) : 0);
    this.#windowBlock = this.#firstBlock;
    if (!this.#isLong) this.#readShort(segment.short, list);
  }

  #readShort(bytes: Uint8Array, start: number): void {
    const reader = new ByteReader(bytes, start);
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

  /** Sets and returns `bound` for the documents `from`..`to` - 1. */
  enter(from: number, to: number): number {
    this.bound = this.#isLong ? this.#enterLong(from, to) : this.#enterShort(from, to);
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
    const lasts = this.#blockLasts;
    const impacts = this.#blockImpacts;
    const end = this.#endBlock;
    let block = this.#windowBlock;
    while (block < end && lasts[block] < from) block += 1;
    this.#windowBlock = block;
    let impact = 0;
    for (; block < end; block += 1) {
      if (impacts[block] > impact) impact = impacts[block];
      if (lasts[block] >= to - 1) break;
    }
    return impact * this.#unit;
  }

  /** Unpacks the documents of a block; their codes wait until somebody wants them. */
  #load(block: number): void {
    const isFirst = block === this.#firstBlock;
    const start = this.#blockStarts[block];
    const size = Math.min(BLOCK, this.#count - (block - this.#firstBlock) * BLOCK);
    const before = isFirst ? -1 : this.#blockLasts[block - 1];
    unpackAscending(this.#long, this.#view, start, size, before, this.#documents);
    this.#documents[size] = NO_DOCUMENT;
    this.#codesAt = endOfGaps(this.#long, start, size);
    this.#size = size;
    this.#block = block;
    this.#hasRanks = false;
    this.#at = 0;
  }

  /**
   * Adds this list's scores to the sums of documents `from`..`to` - 1 and marks them as touched. Blocks whose bound is
   * not above `needed` are passed over: their documents cannot get into the result.
   */
  addTo(window: WindowSums, from: number, to: number, needed: number): void {
    if (!this.#isLong) {
      this.#addBlock(window, from, to);
      return;
    }
    for (let block = this.#windowBlock; block < this.#endBlock; block += 1) {
      if (this.#blockImpacts[block] * this.#unit > needed) {
        if (this.#block !== block) this.#load(block);
        if (!this.#hasRanks) {
          unpackCodes(this.#long, this.#codesAt, this.#size, this.#ranks);
          this.#hasRanks = true;
        }
        this.#addBlock(window, from, to);
      }
      if (this.#blockLasts[block] >= to - 1) break;
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
   * `needed` with `others` more; the sums of the rest are cleared. Blocks that cannot help a candidate stay packed.
   * @returns how many were kept, in order, at the front of `places`
   */
  addToPlaces({ sums, places }: WindowSums, count: number, from: number, others: number, needed: number): number {
    const documents = this.#documents;
    let block = this.#windowBlock;
    let last = this.#lastOf(block);
    let bound = this.#isLong ? this.#boundOf(block) : this.#shortBound;
    let at = this.#at;
    let kept = 0;
    for (let index = 0; index < count; index += 1) {
      const place = places[index];
      const document = from + place;
      while (last < document) {
        block += 1;
        last = this.#lastOf(block);
        bound = this.#boundOf(block);
      }
      const sum = sums[place];
      if (sum + bound + others <= needed) {
        sums[place] = 0;
        continue;
      }
      if (bound > 0) {
        if (this.#isLong && this.#block !== block) {
          this.#load(block);
          at = 0;
        }
        while (documents[at] < document) at += 1;
        if (documents[at] === document) sums[place] = sum + this.#score(at);
      }
      if (sums[place] + others > needed) places[kept++] = place;
      else sums[place] = 0;
    }
    this.#windowBlock = block;
    this.#at = at;
    return kept;
  }

  #lastOf(block: number): number {
    return block < this.#endBlock ? this.#blockLasts[block] : NO_DOCUMENT;
  }

  #boundOf(block: number): number {
    return block < this.#endBlock ? this.#blockImpacts[block] * this.#unit : 0;
  }

  #score(at: number): number {
    const rank = this.#hasRanks ? this.#ranks[at] : codeAt(this.#long, this.#codesAt, this.#size, at);
    return this.#weight * saturation(this.#tables, rank, this.#documents[at]);
  }
}
