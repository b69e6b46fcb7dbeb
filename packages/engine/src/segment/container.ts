/** Named parts in one run of bytes: a small table in front, every part on an 8-byte boundary. */
import { DamagedIndexError } from "../errors.ts";
import type { Allocate } from "./bytes.ts";

const MAGIC = 0x50_57_45_31;
const HEADER_WORDS = 3;

/** @returns the parts in one buffer, in the order given */
export function packParts(parts: readonly Uint8Array[], allocate: Allocate): Uint8Array {
  const table = align((HEADER_WORDS + parts.length * 2) * 4);
  let size = table;
  const offsets = parts.map((part) => {
    const offset = size;
    size = align(size + part.byteLength);
    return offset;
  });
  const bytes = new Uint8Array(allocate(size));
  const words = new Uint32Array(bytes.buffer, 0, table / 4);
  words.set([MAGIC, parts.length, size]);
  parts.forEach((part, index) => {
    words[HEADER_WORDS + index * 2] = offsets[index];
    words[HEADER_WORDS + index * 2 + 1] = part.byteLength;
    bytes.set(part, offsets[index]);
  });
  return bytes;
}

/** @throws DamagedIndexError  the table does not fit the bytes */
export function unpackParts(bytes: Uint8Array): Uint8Array[] {
  if (bytes.byteOffset % 8 !== 0 || bytes.byteLength < HEADER_WORDS * 4)
    throw new DamagedIndexError("a segment is too short");
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.byteLength / 4));
  const [magic, count, size] = words;
  if (magic !== MAGIC || size !== bytes.byteLength || count > 64)
    throw new DamagedIndexError("these bytes are no segment");
  return Array.from({ length: count }, (_, index) => {
    const offset = words[HEADER_WORDS + index * 2];
    const length = words[HEADER_WORDS + index * 2 + 1];
    if (offset + length > size) throw new DamagedIndexError("a segment's table points outside");
    return bytes.subarray(offset, offset + length);
  });
}

const align = (size: number): number => (size + 7) & ~7;
