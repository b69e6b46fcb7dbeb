/** Comments: writing, changing, taking back, reacting, and what a paper's page shows of them. */
import {
  type AccountId,
  type Clock,
  COMMENT_LIMITS,
  type Comment,
  type CommentId,
  type CommentState,
  type PaperId,
  type Reaction,
  type Role,
} from "@paperwire/domain";
import { sql } from "kysely";
import { moveCommunity } from "./community-counter.ts";
import type { Database } from "./database.ts";

export type CommentText = { number: number; body: string; replacedAt: string };
export type ReactionCount = { commentId: CommentId; reaction: Reaction; count: number; mine: boolean };

/** A comment with the paper that it is about. */
export type CommentInList = Comment & { paperTitle: string };

export type NewComment = {
  paperId: PaperId;
  parentId: CommentId | null;
  accountId: AccountId;
  body: string;
  /** Why a moderator looks first; null shows the comment at once. */
  hold: string | null;
};

export type CommentStore = {
  /**
   * One that has a twin is not added: its twin is what is returned.
   * @throws Error  there is no such paper or account
   */
  add(comment: NewComment): Promise<Comment>;
  /** The same words in the same place, by the same account, within `COMMENT_LIMITS.twinMs`, and neither deleted nor hidden. */
  findTwin(comment: NewComment): Promise<Comment | null>;
  find(id: CommentId): Promise<Comment | null>;
  /** The newest of a paper, by rising age, in every state; at most `COMMENT_LIMITS.perPage`. */
  listOf(paperId: PaperId): Promise<Comment[]>;
  /** What everybody may read of an account, newest first. @param limit 1..100 */
  listShownBy(accountId: AccountId, limit: number): Promise<CommentInList[]>;
  /** Replaces the text and keeps the one before. @returns null where the comment is not at `edits` any more */
  edit(id: CommentId, change: { body: string; edits: number; hold: string | null }): Promise<Comment | null>;
  /** Every earlier text, oldest first. */
  history(id: CommentId): Promise<CommentText[]>;
  /** Moves a comment from one state to another. @returns false where it is not in `from` any more: nothing changed */
  setState(id: CommentId, change: { from: CommentState; to: CommentState; reason: string | null }): Promise<boolean>;
  /** Sets or takes back; doing it twice is doing it once. */
  react(reaction: { commentId: CommentId; accountId: AccountId; reaction: Reaction; on: boolean }): Promise<void>;
  reactionsOf(paperId: PaperId, reader: AccountId | undefined): Promise<ReactionCount[]>;
  /** How many an account wrote since then, in whatever state they are now, and when the first of them. */
  countBy(accountId: AccountId, sinceMs: number): Promise<{ count: number; oldestMs: number | null }>;
  /** Empties comments deleted before then, with their histories. @returns how many */
  purgeDeleted(beforeMs: number): Promise<number>;
  /** Everything an account wrote and every reaction it gave; for its own eyes. */
  exportOf(accountId: AccountId): Promise<object>;
};

type CommentRow = {
  id: string;
  paper_id: string;
  parent_id: string | null;
  body: string;
  state: CommentState;
  reason: string | null;
  edits: number;
  created_at: string;
  updated_at: string;
  account_id: string | null;
  handle: string | null;
  name: string | null;
  role: Role | null;
};

const COMMENT = sql.raw(`
  c.id, c.paper_id, c.parent_id, c.body, c.state, c.reason, c.edits, c.created_at, c.updated_at,
  a.id as account_id, a.handle, a.name, a.role`);
const FROM = sql.raw("comments c left join accounts a on a.id = c.account_id");

