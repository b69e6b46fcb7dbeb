/** What can be reported, what moderators can do about it, and in which order they are asked to look. Pure. */
import type { TrustLevel } from "./account.ts";

/** The only reasons for a flag: each is a rule that somebody can check. */
export const FLAG_REASONS = [
  { reason: "spam", name: "Advertising or spam" },
  { reason: "rude", name: "Rude or personal" },
  { reason: "off-topic", name: "Not about the paper" },
  { reason: "false", name: "Claims something false of the paper" },
  { reason: "duplicate", name: "The same paper is here already" },
  { reason: "private", name: "Private data of somebody" },
  { reason: "other", name: "Something else" },
] as const;
export type FlagReason = (typeof FLAG_REASONS)[number]["reason"];

export const isFlagReason = (text: string): text is FlagReason => FLAG_REASONS.some(({ reason }) => reason === text);

/** A note and a picture go by the id of the submission that they came with. */
const SUBJECT_KINDS = ["comment", "note", "picture", "paper", "account"] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

export const isSubjectKind = (text: string): text is SubjectKind => SUBJECT_KINDS.some((kind) => kind === text);

export const FLAG_LIMITS = { wordsChars: 1_000, perDay: 20 } as const;

/** Everything a moderator can do. Each stands in the public log with a reason, and can be undone. */
export const MODERATION_ACTS = [
  { act: "hide-comment", name: "hid a comment", of: "hid a comment by" },
  { act: "show-comment", name: "let a comment show", of: "let a comment show by" },
  { act: "hide-note", name: "hid the note of a submission", of: "hid the note of a submission by" },
  { act: "hide-picture", name: "hid the picture of a submission", of: "hid the picture of a submission by" },
  { act: "suspend", name: "suspended an account", of: "suspended" },
  { act: "unsuspend", name: "ended a suspension", of: "ended the suspension of" },
  { act: "stop-invites", name: "ended an account's right to invite", of: "ended the right to invite of" },
  { act: "allow-invites", name: "let somebody invite again", of: "let invite again" },
  { act: "set-trust", name: "changed an account's trust", of: "changed the trust of" },
  { act: "set-role", name: "changed an account's role", of: "changed the role of" },
  { act: "verify-claim", name: "confirmed an author", of: "confirmed as an author" },
  { act: "refuse-claim", name: "refused a claim", of: "refused the claim of" },
  { act: "revert-word", name: "put an author's change back", of: "put back a change by" },
  { act: "dismiss-flags", name: "found nothing wrong", of: "found nothing wrong with" },
] as const;
export type ModerationAct = (typeof MODERATION_ACTS)[number]["act"];

const wordsOf = (act: ModerationAct) => MODERATION_ACTS.find((one) => one.act === act)!;

/** "hid a comment" */
export const nameOfAct = (act: ModerationAct): string => wordsOf(act).name;

/** "hid a comment by", before the name of the person concerned. */
export const actBeforePerson = (act: ModerationAct): string => wordsOf(act).of;

/** Suspensions a moderator can choose, in days. */
export const SUSPENSION_DAYS = [1, 7, 30, 365] as const;

/** What weighs in the queue: flags by those who know the place count more, and one flag never outweighs two. */
const FLAG_WEIGHT: Record<TrustLevel, number> = { 0: 1, 1: 1.5, 2: 1.9 };

/**
 * How urgent a reported thing is.
 * @param flaggers trust of each account that reported it
 * @param writer trust of who made it
 */
export function urgency(flaggers: readonly TrustLevel[], writer: TrustLevel | null): number {
  const weight = flaggers.reduce<number>((sum, trust) => sum + FLAG_WEIGHT[trust], 0);
  return weight * (writer === 2 ? 0.5 : 1);
}
