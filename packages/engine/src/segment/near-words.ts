/** Words in the order a search for misspelt ones wants them: by first letter and length, with the letters they hold. */
import type { Allocate } from "./bytes.ts";
import type { Dictionary } from "./dictionary.ts";

/** Longer words are not corrected. */
export const WORD_CHARS_MAX = 40;
export const MISTAKES_MAX = 2;
const LENGTH_MIN = 5;
const LENGTH_MAX = WORD_CHARS_MAX + MISTAKES_MAX;
const LENGTHS = LENGTH_MAX - LENGTH_MIN + 1;
const LETTERS = 26;
/** A word in one document may be misspelt itself. */
const DOCUMENTS_MIN = 2;
const A = 97;

/** Shelf by shelf (first letter, then length): terms, and one bit per letter that occurs in each. */
export type NearTables = { starts: Uint32Array; terms: Uint32Array; letters: Uint32Array };

export function nearTablesOf(dictionary: Dictionary, allocate: Allocate): NearTables {
  const found: { shelf: number; term: number; letters: number }[] = [];
  const starts = new Uint32Array(allocate((LETTERS * LENGTHS + 1) * 4));
  dictionary.walkBytes("a", DOCUMENTS_MIN, (bytes, length, term) => {
    if (bytes[0] >= A + LETTERS) return false;
    if (length < LENGTH_MIN || length > LENGTH_MAX) return true;
    let letters = 0;
    for (let at = 0; at < length; at += 1) {
      const letter = bytes[at] - A;
      if (letter < 0 || letter >= LETTERS) return true;
      letters |= 1 << letter;
    }
    const shelf = shelfOf(bytes[0], length);
    starts[shelf + 1] += 1;
    found.push({ shelf, term, letters });
    return true;
  });
  for (let shelf = 0; shelf < starts.length - 1; shelf += 1) starts[shelf + 1] += starts[shelf];
  const terms = new Uint32Array(allocate(found.length * 4));
  const letters = new Uint32Array(allocate(found.length * 4));
  const next = starts.slice();
  for (const word of found) {
    const at = next[word.shelf]++;
    terms[at] = word.term;
    letters[at] = word.letters;
  }
  return { starts, terms, letters };
}

const shelfOf = (first: number, length: number): number => (first - A) * LENGTHS + length - LENGTH_MIN;

/**
 * Calls `visit` with every word that begins like `word` and may be at most `mistakes` edits away from it.
 * @param word  5 to 40 letters a-z; @param mistakes  0..2
 */
export function eachNearWord(tables: NearTables, word: string, mistakes: number, visit: (term: number) => void): void {
  let wanted = 0;
  for (let at = 0; at < word.length; at += 1) wanted |= 1 << (word.charCodeAt(at) - A);
  const shortest = Math.max(LENGTH_MIN, word.length - mistakes);
  const longest = Math.min(LENGTH_MAX, word.length + mistakes);
  const from = tables.starts[shelfOf(word.charCodeAt(0), shortest)];
  const to = tables.starts[shelfOf(word.charCodeAt(0), longest) + 1];
  for (let at = from; at < to; at += 1) {
    // Each mistake changes at most two of the bits.
    if (bitsIn(tables.letters[at] ^ wanted) <= 2 * mistakes) visit(tables.terms[at]);
  }
}

function bitsIn(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