export function createCommentStore(database: Database, newId: () => string, clock: Clock): CommentStore {
  const now = () => new Date(clock()).toISOString();
  return {
    add: (comment) => database.transaction().execute((trx) => add(trx, newId(), comment, now())),
    findTwin: (comment) => findTwin(database, comment, now()),
    find: (id) => find(database, id),
    listOf: (paperId) => listOf(database, paperId),
    listShownBy: (accountId, limit) => listShownBy(database, accountId, limit),
    edit: (id, change) => database.transaction().execute((trx) => edit(trx, id, change, now())),
    history: (id) => history(database, id),
    setState: (id, change) => database.transaction().execute((trx) => setState(trx, id, change, now())),
    react: (reaction) => database.transaction().execute((trx) => react(trx, reaction, now())),
    reactionsOf: (paperId, reader) => reactionsOf(database, paperId, reader),
    countBy: (accountId, sinceMs) => countBy(database, accountId, new Date(sinceMs).toISOString()),
    purgeDeleted: (beforeMs) =>
      database.transaction().execute((trx) => purgeDeleted(trx, new Date(beforeMs).toISOString())),
    exportOf: (accountId) => exportOf(database, accountId),
  };
}

async function add(trx: Database, id: CommentId, comment: NewComment, now: string): Promise<Comment> {
  const { paperId, parentId, accountId, body, hold } = comment;
  await moveCommunity(trx);
  const twin = await findTwin(trx, comment, now);
  if (twin) return twin;
  await sql`
    insert into comments (id, paper_id, parent_id, account_id, body, state, reason, created_at, updated_at)
    values (${id}, ${paperId}, ${parentId}, ${accountId}, ${body}, ${hold === null ? "shown" : "held"}, ${hold},
      ${now}::timestamptz, ${now}::timestamptz)`.execute(trx);
  return (await find(trx, id))!;
}

async function findTwin(
  database: Database,
  { paperId, parentId, accountId, body }: NewComment,
  now: string,
): Promise<Comment | null> {
  const since = new Date(Date.parse(now) - COMMENT_LIMITS.twinMs).toISOString();
  const { rows } = await sql<CommentRow>`
    select ${COMMENT} from ${FROM} where c.account_id = ${accountId} and c.created_at >= ${since}::timestamptz
      and c.paper_id = ${paperId} and c.parent_id is not distinct from ${parentId} and c.body = ${body}
      and c.state in ('shown', 'held')
    order by c.id limit 1`.execute(database);
  return rows[0] ? toComment(rows[0]) : null;
}

async function find(database: Database, id: CommentId): Promise<Comment | null> {
  const { rows } = await sql<CommentRow>`select ${COMMENT} from ${FROM} where c.id = ${id}`.execute(database);
  return rows[0] ? toComment(rows[0]) : null;
}

async function listOf(database: Database, paperId: PaperId): Promise<Comment[]> {
  const { rows } = await sql<CommentRow>`
    select * from (
      select ${COMMENT} from ${FROM} where c.paper_id = ${paperId} order by c.id desc limit ${COMMENT_LIMITS.perPage}) newest
    order by id`.execute(database);
  return rows.map(toComment);
}

async function listShownBy(database: Database, accountId: AccountId, limit: number): Promise<CommentInList[]> {
  const { rows } = await sql<CommentRow & { title: string }>`
    select ${COMMENT}, p.title from ${FROM} join papers p on p.id = c.paper_id
    where c.account_id = ${accountId} and c.state = 'shown' order by c.id desc limit ${limit}`.execute(database);
  return rows.map((row) => ({ ...toComment(row), paperTitle: row.title }));
}

async function edit(
  trx: Database,
  id: CommentId,
  { body, edits, hold }: Parameters<CommentStore["edit"]>[1],
  now: string,
): Promise<Comment | null> {
  await moveCommunity(trx);
  const { rows } = await sql<{ body: string }>`
    select body from comments where id = ${id} and edits = ${edits} for update`.execute(trx);
  if (!rows[0]) return null;
  await sql`
    insert into comment_edits (comment_id, number, body, replaced_at)
    values (${id}, ${edits + 1}, ${rows[0].body}, ${now}::timestamptz)`.execute(trx);
  await sql`
    update comments set body = ${body}, edits = edits + 1, updated_at = ${now}::timestamptz,
      state = case when ${hold}::text is null then state else 'held' end, reason = coalesce(${hold}, reason)
    where id = ${id}`.execute(trx);
  return find(trx, id);
}

