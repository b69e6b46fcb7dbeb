/**
 * Finds the documents with the highest sums of term scores without looking at all of them: window by window, block
 * maxima tell which lists can matter and which documents cannot get into the result.
 * @source Turtle & Flood 1995 (MaxScore); Ding & Suel, SIGIR 2011 (block maxima); windows as in Lucene's MaxScoreBulkScorer
 */

import { isTextKey } from "../segment/term-keys.ts";
import type { SegmentView, Snapshot } from "../snapshot.ts";
import type { BestDocuments } from "./best-documents.ts";
import { ListCursor } from "./list-cursor.ts";
import { type Admission, keepAdmitted, newWindow, takeMarked, WINDOW } from "./window.ts";

/**
 * A term to score: `weight` is its weight in the query times its idf, `numbers` its number in each segment (-1 where
 * absent), `documents` how many living ones hold it.
 */
export type ScoredTerm = { key: string; weight: number; numbers: readonly number[]; documents: number };

/** The first windows are smaller, so that what is needed to get in is known before much has been added. */
const WINDOW_FIRST = 256;

/**
 * A list without which documents get in is added all the same if it holds at most so many times as many documents as those
 * that must be: asking it for single documents would take longer, and the better sums leave fewer candidates.
 */
const ADDED_SHARE = 1;

const window = newWindow();

/** Cursors lie ready: making one costs more than reading a short list. A longer query makes its own. */
const POOL_MAX = 64;
const pool: ListCursor[] = [];
let bounds = new Float64Array(POOL_MAX + 1);

/** Adds all documents of the snapshot that can be among the best to `best`. */
export function findBest(
  snapshot: Snapshot,
  terms: readonly ScoredTerm[],
  admissions: readonly Admission[],
  best: BestDocuments,
): void {
  snapshot.views.forEach((view, index) => {
    const cursors = openCursors(snapshot, view, index, terms);
    if (cursors.length > 0) searchView(view, cursors, admissions[index], best);
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

function searchView(view: SegmentView, cursors: ListCursor[], admission: Admission, best: BestDocuments): void {
  if (bounds.length <= cursors.length) bounds = new Float64Array(cursors.length * 2);
  const { documents } = view.segment;
  let size = WINDOW_FIRST;
  for (let from = 0; from < documents; from += size, size = Math.min(WINDOW, from)) {
    const to = Math.min(from + size, documents);
    let total = 0;
    for (const cursor of cursors) total += cursor.enter(from, to);
    const needed = best.needed;
    if (total <= needed || total === 0) continue;
    sortByBound(cursors);
    for (let at = 0; at < cursors.length; at += 1) bounds[at + 1] = bounds[at] + cursors[at].bound;
    let first = 0;
    while (first < cursors.length && bounds[first + 1] <= needed) first += 1;
    const added = withCheap(cursors, first);
    let count = addLists(cursors, added, first, from, to, needed);
    if (admission.bits !== null) count = keepAdmitted(window, count, from, admission.bits);
    // The lists left out are asked for the documents still in question, the most promising list first.
    for (let list = added - 1; list >= 0 && count > 0 && cursors[list].bound > 0; list -= 1) {
      count = cursors[list].lookUp(window, count, from, bounds[list], needed);
    }
    for (let at = 0; at < count; at += 1) {
      const document = from + window.places[at];
      const score = window.scores[at];
      if (score > best.needed && (admission.accepts === null || admission.accepts(document)))
        best.add(view.base + document, score);
    }
  }
}

/** @returns from which list on adding everything is cheaper than asking for single documents */
function withCheap(cursors: readonly ListCursor[], first: number): number {
  let density = 0;
  for (let at = first; at < cursors.length; at += 1) if (cursors[at].bound > 0) density += cursors[at].density;
  let cheap = first;
  while (cheap > 0 && cursors[cheap - 1].density <= ADDED_SHARE * density) {
    cheap -= 1;
    if (cursors[cheap].bound > 0) density += cursors[cheap].density;
  }
  return cheap;
}

/**
 * Adds the lists from `added` on. No document can get in without one of those from `first` on, so only these, or if it is
 * one, only this, make candidates. @returns how many
 */
function addLists(
  cursors: readonly ListCursor[],
  added: number,
  first: number,
  from: number,
  to: number,
  needed: number,
): number {
  const last = cursors.length - 1;
  const total = bounds[cursors.length];
  const cut = needed - bounds[added];
  let count = 0;
  for (let at = added; at <= last; at += 1) {
    const cursor = cursors[at];
    if (cursor.bound === 0) continue;
    const use = at < first ? "add" : at === first && first === last ? "take" : "mark";
    count = cursor.addTo(window, from, to, needed - (total - cursor.bound), cut, use);
  }
  if (first < last) count = takeMarked(window, to - from);
  if (added < last) window.sums.fill(0, 0, to - from);
  return count;
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
