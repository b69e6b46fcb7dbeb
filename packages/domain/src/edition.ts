/** An edition: one day's papers, who put them forward and where they stand. */
import type { EditionDate } from "./edition-date.ts";
import type { Identifier, Paper, PaperFacts } from "./paper.ts";

/** A person known by a user name, here or on the site an edition was taken from. */
export type Submitter = { name: string; fullname: string };

/** What a source says of a paper's place in an edition. */
export type EntryFacts = {
  edition: EditionDate;
  /** 1-based place in the source's own order; ties in votes fall back to it. */
  position?: number;
  /** ISO 8601, UTC. */
  submittedAt?: string;
  submittedBy?: Submitter;
  upvotes?: number;
  numComments?: number;
};

/** An entry as it stands. */
export type EditionEntry = {
  edition: EditionDate;
  /** 1-based, by upvotes, then the source's order. */
  place: number;
  submittedAt: string | null;
  submittedBy: Submitter | null;
  /** All of them: those that the source brought, as of when it was read, and those of this site's accounts. */
  upvotes: number;
  /** The part of `upvotes` that accounts of this site gave; absent where there is none. */
  upvotesHere?: number;
  /** All of them: those that the source counted, and those that show on this site. */
  numComments: number;
  /** That a curator picked it for this edition, and what they noted; absent where none did. */
  pick?: { note?: string };
  /** The earlier day of its announcement, where the paper came in after that; the edition opened with it. */
  announcedOn?: EditionDate;
};

/** A paper together with the entry through which a list shows it; null where it was in no edition yet. */
export type ListedPaper = {
  paper: Paper;
  entry: EditionEntry | null;
  /** Upvotes by accounts of this site, also for a paper in no edition; absent where there is none. */
  upvotesHere?: number;
  /** Comments that show on this site, also for a paper in no edition; absent where there is none. */
  commentsHere?: number;
};

/** Comments on this site and those that the source counted. */
export function commentsOf({ entry, commentsHere = 0 }: Pick<ListedPaper, "entry" | "commentsHere">): number {
  return entry?.numComments ?? commentsHere;
}

/** What a list shows and orders by: what the source brought and what was given here. */
export function upvotesOf({ entry, upvotesHere = 0 }: Pick<ListedPaper, "entry" | "upvotesHere">): number {
  return entry?.upvotes ?? upvotesHere;
}

/** One record on its way in: how the work is named, what is said of it, and where it stood. */
export type IncomingRecord = {
  /** First match wins; empty means that only the title can tell. */
  identifiers: readonly Identifier[];
  facts: PaperFacts;
  entry?: EntryFacts;
  /** When the source said so, ISO 8601; absent counts as always current. */
  asOf?: string;
  /** Whose notices are all in `facts`: one that this source no longer makes is taken back. */
  speaksFor?: string;
};

/** What became of a record. */
export type Outcome = "added" | "updated" | "unchanged";
