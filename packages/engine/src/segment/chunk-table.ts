/** Remembers pieces of text by their characters, so that looking one up again needs no text of its own. */
import { hashOfChars } from "../text/scan.ts";

const SLOTS_FIRST = 1 << 12;
/** More than this share of full slots and the table grows. */
const FULL_SHARE = 0.5;

/** Entries are numbered from 0 in the order in which they came. */
export class ChunkTable {
  /** Open addressing by hash: entry + 1, 0 for free. */
  #slots = new Int32Array(SLOTS_FIRST);
  #hashes = new Int32Array(SLOTS_FIRST);
  /** Where the characters of each entry begin; one more than entries. */
  #starts = new Int32Array(SLOTS_FIRST + 1);
  #chars = new Uint16Array(SLOTS_FIRST * 8);
  #size = 0;
  #hash = 0;

  get size(): number {
    return this.#size;
  }

  /**
   * Entry of `text` from `from` to `to` - 1, or -1.
   * @param charsHash  {@link hashOfChars} of these where it is known, else 0
   */
  find(text: string, from: number, to: number, charsHash = 0): number {
    let hash = charsHash === 0 ? hashOfChars(text, from, to) : charsHash;
    hash ^= hash >>> 15;
    this.#hash = hash;
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = hash & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const entry = slots[slot] - 1;
      if (this.#hashes[entry] === hash && this.#isSame(entry, text, from, to)) return entry;
    }
    return -1;
  }

  #isSame(entry: number, text: string, from: number, to: number): boolean {
    const start = this.#starts[entry];
    if (this.#starts[entry + 1] - start !== to - from) return false;
    const chars = this.#chars;
    for (let at = from; at < to; at += 1) if (chars[start + at - from] !== text.charCodeAt(at)) return false;
    return true;
  }

  /** Adds what {@link find} has just not found. @returns its entry */
  add(text: string, from: number, to: number): number {
    const entry = this.#size;
    this.#size += 1;
    if (this.#size > this.#slots.length * FULL_SHARE) this.#grow();
    const start = this.#starts[entry];
    const end = start + to - from;
    if (end > this.#chars.length) {
      const larger = new Uint16Array(Math.max(this.#chars.length * 2, end));
      larger.set(this.#chars);
      this.#chars = larger;
    }
    for (let at = from; at < to; at += 1) this.#chars[start + at - from] = text.charCodeAt(at);
    this.#starts[entry + 1] = end;
    this.#hashes[entry] = this.#hash;
    this.#place(entry);
    return entry;
  }

  #place(entry: number): void {
    const mask = this.#slots.length - 1;
    let slot = this.#hashes[entry] & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = entry + 1;
  }

  #grow(): void {
    const slots = this.#slots.length * 2;
    this.#slots = new Int32Array(slots);
    const hashes = new Int32Array(slots);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    const starts = new Int32Array(slots + 1);
    starts.set(this.#starts);
    this.#starts = starts;
    for (let entry = 0; entry < this.#size - 1; entry += 1) this.#place(entry);
  }
}
