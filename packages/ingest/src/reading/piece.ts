/** A piece of the input that holds one record: a line, or an item of a JSON array. */

/** Bytes of one line or item. A longer one is refused without being held in memory. */
export const PIECE_BYTES_MAX = 1_048_576;

export type Piece =
  /** `line` is 1-based: where the piece begins. */
  { line: number; bytes: Uint8Array } | { line: number; refused: string };

/** Cuts chunks of any size into pieces; the same bytes give the same pieces however they were chunked. */
export type Splitter = {
  push(chunk: Uint8Array): Piece[];
  /** What is left when the input ended whole. */
  end(): Piece[];
  /** 1-based line of the piece being read: where a broken input broke. */
  line(): number;
};

/** Grows as needed up to `PIECE_BYTES_MAX`; what goes beyond is counted and forgotten. */
export class PieceBuffer {
  #bytes = new Uint8Array(4096);
  #length = 0;
  #seen = 0;

  add(part: Uint8Array): void {
    this.#seen += part.length;
    if (this.#seen > PIECE_BYTES_MAX) return;
    if (this.#seen > this.#bytes.length) {
      const larger = new Uint8Array(Math.min(PIECE_BYTES_MAX, Math.max(this.#seen, this.#bytes.length * 2)));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(part, this.#length);
    this.#length = this.#seen;
  }

  /** Bytes given since the last `take`, held or not. */
  get size(): number {
    return this.#seen;
  }

  /** The bytes so far, as a copy, or null where they were too many; empties the buffer. */
  take(): Uint8Array | null {
    const whole = this.#seen <= PIECE_BYTES_MAX ? this.#bytes.slice(0, this.#length) : null;
    this.#length = 0;
    this.#seen = 0;
    return whole;
  }
}
