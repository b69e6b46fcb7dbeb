/** For a word that no document has, or hardly any: the nearest word that documents do have. */
import { eachNearWord, MISTAKES_MAX, WORD_CHARS_MAX } from "../segment/near-words.ts";
import type { Snapshot } from "../snapshot.ts";
import { wordStem } from "../text/word-stem.ts";

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
  if (form.length < WORD_CHARS_MIN) return null;
  let best: Near | null = null;
  const take = (near: Near): void => {
    if (near.key !== stem && near.documents >= least && (best === null || isBetter(near, best))) best = near;
  };
  for (const spelling of new Set([stem, form])) {
    if (!isCorrectable(spelling)) continue;
    const allowed = Math.min(most, spelling.length >= TWO_MISTAKES_FROM ? MISTAKES_MAX : 1);
    eachWordNear(spelling, allowed, snapshot, take);
  }
  if (isCorrectable(form)) for (const ended of withMendedEnding(form)) take(wordFor(ended, snapshot));
  return corrected(best);
}

function corrected(best: Near | null): Correction | null {
  return best === null ? null : { key: best.key, shown: best.shown() };
}

/** What papers' words end in; shorter endings are near to anything. */
const ENDINGS =
  "ing ion tion sion ation ization ical ity ment ness ive able ance ence ist ism ous ful ary ory ant ent ize ized ings ions";

/**
 * A mistake in an ending hides the stem from the stemmer: "attenion" stays what it is. @returns the word with each ending
 * that is one mistake away from its own
 */
function withMendedEnding(form: string): string[] {
  const mended: string[] = [];
  for (const ending of ENDINGS.split(" ")) {
    for (let length = ending.length - 1; length <= ending.length + 1; length += 1) {
      const at = form.length - length;
      if (at >= STEM_CHARS_MIN && distance(form.slice(at), ending, 1) === 1) mended.push(form.slice(0, at) + ending);
    }
  }
  return mended;
}

function wordFor(form: string, snapshot: Snapshot): Near {
  const key = wordStem(form);
  return { key, mistakes: 1, documents: snapshot.find(key).documents, shown: () => form };
}

function isCorrectable(spelling: string): boolean {
  return spelling.length >= STEM_CHARS_MIN && spelling.length <= WORD_CHARS_MAX && /^[a-z]+$/.test(spelling);
}

/** @param shown  decodes the form to show: of one word, the best */
type Near = { key: string; mistakes: number; documents: number; shown: () => string };

function eachWordNear(spelling: string, allowed: number, snapshot: Snapshot, take: (near: Near) => void): void {
  const { documents } = snapshot;
  /** Words are looked at once, in whichever segment they come first. */
  const seen = new Set<number>();
  for (const { segment, toGlobal } of snapshot.views) {
    eachNearWord(segment.parts.tables.near, spelling, allowed, (term) => {
      const number = toGlobal === null ? term : toGlobal[term];
      if (seen.has(number)) return;
      seen.add(number);
      if (documents[number] === 0) return;
      const key = segment.dictionary.key(term);
      const mistakes = distance(spelling, key, allowed);
      const shown = (): string => segment.dictionary.shown(term);
      if (mistakes <= allowed) take({ key, mistakes, documents: documents[number], shown });
    });
  }
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
