/**
 * Long posting lists as the first stage reads them: unpacked, cut at the borders of windows of documents, each posting with
 * the share of its term's weight that it is worth. Worked out when a segment is opened, 3 bytes a posting; in the file lists
 * are packed three times as tight.
 */
import { BLOCK } from "./posting-writer.ts";

export const WINDOW_BITS = 12;
/** Documents per window: their sums, 16 kB, stay in the fastest cache. */
export const WINDOW = 2 ** WINDOW_BITS;
/** A place in a window fills so much of 16 bits; above it are the low bits of the impact. */
export const PLACE_MASK = WINDOW - 1;
export const LOW_SHIFT = WINDOW_BITS;
export const LOW_BITS = 16 - WINDOW_BITS;
/** Impacts are whole numbers 1..4,095, rounded up. */
export const IMPACT_MAX = 2 ** (8 + LOW_BITS) - 1;
/** A list with fewer postings a window is not worth a table of its windows. */
const POSTINGS_A_WINDOW_MIN = 2;

export type ImpactTables = {
  /** Per posting: its document's place in the window, and the low bits of its impact above. */
  places: Uint16Array;
  /** Per posting: the high eight bits of its impact. */
  highs: Uint8Array;
  /** Per list, one more than there are windows: the first posting of each window. */
  starts: Uint32Array;
  /** Per list and window: the largest of `highs`. */
  maxima: Uint8Array;
  /** By the number of a list's first block: which list of these tables it is. */
  listAt: Int32Array;
};

export function windowsOf(documents: number): number {
  return Math.ceil(documents / WINDOW);
}

/** Whether a list is kept here. @param count  its postings */
export function isDense(count: number, documents: number): boolean {
  return count >= BLOCK && count >= POSTINGS_A_WINDOW_MIN * windowsOf(documents);
}

/** @param worth  0..1 @returns 1..4,095, never below what it stands for */
export function toImpact(worth: number): number {
  return Math.max(1, Math.min(IMPACT_MAX, Math.ceil(worth * IMPACT_MAX)));
}
