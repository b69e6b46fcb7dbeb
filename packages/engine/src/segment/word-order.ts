/**
 * The words of a document in line. Which words it has and how often in each field is known from its bag, so each word
 * is written as its place among those still to come: about 5.8 bits a word, and nothing for the last.
 */
import type { Bag } from "./bags.ts";
import type { ByteWriter } from "./bytes.ts";
import { fromCode } from "./codes.ts";

/** A count that stands for itself or more is never used up. */
const ENDLESS = 0x7fffffff;
const CODES = 256;

/** What the bags of one segment say about counts. */
export type OrderRules = {
  /** Raw code per rank. */
  codes: readonly number[];
  caps: readonly number[];
  /** Terms from this number on are words; of those before only the break between passages stands in line. */
  firstWord: number;
  breakTerm: number;
};

/** Writes and reads the order of one segment's documents. Keeps work space, so it serves one call at a time. */
export class WordOrder {
  readonly #rules: OrderRules;
  /** Occurrences left per field and rank of code. */
  readonly #counts: Int32Array;
  /** The words still to come, as places in the bag; what is left of each; and where each place stands now. */
  #places = new Int32Array(1024);
  #left = new Int32Array(1024);
  #slotOf = new Int32Array(1024);

  constructor(rules: OrderRules) {
    this.#rules = rules;
    this.#counts = new Int32Array(rules.caps.length * CODES);
    rules.codes.forEach((raw, rank) => {
      fromCode(raw, rules.caps).forEach((count, field) => {
        this.#counts[field * CODES + rank] = count >= rules.caps[field] ? ENDLESS : count;
      });
    });
  }

  /** @returns how many different words the field has */
  #begin({ entries, from, to }: Bag, field: number): number {
    if (this.#places.length < to - from) {
      this.#places = new Int32Array((to - from) * 2);
      this.#left = new Int32Array((to - from) * 2);
      this.#slotOf = new Int32Array((to - from) * 2);
    }
    const { firstWord, breakTerm } = this.#rules;
    const places = this.#places;
    const left = this.#left;
    const counts = this.#counts;
    let coming = 0;
    for (let at = from; at < to; at += 1) {
      const term = entries[at] & 0xffffff;
      let count = counts[field * CODES + (entries[at] >>> 24)];
      if (term < firstWord) count = term === breakTerm ? ENDLESS : 0;
      if (count === 0) continue;
      places[coming] = at - from;
      left[coming] = count;
      coming += 1;
    }
    return coming;
  }

  /**
   * Writes one document, ending on a whole byte.
   * @param words  places in the bag, all fields one after the other; `lengths` says how many each field has
   */
  write(bag: Bag, words: Int32Array, lengths: readonly number[], out: ByteWriter): void {
    let pending = 0;
    let bits = 0;
    let next = 0;
    lengths.forEach((length, field) => {
      let coming = this.#begin(bag, field);
      const places = this.#places;
      const left = this.#left;
      const slotOf = this.#slotOf;
      for (let slot = 0; slot < coming; slot += 1) slotOf[places[slot]] = slot;
      for (let word = 0; word < length; word += 1) {
        const slot = slotOf[words[next++]];
        const width = 31 - Math.clz32(coming);
        const short = (2 << width) - coming;
        if (slot < short) {
          pending |= slot << bits;
          bits += width;
        } else {
          const code = slot + short;
          pending |= ((code >>> 1) | ((code & 1) << width)) << bits;
          bits += width + 1;
        }
        for (; bits >= 8; bits -= 8) {
          out.byte(pending & 255);
          pending >>>= 8;
        }
        left[slot] -= 1;
        if (left[slot] > 0) continue;
        coming -= 1;
        places[slot] = places[coming];
        left[slot] = left[coming];
        slotOf[places[slot]] = slot;
      }
    });
    if (bits > 0) out.byte(pending & 255);
  }

  /**
   * Reads back the fields of `lengths`, which may be the first ones only.
   * @param view  three bytes behind the last must be readable; @param out  term numbers
   */
  read(bag: Bag, view: DataView, byteAt: number, lengths: ArrayLike<number>, out: Int32Array): void {
    const { entries, from } = bag;
    let bit = 0;
    let next = 0;
    for (let field = 0; field < lengths.length; field += 1) {
      let coming = this.#begin(bag, field);
      const places = this.#places;
      const left = this.#left;
      for (let word = lengths[field]; word > 0; word -= 1) {
        const width = 31 - Math.clz32(coming);
        const short = (2 << width) - coming;
        const read = view.getUint32(byteAt + (bit >>> 3), true) >>> (bit & 7);
        let slot = read & ((1 << width) - 1);
        bit += width;
        if (slot >= short) {
          slot = slot * 2 + ((read >>> width) & 1) - short;
          bit += 1;
        }
        out[next++] = entries[from + places[slot]] & 0xffffff;
        left[slot] -= 1;
        if (left[slot] > 0) continue;
        coming -= 1;
        places[slot] = places[coming];
        left[slot] = left[coming];
      }
    }
  }
}
