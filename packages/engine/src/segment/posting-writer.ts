/**
 * Writes posting lists. Short lists (under 128 documents) are gaps and codes in bytes; long ones are blocks of 128, each
 * its documents (`bit-packing.ts`) and its codes (`code-packing.ts`). Where blocks begin is worked out when a segment is opened.
 */

import { packGaps, READ_BEYOND_BYTES } from "./bit-packing.ts";
import { ByteWriter } from "./bytes.ts";
import { packCodes } from "./code-packing.ts";

export const BLOCK = 128;

/** One list: document numbers ascending and their codes by rank. */
export type PostingSource = { documents: Int32Array; codes: Uint8Array; from: number; count: number };

export class PostingWriter {
  readonly #short = new ByteWriter();
  readonly #long = new ByteWriter();
  readonly #gaps = new Int32Array(BLOCK);

  add(source: PostingSource): void {
    if (source.count < BLOCK) this.#addShort(source);
    else this.#addLong(source);
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

  #addLong({ documents, codes, from, count }: PostingSource): void {
    const gaps = this.#gaps;
    const out = this.#long;
    let previous = -1;
    for (let first = from; first < from + count; first += BLOCK) {
      const size = Math.min(BLOCK, from + count - first);
      for (let at = 0; at < size; at += 1) {
        const document = documents[first + at];
        gaps[at] = document - previous - 1;
        previous = document;
      }
      packGaps(gaps, size, out);
      packCodes(codes, first, size, out);
    }
  }

  finish(): { short: Uint8Array; long: Uint8Array } {
    for (let at = 0; at < READ_BEYOND_BYTES; at += 1) this.#long.byte(0);
    return { short: this.#short.finish(), long: this.#long.finish() };
  }
}
