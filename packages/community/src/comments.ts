/** Commenting: who may write what, how often, and who is told. */
import {
  type Account,
  COMMENTS_PER_HOUR,
  type Comment,
  type CommentId,
  checkEdit,
  checkOwn,
  checkRestore,
  conflict,
  invalid,
  isReaction,
  mentionsIn,
  notFound,
  type PaperId,
  readCommentBody,
  reasonToHold,
  type TrustLevel,
  tooMany,
  waitInWords,
} from "@paperwire/domain";
import { paperNamed } from "./named-paper.ts";
import type { CommunityParts } from "./parts.ts";

export type Comments = {
  /**
   * The same words twice within `COMMENT_LIMITS.twinMs` are one comment: a button that was pressed twice.
   * @param parentId the comment it answers; an answer to an answer joins the same thread
   * @throws DomainError `invalid`, `not-found`, `too-many`
   */
  write(by: Account, wish: { paperId: PaperId; parentId?: CommentId; typed: string }): Promise<Comment>;
  /** @param edits how often it had been changed when the form was shown: who comes second is told, not overwritten */
  edit(by: Account, id: CommentId, change: { typed: string; edits: number }): Promise<Comment>;
  /** Can be taken back for `COMMENT_LIMITS.undoMs`. */
  remove(by: Account, id: CommentId): Promise<Comment>;
  restore(by: Account, id: CommentId): Promise<Comment>;
  react(by: Account, id: CommentId, wish: { reaction: string; on: boolean }): Promise<Comment>;
  /** Tells those whom a comment answers or calls, once a moderator let it show. */
  announce(id: CommentId): Promise<void>;
  /** @throws DomainError `not-found` */
  find(id: CommentId): Promise<Comment>;
};

/** Called after a comment shows: whom it answers and whom it calls, so that they can be told. */
export type OnComment = (said: { comment: Comment; parent: Comment | null; handles: string[] }) => Promise<void>;

/** Who has this much cannot earn more. */
const TRUST_MAX: TrustLevel = 2;
const HOUR_MS = 3_600_000;

export function createComments({ store, clock }: CommunityParts, onComment: OnComment = async () => {}): Comments {
  const find = async (id: CommentId) => {
    const comment = await store.comments.find(id);
    if (!comment) throw noSuchComment();
    return comment;
  };
  const findOwn = async (id: CommentId, by: Account) => ownOf(await find(id), by);
  const tell = async (comment: Comment, before = "") => {
    if (comment.state !== "shown") return;
    const parent = comment.parentId === null ? null : await store.comments.find(comment.parentId);
    const called = new Set(mentionsIn(before));
    await onComment({ comment, parent, handles: mentionsIn(comment.body).filter((handle) => !called.has(handle)) });
  };
  const move = async (comment: Comment, to: "deleted" | "shown") => {
    const moved = await store.comments.setState(comment.id, { from: comment.state, to, reason: null });
    if (!moved) throw conflict("This comment changed a moment ago. Look at it again.");
    return find(comment.id);
  };
  return {
    find,
    announce: async (id) => tell(await find(id)),
    write: async (by, { paperId, parentId, typed }) => {
      const body = readCommentBody(typed);
      const { id: paper } = await paperNamed({ store }, paperId);
      const thread = parentId === undefined ? null : threadOf(await store.comments.find(parentId), paper);
      const hold = reasonToHold(by.trust, body);
      const wish = { paperId: paper, parentId: thread, accountId: by.id, body, hold };
      const twin = await store.comments.findTwin(wish);
      if (twin) return twin;
      await refuseTooMany({ store, clock }, by);
      const comment = await store.comments.add(wish);
      if (by.trust < TRUST_MAX) await store.moderation.raiseTrust(by.id);
      await tell(comment);
      return comment;
    },
    edit: async (by, id, { typed, edits }) => {
      const comment = await findOwn(id, by);
      checkEdit(comment, by.id);
      const body = readCommentBody(typed);
      if (body === comment.body) return comment;
      const hold = comment.state === "held" ? comment.reason : reasonToHold(by.trust, body);
      const changed = comment.edits === edits ? await store.comments.edit(id, { body, edits, hold }) : null;
      if (!changed) throw conflict("This comment was changed in another window. Copy your text and look again.");
      await tell(changed, comment.body);
      return changed;
    },
    remove: async (by, id) => {
      const comment = await findOwn(id, by);
      checkOwn(comment, by.id);
      return comment.state === "deleted" ? comment : move(comment, "deleted");
    },
    restore: async (by, id) => {
      const comment = await findOwn(id, by);
      checkRestore(comment, by.id, clock());
      const hold = reasonToHold(by.trust, comment.body);
      if (hold === null) return move(comment, "shown");
      const change = { from: comment.state, to: "held" as const, reason: hold };
      if (!(await store.comments.setState(id, change))) throw conflict("This comment changed a moment ago.");
      return find(id);
    },
    react: async (by, id, { reaction, on }) => {
      if (!isReaction(reaction)) throw invalid("There is no such reaction.");
      const comment = await find(id);
      if (comment.state !== "shown") throw noSuchComment();
      await store.comments.react({ commentId: id, accountId: by.id, reaction, on });
      return comment;
    },
  };
}

/** Said with the time at which the next one may be sent. */
async function refuseTooMany({ store, clock }: CommunityParts, by: Account): Promise<void> {
  const most = COMMENTS_PER_HOUR[by.trust];
  const { count, oldestMs } = await store.comments.countBy(by.id, clock() - HOUR_MS);
  if (count < most) return;
  const wait = waitInWords(((oldestMs ?? clock()) + HOUR_MS - clock()) / 1_000);
  throw tooMany(`Your account may write ${most} comments an hour, and wrote them. Send this one ${wait}.`);
}

/** Threads are one level deep: who answers an answer, answers in its thread. */
function threadOf(answered: Comment | null, wanted: PaperId): CommentId {
  if (answered?.state !== "shown") {
    throw conflict("The comment you answer is not there any more. Your text was not sent.");
  }
  if (answered.paperId !== wanted) throw invalid("That comment is about another paper.");
  return answered.parentId ?? answered.id;
}

/** Of somebody else's comment nobody learns here whether it is there: it may be held. */
function ownOf(comment: Comment, by: Account): Comment {
  if (comment.author?.id !== by.id) throw noSuchComment();
  return comment;
}

const noSuchComment = () => notFound("There is no such comment.");
