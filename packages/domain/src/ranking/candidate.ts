/** What is known of a paper when it is ranked: sums and facts, nothing about any person. */
import type { EditionDate } from "../edition-date.ts";
import type { PaperId } from "../paper.ts";

/** A paper's upvotes, and how many of them its place does not rest on. All are 0 or more. */
export type VoteCounts = {
  /** As the page shows them: what sources brought, and our own readers gave. */
  shown: number;
  /** Of these, by readers of this site: the only ones that we can look into. */
  here: number;
  /** Of `here`, by the paper's own authors: whole votes. */
  byAuthors: number;
  /** Of `here`, held back because an account is new: parts of votes. */
  heldNew: number;
  /** Of `here`, held back because accounts vote as one: parts of votes (see `likeness.ts`). */
  heldAlike: number;
};

export type Candidate = {
  id: PaperId;
  /** Main category, `cs.IR`; empty where none is known: such papers are one field of their own. */
  field: string;
  /** Further categories and topics, for a reader's own fields. As `topicKey` gives them. */
  topics: readonly string[];
  /** The edition through which it is shown. */
  edition: EditionDate;
  /** 1-based place in the source's own order; null where it has none. Only ever breaks ties. */
  position: number | null;
  votes: VoteCounts;
  /** Looks at its card, weighted by place (see `exposure.ts`); null where nobody counts. */
  looks: number | null;
  /** Stars its code gained, and citations it gained, within the window; null where unknown. */
  starsGained: number | null;
  citationsGained: number | null;
  /** Place among the curators' picks of its edition, from 1; null where it was not picked. */
  pick: number | null;
  /** Natural log of the votes its text promises, relative to its field's usual (see `taste.ts`); 0 where unknown. */
  promise: number;
};

/** One summand of a score. */
export type TermName =
  | "votes"
  | "authors"
  | "new"
  | "alike"
  | "looks"
  | "progress"
  | "chance"
  | "text"
  | "stars"
  | "citations"
  | "share"
  | "pick"
  | "age"
  | "fields";

export type Part = { term: TermName; value: number };

/** Votes that a paper's place rests on. */
export function countedVotes({ shown, byAuthors, heldNew, heldAlike }: VoteCounts): number {
  return Math.max(0, shown - byAuthors - heldNew - heldAlike);
}

export const NO_VOTES: VoteCounts = { shown: 0, here: 0, byAuthors: 0, heldNew: 0, heldAlike: 0 };
