/** Accounts: who somebody is, and what follows when they change or leave. */
import type { Account, AccountId, Role, TrustLevel } from "@paperwire/domain";
import { type RawBuilder, sql } from "kysely";
import type { AccountStore, StoredAccount } from "./account-stores.ts";
import { moveCommunity } from "./community-counter.ts";
import type { Database } from "./database.ts";
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
    find: async (id) => {
      const { rows } = await sql<AccountRow>`select ${ACCOUNT} from accounts a where a.id = ${id}`.execute(database);
      return rows[0] ? toAccount(rows[0]) : null;
    },
    findByHandle: async (handle) => {
      const { rows } = await sql<AccountRow>`
        select ${ACCOUNT} from accounts a where a.handle = ${plainHandle(handle)}`.execute(database);
      return rows[0] ? toAccount(rows[0]) : null;
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
    askEmailChange: async ({ id, email, hash, untilMs }) => {
      await sql`
        insert into email_changes (account_id, email, hash, expires_at)
        values (${id}, ${email.toLowerCase()}, ${hash}, ${new Date(untilMs).toISOString()}::timestamptz)
        on conflict (account_id) do update
        set email = excluded.email, hash = excluded.hash, expires_at = excluded.expires_at`.execute(database);
    },
    findEmailChange: async (hash) => {
      const { rows } = await sql<PrivateRow & { new_email: string }>`
        select ${PRIVATE}, c.email as new_email from email_changes c join accounts a on a.id = c.account_id
        where c.hash = ${hash} and c.expires_at > ${now()}::timestamptz`.execute(database);
      return rows[0] ? { account: toStored(rows[0]), email: rows[0].new_email } : null;
    },
    changeEmail: (hash) => changeEmail(database, hash, now()),
    erase: (id) => erase(database, id),
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

async function knownAmong(database: Database, handles: readonly string[]): Promise<Set<string>> {
  if (handles.length > MOST_HANDLES) throw new RangeError(`${handles.length} handles; at most ${MOST_HANDLES}`);
  if (handles.length === 0) return new Set();
  const { rows } = await sql<{ handle: string }>`
    select handle from accounts where handle = any(${[...handles]}::text[])`.execute(database);
  return new Set(rows.map((row) => row.handle));
}

async function rename(
  database: Database,
  id: AccountId,
  { handle, name, now }: Record<"handle" | "name" | "now", string>,
) {
  // A handle that somebody takes at the same moment fails at the unique index; the look before is for all other times.
  const { rows } = await sql`
    update accounts a set handle = ${handle}, name = ${name}, updated_at = ${now}::timestamptz
    where a.id = ${id} and not exists (select 1 from accounts b where b.handle = ${handle} and b.id <> a.id)
    returning a.id`
    .execute(database)
    .catch((error: unknown) => {
      if (isDuplicate(error)) return { rows: [] };
      throw error;
    });
  return rows.length > 0 ? "done" : "taken";
}

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
    const { rows } = await sql`update accounts set role = ${role} where id = ${id} returning id`.execute(trx);
    return rows.length > 0;
  };
  if (role !== "admin") return unlessLastAdmin(database, id, change);
  return (await change(database)) ? ("done" as const) : ("unknown" as const);
}

function erase(database: Database, id: AccountId) {
  return unlessLastAdmin(database, id, async (trx) => {
    await sql`
      insert into upvotes_to_place (paper_id) select paper_id from upvotes where account_id = ${id}
      on conflict do nothing`.execute(trx);
    await forgetSender(trx, id);
    const { rows } = await sql`delete from accounts where id = ${id} returning id`.execute(trx);
    return rows.length > 0;
  });
}

async function changeEmail(database: Database, hash: string, now: string): Promise<"done" | "taken" | null> {
  try {
    return await database.transaction().execute(async (trx) => {
      const { rows } = await sql<{ account_id: string; email: string }>`
        delete from email_changes where hash = ${hash} and expires_at > ${now}::timestamptz
        returning account_id, email`.execute(trx);
      if (!rows[0]) return null;
      await sql`
        update accounts set email = ${rows[0].email}, email_verified = true, updated_at = ${now}::timestamptz
        where id = ${rows[0].account_id}`.execute(trx);
      return "done";
    });
  } catch (error) {
    if (isDuplicate(error)) return "taken";
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
