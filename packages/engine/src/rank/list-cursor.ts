/** Walks one posting list forward, a block at a time, adding its scores to a window of documents. */

import { unpack, unpackOne } from "../segment/bit-packing.ts";
import { ByteReader } from "../segment/bytes.ts";
import { BLOCK, BLOCK_HEADER_WORDS, LIST_HEADER_WORDS } from "../segment/posting-writer.ts";
import { blockShape, newBlockShape, type Segment } from "../segment/segment.ts";
import { type ScoreTables, saturation } from "./score-tables.ts";

/** Block maxima are whole numbers of 1/255, rounded up. */
const IMPACT_UNIT = 1 / 255;

/** Lists are walked once from the left; a window never lies before the one asked for last. */
export class ListCursor {
  readonly documents = new Int32Array(BLOCK);
  readonly ranks = new Uint8Array(BLOCK);
  /** Upper bound of this list's score inside the current window. */
  bound = 0;
  readonly weight: number;
  readonly #tables: ScoreTables;
  readonly #long: Uint32Array | null;
  readonly #list: number;
  readonly #blocks: number;
  readonly #count: number;
  /** What one step of a block maximum is worth here. */
  readonly #unit: number;
  readonly #shortBound: number = 0;
  /** The block unpacked now, how many it holds, and where in it we are. */
  #block = -1;
  #hasRanks = false;
  readonly #shape = newBlockShape();
  readonly #view: DataView;
  #size = 0;
  #at = 0;
  /** First block that can reach into the current window. */
  #windowBlock = 0;

  constructor(segment: Segment, term: number, weight: number, tables: ScoreTables, correction: number) {
    const count = segment.dictionary.documents(term);
    this.weight = weight;
    this.#tables = tables;
    this.#count = count;
    this.#view = segment.longView;
    this.#list = segment.parts.tables.lists[term];
    this.#unit = IMPACT_UNIT * weight * correction;
    if (count >= BLOCK) {
      this.#long = segment.long;
      this.#blocks = segment.long[this.#list + 1];
    } else {
      this.#long = null;
      this.#blocks = 1;
      this.#readShort(segment.short);
      let best = 0;
      for (let at = 0; at < count; at += 1) best = Math.max(best, this.#score(at));
      this.#shortBound = best;
    }
  }

  #readShort(bytes: Uint8Array): void {
    const reader = new ByteReader(bytes, this.#list);
    let document = -1;
    for (let at = 0; at < this.#count; at += 1) {
      const gap = reader.varint();
      document += (gap >>> 1) + 1;
      this.documents[at] = document;
      this.ranks[at] = (gap & 1) === 0 ? 0 : reader.byte();
    }
    this.#block = 0;
    this.#hasRanks = true;
    this.#size = this.#count;
  }

  #score(at: number): number {
    return this.weight * saturation(this.#tables, this.ranks[at], this.documents[at]);
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
    while (this.#at < this.#size && this.documents[this.#at] < from) this.#at += 1;
    return this.#at < this.#size && this.documents[this.#at] < to ? this.#shortBound : 0;
  }

  #enterLong(from: number, to: number): number {
    let block = this.#windowBlock;
    while (block < this.#blocks && this.#lastOf(block) < from) block += 1;
    this.#windowBlock = block;
    let bound = 0;
    for (; block < this.#blocks; block += 1) {
      bound = Math.max(bound, this.#boundOf(block));
      if (this.#lastOf(block) >= to - 1) break;
    }
    return bound;
  }

  /** Unpacks the documents of a block; their codes wait until somebody wants them. */
  #load(block: number): void {
    const shape = blockShape(this.#long as Uint32Array, this.#list, block, this.#count, this.#shape);
    const { documents } = this;
    unpack(this.#view, shape.gapsAt, shape.gapWidth, shape.size, documents);
    let document = block === 0 ? -1 : this.#lastOf(block - 1);
    for (let at = 0; at < shape.size; at += 1) {
      document += documents[at] + 1;
      documents[at] = document;
    }
    this.#size = shape.size;
    this.#block = block;
    this.#hasRanks = false;
    this.#at = 0;
  }

  #loadRanks(): void {
    unpack(this.#view, this.#shape.codesAt, this.#shape.codeWidth, this.#size, this.ranks);
    this.#hasRanks = true;
  }

  /**
   * Adds this list's scores to the sums of documents `from`..`to` - 1 and marks them as touched. Blocks whose bound is
   * not above `needed` are passed over: their documents cannot get into the result.
   */
  addTo(sums: Float64Array, touched: Uint32Array, from: number, to: number, needed: number): void {
    if (this.#long === null) {
      this.#addBlock(sums, touched, from, to);
      return;
    }
    for (let block = this.#windowBlock; block < this.#blocks; block += 1) {
      if (this.#boundOf(block) > needed) {
        if (this.#block !== block) this.#load(block);
        if (!this.#hasRanks) this.#loadRanks();
        this.#addBlock(sums, touched, from, to);
      }
      if (this.#lastOf(block) >= to - 1) break;
    }
  }

  #addBlock(sums: Float64Array, touched: Uint32Array, from: number, to: number): void {
    const { documents, ranks, weight } = this;
    const { frequencies, factors, lengths } = this.#tables;
    const size = this.#size;
    let at = this.#at;
    while (at < size && documents[at] < from) at += 1;
    for (; at < size; at += 1) {
      const document = documents[at];
      if (document >= to) break;
      const frequency = frequencies[ranks[at]];
      const place = document - from;
      sums[place] += (weight * frequency) / (frequency + factors[lengths[document]]);
      touched[place >>> 5] |= 1 << (place & 31);
    }
    this.#at = at;
  }

  /**
   * Upper bound of this list's score of one document, without unpacking anything. Documents are asked for in ascending
   * order.
   */
  boundAt(document: number): number {
    if (this.#long === null) return this.#shortBound;
    const long = this.#long;
    let block = this.#windowBlock;
    let at = this.#list + LIST_HEADER_WORDS + block * BLOCK_HEADER_WORDS;
    while (block < this.#blocks && long[at] < document) {
      block += 1;
      at += BLOCK_HEADER_WORDS;
    }
    this.#windowBlock = block;
    return block < this.#blocks ? (long[at + 2] >>> 16) * this.#unit : 0;
  }

  /** This list's score of one document, 0 if it is not in it; after {@link boundAt} for the same document. */
  scoreOf(document: number): number {
    if (this.#long !== null) {
      if (this.#windowBlock >= this.#blocks) return 0;
      if (this.#block !== this.#windowBlock) this.#load(this.#windowBlock);
    }
    const { documents } = this;
    const size = this.#size;
    let at = this.#at;
    while (at < size && documents[at] < document) at += 1;
    this.#at = at;
    if (at === size || documents[at] !== document) return 0;
    if (!this.#hasRanks)
      this.ranks[at] = unpackOne(this.#view, this.#shape.codesAt, at * this.#shape.codeWidth, this.#shape.codeWidth);
    return this.#score(at);
  }
}
