/** Flags, the moderators' queue, and what they decide; each act and its line in the public log are one transaction. */
import {
  type AccountId,
  type Clock,
  type Comment,
  earnedTrust,
  type FlagReason,
  type PaperId,
  type SubjectKind,
  type TrustLevel,
} from "@paperwire/domain";
import { sql } from "kysely";
import { type Appeal, addAppeal, openAppeals, settleAppeal, type Verdict } from "./appeals.ts";
import { type ClaimWithPeople, toClaim } from "./claims.ts";
import { moveCommunity } from "./community-counter.ts";
import type { Database } from "./database.ts";
import { applyAct } from "./moderation-acts.ts";
import type { Decision, Subject } from "./moderation-decision.ts";
import { findEntry, type LogEntry, listLog, logOf, undoEntry } from "./moderation-log.ts";
import type { Page, PageRequest } from "./paging.ts";
import { SENT_IMAGE, type SentImage } from "./submissions.ts";

export type FlagInQueue = { reason: FlagReason; words: string; handle: string | null; trust: TrustLevel | null };

/** A reported thing, or a comment that is held, with all that is open about it. */
export type QueueItem = {
  subject: { kind: SubjectKind; id: string };
  flags: FlagInQueue[];
  /** Of whoever made it. */
  writer: { id: AccountId; handle: string; trust: TrustLevel } | null;
  /** Where it stands. */
  paper: { id: PaperId; title: string } | null;
  comment: Pick<Comment, "id" | "body" | "state" | "createdAt"> | null;
  /** What is reported of a submission: its note or its picture. */
  sent: { note: string } | { image: SentImage } | null;
};

export type ModerationStore = {
  /**
   * @returns false where this account reported it before: the first report stands, until a moderator decided on it and
   * the comment was changed afterwards
   */
  flag(flag: {
    subject: Subject & { kind: SubjectKind };
    by: AccountId;
    reason: FlagReason;
    words: string;
  }): Promise<boolean>;
  countFlags(by: AccountId, sinceMs: number): Promise<number>;
  /** Held comments and everything with open flags; at most 200, oldest first. */
  queue(): Promise<QueueItem[]>;
  /** Oldest first; at most 200. */
  pendingClaims(): Promise<ClaimWithPeople[]>;
  openAppeals(): Promise<(Appeal & { entry: LogEntry })[]>;
  /** How much waits, for the mark in the masthead. */
  waiting(): Promise<number>;
  /**
   * Does it, settles the open flags about it, and writes the public line.
   * @returns null where there is nothing to do: it is gone, or so already
   */
  decide(by: AccountId, decision: Decision): Promise<LogEntry | null>;
  /** Puts back what an act changed. @returns null where it is undone already, or something newer stands in the way */
  undo(by: AccountId, logId: string): Promise<LogEntry | null>;
  findEntry(logId: string): Promise<LogEntry | null>;
  /** Newest first. */
  log(page: PageRequest): Promise<Page<LogEntry>>;
  /** What concerned one account, newest first; at most 100. */
  logOf(person: AccountId): Promise<LogEntry[]>;
  /** @returns false where it is appealed already, or does not concern the account */
  appeal(appeal: { logId: string; by: AccountId; words: string }): Promise<boolean>;
  /**
   * Closes an open appeal; one that is granted undoes the act in the same transaction.
   * @returns the act's line; null where the appeal is closed already, or the act cannot be undone any more
   */
  settleAppeal(id: string, verdict: Verdict): Promise<LogEntry | null>;
  /** Gives an account the trust that its conduct earns. */
  raiseTrust(account: AccountId): Promise<TrustLevel>;
  exportOf(account: AccountId): Promise<object>;
};

const QUEUE_MAX = 200;

