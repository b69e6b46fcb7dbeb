/** Walks one posting list forward, a block at a time, adding its scores to a window of documents. */

import { endOfGaps, unpackAscending } from "../segment/bit-packing.ts";
import { ByteReader } from "../segment/bytes.ts";
import { codeAt, unpackCodes } from "../segment/code-packing.ts";
import { BLOCK } from "../segment/posting-writer.ts";
import type { Segment } from "../segment/segment.ts";
import { type ScoreTables, saturation } from "./score-tables.ts";
import {
  addMarking,
  addScores,
  firstFrom,
  NO_DOCUMENT,
  STRIDE,
  takeLast,
  type Unpacked,
  type WindowSums,
} from "./window.ts";

/** Block maxima are whole numbers of 1/255, rounded up. */
const IMPACT_UNIT = 1 / 255;

/** What is done with the postings of a list: only added, added and marked, or made candidates. */
export type Use = "add" | "mark" | "take";

/** Lists are walked once from the left; a window never lies before the one asked for last. Made once, used again. */
export class ListCursor {
  readonly #documents = new Int32Array(BLOCK + STRIDE);
  readonly #ranks = new Uint8Array(BLOCK);
  readonly #unpacked: Unpacked;
  /** Upper bound of this list's score inside the current window. */
  bound = 0;
  /** Share of the segment's documents that the list holds. */
  density = 0;
  #isLong = false;
  #segment: Segment;
  #blockLasts: Uint32Array;
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
  #size = 0;
  #at = 0;
  /** First block that can reach into the current window. */
  #windowBlock = 0;

  constructor(segment: Segment, term: number, weight: number, tables: ScoreTables, correction: number) {
    this.#unpacked = { documents: this.#documents, ranks: this.#ranks, tables, weight };
    this.#segment = segment;
    this.#blockLasts = segment.parts.tables.blockLasts;
    this.#blockImpacts = segment.parts.tables.blockImpacts;
    this.reset(segment, term, weight, tables, correction);
  }

  /** Begins another list from its left end. */
  reset(segment: Segment, term: number, weight: number, tables: ScoreTables, correction: number): void {
    const count = segment.dictionary.documents(term);
    this.bound = 0;
    this.density = count / segment.documents;
    this.#unpacked.tables = tables;
    this.#unpacked.weight = weight;
    this.#count = count;
    this.#segment = segment;
    this.#blockLasts = segment.parts.tables.blockLasts;
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
    const { tables, weight } = this.#unpacked;
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
    documents.fill(NO_DOCUMENT, this.#count, this.#count + STRIDE);
    this.#shortBound = best * weight;
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
    this.#at = firstFrom(this.#documents, this.#at, from);
    return this.#documents[this.#at] < to ? this.#shortBound : 0;
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
    const { long, longView, parts } = this.#segment;
    const start = parts.tables.blockStarts[block];
    const size = Math.min(BLOCK, this.#count - (block - this.#firstBlock) * BLOCK);
    const before = block === this.#firstBlock ? -1 : this.#blockLasts[block - 1];
    const documents = this.#documents;
    unpackAscending(long, longView, start, size, before, documents);
    for (let at = size; at < size + STRIDE; at += 1) documents[at] = NO_DOCUMENT;
    this.#codesAt = endOfGaps(long, start, size);
    this.#size = size;
    this.#block = block;
    this.#hasRanks = false;
    this.#at = 0;
  }

  #loadWhole(block: number): void {
    if (this.#block !== block) this.#load(block);
    if (this.#hasRanks) return;
    unpackCodes(this.#segment.long, this.#codesAt, this.#size, this.#ranks);
    this.#hasRanks = true;
  }

  /**
   * Adds this list's scores to the sums of documents `from`..`to` - 1. Blocks whose bound is not above `needed` are passed
   * over: their documents cannot get into the result.
   * @param cut  documents whose sum is above it are marked or taken
   * @returns how many were taken
   */
  addTo(window: WindowSums, from: number, to: number, needed: number, cut: number, use: Use): number {
    if (!this.#isLong) return this.#addBlock(window, from, to, cut, use, 0);
    let taken = 0;
    for (let block = this.#windowBlock; block < this.#endBlock; block += 1) {
      if (this.#blockImpacts[block] * this.#unit > needed) {
        this.#loadWhole(block);
        taken = this.#addBlock(window, from, to, cut, use, taken);
      }
      if (this.#blockLasts[block] >= to - 1) break;
    }
    return taken;
  }

  #addBlock(window: WindowSums, from: number, to: number, cut: number, use: Use, taken: number): number {
    const documents = this.#documents;
    const at = firstFrom(documents, this.#at, from);
    const end = documents[this.#size - 1] < to ? this.#size : firstFrom(documents, at, to);
    this.#at = end;
    if (use === "take") return takeLast(this.#unpacked, at, end, from, window, cut, taken);
    if (use === "mark") addMarking(this.#unpacked, at, end, from, window, cut);
    else addScores(this.#unpacked, at, end, from, window.sums);
    return 0;
  }

  /**
   * Adds this list's scores to the first `count` candidates of a window, keeping only those that can still get above
   * `needed` with `others` more. Blocks that cannot help a candidate stay packed.
   * @returns how many were kept, in order, at the front of `places`
   */
  lookUp({ places, scores }: WindowSums, count: number, from: number, others: number, needed: number): number {
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
      let score = scores[index];
      if (score + bound + others <= needed) continue;
      if (bound > 0) {
        if (this.#isLong && this.#block !== block) {
          this.#load(block);
          at = 0;
        }
        at = firstFrom(documents, at, document);
        if (documents[at] === document) score += this.#score(at);
        if (score + others <= needed) continue;
      }
      places[kept] = place;
      scores[kept] = score;
      kept += 1;
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
    const rank = this.#hasRanks ? this.#ranks[at] : codeAt(this.#segment.long, this.#codesAt, this.#size, at);
    const { tables, weight } = this.#unpacked;
    return weight * saturation(tables, rank, this.#documents[at]);
  }
}
