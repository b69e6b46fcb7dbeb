/**
 * Finds the documents with the highest sums of term scores without looking at all of them: window by window, the largest
 * impact of each list tells which lists can matter and which documents cannot get into the result. Sums are whole numbers,
 * rounded up; the few documents that they leave in question are scored exactly.
 * @source Turtle & Flood 1995 (MaxScore); Ding & Suel, SIGIR 2011 (block maxima); windows as in Lucene's MaxScoreBulkScorer
 */

import { IMPACT_MAX, WINDOW, windowsOf } from "../segment/impact-tables.ts";
import { isTextKey } from "../segment/term-keys.ts";
import type { SegmentView, Snapshot } from "../snapshot.ts";
import type { Candidate } from "./best-documents.ts";
import { type Collector, EarlyCollector, LateCollector } from "./collector.ts";
import type { ListCursor } from "./list-cursor.ts";
import { openCursor, takeBackCursors } from "./open-cursors.ts";
import { type Admission, keepAbove, keepAdmitted, newWindow, takeMarked } from "./window.ts";

/**
 * A term to score: `weight` is its weight in the query times its idf, `numbers` its number in each segment (-1 where
 * absent), `documents` how many living ones hold it.
 */
export type ScoredTerm = { key: string; weight: number; numbers: readonly number[]; documents: number };

/**
 * A list without which documents get in is added all the same if it has at most so many times as many postings as those
 * that must be: asking it for single documents would take longer, and the better sums leave fewer candidates.
 */
const ADDED_SHARE = 2;
/** Asking a list for one document takes as long as adding so many of its postings. */
const ASKED_POSTINGS = 32;

const window = newWindow();
let bounds = new Float64Array(64);

/** The `limit` documents of the snapshot with the highest scores, best first; equal scores by lower number. */
export function findBest(
  snapshot: Snapshot,
  terms: readonly ScoredTerm[],
  admissions: readonly Admission[],
  limit: number,
): Candidate[] {
  const unit = unitOf(snapshot, terms);
  const collector = admissions.some(({ accepts }) => accepts !== null)
    ? new EarlyCollector(limit, unit, (index, document) => admissions[index].accepts?.(document) ?? true)
    : new LateCollector(limit, unit);
  try {
    snapshot.views.forEach((view, index) => {
      const cursors = openLists(snapshot, view, index, terms, unit);
      if (cursors.length === 0) return;
      collector.enter(view, index, cursors);
      searchView(view.segment.documents, cursors, admissions[index].bits, collector);
    });
    return collector.finish();
  } finally {
    takeBackCursors();
  }
}

/** What a score of 1 is worth, so that no sum exceeds 31 bits; each list may round up by a step of its impacts. */
function unitOf(snapshot: Snapshot, terms: readonly ScoredTerm[]): number {
  let weights = 0;
  for (const term of terms) weights += term.weight;
  let most = 1;
  for (const view of snapshot.views) most = Math.max(most, snapshot.drift(view).most);
  return (2 ** 31 - 1 - terms.length * (IMPACT_MAX + 1)) / (weights * most);
}

function openLists(
  snapshot: Snapshot,
  view: SegmentView,
  index: number,
  terms: readonly ScoredTerm[],
  unit: number,
): ListCursor[] {
  const drift = snapshot.drift(view);
  const { segment, scoring } = view;
  const cursors: ListCursor[] = [];
  for (const { key, numbers, weight } of terms) {
    const tables = isTextKey(key) ? scoring.text : scoring.other;
    if (numbers[index] >= 0) cursors.push(openCursor({ segment, term: numbers[index], weight, unit, drift, tables }));
  }
  return cursors;
}

function searchView(documents: number, cursors: ListCursor[], bits: Uint32Array | null, collector: Collector): void {
  if (bounds.length <= cursors.length) bounds = new Float64Array(cursors.length * 2);
  const windows = windowsOf(documents);
  for (let number = 0; number < windows; number += 1) {
    let total = 0;
    for (let at = 0; at < cursors.length; at += 1) total += cursors[at].enter(number);
    const { needed } = collector;
    if (total <= needed || total === 0) continue;
    sortByBound(cursors);
    for (let at = 0; at < cursors.length; at += 1) bounds[at + 1] = bounds[at] + cursors[at].bound;
    let first = 0;
    while (first < cursors.length && bounds[first + 1] <= needed) first += 1;
    const added = withCheap(cursors, first);
    let count = addLists(cursors, added, first, needed - bounds[added]);
    const from = number * WINDOW;
    if (bits !== null) count = keepAdmitted(window, count, from, bits);
    count = askOthers(cursors, added, count, needed);
    for (let at = 0; at < count; at += 1) {
      const worth = window.sums[window.places[at]];
      if (worth > collector.needed) collector.offer(from + window.places[at], worth);
    }
    window.sums.fill(0);
  }
}

/** @returns from which list on adding everything is cheaper than asking for single documents */
function withCheap(cursors: readonly ListCursor[], first: number): number {
  let postings = 0;
  for (let at = first; at < cursors.length; at += 1) postings += cursors[at].size;
  let cheap = first;
  while (cheap > 0 && cursors[cheap - 1].size <= ADDED_SHARE * postings) {
    cheap -= 1;
    postings += cursors[cheap].size;
  }
  return cheap;
}

/**
 * Adds the lists from `added` on. No document can get in without one of those from `first` on, so only these make
 * candidates. @returns how many
 */
function addLists(cursors: readonly ListCursor[], added: number, first: number, cut: number): number {
  const last = cursors.length - 1;
  for (let at = added; at < first; at += 1) cursors[at].add(window);
  if (first === last) return cursors[last].take(window, cut);
  for (let at = first; at <= last; at += 1) cursors[at].mark(window, cut);
  return takeMarked(window);
}

/** Adds the lists before `added`, the most promising first, as far as candidates are left in question. @returns how many */
function askOthers(cursors: readonly ListCursor[], added: number, candidates: number, needed: number): number {
  let count = candidates;
  for (let at = added - 1; at >= 0 && count > 0 && cursors[at].bound > 0; at -= 1) {
    const cursor = cursors[at];
    const least = needed - bounds[at];
    if (cursor.size > count * ASKED_POSTINGS) count = cursor.ask(window, count, least);
    else {
      cursor.add(window);
      count = keepAbove(window, count, least);
    }
  }
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
