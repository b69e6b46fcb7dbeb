/**
 * How terms of different kinds live in one sorted dictionary: the first character tells them apart.
 * A text term is its stem; all other keys begin with a control character, which no stem holds.
 */

/** Stands between two passages of one field, so that no phrase reaches across. */
export const BREAK_KEY = "\u0001";

/** One word of a name field. */
export function nameWordKey(field: number, form: string): string {
  return `\u0002${String.fromCharCode(48 + field)}${form}`;
}

/** First character code of the keys of whole names. */
export const WHOLE_NAME_MARK = 3;

/** A whole name, surname first, folded. */
export function wholeNameKey(field: number, words: readonly string[]): string {
  const last = words.length - 1;
  return `\u0003${String.fromCharCode(48 + field)}${words[last]} ${words.slice(0, last).join(" ")}`;
}

/** An identifier, whole. */
export function identifierKey(field: number, value: string): string {
  return `\u0004${String.fromCharCode(48 + field)}${value}`;
}

/** Words sort behind all marked keys. */
export const FIRST_WORD_KEY = "\u0006";

/** Text terms are scored with field weights and length; the others by their count alone. */
export function isTextKey(key: string): boolean {
  return key >= FIRST_WORD_KEY;
}

/** Order of the dictionary: by code point, which is the order of UTF-8 bytes. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const x = a.charCodeAt(at);
    const y = b.charCodeAt(at);
    if (x !== y) {
      const bothHigh = x >= 0xd800 && y >= 0xd800;
      // Surrogates stand for code points above all others.
      if (bothHigh && x < 0xe000 !== y < 0xe000) return x < 0xe000 ? 1 : -1;
      return x - y;
    }
  }
  return a.length - b.length;
}

const HIGH = /[\ud800-\uffff]/;

/** Sorts keys in dictionary order; the engine's own sort is faster where it gives the same order. */
export function sortKeys(keys: string[]): string[] {
  return keys.some((key) => HIGH.test(key)) ? keys.sort(compareKeys) : keys.sort();
}
