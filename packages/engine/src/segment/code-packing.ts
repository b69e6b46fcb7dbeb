/**
 * The codes of a block of postings: one bit each for "not the most frequent one", then four bits for each of those,
 * then a byte for each that does not fit into four bits. About 2.4 bits a posting.
 */
import type { ByteWriter } from "./bytes.ts";

/** In four bits: the code is in the bytes behind. */
const ESCAPE = 15;

export function packCodes(codes: Uint8Array, from: number, size: number, out: ByteWriter): void {
  for (let first = 0; first < size; first += 8) {
    let bits = 0;
    for (let at = first; at < Math.min(size, first + 8); at += 1) if (codes[from + at] !== 0) bits |= 1 << (at - first);
    out.byte(bits);
  }
  let half = -1;
  for (let at = from; at < from + size; at += 1) {
    if (codes[at] === 0) continue;
    const small = Math.min(ESCAPE, codes[at]);
    if (half < 0) half = small;
    else {
      out.byte(half | (small << 4));
      half = -1;
    }
  }
  if (half >= 0) out.byte(half);
  for (let at = from; at < from + size; at += 1) if (codes[at] >= ESCAPE) out.byte(codes[at]);
}

/** @returns where the next thing begins */
export function unpackCodes(bytes: Uint8Array, start: number, size: number, out: Uint8Array): number {
  out.fill(0, 0, size);
  const bitmap = (size + 7) >>> 3;
  let nibble = (start + bitmap) * 2;
  let escapes = 0;
  // Four bytes at a time: how many bits are set in one is hard to foresee.
  for (let at = 0; at < bitmap; at += 4) {
    const from = start + at;
    const left = bitmap - at;
    let bits = bytes[from];
    if (left > 3) bits |= (bytes[from + 1] << 8) | (bytes[from + 2] << 16) | (bytes[from + 3] << 24);
    else if (left > 1) bits |= (bytes[from + 1] << 8) | (left > 2 ? bytes[from + 2] << 16 : 0);
    for (; bits !== 0; bits &= bits - 1) {
      const code = (bytes[nibble >>> 1] >>> ((nibble & 1) << 2)) & 15;
      nibble += 1;
      out[(at << 3) + 31 - Math.clz32(bits & -bits)] = code;
      escapes += code === ESCAPE ? 1 : 0;
    }
  }
  let end = (nibble + 1) >>> 1;
  for (let at = 0; escapes > 0; at += 1) {
    if (out[at] !== ESCAPE) continue;
    out[at] = bytes[end++];
    escapes -= 1;
  }
  return end;
}

/** Where the codes of a block end. */
export function endOfCodes(bytes: Uint8Array, start: number, size: number): number {
  const bitmap = (size + 7) >>> 3;
  let others = 0;
  for (let at = start; at < start + bitmap; at += 1) others += BITS[bytes[at]];
  const end = start + bitmap + ((others + 1) >>> 1);
  let escapes = 0;
  for (let at = start + bitmap; at < end; at += 1) escapes += ESCAPES[bytes[at]];
  return end + escapes;
}

const BITS = Uint8Array.from({ length: 256 }, (_, byte) => {
  let count = 0;
  for (let rest = byte; rest !== 0; rest &= rest - 1) count += 1;
  return count;
});

/** How many of a byte's two codes are {@link ESCAPE}. */
const ESCAPES = Uint8Array.from(
  { length: 256 },
  (_, byte) => ((byte & 15) === ESCAPE ? 1 : 0) + (byte >>> 4 === ESCAPE ? 1 : 0),
);
