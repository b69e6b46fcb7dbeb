/** Numbers of one width side by side in 32-bit words. */

export function widthOf(largest: number): number {
  return largest === 0 ? 0 : 32 - Math.clz32(largest);
}

export function wordsFor(count: number, width: number): number {
  return Math.ceil((count * width) / 32);
}

/** @param width  bits per value, 0..32; every value fits */
export function pack(
  values: ArrayLike<number>,
  from: number,
  count: number,
  width: number,
  words: Uint32Array,
  wordAt: number,
): void {
  if (width === 0) return;
  let bit = 0;
  for (let at = 0; at < count; at += 1) {
    const index = wordAt + (bit >>> 5);
    const shift = bit & 31;
    const value = values[from + at];
    words[index] |= value << shift;
    if (shift + width > 32) words[index + 1] = value >>> (32 - shift);
    bit += width;
  }
}

/** Up to this width a value and the bits before it in its first byte fit into one unaligned read of 32 bits. */
const FAST_WIDTH_MAX = 25;

/**
 * Reads back what {@link pack} wrote. Without a branch per value: each is read as 32 bits from the byte it begins in.
 * @param view  over the packed words; four bytes behind the last value must be readable
 * @param byteAt  where the run begins
 */
export function unpack(
  view: DataView,
  byteAt: number,
  width: number,
  count: number,
  out: Int32Array | Uint8Array,
): void {
  if (width > FAST_WIDTH_MAX) {
    for (let at = 0; at < count; at += 1) out[at] = unpackWide(view, byteAt, at * width, width);
    return;
  }
  const mask = (1 << width) - 1;
  for (let at = 0, bit = 0; at < count; at += 1, bit += width) {
    out[at] = (view.getUint32(byteAt + (bit >>> 3), true) >>> (bit & 7)) & mask;
  }
}

/**
 * Reads back gaps that {@link pack} wrote as the ascending numbers they stand for; a gap of 0 is the next number.
 * @param before  the number in front of the first
 */
export function unpackAscending(
  view: DataView,
  byteAt: number,
  width: number,
  count: number,
  before: number,
  out: Int32Array,
): void {
  let number = before;
  if (width > FAST_WIDTH_MAX) {
    for (let at = 0; at < count; at += 1) {
      number += unpackWide(view, byteAt, at * width, width) + 1;
      out[at] = number;
    }
    return;
  }
  const mask = (1 << width) - 1;
  let at = 0;
  let bit = 0;
  // Four at a time: a third faster than one at a time.
  for (const whole = count & ~3; at < whole; at += 4, bit += width) {
    number += ((view.getUint32(byteAt + (bit >>> 3), true) >>> (bit & 7)) & mask) + 1;
    out[at] = number;
    bit += width;
    number += ((view.getUint32(byteAt + (bit >>> 3), true) >>> (bit & 7)) & mask) + 1;
    out[at + 1] = number;
    bit += width;
    number += ((view.getUint32(byteAt + (bit >>> 3), true) >>> (bit & 7)) & mask) + 1;
    out[at + 2] = number;
    bit += width;
    number += ((view.getUint32(byteAt + (bit >>> 3), true) >>> (bit & 7)) & mask) + 1;
    out[at + 3] = number;
  }
  for (; at < count; at += 1, bit += width) {
    number += ((view.getUint32(byteAt + (bit >>> 3), true) >>> (bit & 7)) & mask) + 1;
    out[at] = number;
  }
}

/** One value of a run, `bit` bits behind its beginning. */
export function unpackOne(view: DataView, byteAt: number, bit: number, width: number): number {
  if (width > FAST_WIDTH_MAX) return unpackWide(view, byteAt, bit, width);
  return (view.getUint32(byteAt + (bit >>> 3), true) >>> (bit & 7)) & ((1 << width) - 1);
}

function unpackWide(view: DataView, byteAt: number, bit: number, width: number): number {
  let value = 0;
  for (let done = 0; done < width; ) {
    const from = bit + done;
    const piece = Math.min(8 - (from & 7), width - done);
    value |= ((view.getUint8(byteAt + (from >>> 3)) >>> (from & 7)) & ((1 << piece) - 1)) << done;
    done += piece;
  }
  return value;
}
