/** BibTeX's entries, each with the line where it begins; what stands between them is comment, as the format has it. */

import { PIECE_BYTES_MAX, type Piece, PieceBuffer, type Splitter } from "../../reading/piece.ts";
import { splitLines } from "../../reading/split-lines.ts";
import { inDigits } from "../../refusal.ts";

const OPEN = 0x7b;
const CLOSE = 0x7d;
const PAREN_CLOSE = 0x29;
const AT = 0x40;
const NEWLINE = Uint8Array.of(0x0a);
/** As long as a name of an entry's kind may be. */
const HEAD = /^@[a-z]{2,30}\s*[{(]/i;
const HEAD_CHARS = 60;
const NOT_CLOSED = "This entry is not closed: a brace is missing.";

/** An entry that is not closed ends where the next line begins another one: it does not take the rest with it. */
export function splitEntries(): Splitter {
  return new EntrySplitter();
}

class EntrySplitter implements Splitter {
  readonly #lines = splitLines();
  readonly #held = new PieceBuffer();
  #startLine = 1;
  #depth = 0;
  /** The entry is written in round brackets. */
  #isRound = false;

  push(chunk: Uint8Array): Piece[] {
    return this.#lines.push(chunk).flatMap((line) => this.#takeLine(line));
  }

  end(): Piece[] {
    const pieces = this.#lines.end().flatMap((line) => this.#takeLine(line));
    if (this.#depth > 0) pieces.push(this.#breakOff());
    return pieces;
  }

  line(): number {
    return this.#depth > 0 ? this.#startLine : this.#lines.line();
  }

  #takeLine(piece: Piece): Piece[] {
    if ("refused" in piece) return [piece];
    const { bytes, line } = piece;
    const pieces: Piece[] = [];
    if (this.#depth > 0 && headAt(bytes, firstSign(bytes)) !== 0) pieces.push(this.#breakOff());
    let start = 0;
    for (let at = 0; at < bytes.length; at++) {
      if (this.#depth === 0) {
        const length = bytes[at] === AT ? headAt(bytes, at) : 0;
        if (length === 0) continue;
        this.#begin(line, bytes[at + length - 1] !== OPEN);
        start = at;
        at += length - 1;
      } else if (this.#isEnd(bytes[at]!)) {
        this.#held.add(bytes.subarray(start, at + 1));
        pieces.push(this.#finish());
      }
    }
    if (this.#depth > 0) {
      this.#held.add(bytes.subarray(start));
      this.#held.add(NEWLINE);
    }
    return pieces;
  }

  #begin(line: number, isRound: boolean): void {
    this.#startLine = line;
    this.#isRound = isRound;
    this.#depth = 1;
  }

  /** Braces count even after a backslash: so they do for BibTeX itself. */
  #isEnd(byte: number): boolean {
    if (byte === OPEN) this.#depth++;
    else if (byte === CLOSE && (!this.#isRound || this.#depth > 1)) this.#depth--;
    else if (byte === PAREN_CLOSE && this.#isRound && this.#depth === 1) this.#depth = 0;
    return this.#depth === 0;
  }

  #finish(): Piece {
    const size = this.#held.size;
    const bytes = this.#held.take();
    const line = this.#startLine;
    if (bytes) return { line, bytes };
    return { line, refused: `The entry has ${inDigits(size)} bytes; at most ${inDigits(PIECE_BYTES_MAX)} are taken.` };
  }

  #breakOff(): Piece {
    this.#held.take();
    this.#depth = 0;
    return { line: this.#startLine, refused: NOT_CLOSED };
  }
}

/** Length of `@kind{` at a place, or 0. */
function headAt(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== AT) return 0;
  const text = Buffer.from(bytes.subarray(at, at + HEAD_CHARS)).toString("latin1");
  return HEAD.exec(text)?.[0].length ?? 0;
}

function firstSign(bytes: Uint8Array): number {
  return bytes.findIndex((byte) => byte !== 0x20 && byte !== 0x09);
}
