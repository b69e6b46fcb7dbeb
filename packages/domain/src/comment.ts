/** What a comment is, and what may be done with it. Pure. */
import type { Account, AccountId, TrustLevel } from "./account.ts";
import { conflict, forbidden, invalid } from "./errors.ts";
import type { PaperId } from "./paper.ts";

/** A ULID: by id is by age. */
export type CommentId = string;

/** `held` waits for a moderator, and its author is told; `hidden` was taken away by one; `deleted` by its author. */
export const COMMENT_STATES = ["shown", "held", "hidden", "deleted"] as const;
export type CommentState = (typeof COMMENT_STATES)[number];

/** The only reactions there are, with the words that a screen reader says. */
export const REACTIONS = [
  { reaction: "👍", name: "agree" },
  { reaction: "💡", name: "insightful" },
  { reaction: "❤️", name: "thanks" },
  { reaction: "🎉", name: "congratulations" },
  { reaction: "🤔", name: "not convinced" },
  { reaction: "👀", name: "looking into it" },
] as const;
export type Reaction = (typeof REACTIONS)[number]["reaction"];

export const isReaction = (text: string): text is Reaction => REACTIONS.some(({ reaction }) => reaction === text);

export const COMMENT_LIMITS = {
  chars: 10_000,
  /** People one comment can call; more are plain text. */
  mentions: 10,
  /** Comments one page shows; a paper with more shows the newest threads. */
  perPage: 500,
  /** Texts kept of one comment; a further edit is refused. */
  edits: 50,
  /** How long a deleted comment can be put back. After that its words are gone. */
  undoMs: 15 * 60_000,
  /** The same words again within this time are a form that was sent twice. */
  twinMs: 10 * 60_000,
} as const;

/** How many comments an account may write, by trust. */
export const COMMENTS_PER_HOUR: Record<TrustLevel, number> = { 0: 5, 1: 30, 2: 120 };

export type CommentAuthor = Pick<Account, "id" | "handle" | "name" | "role">;

export type Comment = {
  id: CommentId;
  paperId: PaperId;
  /** Of the comment that this one answers. */
  parentId: CommentId | null;
  /** Null once the account is deleted. */
  author: CommentAuthor | null;
  /** Markdown; empty where the words are gone. */
  body: string;
  state: CommentState;
  /** For its author: why it is held or hidden. */
  reason: string | null;
  /** How often its text was replaced. */
  edits: number;
  createdAt: string;
  updatedAt: string;
};

/**
 * The text of a comment as it is kept.
 * @throws DomainError `invalid`: empty, or too long
 */
export function readCommentBody(typed: string): string {
  const body = typed
    .replace(/\r\n?/g, "\n")
    .replace(/(?![\t\n])[\p{Cc}\p{Bidi_Control}]/gu, "")
    .trim();
  if (body === "") throw invalid("Write something first.");
  if (body.length > COMMENT_LIMITS.chars) {
    throw invalid(`A comment has at most ${COMMENT_LIMITS.chars} characters; this one has ${body.length}.`);
  }
  return body;
}

/** Handles called in a text, each once, in order; at most `COMMENT_LIMITS.mentions`. Code and addresses call nobody. */
export function mentionsIn(body: string): string[] {
  const prose = body.replace(/```[\s\S]*?(?:```|$)|`[^`\n]*`/g, " ");
  const found = new Set<string>();
  for (const [, handle] of prose.matchAll(MENTION)) {
    if (found.size >= COMMENT_LIMITS.mentions) break;
    found.add(handle!.toLowerCase());
  }
  return [...found];
}

/** Not within a mail address, a path or another word. */
export const MENTION = /(?<![\p{L}\p{N}_@/.:-])@([a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?)(?![a-z0-9_-]*@)/giu;

/**
 * Whether a moderator looks before others do: what a new account writes with an address in it. Everything else shows at
 * once, so that a small site without a watchful moderator still talks.
 * @returns the reason, in words for the author; null where it shows at once
 */
export function reasonToHold(trust: TrustLevel, body: string): string | null {
  if (trust > 0 || !/https?:|www\.|\]\(/i.test(body)) return null;
  return "Comments with links from new accounts wait for a moderator.";
}

/** @throws DomainError `forbidden`, `conflict` */
export function checkOwn(comment: Comment, by: AccountId): void {
  if (comment.author?.id !== by) throw forbidden("Only its author may change a comment.");
  if (comment.state === "hidden") throw conflict("A moderator hid this comment; you can appeal, but not change it.");
}

/** @throws DomainError `forbidden`, `conflict`: not the author's, deleted, hidden, or edited too often */
export function checkEdit(comment: Comment, by: AccountId): void {
  checkOwn(comment, by);
  if (comment.state === "deleted") throw conflict("This comment was deleted. Put it back first.");
  if (comment.edits >= COMMENT_LIMITS.edits) throw conflict("This comment was changed too often to change it again.");
}

/** @throws DomainError `forbidden`, `conflict`: not deleted, or its words are gone */
export function checkRestore(comment: Comment, by: AccountId, nowMs: number): void {
  checkOwn(comment, by);
  if (comment.state !== "deleted") throw conflict("This comment is not deleted.");
  if (comment.body === "" || nowMs - Date.parse(comment.updatedAt) > COMMENT_LIMITS.undoMs) {
    throw conflict("It is too late: the words of this comment are gone.");
  }
}

/** A comment and the answers to it, oldest first. */
export type Thread = { comment: Comment; replies: Comment[] };

export type ThreadOrder = "new" | "top";

/**
 * Comments as a reader sees them: threads by age or by reactions, replies by age. Places without words stay only where
 * somebody answered; what is held or hidden shows to its author and to moderators alone.
 * @param weight of a comment under `top`, such as its reactions
 */
export function threadsOf(
  comments: readonly Comment[],
  { reader, moderates, order, weight }: Sight & { order: ThreadOrder; weight: (id: CommentId) => number },
): Thread[] {
  const seen = comments.filter((comment) => maySee(comment, { reader, moderates }));
  const byParent = Map.groupBy(seen, ({ parentId }) => parentId);
  const oldestFirst = (a: Comment, b: Comment) => (a.id < b.id ? -1 : 1);
  const threads = (byParent.get(null) ?? []).map((comment) => ({
    comment,
    replies: (byParent.get(comment.id) ?? []).filter(({ state }) => state !== "deleted").sort(oldestFirst),
  }));
  const kept = threads.filter(({ comment, replies }) => comment.state !== "deleted" || replies.length > 0);
  const newestFirst = (a: Thread, b: Thread) => -oldestFirst(a.comment, b.comment);
  if (order === "new") return kept.sort(newestFirst);
  const sum = ({ comment, replies }: Thread) => weight(comment.id) + replies.length;
  return kept.sort((a, b) => sum(b) - sum(a) || newestFirst(a, b));
}

type Sight = { reader: AccountId | undefined; moderates: boolean };

/** Whether somebody sees the words of a comment; the place of a deleted one is seen by all. */
export function maySee({ state, author }: Comment, { reader, moderates }: Sight): boolean {
  if (state === "shown" || state === "deleted") return true;
  return moderates || (reader !== undefined && author?.id === reader);
}
