/** Putting a paper forward: who may, which paper, how often; every refusal says why in words. */
import { type Account, atLeast, type TrustLevel } from "./account.ts";
import type { EditionDate } from "./edition-date.ts";
import type { Paper } from "./paper.ts";

/** `waiting`: a curator looks first. `shown`: in the edition. `declined`: with a reason. `undone`: by its sender. */
export const SUBMISSION_STATES = ["waiting", "shown", "declined", "undone"] as const;
export type SubmissionState = (typeof SUBMISSION_STATES)[number];

export const SUBMISSION_LIMITS = {
  noteChars: 1_000,
  imageTextChars: 300,
  reasonChars: 500,
  /** Papers in a day, by trust. */
  perDay: { 0: 1, 1: 3, 2: 10 } satisfies Record<TrustLevel, number>,
  perDayCurator: 50,
} as const;

const DAY_MS = 86_400_000;

export type SubmissionFacts = {
  paper: Pick<Paper, "publishedAt" | "publishedPrecision">;
  account: Pick<Account, "role" | "trust">;
  /** Of the paper's last edition, if it was in one. */
  edition: EditionDate | null;
  /** Whether somebody put it forward and it waits for a curator. */
  waiting: boolean;
  /** How many papers the account put forward in the last 24 hours; those taken back count, too. */
  sentToday: number;
  nowMs: number;
  /** Days after publication in which a paper may be put forward; 0 is no limit. */
  ageDays: number;
};

/** @returns why not, as a sentence; null where it may be sent */
export function submissionRefusal(facts: SubmissionFacts): string | null {
  if (facts.edition !== null) {
    return `This paper was in the edition of ${facts.edition}. A paper is put forward once; you can upvote it there.`;
  }
  if (facts.waiting)
    return "Somebody put this paper forward already; a curator will look at it soon. You can upvote it.";
  return ageRefusal(facts) ?? capRefusal(facts);
}

function ageRefusal({ paper, ageDays, nowMs }: SubmissionFacts): string | null {
  if (ageDays === 0 || paper.publishedAt === undefined) return null;
  // A day or a year stands for its end: nobody is refused for what is not known.
  const end = { instant: 0, day: DAY_MS, year: 366 * DAY_MS }[paper.publishedPrecision ?? "instant"];
  const days = Math.floor((nowMs - Date.parse(paper.publishedAt) - end) / DAY_MS);
  if (days < ageDays) return null;
  return `This paper was published on ${paper.publishedAt.slice(0, 10)}. Editions take papers of the last ${ageDays} days.`;
}

export function submissionsPerDay({ role, trust }: Pick<Account, "role" | "trust">): number {
  return atLeast(role, "curator") ? SUBMISSION_LIMITS.perDayCurator : SUBMISSION_LIMITS.perDay[trust];
}

function capRefusal({ account, sentToday }: SubmissionFacts): string | null {
  const most = submissionsPerDay(account);
  if (sentToday < most) return null;
  const papers = most === 1 ? "one paper" : `${most} papers`;
  return `Your account may put forward ${papers} in 24 hours; that many were sent. Try again tomorrow.`;
}

/** New accounts are looked at first; everybody else's papers are in the edition at once. */
export function firstState({ role, trust }: Pick<Account, "role" | "trust">): SubmissionState {
  return trust > 0 || atLeast(role, "curator") ? "shown" : "waiting";
}

export type UndoFacts = {
  state: SubmissionState;
  /** Upvotes by others than its sender. */
  votesOfOthers: number;
  picked: boolean;
  closed: boolean;
};

/** @returns why a submission cannot be taken back by its sender; null where it can */
export function undoRefusal({ state, votesOfOthers, picked, closed }: UndoFacts): string | null {
  if (state === "undone") return "This was taken back already.";
  if (state === "declined") return "This was declined; there is nothing left to take back.";
  if (closed) return "The edition is closed.";
  if (picked) return "A curator has picked the paper.";
  if (votesOfOthers > 0) return "Others have voted for the paper by now.";
  return null;
}
