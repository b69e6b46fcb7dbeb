/** Notifications: told once, read or not, and put together into mails that are claimed before they are handed over. */
import {
  type AccountId,
  bundleIsDue,
  type Clock,
  DEFAULT_NOTIFICATION_WISHES,
  NOTIFICATION_LIMITS,
  type NotificationKind,
  type NotificationWishes,
} from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { Page, PageRequest } from "./paging.ts";

export type Notification = {
  id: string;
  kind: NotificationKind;
  words: string;
  path: string;
  at: string;
  read: boolean;
};

export type NewNotification = {
  accountId: AccountId;
  kind: NotificationKind;
  words: string;
  path: string;
  /** Who caused it; goes with their account. */
  actorId: AccountId | null;
  once: string;
  byMail: boolean;
};

/** What goes out in one mail: claimed, and the same until it is marked. */
export type MailBundle = {
  id: string;
  account: { id: AccountId; name: string; email: string };
  /** Oldest first, at most `NOTIFICATION_LIMITS.perMail`. */
  items: Pick<Notification, "kind" | "words" | "path" | "at">[];
  total: number;
};

export type NotificationStore = {
  /** @returns whether it was news; false also where the account is gone */
  add(notification: NewNotification): Promise<boolean>;
  /** Takes back what was undone, unless it was read or mailed. */
  retract(once: string): Promise<void>;
  /** Newest first. */
  list(accountId: AccountId, page: PageRequest): Promise<Page<Notification>>;
  unread(accountId: AccountId): Promise<number>;
  /** @param upTo the newest id that its reader has seen; absent marks that one alone */
  markRead(accountId: AccountId, which: { id: string } | { upTo: string }): Promise<void>;
  wishesOf(accountId: AccountId): Promise<NotificationWishes>;
  /** @returns false where there is no such account */
  setWishes(accountId: AccountId, wishes: NotificationWishes): Promise<boolean>;
  /** Those of a crash first, then new ones that are due; only for confirmed addresses. @param limit accounts, 1..1000 */
  claimBundles(limit: number): Promise<MailBundle[]>;
  markMailed(bundle: string): Promise<void>;
  exportOf(accountId: AccountId): Promise<object>;
};

export function createNotificationStore(database: Database, newId: () => string, clock: Clock): NotificationStore {
  const now = () => new Date(clock()).toISOString();
  return {
    add: (one) => database.transaction().execute((trx) => add(trx, one, { id: newId(), at: now() })),
    retract: async (once) => {
      await sql`
        delete from notifications where once_key = ${once} and read_at is null and bundle is null`.execute(database);
    },
    list: (accountId, page) => list(database, accountId, page),
    unread: async (accountId) => {
      const { rows } = await sql<{ count: number }>`
        select count(*) as count from notifications
        where account_id = ${accountId} and read_at is null`.execute(database);
      return rows[0]!.count;
    },
    markRead: async (accountId, which) => {
      const condition = "id" in which ? sql`id = ${which.id}` : sql`id <= ${which.upTo}`;
      await sql`
        update notifications set read_at = ${now()}::timestamptz
        where account_id = ${accountId} and read_at is null and ${condition}`.execute(database);
    },
    wishesOf: (accountId) => wishesOf(database, accountId),
    setWishes: (accountId, wishes) => setWishes(database, accountId, wishes),
    claimBundles: (limit) => claimBundles(database, { newId, nowMs: clock(), limit }),
    markMailed: async (bundle) => {
      await sql`
        update notifications set mailed_at = ${now()}::timestamptz where bundle = ${bundle}`.execute(database);
    },
    exportOf: async (accountId) => ({
      wishes: await wishesOf(database, accountId),
      notifications: (
        await sql<{ row: object }>`
          select to_jsonb(n) - 'account_id' - 'actor_id' - 'bundle' as row from notifications n
          where n.account_id = ${accountId} order by n.id`.execute(database)
      ).rows.map(({ row }) => row),
    }),
  };
}

async function add(trx: Database, one: NewNotification, { id, at }: { id: string; at: string }): Promise<boolean> {
  const { rows } = await sql`
    insert into notifications (id, account_id, kind, words, path, actor_id, once_key, at, by_mail)
    select ${id}, a.id, ${one.kind}, ${one.words}, ${one.path}, ${one.actorId}, ${one.once}, ${at}::timestamptz,
      ${one.byMail}
    from accounts a where a.id = ${one.accountId}
    on conflict (account_id, once_key) do nothing returning 1`.execute(trx);
  if (rows.length === 0) return false;
  await sql`
    delete from notifications where account_id = ${one.accountId} and id <= (
      select id from notifications where account_id = ${one.accountId}
      order by id desc offset ${NOTIFICATION_LIMITS.kept} limit 1)`.execute(trx);
  return true;
}

