/**
 * The terms of each document in memory, ascending, about 2.2 bytes a term. They are not in the file: whoever opens it
 * works them out from the posting lists. An entry is one slot of 16 bits: how many frequent terms (anchors) further it
 * is, and the rank of its code. A rare term has 0 there and behind it its distance from the last anchor.
 */
import type { Allocate } from "./bytes.ts";

/** Terms in at least so many documents are anchors. The sizes on disk hang on this and on the form of the slots. */
const ANCHOR_MIN = 16;
const RANK_BITS = 4;
/** As rank: the rank is in the next slot. */
const RANK_BEHIND = 2 ** RANK_BITS - 1;
const GAP_MAX = 2 ** (16 - RANK_BITS) - 1;
/** As distance: the distance is in the next two slots. */
const FAR = 0xffff;
/** Slots of the longest entry. */
const ENTRY_MAX = 5;

export type BagTables = {
  slots: Uint16Array;
  /** Where each document's slots begin; one entry more than documents. */
  starts: Uint32Array;
  /** Term numbers of the anchors, ascending, behind a -1. */
  anchors: Int32Array;
};

/** A document's terms, ascending: `entries` from `from` to `to` - 1, each term number | rank of its code << 24. */
export type Bag = { entries: Uint32Array; from: number; to: number };

/** @param counts  documents per term */
export function anchorsOf(counts: ArrayLike<number>, allocate: Allocate): Int32Array {
  let size = 1;
  for (let term = 0; term < counts.length; term += 1) if (counts[term] >= ANCHOR_MIN) size += 1;
  const anchors = new Int32Array(allocate(size * 4));
  anchors[0] = -1;
  for (let term = 0, at = 1; at < size; term += 1) if (counts[term] >= ANCHOR_MIN) anchors[at++] = term;
  return anchors;
}

/** Reads one document after the other into the same place. */
export class BagReader {
  readonly #tables: BagTables;
  readonly #bag: Bag = { entries: new Uint32Array(256), from: 0, to: 0 };

  constructor(tables: BagTables) {
    this.#tables = tables;
  }

  /** The terms of a document, from 0 on; they stand until the next call. */
  read(document: number): Bag {
    const { slots, starts, anchors } = this.#tables;
    const end = starts[document + 1];
    const bag = this.#bag;
    if (bag.entries.length < end - starts[document]) bag.entries = new Uint32Array((end - starts[document]) * 2);
    const { entries } = bag;
    let to = 0;
    let anchor = 0;
    for (let at = starts[document]; at < end; ) {
      const slot = slots[at++];
      let rank = slot & RANK_BEHIND;
      if (rank === RANK_BEHIND) rank = slots[at++];
      const gap = slot >>> RANK_BITS;
      anchor += gap;
      let term = anchors[anchor];
      if (gap === 0) {
        const distance = slots[at++];
        term += distance;
        if (distance === FAR) {
          term += (slots[at] | (slots[at + 1] << 16)) - FAR;
          at += 2;
        }
      }
      entries[to++] = term | (rank << 24);
    }
    bag.to = to;
    return bag;
  }
}

/** Writes one entry. @returns where the next one goes */
function put(slots: Uint16Array, start: number, gap: number, rank: number, distance: number): number {
  let at = start;
  slots[at++] = (gap << RANK_BITS) | Math.min(RANK_BEHIND, rank);
  if (rank >= RANK_BEHIND) slots[at++] = rank;
  if (gap > 0) return at;
  slots[at++] = Math.min(FAR, distance);
  if (distance < FAR) return at;
  slots[at++] = distance & 0xffff;
  slots[at++] = distance >>> 16;
  return at;
}

/** Takes document after document, each with its terms ascending. */
export class BagWriter {
  readonly #anchors: Int32Array;
  /** Number of each term among the anchors, 0 for the others. */
  readonly #anchorOf: Int32Array;
  readonly #starts: Uint32Array;
  #slots = new Uint16Array(1024);
  #at = 0;
  #anchor = 0;
  #document = 0;

  /** @param counts  documents per term */
  constructor(counts: ArrayLike<number>, documents: number, allocate: Allocate) {
    this.#anchors = anchorsOf(counts, allocate);
    this.#anchorOf = new Int32Array(counts.length);
    for (let at = 1; at < this.#anchors.length; at += 1) this.#anchorOf[this.#anchors[at]] = at;
    this.#starts = new Uint32Array(allocate((documents + 1) * 4));
  }

  add(term: number, rank: number): void {
    if (this.#at + ENTRY_MAX > this.#slots.length) {
      const larger = new Uint16Array(this.#slots.length * 2);
      larger.set(this.#slots);
      this.#slots = larger;
    }
    const number = this.#anchorOf[term];
    const gap = number > 0 && number - this.#anchor <= GAP_MAX ? number - this.#anchor : 0;
    this.#at = put(this.#slots, this.#at, gap, rank, term - this.#anchors[this.#anchor]);
    this.#anchor += gap;
  }

  endDocument(): void {
    this.#document += 1;
    this.#starts[this.#document] = this.#at;
    this.#anchor = 0;
  }

  finish(allocate: Allocate): BagTables {
    const slots = new Uint16Array(allocate(this.#at * 2));
    slots.set(this.#slots.subarray(0, this.#at));
    return { slots, starts: this.#starts, anchors: this.#anchors };
  }
}

/** Takes term after term, ascending, each with its documents. */
export class BagScatter {
  readonly tables: BagTables;
  /** Per document: where its next entry goes, and its last anchor, side by side in memory. */
  readonly #state: Int32Array;
  /** Number of the anchor that comes next. */
  #next = 1;

  /** @param starts  see {@link BagTables}; known from the file */
  constructor(counts: ArrayLike<number>, starts: Uint32Array, allocate: Allocate) {
    const documents = starts.length - 1;
    const slots = new Uint16Array(allocate(starts[documents] * 2));
    this.tables = { slots, starts, anchors: anchorsOf(counts, allocate) };
    this.#state = new Int32Array(documents * 2);
    for (let document = 0; document < documents; document += 1) this.#state[document * 2] = starts[document];
  }

  /** The first `size` documents of a list, or of a part of one. */
  add(term: number, documents: Int32Array, ranks: Uint8Array, size: number): void {
    const { slots, anchors } = this.tables;
    const state = this.#state;
    while (this.#next < anchors.length && anchors[this.#next] < term) this.#next += 1;
    const anchor = anchors[this.#next] === term ? this.#next : 0;
    for (let at = 0; at < size; at += 1) {
      const rank = ranks[at];
      const here = documents[at] * 2;
      const last = state[here + 1];
      const gap = anchor - last;
      if (gap > 0 && gap <= GAP_MAX && rank < RANK_BEHIND) {
        slots[state[here]] = (gap << RANK_BITS) | rank;
        state[here] += 1;
        state[here + 1] = anchor;
        continue;
      }
      const step = gap > 0 && gap <= GAP_MAX ? gap : 0;
      state[here] = put(slots, state[here], step, rank, term - anchors[last]);
      state[here + 1] = last + step;
    }
  }
}
