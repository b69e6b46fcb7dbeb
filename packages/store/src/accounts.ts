/** Accounts: who somebody is, and what follows when they change or leave. */
import type { Account, AccountId, Role, TrustLevel } from "@paperwire/domain";
import { type RawBuilder, sql } from "kysely";
import type { AccountStore, StoredAccount } from "./account-stores.ts";
import { moveCommunity } from "./community-counter.ts";
import type { Database } from "./database.ts";
import { changedTooOften, formerAmong, formerOwner, isKeptForOthers, keepHandle } from "./kept-handles.ts";
import { forgetSender } from "./submissions.ts";

export type AccountRow = {
  id: string;
  handle: string;
  name: string;
  role: Role;
  trust: TrustLevel;
  orcid: string | null;
  suspended_until: string | null;
  invites_stopped: boolean;
  created_at: string;
};

type PrivateRow = AccountRow & { email: string; email_verified: boolean };

/** Columns of an account `a`. */
export const ACCOUNT = sql.raw(
  "a.id, a.handle, a.name, a.role, a.trust, a.orcid, a.suspended_until, a.invites_stopped, a.created_at",
);

/** With what only its owner and the operator may see. */
const PRIVATE = sql`${ACCOUNT}, a.email, a.email_verified`;

export function toAccount(row: AccountRow): Account {
  return {
    id: row.id,
    handle: row.handle,
    name: row.name,
    role: row.role,
    trust: row.trust,
    createdAt: new Date(row.created_at),
    ...(row.orcid === null ? {} : { orcid: row.orcid }),
    ...(row.suspended_until === null ? {} : { suspendedUntil: new Date(row.suspended_until) }),
    ...(row.invites_stopped ? { invitesStopped: true } : {}),
  };
}

function toStored(row: PrivateRow): StoredAccount {
  return { ...toAccount(row), email: row.email, emailVerified: row.email_verified };
}

export function createAccountStore(database: Database, clock: () => number): AccountStore {
  const now = () => new Date(clock()).toISOString();
  return {
    add: async ({ id, handle, name, email, emailVerified = false, role = "reader", trust = 0 }) => {
      await sql`
        insert into accounts (id, handle, name, email, email_verified, role, trust, created_at)
        values (${id}, ${handle}, ${name}, ${email}, ${emailVerified}, ${role}, ${trust}, ${now()}::timestamptz)`.execute(
        database,
      );
    },
    find: (id) => find(database, id),
    findByHandle: async (handle) => {
      const { rows } = await sql<AccountRow>`
        select ${ACCOUNT} from accounts a where a.handle = ${plainHandle(handle)}`.execute(database);
      return rows[0] ? toAccount(rows[0]) : null;
    },
    findByFormerHandle: async (handle) => {
      const id = await formerOwner(database, plainHandle(handle));
      return id === null ? null : find(database, id);
    },
    findStored: (id) => findStored(database, sql`a.id = ${id}`),
    findByEmail: (email) => findStored(database, sql`a.email = ${email.toLowerCase()}`),
    knownAmong: (handles) => knownAmong(database, handles),
    list: (page) => list(database, page),
    countAdmins: async () => {
      const { rows } = await sql<{ count: number }>`
        select count(*) as count from accounts where role = 'admin'`.execute(database);
      return rows[0]!.count;
    },
    rename: (id, names) => rename(database, id, { ...names, now: now() }),
    setRole: (id, role) => setRole(database, id, role),
    askEmailChange: async ({ id, email, hash, oldHash = null, untilMs }) => {
      const until = new Date(untilMs).toISOString();
      await sql`
        insert into email_changes (account_id, email, hash, old_hash, expires_at)
        values (${id}, ${email.toLowerCase()}, ${hash}, ${oldHash}, ${until}::timestamptz)
        on conflict (account_id) do update set email = excluded.email, hash = excluded.hash,
          old_hash = excluded.old_hash, new_agreed = false, old_agreed = false,
          expires_at = excluded.expires_at`.execute(database);
    },
    findEmailChange: async (hash) => {
      const { rows } = await sql<PrivateRow & { new_email: string; side: "new" | "old" }>`
        select ${PRIVATE}, c.email as new_email, case when c.hash = ${hash} then 'new' else 'old' end as side
        from email_changes c join accounts a on a.id = c.account_id
        where (c.hash = ${hash} or c.old_hash = ${hash}) and c.expires_at > ${now()}::timestamptz`.execute(database);
      return rows[0] ? { account: toStored(rows[0]), email: rows[0].new_email, side: rows[0].side } : null;
    },
    changeEmail: (hash) => changeEmail(database, hash, now()),
    setEmail: (id, email) => setEmail(database, id, { email, now: now() }),
    erase: (id) => erase(database, id, now()),
    exportData: (id) => exportData(database, id),
  };
}