export function createModerationStore(database: Database, newId: () => string, clock: Clock): ModerationStore {
  const now = () => new Date(clock()).toISOString();
  const within = <T>(act: (trx: Database) => Promise<T>) => database.transaction().execute(act);
  return {
    flag: async ({ subject, by, reason, words }) => {
      const { rows } = await sql`
        insert into flags (id, subject_kind, subject_id, account_id, reason, words, at)
        values (${newId()}, ${subject.kind}, ${subject.id}, ${by}, ${reason}, ${words}, ${now()}::timestamptz)
        on conflict (subject_kind, subject_id, account_id) do update
        set reason = excluded.reason, words = excluded.words, at = excluded.at, state = 'open', decided_at = null
        where flags.state <> 'open' and exists (select 1 from comments c
          where flags.subject_kind = 'comment' and c.id = flags.subject_id and c.updated_at > flags.decided_at)
        returning id`.execute(database);
      return rows.length > 0;
    },
    countFlags: async (by, sinceMs) => {
      const { rows } = await sql<{ count: number }>`
        select count(*) as count from flags
        where account_id = ${by} and at > ${new Date(sinceMs).toISOString()}::timestamptz`.execute(database);
      return rows[0]!.count;
    },
    queue: () => queue(database),
    pendingClaims: () => pendingClaims(database),
    openAppeals: () => openAppeals(database, now()),
    waiting: () => waiting(database),
    decide: (by, decision) => within((trx) => decide(trx, newId(), { by, decision, now: now() })),
    undo: (by, logId) => within((trx) => undoEntry(trx, logId, { by, now: now() })),
    findEntry: (logId) => findEntry(database, logId),
    log: (page) => listLog(database, page),
    logOf: (person) => logOf(database, person),
    appeal: (appeal) => addAppeal(database, appeal, { id: newId(), now: now() }),
    settleAppeal: (id, verdict) => within((trx) => settleAppeal(trx, id, { ...verdict, now: now() })),
    raiseTrust: (account) => within((trx) => raiseTrust(trx, account, clock())),
    exportOf: (account) => exportOf(database, account),
  };
}

async function decide(
  trx: Database,
  id: string,
  { by, decision, now }: { by: AccountId; decision: Decision; now: string },
): Promise<LogEntry | null> {
  await moveCommunity(trx);
  const effect = await applyAct(trx, decision, now);
  if (!effect) return null;
  const { act, subject, reason } = decision;
  await sql`
    insert into moderation_log (id, at, moderator_id, act, subject_kind, subject_id, person_id, paper_id, reason, before)
    values (${id}, ${now}::timestamptz, ${by}, ${act}, ${subject.kind}, ${subject.id}, ${effect.personId},
      ${effect.paperId}, ${reason}, ${JSON.stringify(effect.before)}::jsonb)`.execute(trx);
  await settleFlags(trx, decision, now);
  return findEntry(trx, id);
}

/** What its author took away needs no moderator; a comment that is put back waits again. */
const STILL_THERE = sql.raw(`case f.subject_kind
  when 'comment' then exists (select 1 from comments c where c.id = f.subject_id and c.state <> 'deleted')
  when 'note' then exists (select 1 from submissions b where b.id = f.subject_id and b.state = 'shown' and b.note is not null)
  when 'picture' then exists (select 1 from submissions b where b.id = f.subject_id and b.state = 'shown' and b.image_id is not null)
  when 'account' then exists (select 1 from accounts o where o.id = f.subject_id) else true end`);

async function queue(database: Database): Promise<QueueItem[]> {
  const { rows } = await sql<QueueRow>`
    with open_flags as (
      select f.subject_kind as kind, f.subject_id as id, min(f.id) as oldest,
        jsonb_agg(jsonb_build_object('reason', f.reason, 'words', f.words, 'handle', a.handle, 'trust', a.trust)
          order by f.id) as flags
      from flags f left join accounts a on a.id = f.account_id where f.state = 'open' and ${STILL_THERE} group by 1, 2),
    waiting as (
      select kind, id, oldest, flags from open_flags
      union all
      select 'comment', c.id, c.id, '[]'::jsonb from comments c
      where c.state = 'held' and c.id not in (select id from open_flags where kind = 'comment'))
    select w.kind, w.id, w.flags, c.body, c.state, c.created_at, p.id as paper_id, p.title,
      a.id as writer_id, a.handle, a.trust,
      case w.kind when 'note' then jsonb_build_object('note', b.note)
        when 'picture' then jsonb_build_object('image', ${SENT_IMAGE}) end as sent
    from waiting w
    left join comments c on w.kind = 'comment' and c.id = w.id
    left join submissions b on w.kind in ('note', 'picture') and b.id = w.id
    left join papers p on p.id = case when w.kind = 'paper' then w.id else coalesce(c.paper_id, b.paper_id) end
    left join accounts a on a.id = case when w.kind = 'account' then w.id else coalesce(c.account_id, b.account_id) end
    order by w.oldest limit ${QUEUE_MAX}`.execute(database);
  return rows.map(toQueueItem);
}

type QueueRow = {
  kind: SubjectKind;
  id: string;
  flags: FlagInQueue[];
  body: string | null;
  state: Comment["state"] | null;
  created_at: string | null;
  paper_id: string | null;
  title: string | null;
  writer_id: string | null;
  handle: string | null;
  trust: TrustLevel | null;
  sent: QueueItem["sent"];
};

