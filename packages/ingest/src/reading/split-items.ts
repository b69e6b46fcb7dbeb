/** The objects of a JSON array (or one object written over several lines), each with the line where it begins. */
import { type Piece, PieceBuffer, type Splitter } from "./piece.ts";
import { tooLong } from "./split-lines.ts";

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = [0x7b, 0x5b];
const CLOSE = [0x7d, 0x5d];
const OBJECT = 0x7b;
/** Space, tab, LF, CR, comma and square brackets may stand between items. */
const BETWEEN = new Set([0x20, 0x09, 0x0a, 0x0d, 0x2c, 0x5b, 0x5d]);

/**
 * Only finds where items begin and end; whether an item is valid JSON is for the reader of pieces to say. After a
 * line that ends inside a text, which JSON does not allow, it starts anew at the next line: one broken item does not
 * take the rest with it.
 */
export function splitItems(): Splitter {
  return new ItemSplitter();
}

class ItemSplitter implements Splitter {
  readonly #held = new PieceBuffer();
  #line = 1;
  #startLine = 1;
  /** Brackets open in the item; 0 between items. */
  #depth = 0;
  #inText = false;
  #escaped = false;
  /** The rest of a line that cannot belong to an item is passed over. */
  #inJunk = false;

  push(chunk: Uint8Array): Piece[] {
    const pieces: Piece[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (this.#depth === 0) {
        if (this.#between(byte, pieces)) start = at;
      } else if (this.#inText) {
        if (byte === NEWLINE) pieces.push(this.#breakOff());
        else this.#text(byte);
      } else if (byte === QUOTE) {
        this.#inText = true;
      } else if (OPEN.includes(byte)) {
        this.#depth++;
      } else if (CLOSE.includes(byte) && --this.#depth === 0) {
        this.#held.add(chunk.subarray(start, at + 1));
        pieces.push(this.#finish());
      }
      if (byte === NEWLINE) this.#line++;
    }
    if (this.#depth > 0) this.#held.add(chunk.subarray(start));
    return pieces;
  }

  end(): Piece[] {
    return this.#depth > 0 ? [{ line: this.#startLine, refused: "The input ends inside this item." }] : [];
  }

  line(): number {
    return this.#depth > 0 ? this.#startLine : this.#line;
  }

  /** @returns true where an item begins */
  #between(byte: number, pieces: Piece[]): boolean {
    if (byte === NEWLINE) this.#inJunk = false;
    if (this.#inJunk || BETWEEN.has(byte)) return false;
    if (byte === OBJECT) {
      this.#depth = 1;
      this.#startLine = this.#line;
      return true;
    }
    this.#inJunk = true;
    pieces.push({ line: this.#line, refused: "This is not a JSON object." });
    return false;
  }

  #text(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inText = false;
  }

  #finish(): Piece {
    const size = this.#held.size;
    const bytes = this.#held.take();
    return bytes ? { line: this.#startLine, bytes } : { line: this.#startLine, refused: tooLong("item", size) };
  }

  #breakOff(): Piece {
    this.#held.take();
    this.#depth = 0;
    this.#inText = false;
    this.#escaped = false;
    return { line: this.#startLine, refused: "This is not valid JSON: a line ends inside a text." };
  }
}
