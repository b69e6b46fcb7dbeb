/** Unpacks the long lists of a segment into the tables that the first stage reads. */
import { B, K1 } from "../rank/formula.ts";
import { endOfGaps, unpackAscending } from "./bit-packing.ts";
import type { Allocate } from "./bytes.ts";
import { unpackCodes } from "./code-packing.ts";
import {
  type ImpactTables,
  isDense,
  LOW_BITS,
  LOW_SHIFT,
  PLACE_MASK,
  toImpact,
  WINDOW_BITS,
  windowsOf,
} from "./impact-tables.ts";
import type { Layout } from "./layout.ts";
import { BLOCK } from "./posting-writer.ts";
import { newBlockShape, type Segment } from "./segment.ts";
import { FIRST_WORD_KEY } from "./term-keys.ts";

/** Unpacks the dense lists of a segment, block by block. */
export function unpackImpacts(segment: Segment, layout: Layout, allocate: Allocate): ImpactTables {
  const { dictionary, long, longView } = segment;
  const { lists } = segment.parts.tables;
  const firstWord = dictionary.lowerBound(FIRST_WORD_KEY);
  const writer = new ImpactWriter(segment, layout, allocate);
  const documents = new Int32Array(BLOCK);
  const ranks = new Uint8Array(BLOCK);
  const shape = newBlockShape();
  for (let term = 0; term < segment.terms; term += 1) {
    const count = dictionary.documents(term);
    if (!isDense(count, segment.documents)) continue;
    writer.begin(lists[term], term >= firstWord);
    const blocks = Math.ceil(count / BLOCK);
    for (let block = 0; block < blocks; block += 1) {
      segment.blockShape(term, block, shape);
      const { start, size, before } = shape;
      unpackAscending(long, longView, start, size, before, documents);
      unpackCodes(long, endOfGaps(long, start, size), size, ranks);
      writer.add(documents, ranks, size);
    }
    writer.end();
  }
  return writer.finish();
}

/** What a posting is worth, 0..1, by the rank of its code and the weighted length of its document. */
type WorthOf = (rank: number, length: number) => number;

/** Impacts looked up instead of divided for: the frequent codes in documents of usual length. */
const TABLE_RANKS = 8;
const TABLE_LENGTH_BITS = 10;
const TABLE_LENGTHS = 2 ** TABLE_LENGTH_BITS;

/** Takes the dense lists one after the other, each in parts. */
class ImpactWriter {
  readonly #tables: ImpactTables;
  readonly #windows: number;
  readonly #lengths: Uint16Array;
  /** Words are worth by field weights and length, by the average of the segment's own documents; see `Drift`. */
  readonly #ofText: WorthOf;
  /** Names and identifiers. */
  readonly #ofOther: WorthOf;
  /** Impacts of words by rank and length, as far as they are known beforehand. */
  readonly #known = new Uint16Array(TABLE_RANKS * TABLE_LENGTHS);
  readonly #knownRanks: number;
  readonly #knownLengths: number;
  /** Impacts of the block at hand. */
  readonly #impacts = new Uint16Array(BLOCK);
  /** The list at hand, where its next posting goes, and the window it was last in. */
  #isText = true;
  #list = -1;
  #at = 0;
  #window = 0;

  constructor({ meta, dictionary, documents, parts }: Segment, layout: Layout, allocate: Allocate) {
    const { lengths, blockStarts } = parts.tables;
    this.#windows = windowsOf(documents);
    this.#lengths = lengths;
    const frequencies = Float64Array.from(meta.codes, (raw) => layout.frequencies[raw]);
    const base = K1 * (1 - B);
    const slope = (K1 * B) / meta.pivot;
    this.#ofText = (rank, length) => frequencies[rank] / (frequencies[rank] + (base + slope * length));
    this.#ofOther = (rank) => meta.codes[rank] / (meta.codes[rank] + K1);
    let lists = 0;
    let postings = 0;
    for (let term = 0; term < dictionary.size; term += 1) {
      const count = dictionary.documents(term);
      if (!isDense(count, documents)) continue;
      lists += 1;
      postings += count;
    }
    this.#tables = {
      places: new Uint16Array(allocate(postings * 2)),
      highs: new Uint8Array(allocate(postings)),
      starts: new Uint32Array(allocate(lists * (this.#windows + 1) * 4)),
      maxima: new Uint8Array(allocate(lists * this.#windows)),
      listAt: new Int32Array(allocate(blockStarts.length * 4)),
    };
    this.#knownRanks = lists === 0 ? 0 : Math.min(TABLE_RANKS, meta.codes.length);
    this.#knownLengths = Math.min(TABLE_LENGTHS, meta.lengthMax + 1);
    for (let rank = 0; rank < this.#knownRanks; rank += 1)
      for (let length = 0; length < this.#knownLengths; length += 1)
        this.#known[rank * TABLE_LENGTHS + length] = toImpact(this.#ofText(rank, length));
  }

  /** @param block  number of the list's first block */
  begin(block: number, isText: boolean): void {
    this.#list += 1;
    this.#window = 0;
    this.#isText = isText;
    this.#tables.listAt[block] = this.#list;
    this.#tables.starts[this.#list * (this.#windows + 1)] = this.#at;
  }

  /** The next `size` postings of the list, at most a block. */
  add(documents: Int32Array, ranks: Uint8Array, size: number): void {
    this.#workOut(documents, ranks, size);
    let from = 0;
    while (from < size) {
      const window = documents[from] >>> WINDOW_BITS;
      if (window !== this.#window) this.#enter(window, this.#at);
      const behind = (window + 1) << WINDOW_BITS;
      let to = from + 1;
      while (to < size && documents[to] < behind) to += 1;
      this.#write(documents, from, to);
      from = to;
    }
  }

  /** Sets `#impacts`. */
  #workOut(documents: Int32Array, ranks: Uint8Array, size: number): void {
    const impacts = this.#impacts;
    const lengths = this.#lengths;
    const known = this.#known;
    const knownRanks = this.#isText ? this.#knownRanks : 0;
    const knownLengths = this.#knownLengths;
    const worthOf = this.#isText ? this.#ofText : this.#ofOther;
    for (let index = 0; index < size; index += 1) {
      const rank = ranks[index];
      const length = lengths[documents[index]];
      impacts[index] =
        rank < knownRanks && length < knownLengths
          ? known[(rank << TABLE_LENGTH_BITS) + length]
          : toImpact(worthOf(rank, length));
    }
  }

  /** Writes postings of one window. */
  #write(documents: Int32Array, from: number, to: number): void {
    const { places, highs, maxima } = this.#tables;
    const impacts = this.#impacts;
    let most = 0;
    let at = this.#at;
    for (let index = from; index < to; index += 1, at += 1) {
      const impact = impacts[index];
      places[at] = (documents[index] & PLACE_MASK) | (impact << LOW_SHIFT);
      highs[at] = impact >>> LOW_BITS;
      if (impact > most) most = impact;
    }
    this.#at = at;
    const cell = this.#list * this.#windows + this.#window;
    maxima[cell] = Math.max(maxima[cell], most >>> LOW_BITS);
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
