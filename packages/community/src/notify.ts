/** Telling people what concerns them: one door for all acts, which knows what each of them wants to be told. */
import {
  type AccountId,
  type EditionDate,
  howToTell,
  NOTIFICATION_LIMITS,
  type NotificationKind,
  nameOfAct,
  type PaperId,
  toUtcMs,
} from "@paperwire/domain";
import type { LogEntry, Submission } from "@paperwire/store";
import type { OnComment } from "./comments.ts";
import type { OnModerated } from "./moderation.ts";
import type { CommunityParts } from "./parts.ts";

export type Happening = {
  to: AccountId;
  kind: NotificationKind;
  /** One sentence, plain text; cut where it is too long. */
  words: string;
  /** The page of this site that shows it. */
  path: string;
  /** Who caused it; nobody is told of their own acts. */
  by?: AccountId;
  /** Names the happening: told once, however often it is reported. */
  once: string;
};

export type Notifier = {
  tell(happening: Happening): Promise<void>;
  /** Takes back what was undone, unless it was read or mailed. */
  retract(once: string): Promise<void>;
  onComment: OnComment;
  onModerated: OnModerated;
  onPick(pick: { date: string; paperId: PaperId; by: AccountId; undone: boolean }): Promise<void>;
  onDecision(submission: Submission, by: AccountId): Promise<void>;
};

const TITLE_CHARS = 120;
const days = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
const dayInWords = (date: EditionDate) => days.format(toUtcMs(date));
/** The slash of an old arXiv id stays a slash. */
const paperPath = (id: PaperId) => `/papers/${id.split("/").map(encodeURIComponent).join("/")}`;

export function createNotifier({ store }: Pick<CommunityParts, "store">): Notifier {
  const tell = async ({ to, kind, words, path, by, once }: Happening) => {
    if (to === by) return;
    const way = howToTell(kind, await store.notifications.wishesOf(to));
    if (way === null) return;
    const actorId = by ?? null;
    const short = clip(words, NOTIFICATION_LIMITS.wordsChars);
    await store.notifications.add({ accountId: to, kind, words: short, path, actorId, once, byMail: way.mail });
  };
  const titleOf = async (id: PaperId) => `“${clip((await store.papers.find(id))?.title ?? id, TITLE_CHARS)}”`;
  return {
    tell,
    retract: (once) => store.notifications.retract(once),
    onComment: async ({ comment, parent, handles }) => {
      const { author, id, paperId } = comment;
      if (author === null) return;
      const about = { path: `/comments/${id}`, by: author.id, once: `comment ${id}` };
      const title = await titleOf(paperId);
      if (parent?.author) {
        await tell({
          ...about,
          to: parent.author.id,
          kind: "reply",
          words: `@${author.handle} answered you on ${title}.`,
        });
      }
      for (const handle of handles) {
        const { accounts } = store;
        const called = (await accounts.findByHandle(handle)) ?? (await accounts.findByFormerHandle(handle));
        // Who is answered is told of the answer, not twice of the same comment.
        if (called)
          await tell({ ...about, to: called.id, kind: "mention", words: `@${author.handle} called you on ${title}.` });
      }
    },
    onModerated: async (entry) => {
      if (entry.personId !== null) await tell({ to: entry.personId, ...moderated(entry) });
    },
    onPick: async ({ date, paperId, by, undone }) => {
      const once = `pick ${date} ${paperId}`;
      if (undone) return store.notifications.retract(once);
      const [title, sent, authors] = await Promise.all([
        titleOf(paperId),
        store.submissions.openOf(paperId),
        store.claims.verifiedOf(paperId),
      ]);
      const words = `A curator picked ${title} for the edition of ${dayInWords(date)}.`;
      const people = new Set([...(sent?.sender ? [sent.sender.id] : []), ...authors.map((one) => one.accountId)]);
      for (const to of people) await tell({ to, kind: "pick", words, path: paperPath(paperId), by, once });
    },
    onDecision: async ({ id, sender, paperId, state, edition, reason, title }, by) => {
      const once = `submission ${id} ${state}`;
      if (sender === null) return;
      if (state === "waiting") {
        for (const other of ["shown", "declined"]) await store.notifications.retract(`submission ${id} ${other}`);
        return;
      }
      const named = `“${clip(title, TITLE_CHARS)}”`;
      const words =
        state === "shown"
          ? `${named} is in the edition of ${dayInWords(edition)}. Thank you for putting it forward.`
          : `${named} was not taken into an edition: ${reason ?? ""}`;
      const path = state === "shown" ? paperPath(paperId) : "/submissions";
      await tell({ to: sender.id, kind: "submission", words, path, by, once });
    },
  };
}

function moderated(entry: LogEntry): Omit<Happening, "to"> {
  const { id, act, reason, paper, undone, appeal, verdict } = entry;
  // Where it can be appealed; the public log says the same to everybody.
  const path = `/claims#${id}`;
  const kind = act === "verify-claim" || act === "refuse-claim" ? "claim" : "moderation";
  const where = paper ? ` (“${clip(paper.title, TITLE_CHARS)}”)` : "";
  if (appeal === "refused" && !undone) {
    const said = `Your appeal was refused: a moderator ${nameOfAct(act)}${where}, and that stands. Reason: ${verdict?.reason ?? ""}`;
    return { kind, words: said, path, once: `moderation ${id} appeal` };
  }
  const words = undone
    ? `A moderator took an act back: ${nameOfAct(act)}${where}.`
    : `A moderator ${nameOfAct(act)}${where}. Reason: ${reason}`;
  return { kind, words, path, once: `moderation ${id}${undone ? " undone" : ""}` };
}

function clip(text: string, chars: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= chars ? line : `${line.slice(0, chars - 1)}…`;
}
