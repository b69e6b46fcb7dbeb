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

/** Reads back what {@link pack} wrote. */
export function unpack(
  words: Uint32Array,
  wordAt: number,
  width: number,
  count: number,
  out: Int32Array | Uint8Array,
): void {
  if (width === 0) {
    for (let at = 0; at < count; at += 1) out[at] = 0;
    return;
  }
  const mask = width === 32 ? -1 : (1 << width) - 1;
  let index = wordAt;
  let word = words[index];
  let shift = 0;
  for (let at = 0; at < count; at += 1) {
    let value = word >>> shift;
    shift += width;
    if (shift >= 32) {
      shift -= 32;
      index += 1;
      word = words[index];
      if (shift > 0) value |= word << (width - shift);
    }
    out[at] = value & mask;
  }
}
