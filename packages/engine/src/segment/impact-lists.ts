/**
 * Long posting lists as the first stage reads them: unpacked, cut at the borders of windows of documents, each posting with
 * the share of its term's weight that it is worth. Worked out when a segment is opened, 3 bytes a posting; in the file lists
 * are packed three times as tight.
 */
import { B, K1 } from "../rank/formula.ts";
import type { Allocate } from "./bytes.ts";
import type { Layout } from "./layout.ts";
import { BLOCK } from "./posting-writer.ts";
import type { SegmentMeta } from "./segment-file.ts";

export const WINDOW_BITS = 12;
/** Documents per window: their sums, 16 kB, stay in the fastest cache. */
export const WINDOW = 2 ** WINDOW_BITS;
/** A place in a window fills so much of 16 bits; above it are the low bits of the impact. */
export const PLACE_MASK = WINDOW - 1;
export const LOW_SHIFT = WINDOW_BITS;
export const LOW_BITS = 16 - WINDOW_BITS;
/** Impacts are whole numbers 1..4,095, rounded up. */
export const IMPACT_MAX = 2 ** (8 + LOW_BITS) - 1;
/** A list with fewer postings a window is not worth a table of its windows. */
const POSTINGS_A_WINDOW_MIN = 2;
export type ImpactTables = {
  /** Per posting: its document's place in the window, and the low bits of its impact above. */
  places: Uint16Array;
  /** Per posting: the high eight bits of its impact. */
  highs: Uint8Array;
  /** Per list, one more than there are windows: the first posting of each window. */
  starts: Uint32Array;
  /** Per list and window: the largest of `highs`. */
  maxima: Uint8Array;
  /** By the number of a list's first block: which list of these tables it is. */
  listAt: Int32Array;
};

export function windowsOf(documents: number): number {
  return Math.ceil(documents / WINDOW);
}

/** Whether a list is kept here. @param count  its postings */
export function isDense(count: number, documents: number): boolean {
  return count >= BLOCK && count >= POSTINGS_A_WINDOW_MIN * windowsOf(documents);
}

/** What a posting is worth, 0..1, by the rank of its code and the weighted length of its document. */
export type WorthOf = (rank: number, length: number) => number;

/** Terms from `firstWord` on are words of the text, those before are names and identifiers. */
export type Worths = { firstWord: number; ranks: number; ofText: WorthOf; ofOther: WorthOf };

/** Worth by the average length of the segment's own documents; see `Drift` for what becomes of it when that changes. */
export function worthsOf(meta: SegmentMeta, firstWord: number, layout: Layout): Worths {
  const frequencies = Float64Array.from(meta.codes, (raw) => layout.frequencies[raw]);
  const base = K1 * (1 - B);
  const slope = (K1 * B) / meta.pivot;
  return {
    firstWord,
    ranks: meta.codes.length,
    ofText: (rank, length) => frequencies[rank] / (frequencies[rank] + (base + slope * length)),
    ofOther: (rank) => meta.codes[rank] / (meta.codes[rank] + K1),
  };
}

/** Impacts looked up instead of divided for: the frequent codes in documents of usual length. */
const TABLE_RANKS = 8;
const TABLE_LENGTHS = 1024;

export function toImpact(worth: number): number {
  return Math.max(1, Math.min(IMPACT_MAX, Math.ceil(worth * IMPACT_MAX)));
}

/** Takes the dense lists one after the other, each in parts. */
export class ImpactWriter {
  readonly #tables: ImpactTables;
  readonly #windows: number;
  readonly #lengths: Uint16Array;
  readonly #worths: Worths;
  /** Impacts of words by rank and length. */
  readonly #known = new Uint16Array(TABLE_RANKS * TABLE_LENGTHS);
  readonly #knownRanks: number;
  readonly #knownLengths: number;
  #isText = true;
  /** The list at hand, where its next posting goes, and the window it was last in. */
  #list = -1;
  #at = 0;
  #window = 0;

  /**
   * @param counts  postings per term
   * @param blocks  blocks of all long lists
   * @param lengths  weighted length per document
   */
  constructor(counts: ArrayLike<number>, blocks: number, lengths: Uint16Array, worths: Worths, allocate: Allocate) {
    this.#windows = windowsOf(lengths.length);
    this.#lengths = lengths;
    this.#worths = worths;
    const windows = this.#windows;
    let lists = 0;
    let postings = 0;
    for (let term = 0; term < counts.length; term += 1) {
      if (!isDense(counts[term], lengths.length)) continue;
      lists += 1;
      postings += counts[term];
    }
    this.#tables = {
      places: new Uint16Array(allocate(postings * 2)),
      highs: new Uint8Array(allocate(postings)),
      starts: new Uint32Array(allocate(lists * (windows + 1) * 4)),
      maxima: new Uint8Array(allocate(lists * windows)),
      listAt: new Int32Array(allocate(blocks * 4)),
    };
    const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
    this.#knownRanks = lists === 0 ? 0 : Math.min(TABLE_RANKS, worths.ranks);
    this.#knownLengths = Math.min(TABLE_LENGTHS, longest + 1);
    for (let rank = 0; rank < this.#knownRanks; rank += 1)
      for (let length = 0; length < this.#knownLengths; length += 1)
        this.#known[rank * TABLE_LENGTHS + length] = toImpact(worths.ofText(rank, length));
  }

  /** @param block  number of the list's first block */
  begin(term: number, block: number): void {
    this.#list += 1;
    this.#window = 0;
    this.#isText = term >= this.#worths.firstWord;
    this.#tables.listAt[block] = this.#list;
    this.#tables.starts[this.#list * (this.#windows + 1)] = this.#at;
  }

  /** The next `size` postings of the list. */
  add(documents: Int32Array, ranks: Uint8Array, size: number): void {
    const { places, highs, maxima } = this.#tables;
    const lengths = this.#lengths;
    const known = this.#known;
    const knownRanks = this.#isText ? this.#knownRanks : 0;
    const knownLengths = this.#knownLengths;
    const worthOf = this.#isText ? this.#worths.ofText : this.#worths.ofOther;
    const firstMaximum = this.#list * this.#windows;
    let at = this.#at;
    for (let index = 0; index < size; index += 1, at += 1) {
      const document = documents[index];
      const rank = ranks[index];
      const length = lengths[document];
      const impact =
        rank < knownRanks && length < knownLengths
          ? known[rank * TABLE_LENGTHS + length]
          : toImpact(worthOf(rank, length));
      const window = document >>> WINDOW_BITS;
      if (window !== this.#window) this.#enter(window, at);
      const high = impact >>> LOW_BITS;
      places[at] = (document & PLACE_MASK) | (impact << LOW_SHIFT);
      highs[at] = high;
      if (high > maxima[firstMaximum + window]) maxima[firstMaximum + window] = high;
    }
    this.#at = at;
  }

  #enter(window: number, at: number): void {
    const first = this.#list * (this.#windows + 1);
    for (let next = this.#window + 1; next <= window; next += 1) this.#tables.starts[first + next] = at;
    this.#window = window;
  }

  end(): void {
    this.#enter(this.#windows, this.#at);
  }

  finish(): ImpactTables {
    return this.#tables;
  }
}
