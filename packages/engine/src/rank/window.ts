/**
 * A window of documents while lists are added to it. The loops over postings stand here by themselves and in three kinds,
 * since each array and each comparison more that a loop carries costs a fifth of its time.
 */
import type { ScoreTables } from "./score-tables.ts";

/** Documents per window: 32 kB of sums stay in the fastest cache. */
export const WINDOW = 4096;

/**
 * Which documents of a segment may be found: one bit each, null for all; and where the bits do not say everything, a
 * question to ask of a document whose bit is set. It may read the document, so it is asked last.
 */
export type Admission = { bits: Uint32Array | null; accepts: ((document: number) => boolean) | null };

export function admits({ bits, accepts }: Admission, document: number): boolean {
  if (bits !== null && ((bits[document >>> 5] >>> (document & 31)) & 1) === 0) return false;
  return accepts === null || accepts(document);
}

/**
 * The sums; the documents whose sum can matter, one bit each; and what comes out of it: the places of the candidates,
 * ascending, and what each has so far.
 */
export type WindowSums = { sums: Float64Array; marks: Uint32Array; places: Int32Array; scores: Float64Array };

export function newWindow(): WindowSums {
  return {
    sums: new Float64Array(WINDOW),
    marks: new Uint32Array(WINDOW / 32),
    places: new Int32Array(WINDOW),
    scores: new Float64Array(WINDOW),
  };
}

/** An unpacked block of a list. Behind its documents stand {@link STRIDE} numbers that no document has. */
export type Unpacked = { documents: Int32Array; ranks: Uint8Array; tables: ScoreTables; weight: number };

export const NO_DOCUMENT = 0x7fffffff;
/** Documents passed over at a time when one further on is looked for. */
export const STRIDE = 8;

/** Where in an unpacked block the first document from `wanted` on stands, not before `at`. */
export function firstFrom(documents: Int32Array, at: number, wanted: number): number {
  let found = at;
  while (documents[found + STRIDE - 1] < wanted) found += STRIDE;
  while (documents[found] < wanted) found += 1;
  return found;
}

/** Adds the scores of `at`..`end` - 1 of a block to the window that begins at document `from`. */
export function addScores(block: Unpacked, at: number, end: number, from: number, sums: Float64Array): void {
  const { documents, ranks, weight } = block;
  const { frequencies, factors, lengths } = block.tables;
  for (let index = at; index < end; index += 1) {
    const document = documents[index];
    const frequency = frequencies[ranks[index]];
    sums[document - from] += (weight * frequency) / (frequency + factors[lengths[document]]);
  }
}

/** The same, and marks documents whose sum is above `cut`. Few are: marking all would make each wait for the one before. */
export function addMarking(
  block: Unpacked,
  at: number,
  end: number,
  from: number,
  { sums, marks }: WindowSums,
  cut: number,
): void {
  const { documents, ranks, weight } = block;
  const { frequencies, factors, lengths } = block.tables;
  for (let index = at; index < end; index += 1) {
    const document = documents[index];
    const frequency = frequencies[ranks[index]];
    const place = document - from;
    const sum = sums[place] + (weight * frequency) / (frequency + factors[lengths[document]]);
    sums[place] = sum;
    if (sum > cut) marks[place >>> 5] |= 1 << (place & 31);
  }
}

/**
 * For the last list that is added, where no document gets in without it: makes those above `cut` candidates at once.
 * @param before  candidates there are already
 * @returns how many there are then
 */
export function takeLast(
  block: Unpacked,
  at: number,
  end: number,
  from: number,
  { sums, places, scores }: WindowSums,
  cut: number,
  before: number,
): number {
  const { documents, ranks, weight } = block;
  const { frequencies, factors, lengths } = block.tables;
  let count = before;
  for (let index = at; index < end; index += 1) {
    const document = documents[index];
    const frequency = frequencies[ranks[index]];
    const place = document - from;
    const sum = sums[place] + (weight * frequency) / (frequency + factors[lengths[document]]);
    if (sum <= cut) continue;
    places[count] = place;
    scores[count] = sum;
    count += 1;
  }
  return count;
}

/** Makes the marked documents candidates, and clears the marks. @returns how many */
export function takeMarked({ sums, marks, places, scores }: WindowSums, size: number): number {
  let count = 0;
  const words = (size + 31) >>> 5;
  for (let word = 0; word < words; word += 1) {
    let bits = marks[word];
    if (bits === 0) continue;
    marks[word] = 0;
    for (; bits !== 0; bits &= bits - 1) {
      const place = (word << 5) + (31 - Math.clz32(bits & -bits));
      places[count] = place;
      scores[count] = sums[place];
      count += 1;
    }
  }
  return count;
}

/** Keeps only candidates that are admitted. @returns how many */
export function keepAdmitted({ places, scores }: WindowSums, count: number, from: number, bits: Uint32Array): number {
  let kept = 0;
  for (let at = 0; at < count; at += 1) {
    const document = from + places[at];
    if (((bits[document >>> 5] >>> (document & 31)) & 1) === 0) continue;
    places[kept] = places[at];
    scores[kept] = scores[at];
    kept += 1;
  }
  return kept;
}
