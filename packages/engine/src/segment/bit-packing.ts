/**
 * Ascending numbers as gaps of one width side by side, low bits first. The few gaps that would make all others wide have
 * their high bits beside: a run is one byte (width, exceptions · 32), two bytes per exception (its place, its high bits),
 * and the low bits of all gaps - 1.
 */
import type { ByteWriter } from "./bytes.ts";

/** A value and the bits before it in its first byte fit into one unaligned read of 32 bits. */
const WIDTH_MAX = 25;
const EXCEPTIONS_MAX = 7;
const HIGH_BITS = 8;
const EXCEPTION_BYTES = 2;
const HEADER_BYTES = 1;
/** Reading goes this far behind the last value. */
export const READ_BEYOND_BYTES = 4;

const widthOf = (value: number): number => 32 - Math.clz32(value);
const bytesFor = (count: number, width: number): number => (count * width + 7) >>> 3;

const counts = new Int32Array(33);

/** The width that takes the fewest bytes, exceptions included. */
function bestWidth(gaps: Int32Array, size: number): number {
  counts.fill(0);
  let widest = 0;
  for (let at = 0; at < size; at += 1) {
    const width = widthOf(gaps[at]);
    counts[width] += 1;
    if (width > widest) widest = width;
  }
  let best = widest;
  let bestBytes = bytesFor(size, widest);
  let exceptions = 0;
  for (let width = widest - 1; width >= Math.max(0, widest - HIGH_BITS); width -= 1) {
    exceptions += counts[width + 1];
    if (exceptions > EXCEPTIONS_MAX) break;
    const bytes = bytesFor(size, width) + exceptions * EXCEPTION_BYTES;
    if (bytes >= bestBytes) continue;
    best = width;
    bestBytes = bytes;
  }
  return best;
}

/**
 * @param gaps  difference to the number before, minus 1; below 2^25, at most 256 of them
 */
export function packGaps(gaps: Int32Array, size: number, out: ByteWriter): void {
  const width = bestWidth(gaps, size);
  const head = out.length;
  out.byte(0);
  let exceptions = 0;
  for (let at = 0; at < size; at += 1) {
    if (gaps[at] >>> width === 0) continue;
    out.byte(at);
    out.byte(gaps[at] >>> width);
    exceptions += 1;
  }
  out.bytes[head] = width | (exceptions << 5);
  let pending = 0;
  let bits = 0;
  const mask = 2 ** width - 1;
  for (let at = 0; at < size; at += 1) {
    // At most 7 bits are pending and a value has at most 25.
    pending |= (gaps[at] & mask) << bits;
    bits += width;
    for (; bits >= 8; bits -= 8) {
      out.byte(pending & 255);
      pending >>>= 8;
    }
  }
  if (bits > 0) out.byte(pending & 255);
}

/** Where a run that begins at `start` ends. */
export function endOfGaps(bytes: Uint8Array, start: number, size: number): number {
  const head = bytes[start];
  return start + HEADER_BYTES + (head >>> 5) * EXCEPTION_BYTES + bytesFor(size, head & 31);
}

/**
 * Reads back the numbers of a run.
 * @param view  over `bytes`; {@link READ_BEYOND_BYTES} behind the run must be readable
 * @param before  the number in front of the first
 */
export function unpackAscending(
  bytes: Uint8Array,
  view: DataView,
  start: number,
  size: number,
  before: number,
  out: Int32Array,
): void {
  const width = bytes[start] & 31;
  const exceptions = bytes[start] >>> 5;
  const first = start + HEADER_BYTES;
  const valuesAt = first + exceptions * EXCEPTION_BYTES;
  let number = before;
  let at = 0;
  for (let exception = first; exception < valuesAt; exception += EXCEPTION_BYTES) {
    const place = bytes[exception];
    number = unpackRun(view, valuesAt, width, at, place, number, out) + (bytes[exception + 1] << width);
    at = place;
  }
  unpackRun(view, valuesAt, width, at, size, number, out);
}

/** Values of at most so many bits come four, or two, in one read: with the bits before them they fit into 32. */
const FOUR_WIDTH_MAX = 6;
const TWO_WIDTH_MAX = 12;

/** Without a branch per value: each read is 32 bits from the byte where it begins. @returns the last number */
function unpackRun(
  view: DataView,
  valuesAt: number,
  width: number,
  from: number,
  to: number,
  before: number,
  out: Int32Array,
): number {
  const mask = (1 << width) - 1;
  const whole = from + ((to - from) & ~3);
  let number = before;
  let at = from;
  let bit = from * width;
  if (width <= FOUR_WIDTH_MAX) {
    const second = width;
    const third = 2 * width;
    const fourth = 3 * width;
    for (; at < whole; at += 4, bit += 4 * width) {
      const read = view.getUint32(valuesAt + (bit >>> 3), true) >>> (bit & 7);
      number += (read & mask) + 1;
      out[at] = number;
      number += ((read >>> second) & mask) + 1;
      out[at + 1] = number;
      number += ((read >>> third) & mask) + 1;
      out[at + 2] = number;
      number += ((read >>> fourth) & mask) + 1;
      out[at + 3] = number;
    }
  } else if (width <= TWO_WIDTH_MAX) {
    for (; at < whole; at += 4, bit += 2 * width) {
      const read = view.getUint32(valuesAt + (bit >>> 3), true) >>> (bit & 7);
      number += (read & mask) + 1;
      out[at] = number;
      number += ((read >>> width) & mask) + 1;
      out[at + 1] = number;
      bit += 2 * width;
      const next = view.getUint32(valuesAt + (bit >>> 3), true) >>> (bit & 7);
      number += (next & mask) + 1;
      out[at + 2] = number;
      number += ((next >>> width) & mask) + 1;
      out[at + 3] = number;
    }
  }
  for (; at < to; at += 1, bit += width) {
    number += ((view.getUint32(valuesAt + (bit >>> 3), true) >>> (bit & 7)) & mask) + 1;
    out[at] = number;
  }
  return number;
}

/** Larger gaps cannot be written. */
export const GAP_MAX = 2 ** WIDTH_MAX - 1;