async function history(database: Database, id: CommentId): Promise<CommentText[]> {
  const { rows } = await sql<{ number: number; body: string; replaced_at: string }>`
    select number, body, replaced_at from comment_edits where comment_id = ${id}
    order by number limit ${COMMENT_LIMITS.edits}`.execute(database);
  return rows.map(({ replaced_at: replacedAt, ...text }) => ({ ...text, replacedAt }));
}

async function setState(
  trx: Database,
  id: CommentId,
  { from, to, reason }: Parameters<CommentStore["setState"]>[1],
  now: string,
): Promise<boolean> {
  await moveCommunity(trx);
  const { rows } = await sql`
    update comments set state = ${to}, reason = ${reason}, updated_at = ${now}::timestamptz
    where id = ${id} and state = ${from} returning id`.execute(trx);
  return rows.length > 0;
}

async function react(
  trx: Database,
  { commentId, accountId, reaction, on }: Parameters<CommentStore["react"]>[0],
  now: string,
): Promise<void> {
  await moveCommunity(trx);
  if (!on) {
    await sql`
      delete from comment_reactions
      where comment_id = ${commentId} and account_id = ${accountId} and reaction = ${reaction}`.execute(trx);
    return;
  }
  await sql`
    insert into comment_reactions (comment_id, account_id, reaction, at)
    values (${commentId}, ${accountId}, ${reaction}, ${now}::timestamptz) on conflict do nothing`.execute(trx);
}

async function reactionsOf(database: Database, paperId: PaperId, reader: AccountId | undefined) {
  const { rows } = await sql<{ comment_id: string; reaction: Reaction; count: number; mine: boolean }>`
    select r.comment_id, r.reaction, count(*) as count, coalesce(bool_or(r.account_id = ${reader ?? null}), false) as mine
    from comments c join comment_reactions r on r.comment_id = c.id
    where c.paper_id = ${paperId} and c.state = 'shown'
    group by r.comment_id, r.reaction order by r.comment_id, r.reaction`.execute(database);
  return rows.map(({ comment_id: commentId, ...rest }) => ({ commentId, ...rest }));
}

async function countBy(database: Database, accountId: AccountId, since: string) {
  const { rows } = await sql<{ count: number; oldest: string | null }>`
    select count(*) as count, min(created_at) as oldest from comments
    where account_id = ${accountId} and created_at > ${since}::timestamptz`.execute(database);
  const { count, oldest } = rows[0]!;
  return { count, oldestMs: oldest === null ? null : Date.parse(oldest) };
}

async function purgeDeleted(trx: Database, before: string): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    update comments set body = '' where state = 'deleted' and body <> '' and updated_at < ${before}::timestamptz
    returning id`.execute(trx);
  const ids = rows.map(({ id }) => id);
  await sql`delete from comment_edits where comment_id = any(${ids}::text[])`.execute(trx);
  return ids.length;
}

async function exportOf(database: Database, accountId: AccountId): Promise<object> {
  const { rows } = await sql<{ comments: object; reactions: object }>`
    select
      (select coalesce(jsonb_agg(to_jsonb(c) - 'account_id' || jsonb_build_object('earlierTexts', (
          select coalesce(jsonb_agg(to_jsonb(e) - 'comment_id' order by e.number), '[]')
          from comment_edits e where e.comment_id = c.id)) order by c.id), '[]')
        from comments c where c.account_id = ${accountId}) as comments,
      (select coalesce(jsonb_agg(to_jsonb(r) - 'account_id' order by r.at), '[]')
        from comment_reactions r where r.account_id = ${accountId}) as reactions`.execute(database);
  return rows[0]!;
}

function toComment(row: CommentRow): Comment {
  const { account_id: id, handle, name, role } = row;
  return {
    id: row.id,
    paperId: row.paper_id,
    parentId: row.parent_id,
    author: id === null ? null : { id, handle: handle!, name: name!, role: role! },
    body: row.body,
    state: row.state,
    reason: row.reason,
    edits: row.edits,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
