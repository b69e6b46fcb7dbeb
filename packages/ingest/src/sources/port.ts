/** What every source of papers but arXiv looks like from inside: a list, read page by page, that can be gone on with. */
import type { EditionDate, IncomingRecord } from "@paperwire/domain";

export type SourceItem =
  | { id: string; record: IncomingRecord }
  /** Turned away by the adapter, with the reason. */
  | { id: string; refused: string };

export type SourcePage = {
  items: readonly SourceItem[];
  /** Where the list goes on, as JSON of at most a few KB; null at its end. */
  next: unknown;
  /** Items of the whole list, where the source says so. */
  total: number | null;
  /** How much of the list is read after this page, 0..1; null where nobody can tell. */
  share: number | null;
  /** What the next list begins with: validators of a conditional request. Kept as it is. */
  kept?: unknown;
};

export type ListRange = {
  /** First day whose changes are wanted. */
  from: EditionDate;
  /** The day on which the list begins, UTC. */
  today: EditionDate;
  /** `SourcePage.kept` of the last list that came to its end. */
  kept?: unknown;
};

export type PaperSource = {
  /** In marks, turns and on the command line: `hf`, `openreview`. */
  name: string;
  /** For sentences: "OpenReview". */
  title: string;
  /** What a set is called there, for help and errors: "a venue, such as ICLR.cc/2026/Conference". */
  setSentence: string;
  /** @throws DomainError `invalid` */
  checkSet(set: string): string;
  /** Days before today with which a first list begins where nobody said when; null: the list has no days. */
  firstDays: number | null;
  /** Days that the next list goes back behind the day on which this one began: what may still have changed there. */
  overlapDays: number;
  /** The first cursor of a list. */
  begin(set: string, range: ListRange): unknown;
  /**
   * @param cursor  from `begin` or `SourcePage.next`, also one that an older version of this program saved
   * @throws DomainError `upstream`; `invalid`: not a cursor of this source, and the list is to be begun anew
   */
  readPage(set: string, cursor: unknown, signal?: AbortSignal): Promise<SourcePage>;
};