function toQueueItem(row: QueueRow): QueueItem {
  return {
    subject: { kind: row.kind, id: row.id },
    flags: row.flags,
    writer: row.writer_id === null ? null : { id: row.writer_id, handle: row.handle!, trust: row.trust! },
    paper: row.paper_id === null ? null : { id: row.paper_id, title: row.title! },
    comment: row.body === null ? null : { id: row.id, body: row.body, state: row.state!, createdAt: row.created_at! },
    sent: row.sent,
  };
}

async function pendingClaims(database: Database): Promise<ClaimWithPeople[]> {
  const { rows } = await sql<Parameters<typeof toClaim>[0]>`
    select c.id, c.paper_id, c.author_name, c.account_id, c.state, c.evidence, c.statement, c.reason, c.asked_at,
      a.handle, a.name, p.title
    from claims c join accounts a on a.id = c.account_id join papers p on p.id = c.paper_id
    where c.state = 'pending' order by c.id limit ${QUEUE_MAX}`.execute(database);
  return rows.map(toClaim);
}

async function waiting(database: Database): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select (select count(*) from comments where state = 'held')
      + (select count(distinct (subject_kind, subject_id)) from flags f where state = 'open' and ${STILL_THERE}
        and not exists (select 1 from comments c where f.subject_kind = 'comment' and c.id = f.subject_id and c.state = 'held'))
      + (select count(*) from claims where state = 'pending')
      + (select count(*) from appeals where state = 'open') as count`.execute(database);
  return rows[0]!.count;
}

/** Acts against what was reported uphold the reports; finding nothing wrong, or letting it show, dismisses them. */
async function settleFlags(trx: Database, { act, subject }: Decision, now: string): Promise<void> {
  const upholds = act.startsWith("hide-") || act === "suspend";
  if (!upholds && act !== "dismiss-flags" && act !== "show-comment") return;
  await sql`
    update flags set state = ${upholds ? "upheld" : "dismissed"}, decided_at = ${now}::timestamptz
    where subject_kind = ${subject.kind} and subject_id = ${subject.id} and state = 'open'`.execute(trx);
}

const DAY_MS = 86_400_000;
/** How long an upheld flag stands against an account. */
const UPHELD_DAYS = 60;

async function raiseTrust(trx: Database, account: AccountId, nowMs: number): Promise<TrustLevel> {
  const since = new Date(nowMs - UPHELD_DAYS * DAY_MS).toISOString();
  const { rows } = await sql<{ trust: TrustLevel; created_at: string; kept: number; upheld: number }>`
    select a.trust, a.created_at,
      (select count(*) from comments c where c.account_id = a.id and c.state = 'shown') as kept,
      (select count(*) from flags f where f.state = 'upheld' and f.decided_at > ${since}::timestamptz and (
        (f.subject_kind = 'account' and f.subject_id = a.id) or (f.subject_kind = 'comment' and exists (
          select 1 from comments c where c.id = f.subject_id and c.account_id = a.id))
        or (f.subject_kind in ('note', 'picture') and exists (
          select 1 from submissions b where b.id = f.subject_id and b.account_id = a.id)))) as upheld
    from accounts a where a.id = ${account} for update`.execute(trx);
  const [row] = rows;
  if (!row) return 0;
  const ageDays = (nowMs - Date.parse(row.created_at)) / DAY_MS;
  const trust = earnedTrust(row.trust, { ageDays, kept: row.kept, upheld: row.upheld });
  if (trust !== row.trust) await sql`update accounts set trust = ${trust} where id = ${account}`.execute(trx);
  return trust;
}

async function exportOf(database: Database, account: AccountId): Promise<object> {
  const { rows } = await sql<{ flags: object; appeals: object; concerning: object }>`
    select
      (select coalesce(jsonb_agg(to_jsonb(f) - 'account_id' order by f.id), '[]')
        from flags f where f.account_id = ${account}) as flags,
      (select coalesce(jsonb_agg(to_jsonb(x) - 'account_id' - 'decided_by' order by x.id), '[]')
        from appeals x where x.account_id = ${account}) as appeals,
      (select coalesce(jsonb_agg(to_jsonb(l) - 'moderator_id' - 'person_id' - 'before' order by l.id), '[]')
        from moderation_log l where l.person_id = ${account}) as concerning`.execute(database);
  return rows[0]!;
}
