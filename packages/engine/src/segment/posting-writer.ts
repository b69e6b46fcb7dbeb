/**
 * Writes posting lists. Short lists (under 128 documents) are gaps and codes in bytes; long ones are blocks of 128 with
 * a header each, so that a search can pass over a block that cannot matter:
 *
 *     word 0            words of this list, with this one
 *     word 1            number of blocks
 *     3 words a block   last document · offset of its data in words · gap width | code width << 8 | largest impact << 16
 *     data              gaps - 1 packed, then codes packed
 */

import { pack, widthOf, wordsFor } from "./bit-packing.ts";
import { ByteWriter } from "./bytes.ts";

export const BLOCK = 128;
export const BLOCK_HEADER_WORDS = 3;
export const LIST_HEADER_WORDS = 2;

/** One list: document numbers ascending and their codes by rank. */
export type PostingSource = { documents: Int32Array; codes: Uint8Array; from: number; count: number };

/** Gives the impact (0–255, rounded up) of a posting, for the block maxima. */
export type ImpactOf = (document: number, code: number) => number;

export class PostingWriter {
  readonly #short = new ByteWriter();
  #long = new Uint32Array(4096);
  #longLength = 0;
  readonly #gaps = new Int32Array(BLOCK);

  add(source: PostingSource, impactOf: ImpactOf): void {
    if (source.count < BLOCK) this.#addShort(source);
    else this.#addLong(source, impactOf);
  }

  #addShort({ documents, codes, from, count }: PostingSource): void {
    let previous = -1;
    for (let at = from; at < from + count; at += 1) {
      // The most frequent code, rank 0, is told by the lowest bit and takes no byte.
      const gap = documents[at] - previous - 1;
      this.#short.varint(gap * 2 + (codes[at] === 0 ? 0 : 1));
      if (codes[at] !== 0) this.#short.byte(codes[at]);
      previous = documents[at];
    }
  }

  #addLong({ documents, codes, from, count }: PostingSource, impactOf: ImpactOf): void {
    const blocks = Math.ceil(count / BLOCK);
    const start = this.#longLength;
    const headers = start + LIST_HEADER_WORDS;
    let data = headers + blocks * BLOCK_HEADER_WORDS;
    this.#reserve(data);
    let previous = -1;
    for (let block = 0; block < blocks; block += 1) {
      const first = from + block * BLOCK;
      const size = Math.min(BLOCK, from + count - first);
      let largestGap = 0;
      let largestCode = 0;
      let impact = 0;
      for (let at = 0; at < size; at += 1) {
        const document = documents[first + at];
        this.#gaps[at] = document - previous - 1;
        previous = document;
        largestGap = Math.max(largestGap, this.#gaps[at]);
        largestCode = Math.max(largestCode, codes[first + at]);
        impact = Math.max(impact, impactOf(document, codes[first + at]));
      }
      const gapWidth = widthOf(largestGap);
      const codeWidth = widthOf(largestCode);
      const gapWords = wordsFor(size, gapWidth);
      const dataWords = gapWords + wordsFor(size, codeWidth);
      this.#reserve(data + dataWords + 1);
      const header = headers + block * BLOCK_HEADER_WORDS;
      this.#long[header] = previous;
      this.#long[header + 1] = data - start;
      this.#long[header + 2] = gapWidth | (codeWidth << 8) | (impact << 16);
      pack(this.#gaps, 0, size, gapWidth, this.#long, data);
      pack(codes, first, size, codeWidth, this.#long, data + gapWords);
      data += dataWords;
    }
    this.#long[start] = data - start;
    this.#long[start + 1] = blocks;
    this.#longLength = data;
  }

  #reserve(length: number): void {
    if (length <= this.#long.length) return;
    const larger = new Uint32Array(Math.max(this.#long.length * 2, length));
    // All of it: a list may grow beyond the room while it is being written.
    larger.set(this.#long);
    this.#long = larger;
  }

  finish(): { short: Uint8Array; long: Uint8Array } {
    // One word more than written: unpacking reads the word behind the last value.
    return { short: this.#short.finish(), long: new Uint8Array(this.#long.slice(0, this.#longLength + 1).buffer) };
  }
}
