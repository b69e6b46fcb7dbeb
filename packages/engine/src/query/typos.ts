/** For a word that no document has: the nearest word that documents do have. */
import { eachNearWord, WORD_CHARS_MAX } from "../segment/near-words.ts";
import type { Segment } from "../segment/segment.ts";
import type { Snapshot } from "../snapshot.ts";

/** Shorter words have too many neighbours. */
const WORD_CHARS_MIN = 6;
/** From this length on two mistakes are allowed. */
const TWO_MISTAKES_FROM = 9;

export type Correction = { key: string; shown: string };

/** @returns the term with the fewest mistakes, the most frequent of equals; null if none is near */
export function correctTerm(key: string, snapshot: Snapshot): Correction | null {
  if (key.length < WORD_CHARS_MIN || key.length > WORD_CHARS_MAX || !/^[a-z]+$/.test(key)) return null;
  const allowed = key.length >= TWO_MISTAKES_FROM ? 2 : 1;
  const { documents } = snapshot;
  /** Words are looked at once, in whichever segment they come first. */
  const seen = new Set<number>();
  let best: Near | null = null;
  for (const { segment, toGlobal } of snapshot.views) {
    eachNearWord(segment.parts.tables.near, key, allowed, (term) => {
      const number = toGlobal === null ? term : toGlobal[term];
      if (seen.has(number)) return;
      seen.add(number);
      if (documents[number] === 0) return;
      const candidate = segment.dictionary.key(term);
      const mistakes = distance(key, candidate, allowed);
      if (mistakes > allowed) return;
      const near = { key: candidate, mistakes, documents: documents[number], segment, term };
      if (best === null || isBetter(near, best)) best = near;
    });
  }
  return nearest(best);
}

function isBetter(a: Near, b: Near): boolean {
  if (a.mistakes !== b.mistakes) return a.mistakes < b.mistakes;
  if (a.documents !== b.documents) return a.documents > b.documents;
  return a.key < b.key;
}

type Near = { key: string; mistakes: number; documents: number; segment: Segment; term: number };

function nearest(best: Near | null): Correction | null {
  return best === null ? null : { key: best.key, shown: best.segment.dictionary.shown(best.term) };
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
