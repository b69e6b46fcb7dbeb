/** Accounts as the rest of the site knows them; sign-in has tables of its own. */
import type { Account, Clock, Role, TrustLevel } from "@paperwire/domain";
import { sql } from "kysely";
import { moveCommunity } from "./community-counter.ts";
import type { Database } from "./database.ts";

export type NewAccount = {
  id: string;
  handle: string;
  name: string;
  /** Lower case. */
  email: string;
  /** Whether somebody proved to read mail at this address. */
  emailVerified?: boolean;
  role?: Role;
  trust?: TrustLevel;
};

export type AccountStore = {
  /** @throws where id, handle or address is taken */
  add(account: NewAccount): Promise<void>;
  find(id: string): Promise<Account | null>;
  findByHandle(handle: string): Promise<Account | null>;
  /** Which of some handles there are. At most 1000. */
  knownAmong(handles: readonly string[]): Promise<Set<string>>;
  /** Forgets an account and all that goes with it; its comments stay as empty places. @returns whether it was there */
  remove(id: string): Promise<boolean>;
};

const MOST_HANDLES = 1_000;

type AccountRow = {
  id: string;
  handle: string;
  name: string;
  role: Role;
  trust: TrustLevel;
  orcid: string | null;
  created_at: string;
  suspended_until: string | null;
};

/** Columns of an account `a`. */
export const ACCOUNT = sql.raw("a.id, a.handle, a.name, a.role, a.trust, a.orcid, a.created_at, a.suspended_until");

export function toAccount(row: AccountRow): Account {
  return {
    id: row.id,
    handle: row.handle,
    name: row.name,
    role: row.role,
    trust: row.trust,
    ...(row.orcid !== null && { orcid: row.orcid }),
    createdAt: new Date(row.created_at),
    ...(row.suspended_until !== null && { suspendedUntil: new Date(row.suspended_until) }),
  };
}

export function createAccountStore(database: Database, clock: Clock): AccountStore {
  const one = async (condition: ReturnType<typeof sql<boolean>>) => {
    const { rows } = await sql<AccountRow>`select ${ACCOUNT} from accounts a where ${condition}`.execute(database);
    return rows[0] ? toAccount(rows[0]) : null;
  };
  return {
    add: async ({ id, handle, name, email, emailVerified = false, role = "reader", trust = 0 }) => {
      await sql`
        insert into accounts (id, handle, name, email, email_verified, role, trust, created_at)
        values (${id}, ${handle}, ${name}, ${email}, ${emailVerified}, ${role}, ${trust}, ${new Date(clock()).toISOString()}::timestamptz)`.execute(
        database,
      );
    },
    find: (id) => one(sql`a.id = ${id}`),
    findByHandle: (handle) => one(sql`a.handle = ${handle}`),
    knownAmong: async (handles) => {
      if (handles.length > MOST_HANDLES) throw new RangeError(`${handles.length} handles; at most ${MOST_HANDLES}`);
      if (handles.length === 0) return new Set();
      const { rows } = await sql<{ handle: string }>`
        select handle from accounts where handle = any(${[...handles]}::text[])`.execute(database);
      return new Set(rows.map((row) => row.handle));
    },
    remove: (id) =>
      database.transaction().execute(async (trx) => {
        await moveCommunity(trx);
        const { rows } = await sql`delete from accounts where id = ${id} returning id`.execute(trx);
        return rows.length > 0;
      }),
  };
}