const plainHandle = (typed: string) => typed.replace(/^@/, "").toLowerCase();

async function findStored(database: Database, condition: RawBuilder<unknown>): Promise<StoredAccount | null> {
  const { rows } = await sql<PrivateRow>`select ${PRIVATE} from accounts a where ${condition}`.execute(database);
  return rows[0] ? toStored(rows[0]) : null;
}

async function list(database: Database, { limit, offset, search }: Parameters<AccountStore["list"]>[0]) {
  const part = `%${search.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const { rows } = await sql<PrivateRow & { total: number }>`
    select ${PRIVATE}, count(*) over () as total from accounts a
    where a.handle like ${part} or lower(a.name) like ${part} or a.email like ${part}
    order by a.created_at desc, a.id desc limit ${limit} offset ${offset}`.execute(database);
  return { items: rows.map(toStored), total: rows[0]?.total ?? 0 };
}

const MOST_HANDLES = 1_000;

async function find(database: Database, id: AccountId): Promise<Account | null> {
  const { rows } = await sql<AccountRow>`select ${ACCOUNT} from accounts a where a.id = ${id}`.execute(database);
  return rows[0] ? toAccount(rows[0]) : null;
}

async function knownAmong(database: Database, handles: readonly string[]): Promise<Set<string>> {
  if (handles.length > MOST_HANDLES) throw new RangeError(`${handles.length} handles; at most ${MOST_HANDLES}`);
  if (handles.length === 0) return new Set();
  const { rows } = await sql<{ handle: string }>`
    select handle from accounts where handle = any(${[...handles]}::text[])`.execute(database);
  const current = new Set(rows.map((row) => row.handle));
  const others = handles.filter((handle) => !current.has(handle));
  return others.length === 0 ? current : current.union(new Set(await formerAmong(database, others)));
}

async function rename(
  database: Database,
  id: AccountId,
  { handle, name, now }: Record<"handle" | "name" | "now", string>,
): Promise<"done" | "taken" | "often"> {
  try {
    return await database.transaction().execute(async (trx) => {
      const { rows } = await sql<{ handle: string }>`select handle from accounts where id = ${id} for update`.execute(
        trx,
      );
      const before = rows[0]?.handle;
      if (before !== undefined && before !== handle && (await changedTooOften(trx, id, now))) return "often";
      await sql`
        update accounts set handle = ${handle}, name = ${name}, updated_at = ${now}::timestamptz
        where id = ${id}`.execute(trx);
      if (before === undefined || before === handle) return before === undefined ? "taken" : "done";
      // After the update, which waited for whoever was just giving the handle up.
      if (await isKeptForOthers(trx, handle, id)) throw new HandleIsKept();
      await keepHandle(trx, before, { id, now });
      return "done";
    });
  } catch (error) {
    if (isDuplicate(error) || error instanceof HandleIsKept) return "taken";
    throw error;
  }
}

/** Puts the whole change back. */
class HandleIsKept extends Error {}

/** Whether another admin would be left: part of the change's own statement, under a lock that such changes share. */
async function unlessLastAdmin(
  database: Database,
  id: AccountId,
  change: (trx: Database) => Promise<boolean>,
): Promise<"done" | "last-admin" | "unknown"> {
  return database.transaction().execute(async (trx) => {
    // What the account approved of counts one less, and its name is on pages: these follow.
    await moveCommunity(trx);
    const { rows } = await sql<{ id: string }>`
      select id from accounts where role = 'admin' order by id for update`.execute(trx);
    if (rows.length === 1 && rows[0]!.id === id) return "last-admin";
    return (await change(trx)) ? "done" : "unknown";
  });
}

async function setRole(database: Database, id: AccountId, role: Role) {
  const change = async (trx: Database) => {
    const { rows } = await sql`
      update accounts set role = ${role} where id = ${id} and role <> ${role} returning id`.execute(trx);
    if (rows.length > 0) {
      await endSessions(trx, id);
      return true;
    }
    return (await sql`select 1 from accounts where id = ${id}`.execute(trx)).rows.length > 0;
  };
  if (role !== "admin") return unlessLastAdmin(database, id, change);
  return database.transaction().execute(async (trx) => ((await change(trx)) ? "done" : "unknown"));
}

/** With another role comes another session: one that was taken or lent before must not grow with its account. */
export async function endSessions(trx: Database, id: AccountId): Promise<void> {
  await sql`delete from sessions where account_id = ${id}`.execute(trx);
}

function erase(database: Database, id: AccountId, now: string) {
  return unlessLastAdmin(database, id, async (trx) => {
    await sql`
      insert into upvotes_to_place (paper_id) select paper_id from upvotes where account_id = ${id}
      on conflict do nothing`.execute(trx);
    await forgetSender(trx, id);
    const { rows } = await sql<{ handle: string }>`select handle from accounts where id = ${id} for update`.execute(
      trx,
    );
    if (!rows[0]) return false;
    await keepHandle(trx, rows[0].handle, { id, now });
    await sql`delete from accounts where id = ${id}`.execute(trx);
    return true;
  });
}

type OpenChange = { account_id: string; email: string; agreed: boolean };

async function changeEmail(database: Database, hash: string, now: string): Promise<"done" | "waits" | "taken" | null> {
  try {
    return await database.transaction().execute(async (trx) => {
      const { rows } = await sql<OpenChange>`
        update email_changes set new_agreed = new_agreed or hash = ${hash},
          old_agreed = old_agreed or coalesce(old_hash = ${hash}, false)
        where (hash = ${hash} or old_hash = ${hash}) and expires_at > ${now}::timestamptz
        returning account_id, email, new_agreed and (old_agreed or old_hash is null) as agreed`.execute(trx);
      if (!rows[0]) return null;
      const { account_id: id, email, agreed } = rows[0];
      if (!agreed) return "waits";
      await sql`delete from email_changes where account_id = ${id}`.execute(trx);
      await sql`
        update accounts set email = ${email}, email_verified = true, updated_at = ${now}::timestamptz
        where id = ${id}`.execute(trx);
      return "done";
    });
  } catch (error) {
    if (isDuplicate(error)) return "taken";
    throw error;
  }
}

async function setEmail(database: Database, id: AccountId, { email, now }: { email: string; now: string }) {
  try {
    const { rows } = await sql`
      update accounts set email = ${email.toLowerCase()}, email_verified = true, updated_at = ${now}::timestamptz
      where id = ${id} returning id`.execute(database);
    return rows.length > 0 ? ("done" as const) : ("unknown" as const);
  } catch (error) {
    if (isDuplicate(error)) return "taken" as const;
    throw error;
  }
}

async function exportData(database: Database, id: AccountId): Promise<object> {
  const { rows } = await sql<{ row: object | null }>`
    select to_jsonb(a) - 'invited_by' || jsonb_build_object(
      'sessions', (select coalesce(jsonb_agg(to_jsonb(s) - 'token' - 'account_id' order by s.id), '[]')
        from sessions s where s.account_id = a.id),
      'logins', (select coalesce(jsonb_agg(jsonb_build_object('provider', l.provider, 'subject', l.subject,
        'created_at', l.created_at) order by l.id), '[]') from logins l where l.account_id = a.id),
      'passkeys', (select coalesce(jsonb_agg(to_jsonb(p) - 'account_id' order by p.id), '[]')
        from passkeys p where p.account_id = a.id),
      'api_tokens', (select coalesce(jsonb_agg(to_jsonb(t) - 'hash' - 'account_id' order by t.id), '[]')
        from api_tokens t where t.account_id = a.id)) as row
    from accounts a where a.id = ${id}`.execute(database);
  return rows[0]?.row ?? {};
}

/** @source PostgreSQL, appendix A: unique_violation */
const UNIQUE_VIOLATION = "23505";

export function isDuplicate(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === UNIQUE_VIOLATION;
}
