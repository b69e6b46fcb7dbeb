/** Candidates of our own making, for tests. */
import { type Candidate, NO_VOTES, type VoteCounts } from "./candidate.ts";

export function candidate(
  id: string,
  { votes, ...more }: Partial<Omit<Candidate, "votes">> & { votes?: number | Partial<VoteCounts> } = {},
): Candidate {
  return {
    id,
    field: "cs.LG",
    topics: [],
    edition: "2025-03-28",
    position: null,
    looks: null,
    starsGained: null,
    citationsGained: null,
    pick: null,
    promise: 0,
    ...more,
    votes: { ...NO_VOTES, ...(typeof votes === "number" ? { shown: votes, here: votes } : votes) },
  };
}
