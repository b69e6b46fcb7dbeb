/** Lines out of bytes, with a bound on their length. */
import { inDigits } from "../refusal.ts";
import { PIECE_BYTES_MAX, type Piece, PieceBuffer, type Splitter } from "./piece.ts";

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** Lines end at LF or CRLF, which they do not hold; empty ones are counted and left out. */
export function splitLines(): Splitter {
  const held = new PieceBuffer();
  let line = 1;

  function finish(rest: Uint8Array): Piece | null {
    // Most lines lie whole inside a chunk and need no copy.
    if (held.size === 0 && rest.length <= PIECE_BYTES_MAX) return pieceOf(line, rest);
    held.add(rest);
    const size = held.size;
    const bytes = held.take();
    return bytes ? pieceOf(line, bytes) : { line, refused: tooLong("line", size) };
  }

  return {
    push(chunk) {
      const pieces: Piece[] = [];
      let start = 0;
      for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, start)) {
        const piece = finish(chunk.subarray(start, at));
        if (piece) pieces.push(piece);
        line++;
        start = at + 1;
      }
      if (start < chunk.length) held.add(chunk.subarray(start));
      return pieces;
    },
    end() {
      const piece = finish(new Uint8Array(0));
      return piece ? [piece] : [];
    },
    line: () => line,
  };
}

export function tooLong(what: "line" | "item", size: number): string {
  return `The ${what} has ${inDigits(size)} bytes; at most ${inDigits(PIECE_BYTES_MAX)} are taken.`;
}

function pieceOf(line: number, bytes: Uint8Array): Piece | null {
  const end = bytes.at(-1) === RETURN ? bytes.length - 1 : bytes.length;
  return end === 0 ? null : { line, bytes: bytes.subarray(0, end) };
}
