/**
 * Deliveries: each is claimed before its mail is sent and marked after. A claim is committed first, so what a crash
 * leaves behind is never "waiting" again by itself, and nobody is mailed twice.
 */
import {
  type Clock,
  DEFAULT_PREFERENCES,
  DELIVERY_STATES,
  type DeliveryState,
  type Preferences,
} from "@paperwire/domain";
import { sql } from "kysely";
import { bounce, bounceTo, findTrouble } from "./bounces.ts";
import type { Database } from "./database.ts";
import type { ClaimedDelivery, DeliveryEnd, DeliveryStore, DoubtfulDelivery } from "./mail-stores.ts";

const CLAIM_MAX = 100;
const ADD_MAX = 5_000;
const REASON_CHARS = 500;

export function createDeliveryStore(database: Database, newId: () => string, clock: Clock): DeliveryStore {
  const now = () => new Date(clock()).toISOString();
  return {
    add: (digest, deliveries) =>
      add(
        database,
        digest,
        deliveries.map((one) => ({ ...one, id: newId() })),
      ),
    claim: ({ digest, limit }) => claim(database, { digest, limit: Math.min(limit, CLAIM_MAX), now: now() }),
    end: (ends) => end(database, ends, now()),
    doubtOlderThan: (ms) => doubtOlderThan(database, new Date(clock() - ms).toISOString()),
    count: (digest) => count(database, digest),
    nextDue: (digest) => nextDue(database, digest),
    listDoubtful: (limit) => listDoubtful(database, limit),
    resolve: (id, verdict) => resolve(database, id, { verdict, now: now() }),
    bounce: (report) => database.transaction().execute((trx) => bounce(trx, report, clock())),
    bounceTo: (emailKey, report) =>
      database.transaction().execute((trx) => bounceTo(trx, emailKey, { ...report, nowMs: clock() })),
    findTrouble: (subscriberId) => findTrouble(database, subscriberId),
    resend: (digest, emailKey) => resend(database, digest, { emailKey, now: now() }),
  };
}

type NewDelivery = { id: string; subscriberId: string; dueMs: number };

async function add(database: Database, digest: string, rows: readonly NewDelivery[]): Promise<number> {
  if (rows.length > ADD_MAX) throw new RangeError(`${rows.length} deliveries; at most ${ADD_MAX}`);
  if (rows.length === 0) return 0;
  const added = await sql`
    insert into deliveries (id, digest, subscriber_id, due_at)
    select one.id, ${digest}, one.subscriber_id, one.due_at
    from unnest(${rows.map((row) => row.id)}::text[], ${rows.map((row) => row.subscriberId)}::text[],
      ${rows.map((row) => new Date(row.dueMs).toISOString())}::timestamptz[]) as one (id, subscriber_id, due_at)
    join subscribers s on s.id = one.subscriber_id
    on conflict (digest, subscriber_id) do nothing returning id`.execute(database);
  return added.rows.length;
}

type Claim = { digest: string; limit: number; now: string };
type ClaimRow = {
  id: string;
  subscriber_id: string;
  state: DeliveryState;
  attempts: number;
  email: string;
  preferences: Partial<Preferences>;
};

async function claim(database: Database, options: Claim): Promise<ClaimedDelivery[]> {
  for (;;) {
    const rows = await take(database, options);
    const claimed = rows.filter((row) => row.state === "sending");
    // Where all were skipped there may be more behind them; each round ends some, so the rounds do, too.
    if (claimed.length > 0 || rows.length === 0) return claimed.map(toClaimed);
  }
}

async function take(database: Database, { digest, limit, now }: Claim): Promise<ClaimRow[]> {
  const { rows } = await sql<ClaimRow>`
    with next as (
      select id from deliveries
      where state = 'waiting' and digest = ${digest} and due_at <= ${now}::timestamptz
      order by due_at, id limit ${limit} for update skip locked),
    fit as (
      select next.id, s.id as subscriber_id, s.email, s.preferences,
        case when s.suppressed is not null then s.suppressed when s.state <> 'confirmed' then s.state end as obstacle
      from next join deliveries d on d.id = next.id join subscribers s on s.id = d.subscriber_id)
    update deliveries d set
      state = case when fit.obstacle is null then 'sending' else 'skipped' end,
      attempts = attempts + case when fit.obstacle is null then 1 else 0 end,
      claimed_at = ${now}::timestamptz,
      ended_at = case when fit.obstacle is null then null else ${now}::timestamptz end,
      reason = coalesce(fit.obstacle, d.reason)
    from fit where d.id = fit.id
    returning d.id, d.subscriber_id, d.state, d.attempts, fit.email, fit.preferences`.execute(database);
  return rows;
}

