/** The outbox: each message is written down, claimed before it is sent, and marked after. A claim is committed first. */
import { type Clock, DELIVERY_STATES, type DeliveryState, tooMany } from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { ClaimedPost, NewPost, OutboxStore, PostEnd } from "./outbox-store.ts";

/** More waiting than this in one channel is an attack, or a server that has not answered for days. */
export const OUTBOX_WAITING_MAX = 10_000;
const MESSAGE_BYTES_MAX = 256 * 1024;
const LIFE_MS_MAX = 30 * 86_400_000;
const ONCE_CHARS_MAX = 200;
const CLAIM_MAX = 100;
const REASON_CHARS = 500;

export function createOutboxStore(database: Database, newId: () => string, clock: Clock): OutboxStore {
  const now = () => new Date(clock()).toISOString();
  return {
    put: (post) => put(database, post, { id: newId(), nowMs: clock() }),
    claim: ({ channel, limit }) => claim(database, { channel, limit: Math.min(limit, CLAIM_MAX), now: now() }),
    end: (ends) => end(database, ends, now()),
    releaseOlderThan: (ms) => release(database, { before: new Date(clock() - ms).toISOString(), now: now() }),
    nextDue: (channel) => nextDue(database, channel),
    count: (channel) => count(database, channel),
    listDoubtful: (limit) => listDoubtful(database, limit),
    resolve: (id, verdict) => resolve(database, id, { verdict, now: now() }),
    recipientOf: async (id) => {
      const { rows } = await sql<{ recipient: string }>`select recipient from outbox where id = ${id}`.execute(
        database,
      );
      return rows[0]?.recipient ?? null;
    },
    forget: async (recipient) => {
      const { rows } = await sql`delete from outbox where recipient = ${recipient} returning id`.execute(database);
      return rows.length;
    },
    tidy: (ms) => tidy(database, new Date(clock() - ms).toISOString()),
  };
}

async function put(database: Database, post: NewPost, { id, nowMs }: { id: string; nowMs: number }) {
  const message = JSON.stringify(post.message).replaceAll("\\u0000", "");
  if (Buffer.byteLength(message) > MESSAGE_BYTES_MAX) throw new RangeError("the message is too long for the outbox");
  if ((post.once ?? "").length > ONCE_CHARS_MAX) throw new RangeError("the key is too long for the outbox");
  const time = (ms: number) => new Date(ms).toISOString();
  const { rows } = await sql<{ waiting: number }>`
    select count(*) as waiting from (
      select 1 from outbox where state = 'waiting' and channel = ${post.channel} limit ${OUTBOX_WAITING_MAX}) as one`.execute(
    database,
  );
  if (rows[0]!.waiting >= OUTBOX_WAITING_MAX)
    throw tooMany("Too many messages wait to be sent. Please try again later.");
  const added = await sql`
    insert into outbox (id, channel, recipient, message, once_key, in_doubt, put_at, due_at, expires_at)
    values (${id}, ${post.channel}, ${post.recipient}, ${message}::jsonb, ${post.once ?? null}, ${post.inDoubt},
      ${time(nowMs)}::timestamptz, ${time(post.dueMs ?? nowMs)}::timestamptz,
      ${time(Math.min(post.expiresMs, nowMs + LIFE_MS_MAX))}::timestamptz)
    on conflict (once_key) do nothing returning id`.execute(database);
  return added.rows.length > 0 ? id : null;
}

type Claim = { channel: string; limit: number; now: string };
type ClaimRow = {
  id: string;
  state: DeliveryState;
  recipient: string;
  message: object;
  put_at: string;
  expires_at: string;
  attempts: number;
};

async function claim(database: Database, options: Claim): Promise<ClaimedPost[]> {
  for (;;) {
    const rows = await take(database, options);
    const claimed = rows.filter((row) => row.state === "sending");
    // Where all had expired there may be more behind them; each round ends some, so the rounds do, too.
    if (claimed.length > 0 || rows.length === 0) return claimed.map(toClaimed);
  }
}

