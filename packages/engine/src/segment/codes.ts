/** How often a term occurs in each text field of one document, packed into one byte. */

/** Most occurrences told apart, per number of text fields, heaviest first: a body repeats its words more often than a title. */
const CAPS: readonly (readonly number[])[] = [[], [255], [3, 63], [3, 7, 7], [2, 3, 3, 4]];

/** Caps per text field, heaviest first. @param textFields  0..4 */
export function capsFor(textFields: number): readonly number[] {
  return CAPS[textFields];
}

/** @param counts  occurrences per field, 8 bits each, field 0 lowest */
export function toCode(counts: number, caps: readonly number[]): number {
  let code = 0;
  for (let field = 0; field < caps.length; field += 1) {
    code = code * (caps[field] + 1) + Math.min(caps[field], (counts >>> (8 * field)) & 255);
  }
  return code;
}

/** Occurrences per field of a code. */
export function fromCode(code: number, caps: readonly number[]): number[] {
  const counts: number[] = caps.map(() => 0);
  let rest = code;
  for (let field = caps.length - 1; field >= 0; field -= 1) {
    counts[field] = rest % (caps[field] + 1);
    rest = Math.floor(rest / (caps[field] + 1));
  }
  return counts;
}

/** The weighted frequency each of the 256 codes stands for. */
export function frequenciesOf(weights: readonly number[], caps: readonly number[]): Float64Array {
  const frequencies = new Float64Array(256);
  for (let code = 0; code < 256; code += 1) {
    const counts = fromCode(code, caps);
    for (let field = 0; field < weights.length; field += 1) frequencies[code] += weights[field] * counts[field];
  }
  return frequencies;
}
