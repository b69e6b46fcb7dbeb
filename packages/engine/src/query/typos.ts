/** For a word that no document has, or hardly any: the nearest word that documents do have. */
import { eachNearWord, MISTAKES_MAX, WORD_CHARS_MAX } from "../segment/near-words.ts";
import type { Segment } from "../segment/segment.ts";
import type { Snapshot } from "../snapshot.ts";

/** Shorter words have too many neighbours; what the stemmer leaves of a longer one may be shorter ("lerning", "lern"). */
const WORD_CHARS_MIN = 6;
const STEM_CHARS_MIN = 4;
/** From this length on two mistakes are allowed. */
const TWO_MISTAKES_FROM = 9;

export type Correction = { key: string; shown: string };

/**
 * @param word  a stem, and the form it was made from: some words are their own stem, and a mistake in one hides that
 * @param limits  mistakes at most, and documents that a correction is in at least
 * @returns another term with the fewest mistakes, the most frequent of equals; null if none is near
 */
export function correctTerm(
  { stem, form }: { stem: string; form: string },
  snapshot: Snapshot,
  { mistakes: most = MISTAKES_MAX, documents: least = 1 }: { mistakes?: number; documents?: number } = {},
): Correction | null {
  let best: Near | null = null;
  if (form.length < WORD_CHARS_MIN) return null;
  for (const spelling of new Set([stem, form])) {
    if (!isCorrectable(spelling)) continue;
    const allowed = Math.min(most, spelling.length >= TWO_MISTAKES_FROM ? MISTAKES_MAX : 1);
    for (const near of wordsNear(spelling, allowed, snapshot))
      if (near.key !== stem && near.documents >= least && (best === null || isBetter(near, best))) best = near;
  }
  return best === null ? null : { key: best.key, shown: best.segment.dictionary.shown(best.term) };
}

function isCorrectable(spelling: string): boolean {
  return spelling.length >= STEM_CHARS_MIN && spelling.length <= WORD_CHARS_MAX && /^[a-z]+$/.test(spelling);
}

type Near = { key: string; mistakes: number; documents: number; segment: Segment; term: number };

function wordsNear(spelling: string, allowed: number, snapshot: Snapshot): Near[] {
  const { documents } = snapshot;
  /** Words are looked at once, in whichever segment they come first. */
  const seen = new Set<number>();
  const found: Near[] = [];
  for (const { segment, toGlobal } of snapshot.views) {
    eachNearWord(segment.parts.tables.near, spelling, allowed, (term) => {
      const number = toGlobal === null ? term : toGlobal[term];
      if (seen.has(number)) return;
      seen.add(number);
      if (documents[number] === 0) return;
      const key = segment.dictionary.key(term);
      const mistakes = distance(spelling, key, allowed);
      if (mistakes <= allowed) found.push({ key, mistakes, documents: documents[number], segment, term });
    });
  }
  return found;
}

function isBetter(a: Near, b: Near): boolean {
  if (a.mistakes !== b.mistakes) return a.mistakes < b.mistakes;
  if (a.documents !== b.documents) return a.documents > b.documents;
  return a.key < b.key;
}

/**
 * Edits between two words: a letter more, less, another, or two swapped. Stops counting above `limit`.
 * @source Damerau 1964, restricted form
 */
export function distance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return limit + 1;
    before = previous;
    previous = row;
  }
  return previous[b.length];
}
