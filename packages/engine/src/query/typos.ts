/** For a word that no document has: the nearest word that documents do have. */
import type { Segment } from "../segment/segment.ts";
import type { Snapshot } from "../snapshot.ts";

/** Shorter words have too many neighbours. */
const WORD_CHARS_MIN = 6;
/** From this length on two mistakes are allowed. */
const TWO_MISTAKES_FROM = 9;
const DOCUMENTS_MIN = 2;

export type Correction = { key: string; shown: string };

/** @returns the term with the fewest mistakes, the most frequent of equals; null if none is near */
export function correctTerm(key: string, snapshot: Snapshot): Correction | null {
  if (key.length < WORD_CHARS_MIN || key.length > 40 || !/^[a-z]+$/.test(key)) return null;
  const allowed = key.length >= TWO_MISTAKES_FROM ? 2 : 1;
  const letters = lettersOf(key);
  let best: Near | null = null;
  for (const { segment } of snapshot.views) {
    segment.dictionary.walkNear(
      key[0],
      key.length - allowed,
      key.length + allowed,
      DOCUMENTS_MIN,
      (candidate, term, documents) => {
        if (lettersApart(letters, lettersOf(candidate)) > 2 * allowed) return;
        const mistakes = distance(key, candidate, allowed);
        const isWorse =
          best !== null && (mistakes > best.mistakes || (mistakes === best.mistakes && documents <= best.documents));
        if (mistakes <= allowed && !isWorse) best = { key: candidate, mistakes, documents, segment, term };
      },
    );
  }
  return nearest(best);
}

/** One bit per letter that occurs. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at += 1) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
}

/** Each mistake changes at most two of the bits. */
function lettersApart(a: number, b: number): number {
  let count = 0;
  for (let rest = a ^ b; rest !== 0; rest &= rest - 1) count += 1;
  return count;
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