async function list(database: Database, accountId: string, { limit, offset }: PageRequest) {
  const total = await sql<{ total: number }>`
    select count(*) as total from notifications where account_id = ${accountId}`.execute(database);
  const { rows } = await sql<Notification>`
    select id, kind, words, path, at, read_at is not null as read from notifications
    where account_id = ${accountId} order by id desc limit ${limit} offset ${offset}`.execute(database);
  return { items: rows, total: total.rows[0]!.total };
}

async function wishesOf(database: Database, accountId: string): Promise<NotificationWishes> {
  const { rows } = await sql<{ wishes: Partial<NotificationWishes> }>`
    select wishes from notification_wishes where account_id = ${accountId}`.execute(database);
  return { ...DEFAULT_NOTIFICATION_WISHES, ...rows[0]?.wishes };
}

async function setWishes(database: Database, accountId: string, wishes: NotificationWishes): Promise<boolean> {
  const { rows } = await sql`
    insert into notification_wishes (account_id, wishes)
    select id, ${JSON.stringify(wishes)}::jsonb from accounts where id = ${accountId}
    on conflict (account_id) do update set wishes = excluded.wishes returning 1`.execute(database);
  // What waits already is mailed as it is wished now, not as it was.
  const off = wishes.pace === "never";
  await sql`
    update notifications set by_mail = false
    where account_id = ${accountId} and bundle is null and by_mail
      and (${off} or kind = any(${[...wishes.unmailed]}::text[]))`.execute(database);
  return rows.length > 0;
}

type Due = { account_id: string; oldest: string; mailed_at: string | null; wishes: Partial<NotificationWishes> | null };

async function claimBundles(
  database: Database,
  { newId, nowMs, limit }: { newId: () => string; nowMs: number; limit: number },
): Promise<MailBundle[]> {
  await database.transaction().execute(async (trx) => {
    const { rows } = await sql<Due>`
      select w.account_id, w.oldest, s.mailed_at, s.wishes
      from (
        select account_id, min(at) as oldest from notifications
        where by_mail and mailed_at is null and bundle is null group by account_id) w
      join accounts a on a.id = w.account_id and a.email_verified
      left join notification_wishes s on s.account_id = w.account_id
      where coalesce(s.wishes ->> 'pace', 'daily') = 'at-once' or s.mailed_at is null
        or s.mailed_at <= ${new Date(nowMs).toISOString()}::timestamptz - interval '1 day'
      order by w.oldest, w.account_id limit ${limit}`.execute(trx);
    for (const due of rows.filter((row) => isDue(row, nowMs))) {
      await sql`
        insert into notification_wishes (account_id, mailed_at)
        values (${due.account_id}, ${new Date(nowMs).toISOString()}::timestamptz)
        on conflict (account_id) do update set mailed_at = excluded.mailed_at`.execute(trx);
      await sql`
        update notifications set bundle = ${newId()}
        where account_id = ${due.account_id} and by_mail and mailed_at is null and bundle is null`.execute(trx);
    }
  });
  return openBundles(database, limit);
}

const isDue = ({ wishes, oldest, mailed_at }: Due, nowMs: number) =>
  bundleIsDue(
    {
      pace: wishes?.pace ?? DEFAULT_NOTIFICATION_WISHES.pace,
      oldestMs: Date.parse(oldest),
      mailedMs: mailed_at === null ? null : Date.parse(mailed_at),
    },
    nowMs,
  );

async function openBundles(database: Database, limit: number): Promise<MailBundle[]> {
  const { rows } = await sql<{
    bundle: string;
    id: string;
    name: string;
    email: string;
    items: MailBundle["items"];
    total: number;
  }>`
    select b.bundle, a.id, a.name, a.email, b.items, b.total
    from (
      select bundle, account_id, count(*) as total,
        jsonb_agg(jsonb_build_object('kind', kind, 'words', words, 'path', path, 'at', at) order by id) as items
      from notifications where bundle is not null and mailed_at is null group by bundle, account_id) b
    join accounts a on a.id = b.account_id order by b.bundle limit ${limit}`.execute(database);
  return rows.map(({ bundle, id, name, email, items, total }) => ({
    id: bundle,
    account: { id, name, email },
    items: items.slice(0, NOTIFICATION_LIMITS.perMail),
    total,
  }));
}
