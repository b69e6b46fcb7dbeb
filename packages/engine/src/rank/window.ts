/**
 * A window of documents while lists are added to it. The loops over postings stand here by themselves and in three kinds,
 * since each array and each comparison more that a loop carries costs a fifth of its time.
 */
import { type ImpactTables, LOW_BITS, LOW_SHIFT, PLACE_MASK, WINDOW } from "../segment/impact-tables.ts";

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
 * The sums, in units of the first stage; the documents whose sum can matter, one bit each; and what comes out of it: the
 * places of the candidates, ascending.
 */
export type WindowSums = { sums: Int32Array; marks: Uint32Array; places: Int32Array };

export function newWindow(): WindowSums {
  return {
    sums: new Int32Array(WINDOW),
    marks: new Uint32Array(WINDOW / 32),
    places: new Int32Array(WINDOW),
  };
}

/** Postings of a dense list. */
type Dense = Pick<ImpactTables, "places" | "highs">;

/** Adds what the postings are worth. @param weight  of the term, a whole number */
export function addDense({ places, highs }: Dense, at: number, end: number, weight: number, sums: Int32Array): void {
  for (let index = at; index < end; index += 1) {
    const low = places[index];
    const place = low & PLACE_MASK;
    sums[place] = (sums[place] + Math.imul(weight, (highs[index] << LOW_BITS) | (low >>> LOW_SHIFT))) | 0;
  }
}

/** The same, and marks documents whose sum is above `cut`. Few are: marking all would make each wait for the one before. */
export function markDense(
  { places, highs }: Dense,
  at: number,
  end: number,
  weight: number,
  { sums, marks }: WindowSums,
  cut: number,
): void {
  for (let index = at; index < end; index += 1) {
    const low = places[index];
    const place = low & PLACE_MASK;
    const sum = (sums[place] + Math.imul(weight, (highs[index] << LOW_BITS) | (low >>> LOW_SHIFT))) | 0;
    sums[place] = sum;
    if (sum > cut) marks[place >>> 5] |= 1 << (place & 31);
  }
}

/**
 * For the last list that is added, where no document gets in without it: makes those above `cut` candidates at once.
 * @returns how many
 */
export function takeDense(
  { places: list, highs }: Dense,
  at: number,
  end: number,
  weight: number,
  { sums, places }: WindowSums,
  cut: number,
): number {
  let count = 0;
  for (let index = at; index < end; index += 1) {
    const low = list[index];
    const place = low & PLACE_MASK;
    const sum = (sums[place] + Math.imul(weight, (highs[index] << LOW_BITS) | (low >>> LOW_SHIFT))) | 0;
    sums[place] = sum;
    if (sum <= cut) continue;
    places[count] = place;
    count += 1;
  }
  return count;
}

/** Postings passed over at a time when one further on is looked for. */
const STRIDE = 8;

/** Where in a dense list the first posting from `place` on stands, not before `at`; `end` if there is none. */
function seekDense(places: Uint16Array, at: number, end: number, place: number): number {
  let found = at;
  while (found + STRIDE < end && (places[found + STRIDE] & PLACE_MASK) < place) found += STRIDE;
  while (found < end && (places[found] & PLACE_MASK) < place) found += 1;
  return found;
}

/** Adds what the postings of candidates are worth, and keeps those that are then above `least`. @returns how many */
export function askDense(
  { places: list, highs }: Dense,
  from: number,
  end: number,
  weight: number,
  { sums, places }: WindowSums,
  count: number,
  least: number,
): number {
  let at = from;
  let kept = 0;
  for (let index = 0; index < count; index += 1) {
    const place = places[index];
    at = seekDense(list, at, end, place);
    const low = at < end ? list[at] : 0;
    if (at < end && (low & PLACE_MASK) === place)
      sums[place] += Math.imul(weight, (highs[at] << LOW_BITS) | (low >>> LOW_SHIFT));
    if (sums[place] <= least) continue;
    places[kept] = place;
    kept += 1;
  }
  return kept;
}

/** Makes the marked documents candidates, and clears the marks. @returns how many */
export function takeMarked({ marks, places }: WindowSums): number {
  let count = 0;
  for (let word = 0; word < marks.length; word += 1) {
    let bits = marks[word];
    if (bits === 0) continue;
    marks[word] = 0;
    for (; bits !== 0; bits &= bits - 1) {
      places[count] = (word << 5) + (31 - Math.clz32(bits & -bits));
      count += 1;
    }
  }
  return count;
}

/** Keeps only candidates that are admitted. @returns how many */
export function keepAdmitted({ places }: WindowSums, count: number, from: number, bits: Uint32Array): number {
  let kept = 0;
  for (let at = 0; at < count; at += 1) {
    const document = from + places[at];
    if (((bits[document >>> 5] >>> (document & 31)) & 1) === 0) continue;
    places[kept] = places[at];
    kept += 1;
  }
  return kept;
}

/** Keeps only candidates whose sum is above `least`. @returns how many */
export function keepAbove({ sums, places }: WindowSums, count: number, least: number): number {
  let kept = 0;
  for (let at = 0; at < count; at += 1) {
    if (sums[places[at]] <= least) continue;
    places[kept] = places[at];
    kept += 1;
  }
  return kept;
}