function toClaimed(row: ClaimRow): ClaimedDelivery {
  return {
    id: row.id,
    subscriberId: row.subscriber_id,
    email: row.email,
    preferences: { ...DEFAULT_PREFERENCES, ...row.preferences },
    attempts: row.attempts,
  };
}

async function end(database: Database, ends: readonly DeliveryEnd[], now: string): Promise<void> {
  if (ends.length === 0) return;
  const rows = ends.map(({ id, state, reason, dueMs, untried = false }) => ({
    id,
    state,
    untried,
    reason: reason.replaceAll("\0", "").slice(0, REASON_CHARS),
    due_at: dueMs === undefined ? null : new Date(dueMs).toISOString(),
  }));
  await sql`
    update deliveries d set state = one.state, reason = one.reason, due_at = coalesce(one.due_at, d.due_at),
      attempts = d.attempts - one.untried::int,
      ended_at = case when one.state = 'waiting' then null else ${now}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as one
      (id text, state text, reason text, due_at timestamptz, untried boolean)
    where d.id = one.id and d.state = 'sending'`.execute(database);
}

async function doubtOlderThan(database: Database, before: string): Promise<number> {
  const { rows } = await sql`
    update deliveries set state = 'doubt', reason = 'The process that was sending it ended before it could say how.'
    where state = 'sending' and claimed_at < ${before}::timestamptz returning id`.execute(database);
  return rows.length;
}

async function count(database: Database, digest: string): Promise<Record<DeliveryState, number>> {
  const { rows } = await sql<{ state: DeliveryState; count: number }>`
    select state, count(*) as count from deliveries where digest = ${digest} group by state`.execute(database);
  const none = Object.fromEntries(DELIVERY_STATES.map((state) => [state, 0])) as Record<DeliveryState, number>;
  return { ...none, ...Object.fromEntries(rows.map((row) => [row.state, row.count])) };
}

async function nextDue(database: Database, digest: string): Promise<number | null> {
  const { rows } = await sql<{ due: string | null }>`
    select min(due_at) as due from deliveries where digest = ${digest} and state = 'waiting'`.execute(database);
  return rows[0]?.due ? Date.parse(rows[0].due) : null;
}

async function listDoubtful(database: Database, limit: number): Promise<DoubtfulDelivery[]> {
  const { rows } = await sql<{
    id: string;
    digest: string;
    email: string;
    claimed_at: string | null;
    reason: string | null;
  }>`
    select d.id, d.digest, s.email, d.claimed_at, d.reason from deliveries d join subscribers s on s.id = d.subscriber_id
    where d.state = 'doubt' order by d.claimed_at, d.id limit ${limit}`.execute(database);
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
          update deliveries set state = 'sent', ended_at = ${now}::timestamptz, reason = 'confirmed by the operator'
          where id = ${id} and state = 'doubt' returning id`.execute(database)
      : await sql`
          update deliveries set state = 'waiting', due_at = ${now}::timestamptz, reason = 'sent again by the operator'
          where id = ${id} and state = 'doubt' returning id`.execute(database);
  return rows.length > 0;
}

async function resend(
  database: Database,
  digest: string,
  { emailKey, now }: { emailKey: string; now: string },
): Promise<boolean> {
  const { rows } = await sql`
    update deliveries d set state = 'waiting', attempts = 0, due_at = ${now}::timestamptz, ended_at = null
    from subscribers s where s.id = d.subscriber_id and s.email_key = ${emailKey} and d.digest = ${digest}
      and d.state in ('sent', 'refused', 'skipped') returning d.id`.execute(database);
  return rows.length > 0;
}
