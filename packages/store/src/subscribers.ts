/** Subscribers: asking, confirming, wishes, leaving, and being forgotten. */
import { randomBytes } from "node:crypto";
import { type Clock, DEFAULT_PREFERENCES, type Preferences, type SubscriptionState } from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { RequestAnswer, Subscriber, SubscriberStore, SubscriptionRequest } from "./mail-stores.ts";
import { hashAddress } from "./suppressions.ts";

const CONFIRM_MS = 48 * 3_600_000;
/** Mails about a subscription that one address gets in a day, whoever asks for them. */
const MAILS_PER_DAY = 3;
const DAY_MS = 86_400_000;
const CONFIRM_BYTES = 16;

export type SubscriberRow = {
  id: string;
  email: string;
  state: SubscriptionState;
  preferences: Partial<Preferences>;
  requested_at: string;
  confirmed_at: string | null;
  left_at: string | null;
  suppressed: string | null;
};

const SUBSCRIBER = sql.raw("id, email, state, preferences, requested_at, confirmed_at, left_at, suppressed");

export function createSubscriberStore(database: Database, newId: () => string, clock: Clock): SubscriberStore {
  const now = () => new Date(clock()).toISOString();
  return {
    request: (wish) => database.transaction().execute((trx) => request(trx, wish, { id: newId(), nowMs: clock() })),
    findToConfirm: (confirmId) => findToConfirm(database, confirmId, now()),
    confirm: (confirmId) => confirm(database, confirmId, now()),
    find: (id) => find(database, id),
    setPreferences: (id, preferences) => setPreferences(database, id, preferences),
    leave: (id) => leave(database, id, now()),
    exportData: (id) => exportData(database, id),
    erase: (id) => erase(database, id),
    count: () => count(database),
    listConfirmed: (page) => listConfirmed(database, page),
  };
}

type Open = { confirm_id: string | null; confirm_until: string | null; mails_since: string | null; mails_sent: number };

async function request(
  trx: Database,
  wish: SubscriptionRequest,
  { id, nowMs }: { id: string; nowMs: number },
): Promise<RequestAnswer> {
  const now = new Date(nowMs).toISOString();
  const hash = await hashAddress(trx, wish.key);
  await sql`
    insert into subscribers (id, email, email_key, requested_at, suppressed)
    values (${id}, ${wish.email}, ${wish.key}, ${now}::timestamptz,
      (select reason from suppressions where address_hash = ${hash}))
    on conflict (email_key) do nothing`.execute(trx);
  const { rows } = await sql<SubscriberRow & Open>`
    select ${SUBSCRIBER}, confirm_id, confirm_until, mails_since, mails_sent from subscribers
    where email_key = ${wish.key} for update`.execute(trx);
  const row = rows[0]!;
  const sameDay = row.mails_since !== null && nowMs - Date.parse(row.mails_since) < DAY_MS;
  const sent = sameDay ? row.mails_sent : 0;
  const gets = row.suppressed === null && sent < MAILS_PER_DAY;
  const confirms = gets && row.state !== "confirmed";
  const open = row.confirm_id !== null && row.confirm_until !== null && Date.parse(row.confirm_until) > nowMs;
  const confirmId = open ? row.confirm_id! : randomBytes(CONFIRM_BYTES).toString("base64url");
  const untilMs = nowMs + CONFIRM_MS;
  const proof = JSON.stringify([{ asked: now, source: wish.source, text: wish.text }]);
  // Both are asked whatever is known of the address, so that the answer's speed does not tell.
  await sql`
    update subscribers set mails_sent = ${sent + 1}, mails_since = ${sameDay ? row.mails_since : now}::timestamptz
    where id = ${row.id} and ${gets}`.execute(trx);
  await sql`
    update subscribers set confirm_id = ${confirmId}, confirm_until = ${new Date(untilMs).toISOString()}::timestamptz,
      consent = consent || ${proof}::jsonb
    where id = ${row.id} and ${confirms}`.execute(trx);
  if (!gets) return { mail: "none" };
  if (!confirms) return { mail: "known", subscriberId: row.id, email: row.email };
  return { mail: "confirm", confirmId, untilMs, email: row.email };
}

