/** The public log of what moderators did: how a line reads, and how it is taken back. */
import type { AccountId, ModerationAct, PaperId } from "@paperwire/domain";
import { sql } from "kysely";
import { moveCommunity } from "./community-counter.ts";
import type { Database } from "./database.ts";
import { undoAct } from "./moderation-acts.ts";
import type { Subject } from "./moderation-decision.ts";
import type { Page, PageRequest } from "./paging.ts";

export type LogEntry = {
  id: string;
  at: string;
  act: ModerationAct;
  subject: Subject;
  /** Handles; null once the account is deleted. */
  moderator: string | null;
  moderatorId: AccountId | null;
  person: string | null;
  personId: AccountId | null;
  paper: { id: PaperId; title: string } | null;
  reason: string;
  undone: boolean;
  /** Handle of who undid it. */
  undoneBy: string | null;
  appeal: "open" | "granted" | "refused" | null;
  /** Why an appeal was granted or refused, and by whom; null before, and for appeals of older versions. */
  verdict: { reason: string; by: string | null } | null;
};

/** What one account is shown of what concerns it. */
const LINES_OF_PERSON_MAX = 100;

export type LogRow = {
  id: string;
  at: string;
  act: ModerationAct;
  subject_kind: Subject["kind"];
  subject_id: string;
  moderator: string | null;
  moderator_id: string | null;
  person: string | null;
  person_id: string | null;
  paper_id: string | null;
  title: string | null;
  reason: string;
  undone_at: string | null;
  undone_by: string | null;
  appeal: LogEntry["appeal"];
  verdict: string | null;
  judge: string | null;
};

/** Columns of a line `l`, and all that they are read from. */
export const LOG = sql.raw(`
  l.id, l.at, l.act, l.subject_kind, l.subject_id, m.handle as moderator, l.moderator_id, w.handle as person,
  l.person_id, l.paper_id, p.title, l.reason, l.undone_at, u.handle as undone_by, x.state as appeal,
  x.reason as verdict, y.handle as judge
  from moderation_log l left join accounts m on m.id = l.moderator_id left join accounts w on w.id = l.person_id
  left join accounts u on u.id = l.undone_by left join papers p on p.id = l.paper_id
  left join appeals x on x.log_id = l.id left join accounts y on y.id = x.decided_by`);

export async function findEntry(database: Database, logId: string): Promise<LogEntry | null> {
  const { rows } = await sql<LogRow>`select ${LOG} where l.id = ${logId}`.execute(database);
  return rows[0] ? toEntry(rows[0]) : null;
}

export async function listLog(database: Database, { limit, offset }: PageRequest): Promise<Page<LogEntry>> {
  const { rows } = await sql<LogRow>`
    select ${LOG} order by l.id desc limit ${limit} offset ${offset}`.execute(database);
  const total = await sql<{ total: number }>`select count(*) as total from moderation_log`.execute(database);
  return { items: rows.map(toEntry), total: total.rows[0]!.total };
}

export async function logOf(database: Database, person: AccountId): Promise<LogEntry[]> {
  const { rows } = await sql<LogRow>`
    select ${LOG} where l.person_id = ${person} order by l.id desc limit ${LINES_OF_PERSON_MAX}`.execute(database);
  return rows.map(toEntry);
}

export function toEntry(row: LogRow): LogEntry {
  return {
    id: row.id,
    at: row.at,
    act: row.act,
    subject: { kind: row.subject_kind, id: row.subject_id },
    moderator: row.moderator,
    moderatorId: row.moderator_id,
    person: row.person,
    personId: row.person_id,
    paper: row.paper_id === null ? null : { id: row.paper_id, title: row.title! },
    reason: row.reason,
    undone: row.undone_at !== null,
    undoneBy: row.undone_by,
    appeal: row.appeal,
    verdict: row.verdict === null ? null : { reason: row.verdict, by: row.judge },
  };
}

/** Puts back what an act changed; an open appeal against it is granted by that. */
export async function undoEntry(
  trx: Database,
  logId: string,
  { by, now }: { by: AccountId; now: string },
): Promise<LogEntry | null> {
  await moveCommunity(trx);
  type Known = { act: ModerationAct; subject_id: string; before: Record<string, unknown> };
  const { rows } = await sql<Known>`
    select act, subject_id, before from moderation_log where id = ${logId} and undone_at is null for update`.execute(
    trx,
  );
  const [entry] = rows;
  if (!entry || !(await undoAct(trx, { act: entry.act, id: entry.subject_id, before: entry.before }))) return null;
  // Reports that the act upheld were decided with it, and no longer count against anybody.
  await sql`
    update flags f set state = 'dismissed' from moderation_log l
    where l.id = ${logId} and f.state = 'upheld' and f.decided_at = l.at
      and f.subject_kind = l.subject_kind and f.subject_id = l.subject_id`.execute(trx);
  await sql`
    update moderation_log set undone_at = ${now}::timestamptz, undone_by = ${by} where id = ${logId}`.execute(trx);
  await sql`update appeals set state = 'granted' where log_id = ${logId} and state = 'open'`.execute(trx);
  return findEntry(trx, logId);
}
