/** Reporting, deciding, undoing and appealing. */
import {
  type Account,
  atLeast,
  conflict,
  FLAG_LIMITS,
  forbidden,
  invalid,
  isFlagReason,
  notFound,
  type SubjectKind,
  tooMany,
} from "@paperwire/domain";
import type { Decision, LogEntry, Submission } from "@paperwire/store";
import type { CommunityParts } from "./parts.ts";

/** Told of each act, so that the person concerned learns of it: nobody is moderated without knowing. */
export type OnModerated = (entry: LogEntry) => Promise<void>;

export type Moderation = {
  /** @throws DomainError `invalid`, `not-found`, `too-many`, `conflict`: reported already */
  flag(by: Account, wish: { kind: SubjectKind; id: string; reason: string; words: string }): Promise<void>;
  /** @throws DomainError `forbidden`, `invalid`: no reason given; `conflict`: nothing to do */
  decide(by: Account, decision: Decision): Promise<LogEntry>;
  undo(by: Account, logId: string): Promise<LogEntry>;
  /** By the person concerned, once for each act. */
  appeal(by: Account, wish: { logId: string; words: string }): Promise<void>;
  /**
   * Grants by undoing, or refuses with a reason. Whoever acted may only grant, as long as there is another to judge.
   * @throws DomainError `forbidden`, `not-found`, `invalid`: no reason given; `conflict`: somebody was faster
   */
  settle(by: Account, wish: { appealId: string; grant: boolean; reason: string }): Promise<void>;
};

const DAY_MS = 86_400_000;
const REASON_CHARS = 500;
const APPEAL_CHARS = 1_000;

export function createModeration(
  { store, clock }: CommunityParts,
  onModerated: OnModerated = async () => {},
): Moderation {
  const undo = async (by: Account, logId: string) => {
    refuseBelowModerator(by);
    const known = await store.moderation.findEntry(logId);
    if (known) refuseUndo(by, known);
    const entry = await store.moderation.undo(by.id, logId);
    if (!entry) throw conflict("This cannot be undone: it is undone already, or something newer stands in its way.");
    await onModerated(entry);
    return entry;
  };
  return {
    undo,
    flag: async (by, { kind, id, reason, words }) => {
      if (!isFlagReason(reason)) throw invalid("Choose one of the reasons.");
      if (words.length > FLAG_LIMITS.wordsChars) throw invalid(`At most ${FLAG_LIMITS.wordsChars} characters.`);
      if (!(await exists({ store, clock }, kind, id))) throw notFound("There is nothing like that here.");
      if (kind === "account" && id === by.id) throw invalid("That is you.");
      if ((await store.moderation.countFlags(by.id, clock() - DAY_MS)) >= FLAG_LIMITS.perDay) {
        throw tooMany("You reported a lot today. Wait until tomorrow, or write to the people who run this site.");
      }
      const noted = await store.moderation.flag({ subject: { kind, id }, by: by.id, reason, words: words.trim() });
      if (!noted) throw conflict("You reported this already. A moderator looks at it, or has looked.");
    },
    decide: async (by, decision) => {
      refuseBelowModerator(by);
      if ((decision.act === "set-role" || decision.act === "set-trust") && decision.subject.id === by.id) {
        throw forbidden("Nobody changes their own role or trust.");
      }
      if (decision.act === "set-role" && by.role !== "admin") throw forbidden("Only an admin changes roles.");
      if (decision.act === "suspend" || decision.act === "stop-invites") await refuseAbove(by, decision.subject.id);
      const reason = readReason(decision.reason);
      const entry = await store.moderation.decide(by.id, { ...decision, reason });
      if (!entry) throw conflict("There is nothing to do: somebody was faster, or it is so already.");
      await onModerated(entry);
      return entry;
    },
    appeal: async (by, { logId, words }) => {
      const text = words.trim();
      if (text === "" || text.length > APPEAL_CHARS) {
        throw invalid(`Say in at most ${APPEAL_CHARS} characters why it should be looked at again.`);
      }
      const taken = await store.moderation.appeal({ logId, by: by.id, words: text });
      if (!taken) throw conflict("This was appealed already, or does not concern you.");
    },
    settle: async (by, { appealId, grant, reason }) => {
      refuseBelowModerator(by);
      const open = (await store.moderation.openAppeals()).find(({ id }) => id === appealId);
      if (!open) throw notFound("There is no such appeal. Somebody may have answered it.");
      const { entry, otherJudges } = open;
      if (entry.personId === by.id) throw forbidden("Nobody judges their own appeal.");
      if (grant) refuseUndo(by, entry);
      if (!grant && entry.moderatorId === by.id && otherJudges > 0) {
        throw forbidden("You did this yourself: another moderator says whether it stands. You may take it back.");
      }
      const why = readReason(reason === "" && grant ? "The appeal was granted." : reason);
      const settled = await store.moderation.settleAppeal(appealId, { by: by.id, grant, reason: why });
      if (!settled) throw conflict("Somebody was faster, or something newer stands in the way of undoing this.");
      await onModerated(settled);
    },
  };

  async function refuseAbove(by: Account, subjectId: string): Promise<void> {
    const other = await store.accounts.find(subjectId);
    if (other && (other.id === by.id || (other.role !== "reader" && by.role !== "admin"))) {
      throw forbidden("Only an admin does this to a curator or a moderator, and nobody to themselves.");
    }
  }
}

function refuseUndo(by: Account, { act, personId }: LogEntry): void {
  if (personId === by.id) throw forbidden("Nobody undoes what concerns themselves. You can appeal.");
  // Else a moderator could give back a role that an admin took.
  if (act === "set-role" && by.role !== "admin") throw forbidden("Only an admin changes roles.");
}

function readReason(typed: string): string {
  const reason = typed.trim();
  if (reason === "") throw invalid("Give a reason: it stands in the public log, and the person is told.");
  if (reason.length > REASON_CHARS) throw invalid(`A reason has at most ${REASON_CHARS} characters.`);
  return reason;
}

function refuseBelowModerator(by: Account): void {
  if (!atLeast(by.role, "moderator")) throw forbidden("This is for a moderator's account.");
}

/** Whether a submission shows a note, or a picture; what waits is a curator's matter. */
export const showsSent = (sent: Submission | null, kind: "note" | "picture"): boolean =>
  sent?.state === "shown" && (kind === "note" ? sent.note : sent.image) !== null;

async function exists({ store }: CommunityParts, kind: SubjectKind, id: string): Promise<boolean> {
  if (kind === "comment") return (await store.comments.find(id))?.state === "shown";
  if (kind === "note" || kind === "picture") return showsSent(await store.submissions.find(id), kind);
  if (kind === "paper") return (await store.papers.find(id)) !== null;
  return (await store.accounts.find(id)) !== null;
}