async function findToConfirm(database: Database, confirmId: string, now: string) {
  const { rows } = await sql<SubscriberRow>`
    select ${SUBSCRIBER} from subscribers
    where confirm_id = ${confirmId} and confirm_until > ${now}::timestamptz`.execute(database);
  return rows[0] ? toSubscriber(rows[0]) : null;
}

async function confirm(database: Database, confirmId: string, now: string) {
  const proof = JSON.stringify([{ confirmed: now }]);
  const { rows } = await sql<SubscriberRow>`
    update subscribers set state = 'confirmed', confirmed_at = ${now}::timestamptz, left_at = null, confirm_id = null,
      confirm_until = null, consent = consent || ${proof}::jsonb
    where confirm_id = ${confirmId} and confirm_until > ${now}::timestamptz
    returning ${SUBSCRIBER}`.execute(database);
  return rows[0] ? toSubscriber(rows[0]) : null;
}

async function find(database: Database, id: string) {
  const { rows } = await sql<SubscriberRow>`select ${SUBSCRIBER} from subscribers where id = ${id}`.execute(database);
  return rows[0] ? toSubscriber(rows[0]) : null;
}

async function setPreferences(database: Database, id: string, preferences: Preferences): Promise<boolean> {
  const { rows } = await sql`
    update subscribers set preferences = ${JSON.stringify(preferences)}::jsonb where id = ${id} returning id`.execute(
    database,
  );
  return rows.length > 0;
}

async function leave(database: Database, id: string, now: string): Promise<boolean> {
  const { rows } = await sql`
    update subscribers set left_at = case when state = 'left' then left_at else ${now}::timestamptz end, state = 'left',
      confirm_id = null, confirm_until = null
    where id = ${id} returning id`.execute(database);
  return rows.length > 0;
}

async function exportData(database: Database, id: string): Promise<object | null> {
  const { rows } = await sql<{ row: object }>`
    select to_jsonb(s) - 'confirm_id' || jsonb_build_object('deliveries', (
      select coalesce(jsonb_agg(to_jsonb(d) - 'subscriber_id' order by d.due_at, d.id), '[]')
      from deliveries d where d.subscriber_id = s.id), 'private_feed_made_at', (
      select made_at from private_feeds f where f.subscriber_id = s.id)) as row
    from subscribers s where s.id = ${id}`.execute(database);
  return rows[0]?.row ?? null;
}

async function erase(database: Database, id: string): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`
    with gone as (delete from subscribers where id = ${id} returning email_key),
      letters as (delete from outbox o using gone where o.recipient = gone.email_key)
    select count(*) as count from gone`.execute(database);
  return rows[0]!.count > 0;
}

async function count(database: Database): Promise<Record<SubscriptionState, number>> {
  const { rows } = await sql<{ state: SubscriptionState; count: number }>`
    select state, count(*) as count from subscribers group by state`.execute(database);
  return { pending: 0, confirmed: 0, left: 0, ...Object.fromEntries(rows.map((row) => [row.state, row.count])) };
}

async function listConfirmed(
  database: Database,
  { cadence, confirmedBy, after, limit }: Parameters<SubscriberStore["listConfirmed"]>[0],
) {
  const { rows } = await sql<SubscriberRow>`
    select ${SUBSCRIBER} from subscribers
    where state = 'confirmed' and suppressed is null and id > ${after} and confirmed_at <= ${confirmedBy}::timestamptz
      and coalesce(preferences ->> 'cadence', ${sql.lit(DEFAULT_PREFERENCES.cadence)}) = ${cadence}
    order by id limit ${limit}`.execute(database);
  return rows.map(toSubscriber);
}

function toSubscriber(row: SubscriberRow): Subscriber {
  return {
    id: row.id,
    email: row.email,
    state: row.state,
    preferences: { ...DEFAULT_PREFERENCES, ...row.preferences },
    requestedAt: row.requested_at,
    confirmedAt: row.confirmed_at,
    leftAt: row.left_at,
    suppressed: row.suppressed,
  };
}
