/** For a word that no document has, or hardly any: the nearest word that documents do have. */
import { eachNearWord, MISTAKES_MAX, WORD_CHARS_MAX } from "../segment/near-words.ts";
import type { Snapshot } from "../snapshot.ts";
import { wordStem } from "../text/word-stem.ts";

/** Shorter words have too many neighbours; what the stemmer leaves of a longer one may be shorter ("lerning", "lern"). */
const WORD_CHARS_MIN = 6;
const STEM_CHARS_MIN = 4;
/** Of all documents, so many have what a short stem is taken for, and what needs no further look. */
const SHORT_STEM_SHARE = 1 / 100;
const LIKELY_SHARE = 1 / 5_000;
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
  const look = (spelling: string, mistakes: number, share: number): void => {
    if (!isCorrectable(spelling)) return;
    const allowed = Math.min(mistakes, spelling.length >= TWO_MISTAKES_FROM ? MISTAKES_MAX : 1);
    eachWordNear({ spelling, allowed, least: Math.max(least, share * snapshot.size) }, snapshot, take);
  };
  look(stem, most, stem.length < WORD_CHARS_MIN ? SHORT_STEM_SHARE : 0);
  // What is found from here on has to be better, and few mistakes are quickly looked for.
  const isFound = isLikely(best, snapshot);
  if (form !== stem) look(form, isFound ? 1 : most, 0);
  if (!isFound && isCorrectable(form) && stem.length >= form.length - 1)
    for (const ended of withMendedEnding(form)) take(wordFor(ended, snapshot));
  return corrected(best);
}

/** A word in few documents is hardly what was meant, where there is another. */
function isLikely(best: Near | null, snapshot: Snapshot): boolean {
  return best !== null && best.documents >= LIKELY_SHARE * snapshot.size;
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
      if (at >= STEM_CHARS_MIN && isOneMistake(form.slice(at), ending)) mended.push(form.slice(0, at) + ending);
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

type Wanted = { spelling: string; allowed: number; least: number };

function eachWordNear({ spelling, allowed, least }: Wanted, snapshot: Snapshot, take: (near: Near) => void): void {
  const { documents } = snapshot;
  /** Words are looked at once, in whichever segment they come first. */
  const seen = new Set<number>();
  for (const { segment, toGlobal } of snapshot.views) {
    eachNearWord(segment.parts.tables.near, spelling, allowed, (term) => {
      const number = toGlobal === null ? term : toGlobal[term];
      // Most are ruled out by this alone, and need not be decoded.
      if (documents[number] < least || seen.has(number)) return;
      seen.add(number);
      const key = segment.dictionary.key(term);
      const mistakes = isOneMistake(spelling, key) ? 1 : distance(spelling, key, allowed);
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

/** Whether one edit makes `b` of `a`: a letter more, less, another, or two swapped. */
export function isOneMistake(a: string, b: string): boolean {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1;
  if (a.length < b.length) return a.slice(at) === b.slice(at + 1);
  if (a.length > b.length) return a.slice(at + 1) === b.slice(at);
  if (at === a.length) return false;
  if (a.slice(at + 1) === b.slice(at + 1)) return true;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/** Rows of the table of edits: the one before the last, the last, and the one at hand. */
let rows = [new Uint8Array(0), new Uint8Array(0), new Uint8Array(0)];

/**
 * Edits between two words: a letter more, less, another, or two swapped. Stops counting above `limit`, and looks only at
 * that part of the table which can stay below.
 * @source Damerau 1964, restricted form; the band is Ukkonen's, 1985
 * @param limit  0..250
 */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  if (rows[0].length <= b.length + 1) rows = rows.map(() => new Uint8Array(b.length + 2));
  let [before, previous, row] = rows;
  const above = limit + 1;
  for (let j = 0; j <= b.length + 1; j += 1) previous[j] = Math.min(j, above);
  for (let i = 1; i <= a.length; i += 1) {
    const from = Math.max(1, i - limit);
    const to = Math.min(b.length, i + limit);
    row[from - 1] = from === 1 ? Math.min(i, above) : above;
    let least = row[from - 1];
    for (let j = from; j <= to; j += 1) {
      const isSame = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (isSame ? 0 : 1), above);
      if (
        !isSame &&
        i > 1 &&
        j > 1 &&
        a.charCodeAt(i - 1) === b.charCodeAt(j - 2) &&
        a.charCodeAt(i - 2) === b.charCodeAt(j - 1)
      )
        cost = Math.min(cost, before[j - 2] + 1);
      row[j] = cost;
      if (cost < least) least = cost;
    }
    row[to + 1] = above;
    if (least > limit) return above;
    [before, previous, row] = [previous, row, before];
  }
  return previous[b.length];
}
