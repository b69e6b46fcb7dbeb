/**
 * The terms of each document in memory, ascending, about 2.2 bytes a term. They are not in the file: whoever opens it
 * works them out from the posting lists. An entry is one slot of 16 bits: how many frequent terms (anchors) further it
 * is, and the rank of its code. A rare term has 0 there and behind it its distance from the last anchor.
 */
import { type Allocate, IntList } from "./bytes.ts";

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

/** Documents sorted together: as many as a cache of 1 MB can hold the ends of. */
const RANGE_BITS = 16 - RANK_BITS;

/**
 * Takes term after term, ascending, each with its documents. Writing each posting to its document at once would miss
 * the caches nearly every time, so postings are first gathered by ranges of documents: 2.5 times faster.
 */
export class BagScatter {
  readonly #anchors: Int32Array;
  readonly #starts: Uint32Array;
  /** Postings of each range, where the slots of its documents will be: place in the range and rank, like a slot. */
  readonly #gathered: Uint16Array;
  readonly #ends: Int32Array;
  /** Per range: terms and how many postings of each were gathered in turn. */
  readonly #runs: IntList[];

  /**
   * @param counts  documents per term
   * @param starts  see {@link BagTables}; known from the file
   */
  constructor(counts: ArrayLike<number>, starts: Uint32Array, allocate: Allocate) {
    const documents = starts.length - 1;
    const ranges = Math.ceil(documents / 2 ** RANGE_BITS);
    this.#anchors = anchorsOf(counts, allocate);
    this.#starts = starts;
    this.#gathered = new Uint16Array(starts[documents]);
    this.#ends = Int32Array.from({ length: ranges }, (_, range) => starts[range << RANGE_BITS]);
    this.#runs = Array.from({ length: ranges }, () => new IntList());
  }

  /** The first `size` documents of a list, or of a part of one. */
  add(term: number, documents: Int32Array, ranks: Uint8Array, size: number): void {
    const gathered = this.#gathered;
    for (let at = 0; at < size; ) {
      const range = documents[at] >>> RANGE_BITS;
      const first = range << RANGE_BITS;
      const from = at;
      let to = this.#ends[range];
      for (let place = documents[at] - first; place < 2 ** RANGE_BITS; place = documents[at] - first) {
        const rank = ranks[at];
        gathered[to++] = (place << RANK_BITS) | Math.min(RANK_BEHIND, rank);
        if (rank >= RANK_BEHIND) gathered[to++] = rank;
        at += 1;
        if (at === size) break;
      }
      this.#ends[range] = to;
      this.#runs[range].push(term);
      this.#runs[range].push(at - from);
    }
  }

  finish(allocate: Allocate): BagTables {
    const slots = new Uint16Array(allocate(this.#gathered.length * 2));
    for (let range = 0; range < this.#runs.length; range += 1) this.#spread(range, slots);
    return { slots, starts: this.#starts, anchors: this.#anchors };
  }

  #spread(range: number, slots: Uint16Array): void {
    const gathered = this.#gathered;
    const anchors = this.#anchors;
    const runs = this.#runs[range];
    const first = range << RANGE_BITS;
    /** Per document of the range: where its next entry goes, and its last anchor. */
    const ends = Int32Array.from(this.#starts.subarray(first, first + 2 ** RANGE_BITS));
    const lasts = new Int32Array(ends.length);
    let from = this.#starts[first];
    let next = 1;
    for (let run = 0; run < runs.length; run += 2) {
      const term = runs.items[run];
      while (next < anchors.length && anchors[next] < term) next += 1;
      const anchor = next < anchors.length && anchors[next] === term ? next : 0;
      for (let left = runs.items[run + 1]; left > 0; left -= 1) {
        const entry = gathered[from++];
        const document = entry >>> RANK_BITS;
        const rank = entry & RANK_BEHIND;
        const gap = anchor - lasts[document];
        // As one number, since a gap of no anchor is not above 0.
        if ((gap - 1) >>> 0 < GAP_MAX && rank < RANK_BEHIND) {
          slots[ends[document]++] = (gap << RANK_BITS) | rank;
          lasts[document] = anchor;
          continue;
        }
        const step = gap > 0 && gap <= GAP_MAX ? gap : 0;
        const whole = rank < RANK_BEHIND ? rank : gathered[from++];
        ends[document] = put(slots, ends[document], step, whole, term - anchors[lasts[document]]);
        lasts[document] += step;
      }
    }
  }
}
