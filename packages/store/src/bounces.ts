/** What comes back: which delivery or letter it was about, and when an address has failed often enough to be left alone. */
import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { DeliveryStore, MailTrouble } from "./mail-stores.ts";
import { addSuppression, hashAddress } from "./suppressions.ts";

const REASON_CHARS = 500;
/** Soft failures within this time… */
const SOFT_WINDOW_MS = 30 * 86_400_000;
/** …that suppress an address. */
const SOFT_MAX = 5;

type Report = Parameters<DeliveryStore["bounce"]>[0];
type Outcome = "suppressed" | "noted" | "unknown";

export async function bounce(trx: Database, { id, kind, reason }: Report, nowMs: number): Promise<Outcome> {
  const now = new Date(nowMs).toISOString();
  const said = wordsOf({ kind, reason });
  const { rows } = await sql<{ email_key: string; subscriber_id: string }>`
    update deliveries d set state = 'refused', reason = ${said}, ended_at = ${now}::timestamptz
    from subscribers s where d.id = ${id} and s.id = d.subscriber_id
    returning s.email_key, d.subscriber_id`.execute(trx);
  const [found] = rows;
  if (!found) return bounceLetter(trx, { id, kind, reason }, nowMs);
  if (kind === "soft" && (await failuresSince(trx, found.subscriber_id, nowMs - SOFT_WINDOW_MS)) < SOFT_MAX)
    return "noted";
  await addSuppression(trx, found.email_key, { reason: said, atMs: nowMs });
  return "suppressed";
}

/** A letter that bounced: an address that does not exist gets no digest either; everything else is only noted. */
async function bounceLetter(trx: Database, { id, kind, reason }: Report, nowMs: number): Promise<Outcome> {
  const said = wordsOf({ kind, reason });
  const { rows } = await sql<{ recipient: string }>`
    update outbox set state = 'refused', reason = ${said}, message = null
    where id = ${id} and channel = 'mail' and state in ('sent', 'refused', 'doubt') returning recipient`.execute(trx);
  const [found] = rows;
  if (!found) return "unknown";
  if (kind === "soft") return "noted";
  await addSuppression(trx, found.recipient, { reason: said, atMs: nowMs });
  return "suppressed";
}

export async function bounceTo(
  trx: Database,
  emailKey: string,
  { kind, reason, nowMs }: Omit<Report, "id"> & { nowMs: number },
): Promise<Outcome> {
  const { rows } = await sql<{ id: string }>`
    select d.id from deliveries d join subscribers s on s.id = d.subscriber_id
    where s.email_key = ${emailKey} and d.state in ('sent', 'refused', 'doubt')
    order by d.ended_at desc nulls last, d.id desc limit 1`.execute(trx);
  if (rows[0]) return bounce(trx, { id: rows[0].id, kind, reason }, nowMs);
  const letters = await sql<{ id: string }>`
    select id from outbox where recipient = ${emailKey} and channel = 'mail' and state in ('sent', 'refused', 'doubt')
    order by ended_at desc nulls last, id desc limit 1`.execute(trx);
  return letters.rows[0] ? bounceLetter(trx, { id: letters.rows[0].id, kind, reason }, nowMs) : "unknown";
}

export async function findTrouble(database: Database, subscriberId: string): Promise<MailTrouble | null> {
  const { rows } = await sql<{
    email_key: string;
    suppressed: string | null;
    state: string | null;
    reason: string | null;
    ended_at: string | null;
  }>`
    select s.email_key, s.suppressed, d.state, d.reason, d.ended_at from subscribers s left join lateral (
      select state, reason, ended_at from deliveries
      where subscriber_id = s.id and state in ('sent', 'refused') order by ended_at desc, id desc limit 1) d on true
    where s.id = ${subscriberId}`.execute(database);
  const [row] = rows;
  if (!row) return null;
  const kind = (words: string) => (words.startsWith("complaint") ? "complaint" : "bounce");
  if (row.suppressed !== null) {
    const hash = await hashAddress(database, row.email_key);
    const found = await sql<{ at: string }>`select at from suppressions where address_hash = ${hash}`.execute(database);
    const at = found.rows[0]?.at ?? row.ended_at ?? "";
    return { kind: kind(row.suppressed), reason: row.suppressed, at, stopped: true };
  }
  if (row.state !== "refused") return null;
  return { kind: kind(row.reason ?? ""), reason: row.reason ?? "", at: row.ended_at ?? "", stopped: false };
}

async function failuresSince(trx: Database, subscriberId: string, sinceMs: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from deliveries where subscriber_id = ${subscriberId} and state = 'refused'
      and ended_at >= ${new Date(sinceMs).toISOString()}::timestamptz`.execute(trx);
  return rows[0]!.count;
}

function wordsOf({ kind, reason }: Pick<Report, "kind" | "reason">): string {
  return `${kind}: ${reason}`.replaceAll("\0", "").slice(0, REASON_CHARS);
}