async function take(database: Database, { channel, limit, now }: Claim): Promise<ClaimRow[]> {
  const { rows } = await sql<ClaimRow>`
    with next as (
      select id, expires_at <= ${now}::timestamptz as expired from outbox
      where state = 'waiting' and channel = ${channel} and due_at <= ${now}::timestamptz
      order by due_at, id limit ${limit} for update skip locked)
    update outbox o set
      state = case when next.expired then 'skipped' else 'sending' end,
      attempts = attempts + case when next.expired then 0 else 1 end,
      claimed_at = ${now}::timestamptz,
      ended_at = case when next.expired then ${now}::timestamptz end,
      message = case when next.expired then null else o.message end,
      reason = case when next.expired then 'expired before it could be sent' else o.reason end
    from next where o.id = next.id
    returning o.id, o.state, o.recipient, o.message, o.put_at, o.expires_at, o.attempts`.execute(database);
  return rows;
}

function toClaimed(row: ClaimRow): ClaimedPost {
  return {
    id: row.id,
    recipient: row.recipient,
    message: row.message,
    putMs: Date.parse(row.put_at),
    expiresMs: Date.parse(row.expires_at),
    attempts: row.attempts,
  };
}

async function end(database: Database, ends: readonly PostEnd[], now: string): Promise<void> {
  if (ends.length === 0) return;
  const rows = ends.map(({ id, state, reason, dueMs }) => ({
    id,
    state,
    reason: reason.replaceAll("\0", "").slice(0, REASON_CHARS),
    due_at: dueMs === undefined ? null : new Date(dueMs).toISOString(),
  }));
  await sql`
    update outbox o set state = one.state, reason = one.reason, due_at = coalesce(one.due_at, o.due_at),
      ended_at = case when one.state in ('waiting', 'doubt') then null else ${now}::timestamptz end,
      message = case when one.state in ('waiting', 'doubt') then o.message end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as one (id text, state text, reason text, due_at timestamptz)
    where o.id = one.id and o.state = 'sending'`.execute(database);
}

async function release(database: Database, { before, now }: { before: string; now: string }) {
  const { rows } = await sql<{ state: DeliveryState }>`
    update outbox set state = case in_doubt when 'again' then 'waiting' else 'doubt' end,
      due_at = case in_doubt when 'again' then ${now}::timestamptz else due_at end,
      reason = 'The process that was sending it ended before it could say how.'
    where state = 'sending' and claimed_at < ${before}::timestamptz returning state`.execute(database);
  const doubtful = rows.filter((row) => row.state === "doubt").length;
  return { waiting: rows.length - doubtful, doubtful };
}

async function nextDue(database: Database, channel: string): Promise<number | null> {
  const { rows } = await sql<{ due: string | null }>`
    select min(due_at) as due from outbox where channel = ${channel} and state = 'waiting'`.execute(database);
  return rows[0]?.due ? Date.parse(rows[0].due) : null;
}

async function count(database: Database, channel: string): Promise<Record<DeliveryState, number>> {
  const { rows } = await sql<{ state: DeliveryState; count: number }>`
    select state, count(*) as count from outbox where channel = ${channel} group by state`.execute(database);
  const none = Object.fromEntries(DELIVERY_STATES.map((state) => [state, 0])) as Record<DeliveryState, number>;
  return { ...none, ...Object.fromEntries(rows.map((row) => [row.state, row.count])) };
}

async function listDoubtful(database: Database, limit: number) {
  const { rows } = await sql<{
    id: string;
    channel: string;
    recipient: string;
    claimed_at: string;
    reason: string | null;
  }>`
    select id, channel, recipient, claimed_at, reason from outbox where state = 'doubt'
    order by claimed_at, id limit ${limit}`.execute(database);
  return rows.map(({ claimed_at: claimedAt, ...row }) => ({ ...row, claimedAt }));
}

async function resolve(
  database: Database,
  id: string,
  { verdict, now }: { verdict: "sent" | "again"; now: string },
): Promise<boolean> {
  const { rows } =
    verdict === "sent"
      ? await sql`
          update outbox set state = 'sent', ended_at = ${now}::timestamptz, message = null,
            reason = 'confirmed by the operator'
          where id = ${id} and state = 'doubt' returning id`.execute(database)
      : await sql`
          update outbox set state = 'waiting', due_at = ${now}::timestamptz, reason = 'sent again by the operator'
          where id = ${id} and state = 'doubt' returning id`.execute(database);
  return rows.length > 0;
}

async function tidy(database: Database, before: string): Promise<number> {
  const { rows } = await sql`
    delete from outbox where ended_at < ${before}::timestamptz and once_key is null returning id`.execute(database);
  return rows.length;
}
