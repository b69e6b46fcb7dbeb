/** What the store keeps of sources: marks of harvests, turns to ask a host, and what was announced. */
import type { BatchDoor, DoorReport, EditionDate } from "@paperwire/domain";

/** Where a harvest goes on; `mark` is the harvester's own and opaque here. At most 64 KB as JSON. */
export type SourceMark = { source: string; set: string; mark: unknown };

/** What one door said, and which papers it lists as new. */
export type BatchReport = {
  source: string;
  set: string;
  day: EditionDate;
  door: BatchDoor;
  dated: EditionDate | null;
  claimed: number;
  entries: number;
  /** Ids of the source, repeats allowed. At most 10,000. */
  news: readonly string[];
  /** ISO 8601. */
  askedAt: string;
};

/** One batch as it stands, for `batchState` to judge. */
export type BatchRecord = {
  source: string;
  set: string;
  day: EditionDate;
  reports: (DoorReport & { askedAt: string })[];
  announced: number;
  stored: number;
  /** Median of the 20 batches before it; null where there are fewer than 5. */
  usual: number | null;
};

export type SourceStore = {
  findMark(source: string, set: string): Promise<unknown>;
  listMarks(): Promise<(SourceMark & { savedAt: string })[]>;
  /** Without papers; with papers a mark goes in through `PaperStore.takeIn`. */
  saveMark(mark: SourceMark): Promise<void>;
  /**
   * Asks for the turn at a host. Works across processes; their clocks should agree to about a second.
   * @param leaseMs  the turn ends by itself after so long, if its holder dies
   * @returns 0 where the turn is the holder's now, else the milliseconds after which to ask again
   */
  takeTurn(host: string, holder: string, leaseMs: number): Promise<number>;
  /** Makes the lease of a turn begin anew. @returns false where it has ended, and somebody else may have the turn */
  renewTurn(host: string, holder: string, leaseMs: number): Promise<boolean>;
  /** Gives the turn back; nobody gets it before `pauseMs` have passed. Without effect where the lease has ended. */
  endTurn(host: string, holder: string, pauseMs: number): Promise<void>;
  /** Ends every turn: only where no other process can hold one, as on an embedded database that was just opened. */
  endAllTurns(pauseMs: number): Promise<void>;
  /** Keeps what a door said; a paper belongs to the first batch that announced it. Repeating it changes nothing. */
  report(report: BatchReport): Promise<DoorReport>;
  /** Batches of the days, newest first, then by source and set. At most 5000. */
  /** Names of papers in one catalogue, in the order of their characters, after one of them; at most 1000. */
  listIdentifiers(scheme: string, page: { after: string; limit: number }): Promise<string[]>;
  countIdentifiers(scheme: string): Promise<number>;
  listBatches(range: { first: EditionDate; last: EditionDate }): Promise<BatchRecord[]>;
};
