/** What an import came to, and how that is told to the shell. */
import type { Outcome } from "@paperwire/domain";
import type { FormatName } from "./formats/format.ts";

/** Refusals that are kept with their reasons; further ones are only counted. */
export const REFUSALS_KEPT = 1_000;

export type RefusedLine = {
  /** 1-based line of the unpacked input. */
  line: number;
  /** A sentence, safe to print. */
  reason: string;
};

export type ImportSummary = {
  /** Null where it could not be found out. */
  format: FormatName | null;
  /** Records met: added + updated + unchanged + refused. */
  read: number;
  added: number;
  updated: number;
  unchanged: number;
  refused: number;
  /** The first `REFUSALS_KEPT`, in the order of the input. */
  refusals: RefusedLine[];
  /** As the input came, before unpacking. */
  bytesRead: number;
  /** What was concluded rather than read ("The page names no year: …"). */
  notes: string[];
  /** Why the input as a whole could not be read, or not further. */
  unreadable?: string;
};

/** 0: all good. 2: something was refused, the rest is in. 1: nothing could be read. */
export function exitCode(summary: Pick<ImportSummary, "read" | "refused" | "unreadable">): 0 | 1 | 2 {
  const good = summary.read - summary.refused;
  if (good === 0 && (summary.unreadable !== undefined || summary.refused > 0)) return 1;
  return summary.refused > 0 || summary.unreadable !== undefined ? 2 : 0;
}

export type Counts = Pick<ImportSummary, "read" | "added" | "updated" | "unchanged" | "refused">;

export const noCounts = (): Counts => ({ read: 0, added: 0, updated: 0, unchanged: 0, refused: 0 });

/** Only what the store committed is counted here. */
export function countOutcomes(counts: Counts, outcomes: readonly Outcome[]): void {
  for (const outcome of outcomes) {
    counts.read++;
    counts[outcome]++;
  }
}
