/** Putting a paper forward: what a sender sees first, the act itself, and taking it back. */
import { createHash } from "node:crypto";
import {
  type Account,
  conflict,
  type EditionClock,
  type EditionDate,
  editionDateAt,
  firstState,
  forbidden,
  invalid,
  type ListedPaper,
  notFound,
  type Paper,
  SUBMISSION_LIMITS,
  type SubmissionState,
  submissionRefusal,
  submissionsPerDay,
  tooMany,
  undoRefusal,
} from "@paperwire/domain";
import type { Submission } from "@paperwire/store";
import { cleanImage } from "./clean-image.ts";
import { paperNamed } from "./named-paper.ts";
import type { CommunityParts } from "./parts.ts";

const DAY_MS = 86_400_000;

export type SubmitParts = CommunityParts & {
  editionClock: EditionClock;
  /** Days after publication in which a paper may be put forward; 0 is no limit. */
  submitAgeDays: number;
};

export type SubmissionDraft = {
  paper: Paper;
  listed: ListedPaper;
  /** Others of the same title. */
  namesakes: ListedPaper[];
  /** Why it cannot be sent; null where it can. */
  refusal: string | null;
  /** To which edition it would go, and in which state. */
  edition: EditionDate;
  state: SubmissionState;
  /** How many more the account may send today, this one included. */
  left: number;
};

/** @throws DomainError `not-found` */
export async function draftSubmission(
  { store, clock, editionClock, submitAgeDays }: SubmitParts,
  { account, paperId }: { account: Account; paperId: string },
): Promise<SubmissionDraft> {
  const nowMs = clock();
  const { id } = await paperNamed({ store }, paperId);
  const [listed] = await store.papers.listByIds([id]);
  if (!listed) throw notFound("There is no such paper here. Look it up by its address first.");
  const { paper, entry } = listed;
  const [same, open, sentToday, edition] = await Promise.all([
    store.papers.listByTitle(paper.title),
    store.submissions.openOf(paper.id),
    store.submissions.countBy(account.id, nowMs - DAY_MS),
    store.desk.openFrom(editionDateAt(nowMs, editionClock)),
  ]);
  return {
    paper,
    listed,
    namesakes: same.filter((one) => one.paper.id !== paper.id),
    refusal: submissionRefusal({
      paper,
      account,
      edition: entry?.edition ?? null,
      waiting: open?.state === "waiting",
      sentToday,
      nowMs,
      ageDays: submitAgeDays,
    }),
    edition,
    state: firstState(account),
    left: Math.max(0, submissionsPerDay(account) - sentToday),
  };
}

export type SubmissionWish = {
  account: Account;
  paperId: string;
  note: string;
  image?: { file: Uint8Array; text: string };
};

/**
 * Puts a paper forward, as its draft said it would be.
 * @throws DomainError `not-found`, `invalid` (note or picture), `conflict` (refused, with the reason), `too-many` (the cap)
 */
export async function submitPaper(parts: SubmitParts, wish: SubmissionWish): Promise<Submission> {
  const { store, clock } = parts;
  const { account } = wish;
  const note = noteOf(wish.note);
  const image = wish.image ? pictureOf(wish.image) : null;
  const { paper, refusal, edition, state } = await draftSubmission(parts, wish);
  if (refusal !== null) throw conflict(refusal);
  const id = await store.submissions.add({
    accountId: account.id,
    paperId: paper.id,
    edition,
    state: state === "shown" ? "shown" : "waiting",
    note,
    image,
    cap: { most: submissionsPerDay(account), sinceMs: clock() - DAY_MS },
  });
  if (id === "known") throw conflict("Somebody else put this paper forward just now. You can upvote it.");
  if (id === "cap") throw tooMany("Your account has put forward as many papers as it may in 24 hours.");
  return (await store.submissions.find(id))!;
}

/** @throws DomainError `not-found`: the account has no such submission; `forbidden` with the reason */
export async function undoSubmission(
  { store }: Pick<CommunityParts, "store">,
  { account, id }: { account: Account; id: string },
): Promise<void> {
  const why = await store.submissions.undo(id, account.id, undoRefusal);
  if (why === undefined) throw notFound("There is no such submission of yours.");
  if (why !== null) throw forbidden(`It cannot be taken back: ${why.charAt(0).toLowerCase()}${why.slice(1)}`);
}

function noteOf(typed: string): string | null {
  const note = typed.replaceAll("\r\n", "\n").trim();
  if (note.length > SUBMISSION_LIMITS.noteChars) {
    throw invalid(`The note has ${note.length} characters; at most ${SUBMISSION_LIMITS.noteChars} are taken.`);
  }
  return note === "" ? null : note;
}

function pictureOf({ file, text }: NonNullable<SubmissionWish["image"]>) {
  const words = text.replace(/\s+/g, " ").trim();
  if (words === "") throw invalid("Say in words what the picture shows, for those who do not see it.");
  if (words.length > SUBMISSION_LIMITS.imageTextChars) {
    throw invalid(`The words about the picture are longer than ${SUBMISSION_LIMITS.imageTextChars} characters.`);
  }
  const image = cleanImage(file);
  return { ...image, id: createHash("sha256").update(image.bytes).digest("hex").slice(0, 32), text: words };
}
