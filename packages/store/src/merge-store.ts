/** What the store keeps of papers that turned out to be one work. */
import type { Evidence, PaperId } from "@paperwire/domain";
import type { Page, PageRequest } from "./paging.ts";

export type MergeId = string;

export type Merge = {
  id: MergeId;
  winner: PaperId;
  loser: PaperId;
  /** As they were called when they were merged. */
  winnerTitle: string;
  loserTitle: string;
  /** Null where a person decided. */
  evidence: Evidence | null;
  /** `take-in`, `duplicates` (the command), or who decided. */
  by: string;
  at: string;
  undone: { at: string; by: string } | null;
  /** Rows of other tables that went along, by table. */
  moved: Record<string, number>;
};

export type NewMerge = {
  papers: readonly [PaperId, PaperId];
  /** Without it, see `winnerOf` in `merges.ts`. */
  keep?: PaperId;
  evidence: Evidence | null;
  by: string;
};

export type MergeStore = {
  /**
   * Makes one paper of two: facts join as `mergeFacts` says, everything that refers to the loser refers to the winner, and
   * the loser's address leads to the winner from then on.
   * @throws DomainError `not-found`: no such paper; `invalid`: one paper twice; `conflict`: somebody said they are two works
   */
  merge(merge: NewMerge): Promise<Merge>;
  /**
   * Makes two papers of one again, as they were; what others changed since stays. The pair is not merged again.
   * @throws DomainError `not-found`; `conflict`: it is undone already, or the winner was itself merged away
   */
  undo(id: MergeId, by: string): Promise<Merge>;
  find(id: MergeId): Promise<Merge | null>;
  /** Newest first. */
  list(page: PageRequest & { undone?: boolean }): Promise<Page<Merge>>;
  /** Merges that made a paper what it is, newest first. At most 100. */
  listOf(winner: PaperId): Promise<Merge[]>;
  /** Where a paper's address leads after merges; null where it was not merged away. */
  findWinner(id: PaperId): Promise<PaperId | null>;
  /** Papers that went since a revision, for an index that follows; by revision, none above `until`. */
  listGone(range: { after: number; until: number }): Promise<PaperId[]>;
  /** Says that two papers are two works, merged or not. */
  distinguish(papers: readonly [PaperId, PaperId], by: string): Promise<void>;
  /** Of some pairs, those that somebody distinguished, as `smaller larger`. At most 1000. */
  distinguishedAmong(pairs: readonly (readonly [PaperId, PaperId])[]): Promise<Set<string>>;
};

/** One name for a pair, whichever comes first. */
export function pairName([a, b]: readonly [PaperId, PaperId]): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
