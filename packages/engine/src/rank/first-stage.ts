/**
 * Finds the documents with the highest sums of term scores without looking at all of them: window by window, block
 * maxima tell which lists can matter and which documents cannot get into the result.
 * @source Turtle & Flood 1995 (MaxScore); Ding & Suel, SIGIR 2011 (block maxima); windows as in Lucene's MaxScoreBulkScorer
 */

import { isTextKey } from "../segment/term-keys.ts";
import type { SegmentView, Snapshot } from "../snapshot.ts";
import type { BestDocuments } from "./best-documents.ts";
import { ListCursor, type WindowSums } from "./list-cursor.ts";

/** A term to score: `weight` is its weight in the query times its idf; `numbers` its number in each segment. */
export type ScoredTerm = { key: string; weight: number; numbers: readonly number[] };

/** One bit per document of a segment; null admits all. */
export type Admitted = Uint32Array | null;

/** Documents per window: 16 kB of sums stay in the fastest cache. */
const WINDOW = 2048;

const window: WindowSums = {
  sums: new Float64Array(WINDOW),
  touched: new Uint32Array(WINDOW / 32),
  places: new Int32Array(WINDOW),
};

/** Cursors lie ready: making one costs more than reading a short list. A longer query makes its own. */
const POOL_MAX = 64;
const pool: ListCursor[] = [];
let bounds = new Float64Array(POOL_MAX + 1);

/** Adds all documents of the snapshot that can be among the best to `best`. */
export function findBest(
  snapshot: Snapshot,
  terms: readonly ScoredTerm[],
  admitted: readonly Admitted[],
  best: BestDocuments,
): void {
  snapshot.views.forEach((view, index) => {
    const cursors = openCursors(snapshot, view, index, terms);
    if (cursors.length > 0) searchView(view, cursors, admitted[index], best);
  });
}

function openCursors(snapshot: Snapshot, view: SegmentView, index: number, terms: readonly ScoredTerm[]): ListCursor[] {
  const correction = snapshot.correction(view);
  const cursors: ListCursor[] = [];
  for (const term of terms) {
    const number = term.numbers[index];
    if (number < 0) continue;
    const tables = isTextKey(term.key) ? view.scoring.text : view.scoring.other;
    const pooled = pool.at(cursors.length);
    if (pooled !== undefined) {
      pooled.reset(view.segment, number, term.weight, tables, correction);
      cursors.push(pooled);
    } else {
      const made = new ListCursor(view.segment, number, term.weight, tables, correction);
      if (pool.length < POOL_MAX) pool.push(made);
      cursors.push(made);
    }
  }
  return cursors;
}

function searchView(view: SegmentView, cursors: ListCursor[], admitted: Admitted, best: BestDocuments): void {
  if (bounds.length <= cursors.length) bounds = new Float64Array(cursors.length * 2);
  for (let from = 0; from < view.segment.documents; from += WINDOW) {
    const to = Math.min(from + WINDOW, view.segment.documents);
    let total = 0;
    for (const cursor of cursors) total += cursor.enter(from, to);
    const needed = best.needed;
    if (total <= needed || total === 0) continue;
    sortByBound(cursors);
    for (let at = 0; at < cursors.length; at += 1) bounds[at + 1] = bounds[at] + cursors[at].bound;
    let first = 0;
    while (first < cursors.length && bounds[first + 1] <= needed) first += 1;
    for (let at = first; at < cursors.length; at += 1) {
      if (cursors[at].bound > 0) cursors[at].addTo(window, from, to, needed - (total - cursors[at].bound));
    }
    let count = collect(from, to, admitted, needed - bounds[first]);
    // The lists left out are asked for the documents still in question, the most promising list first.
    for (let list = first - 1; list >= 0 && count > 0 && cursors[list].bound > 0; list -= 1) {
      count = cursors[list].addToPlaces(window, count, from, bounds[list], needed);
    }
    for (let at = 0; at < count; at += 1) {
      const place = window.places[at];
      best.add(view.base + from + place, window.sums[place]);
      window.sums[place] = 0;
    }
  }
}

/** A handful of lists, nearly in order already: insertion sort. */
function sortByBound(cursors: ListCursor[]): void {
  for (let at = 1; at < cursors.length; at += 1) {
    const cursor = cursors[at];
    let to = at;
    while (to > 0 && cursors[to - 1].bound > cursor.bound) {
      cursors[to] = cursors[to - 1];
      to -= 1;
    }
    cursors[to] = cursor;
  }
}

/**
 * Notes the touched places whose sum is above `needed` and that are admitted, and clears all others.
 * @returns how many
 */
function collect(from: number, to: number, admitted: Admitted, needed: number): number {
  const { sums, touched, places } = window;
  let count = 0;
  const words = (to - from + 31) >>> 5;
  for (let word = 0; word < words; word += 1) {
    let bits = touched[word];
    if (bits === 0) continue;
    touched[word] = 0;
    // Windows begin at multiples of 32, so the words of both bitsets lie on each other.
    const allowed = admitted === null ? bits : bits & admitted[(from >>> 5) + word];
    while (bits !== 0) {
      const bit = bits & -bits;
      const place = (word << 5) + (31 - Math.clz32(bit));
      bits ^= bit;
      if (sums[place] > needed && (allowed & bit) !== 0) places[count++] = place;
      else sums[place] = 0;
    }
  }
  return count;
}
