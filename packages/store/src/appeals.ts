/** Appeals against what moderators did: one for each line of the log, and the verdict of another moderator. */
import type { AccountId } from "@paperwire/domain";
import { sql } from "kysely";
import { moveCommunity } from "./community-counter.ts";
import type { Database } from "./database.ts";
import { findEntry, LOG, type LogEntry, type LogRow, toEntry, undoEntry } from "./moderation-log.ts";

export type Appeal = {
  id: string;
  logId: string;
  words: string;
  at: string;
  handle: string;
  /** Moderators who may judge it beside whoever acted and whom it concerns: not suspended. */
  otherJudges: number;
};

/** What became of an appeal. */
export type Verdict = { by: AccountId; grant: boolean; reason: string };

/** On one page of the queue. */
const OPEN_APPEALS_MAX = 200;

export async function addAppeal(
  database: Database,
  { logId, by, words }: { logId: string; by: AccountId; words: string },
  { id, now }: { id: string; now: string },
): Promise<boolean> {
  const { rows } = await sql`
    insert into appeals (id, log_id, account_id, words, at)
    select ${id}, l.id, ${by}, ${words}, ${now}::timestamptz from moderation_log l
    where l.id = ${logId} and l.person_id = ${by} and l.undone_at is null
    on conflict (log_id) do nothing returning id`.execute(database);
  return rows.length > 0;
}

export async function openAppeals(database: Database, now: string): Promise<(Appeal & { entry: LogEntry })[]> {
  type Asked = { appeal_id: string; words: string; asked_at: string; asker: string; judges: number };
  const { rows } = await sql<LogRow & Asked>`
    select o.id as appeal_id, o.words, o.at as asked_at, q.handle as asker,
      (select count(*) from accounts j where j.role in ('moderator', 'admin')
        and j.id is distinct from l.moderator_id and j.id is distinct from l.person_id
        and (j.suspended_until is null or j.suspended_until <= ${now}::timestamptz)) as judges, ${LOG}
    join appeals o on o.log_id = l.id and o.state = 'open' join accounts q on q.id = o.account_id
    order by o.id limit ${OPEN_APPEALS_MAX}`.execute(database);
  return rows.map((row) => ({
    id: row.appeal_id,
    logId: row.id,
    words: row.words,
    at: row.asked_at,
    handle: row.asker,
    otherJudges: row.judges,
    entry: toEntry(row),
  }));
}

export async function settleAppeal(
  trx: Database,
  id: string,
  { by, grant, reason, now }: Verdict & { now: string },
): Promise<LogEntry | null> {
  await moveCommunity(trx);
  const { rows } = await sql<{ log_id: string }>`
    update appeals set state = ${grant ? "granted" : "refused"}, decided_at = ${now}::timestamptz, decided_by = ${by},
      reason = ${reason}
    where id = ${id} and state = 'open' returning log_id`.execute(trx);
  const [appeal] = rows;
  if (!appeal) return null;
  if (!grant) return findEntry(trx, appeal.log_id);
  const undone = await undoEntry(trx, appeal.log_id, { by, now });
  // What stands in the way of undoing it leaves the appeal open.
  if (!undone)
    await sql`update appeals set state = 'open', reason = null, decided_at = null, decided_by = null
    where id = ${id}`.execute(trx);
  return undone;
}
