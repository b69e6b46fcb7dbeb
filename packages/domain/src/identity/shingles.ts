/** What two abstracts share: sets of three words in a row, and of single words. */

const WORDS_PER_SHINGLE = 3;
/** A longer abstract is compared by its beginning. */
const WORDS_MAX = 1_000;
/** Words this short carry little, and are in every abstract. */
const SHORT_WORD = 4;

export type TextSketch = {
  /** Hashes of three words in a row, ascending, each once. */
  shingles: Uint32Array;
  /** Hashes of words of more than three letters, ascending, each once. */
  words: Uint32Array;
};

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** Letters and digits count; case, signs, spaces and LaTeX's dollars and backslashes do not. */
export function sketchText(text: string): TextSketch {
  const { hashes, isLong } = WORK_SPACE;
  const count = hashWords(isAscii(text) ? text : text.normalize("NFKD"), hashes, isLong);
  const shingles = new Uint32Array(Math.max(0, count - WORDS_PER_SHINGLE + 1));
  for (let at = 0; at < shingles.length; at++) shingles[at] = shingleAt(hashes, at);
  const words: number[] = [];
  for (let at = 0; at < count; at++) if (isLong[at]) words.push(hashes[at]!);
  return { shingles: sortedOnce(shingles), words: sortedOnce(Uint32Array.from(words)) };
}

/** Filled anew by each call, and nobody waits in between. */
const WORK_SPACE = { hashes: new Uint32Array(WORDS_MAX), isLong: new Uint8Array(WORDS_MAX) };

function shingleAt(hashes: Uint32Array, at: number): number {
  return mix(Math.imul(hashes[at]!, 0x9e3779b1) ^ Math.imul(hashes[at + 1]!, 0x85ebca77) ^ hashes[at + 2]!);
}

/** Half of a usual abstract says enough, at half the time. */
const KEYED_CHARS = 700;
/** Texts shorter than this say too little to be looked up by. */
const LEAST_SHINGLES = 20;

/**
 * A key for an index, of a text's beginning: texts with Jaccard likeness j of their runs of three words share it with
 * probability j². Signed 32-bit, as databases have it.
 * @returns null for a short text
 */
export function textKey(text: string): number | null {
  const { hashes, isLong } = WORK_SPACE;
  const begin = text.slice(0, KEYED_CHARS);
  const count = hashWords(isAscii(begin) ? begin : begin.normalize("NFKD"), hashes, isLong) - WORDS_PER_SHINGLE + 1;
  if (count < LEAST_SHINGLES) return null;
  let even = 0xffffffff;
  let odd = 0xffffffff;
  for (let at = 0; at < count; at++) {
    const hash = shingleAt(hashes, at);
    if (hash & 1) odd = Math.min(odd, hash);
    else even = Math.min(even, hash);
  }
  return mix(even ^ Math.imul(odd, 0x9e3779b1)) | 0;
}

/** FNV-1a of each word, as its letters come. @returns the number of words */
function hashWords(text: string, hashes: Uint32Array, isLong: Uint8Array): number {
  let count = 0;
  let hash = FNV_OFFSET;
  let letters = 0;
  for (let at = 0; at <= text.length && count < WORDS_MAX; at++) {
    const code = at < text.length ? letterOf(text.charCodeAt(at)) : 0;
    if (code > 0) {
      hash = Math.imul(hash ^ code, FNV_PRIME);
      letters++;
    } else if (code === 0 && letters > 0) {
      hashes[count] = mix(hash);
      isLong[count++] = letters >= SHORT_WORD ? 1 : 0;
      hash = FNV_OFFSET;
      letters = 0;
    }
  }
  return count;
}

/** 0 ends a word, -1 is passed over (marks of NFKD), else a letter or digit in lower case. */
function letterOf(code: number): number {
  if (code < 128) {
    if (code >= 97 && code <= 122) return code;
    if (code >= 65 && code <= 90) return code + 32;
    return code >= 48 && code <= 57 ? code : 0;
  }
  if (code >= 0x300 && code < 0x370) return -1;
  // General punctuation, arrows, mathematical signs; the rest is taken for letters, of whatever script.
  if (code < 0xc0 || (code >= 0x2000 && code < 0x2c00) || (code >= 0x3000 && code < 0x3040)) return 0;
  return code;
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}

/** Final mix of MurmurHash3: neighbouring values end far apart. */
export function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A hash of any text; not for secrets. */
export function hashText(text: string): number {
  let hash = FNV_OFFSET;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  return mix(hash);
}

function sortedOnce(values: Uint32Array): Uint32Array {
  values.sort();
  let kept = 0;
  for (let at = 0; at < values.length; at++) {
    if (at === 0 || values[at] !== values[at - 1]) values[kept++] = values[at]!;
  }
  return values.slice(0, kept);
}

/** Values that two ascending sets have in common. */
export function sharedValues(a: Uint32Array, b: Uint32Array): number {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      shared++;
      i++;
      j++;
    } else if (a[i]! < b[j]!) i++;
    else j++;
  }
  return shared;
}

/** Jaccard: shared of all; 0 where both are empty. */
export function likeness(a: Uint32Array, b: Uint32Array): number {
  const shared = sharedValues(a, b);
  const all = a.length + b.length - shared;
  return all === 0 ? 0 : shared / all;
}

/** Shared of the smaller set; 0 where one is empty. */
export function containment(a: Uint32Array, b: Uint32Array): number {
  const least = Math.min(a.length, b.length);
  return least === 0 ? 0 : sharedValues(a, b) / least;
}
