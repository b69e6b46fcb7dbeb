/** What curators do: pick, order, annotate, pass over, decide on submissions, close. */
import {
  type Account,
  atLeast,
  CURATION_LIMITS,
  closeRefusal,
  conflict,
  curationRefusal,
  type EditionClock,
  type EditionDate,
  editionDateAt,
  forbidden,
  invalid,
  notFound,
  SUBMISSION_LIMITS,
} from "@paperwire/domain";
import type { DeskOutcome, Submission } from "@paperwire/store";
import { paperNamed } from "./named-paper.ts";
import type { CommunityParts } from "./parts.ts";
import { changesSince, type PickChanges } from "./seen-picks.ts";

export type DeskParts = CommunityParts & { editionClock: EditionClock };

export type DeskAct =
  | { act: "pick" | "unpick" | "pass" | "unpass" }
  | { act: "move"; to: number; from?: number | undefined }
  | { act: "annotate"; note: string; was?: string | undefined };

export type DeskWish = DeskAct & { account: Account; date: EditionDate; paperId: string };

/** @throws DomainError `forbidden`: no curator; `conflict`: the edition is closed or full; `not-found`, `invalid` */
export async function curate({ store }: Pick<DeskParts, "store">, wish: DeskWish): Promise<void> {
  refuseReaders(wish.account);
  const { date } = wish;
  const { id: paperId } = await paperNamed({ store }, wish.paperId);
  const act = { date, paperId, by: wish.account.id };
  if (wish.act === "move") return settle(await store.desk.move({ ...act, to: wish.to, from: wish.from }), date);
  if (wish.act === "annotate") {
    const was = wish.was === undefined ? undefined : foldedNote(wish.was);
    return settle(await store.desk.annotate({ ...act, note: curatorsNote(wish.note), was }), date);
  }
  return settle(await store.desk[wish.act](act), date);
}

/** @throws DomainError `forbidden`, `not-found`, `conflict`, `invalid` (declining needs a reason) */
export async function decideSubmission(
  { store, clock, editionClock }: DeskParts,
  wish: { account: Account; id: string; state: "waiting" | "shown" | "declined"; reason: string },
): Promise<Submission> {
  refuseReaders(wish.account);
  const reason = wish.reason.replace(/\s+/g, " ").trim();
  if (wish.state === "declined" && reason === "") throw invalid("Say why: the sender reads it.");
  if (reason.length > SUBMISSION_LIMITS.reasonChars) {
    throw invalid(`The reason is longer than ${SUBMISSION_LIMITS.reasonChars} characters.`);
  }
  const edition = await store.desk.openFrom(editionDateAt(clock(), editionClock));
  const decided = await store.submissions.decide(wish.id, {
    by: wish.account.id,
    state: wish.state,
    edition,
    reason: wish.state === "declined" ? reason : null,
  });
  if (decided === null) {
    throw conflict(
      "There is nothing to decide any more: another curator did, it was taken back, or its edition closed.",
    );
  }
  return decided;
}

/**
 * @param seen the picks as `writeSeenPicks` wrote them on the page that asked; undefined asks nothing
 * @returns what changed since then: nothing is closed; null where it is closed now, by this or by the same press before
 * @throws DomainError `forbidden`, `invalid`; `conflict` with the reason
 */
export async function closeByHand(
  { store, clock, editionClock }: DeskParts,
  { account, date, seen }: { account: Account; date: EditionDate; seen?: string | undefined },
): Promise<PickChanges | null> {
  refuseReaders(account);
  const today = editionDateAt(clock(), editionClock);
  return store.desk.close({ date, by: account.id }, (state, picks) => {
    const changes = seen === undefined ? null : changesSince(seen, picks);
    // A button that was pressed twice, or two curators who saw the same: it is closed as they wanted it.
    if (state.closed && seen !== undefined && changes === null) return null;
    const why = closeRefusal(state, today);
    if (why !== null) throw conflict(why);
    return changes;
  });
}

/** Closes the editions whose day is over; called by a timer. @returns which */
export function closeByClock({ store, clock, editionClock }: DeskParts): Promise<EditionDate[]> {
  return store.desk.closeOverdue(editionDateAt(clock(), editionClock));
}

function refuseReaders(account: Account): void {
  if (!atLeast(account.role, "curator"))
    throw forbidden("This is for accounts with the role curator, or a higher one.");
}

function settle(outcome: DeskOutcome, date: EditionDate): void {
  if (outcome === "closed") throw conflict(curationRefusal({ date, closed: true })!);
  if (outcome === "full") throw conflict(`An edition has at most ${CURATION_LIMITS.picks} picks. Take one away first.`);
  if (outcome === "changed") {
    throw conflict("Another curator changed this after you loaded the desk. Load it again to see how it is now.");
  }
  if (outcome === "unknown") throw notFound("That paper is not there any more. Load the desk again.");
}

function curatorsNote(typed: string): string | null {
  const note = foldedNote(typed);
  if (note === null || note.length <= CURATION_LIMITS.noteChars) return note;
  throw invalid(`The note has ${note.length} characters; at most ${CURATION_LIMITS.noteChars} are taken.`);
}

const foldedNote = (typed: string) => typed.replace(/\s+/g, " ").trim() || null;
