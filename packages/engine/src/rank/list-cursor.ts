/** A posting list as the first stage walks it: forward, a window of documents at a time. */
import type { Segment } from "../segment/segment.ts";
import type { Drift } from "./formula.ts";
import type { ScoreTables } from "./score-tables.ts";
import type { WindowSums } from "./window.ts";

/** A list and what it is worth: `weight` in a score, `unit` is a score of 1 in the units of the sums. */
export type WeighedList = {
  segment: Segment;
  term: number;
  weight: number;
  unit: number;
  drift: Drift;
  tables: ScoreTables;
};

/** Worths are whole numbers, rounded up. Cursors are made once and used again. */
export interface ListCursor {
  /** Upper bound of the list's worth inside the current window. */
  bound: number;
  /** How many numbers have to be read to add its part of the window. */
  size: number;
  /** By how much a document's worth can be above what it would be exactly. */
  doubt: number;
  /** Moves to a window, which does not lie before the one entered last. @returns `bound` */
  enter(window: number): number;
  /** Adds its worth to the sums. */
  add(window: WindowSums): void;
  /** The same, and marks documents whose sum is above `cut`. */
  mark(window: WindowSums, cut: number): void;
  /** The same where no document gets in without this list: those above `cut` are the candidates. @returns how many */
  take(window: WindowSums, cut: number): number;
  /**
   * Adds its worth to the first `count` candidates alone and keeps those whose sum is then above `least`.
   * @returns how many were kept, in order, at the front of `places`
   */
  ask(window: WindowSums, count: number, least: number): number;
  /** The exact score that the term gives to any document of the segment, whatever window was entered last. */
  scoreOf(document: number): number;
  /** Lets go of the list. */
  close(): void;
}
