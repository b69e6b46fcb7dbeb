/** Sessions, passkeys and other sites' accounts: the ways in, as their owner sees and ends them. */
import { sql } from "kysely";
import type { Login, Passkey, SessionStore, StoredSession } from "./account-stores.ts";
import { ACCOUNT, type AccountRow, toAccount } from "./accounts.ts";
import type { Database } from "./database.ts";

const SESSIONS_SHOWN = 100;

export function createSessionStore(database: Database, clock: () => number): SessionStore {
  const now = () => new Date(clock()).toISOString();
  return {
    findAccount: async (tokenHash) => {
      const { rows } = await sql<AccountRow & { session_id: string }>`
        select ${ACCOUNT}, s.id as session_id from sessions s join accounts a on a.id = s.account_id
        where s.token = ${tokenHash} and s.expires_at > ${now()}::timestamptz`.execute(database);
      return rows[0] ? { account: toAccount(rows[0]), sessionId: rows[0].session_id } : null;
    },
    list: async (id) => {
      const { rows } = await sql<StoredSession>`
        select id, coalesce(user_agent, '') as "userAgent", created_at as "createdAt", updated_at as "usedAt"
        from sessions where account_id = ${id} and expires_at > ${now()}::timestamptz
        order by updated_at desc, id desc limit ${SESSIONS_SHOWN}`.execute(database);
      return rows;
    },
    end: async (id, sessionId) => {
      const { rows } = await sql`
        delete from sessions where account_id = ${id} and id = ${sessionId} returning id`.execute(database);
      return rows.length > 0;
    },
    endAll: async (id, except = "") => {
      const { rows } = await sql`
        delete from sessions where account_id = ${id} and id <> ${except} returning id`.execute(database);
      return rows.length;
    },
    listPasskeys: async (id) => {
      const { rows } = await sql<Passkey>`
        select id, coalesce(name, '') as name, created_at as "createdAt" from passkeys
        where account_id = ${id} order by id`.execute(database);
      return rows;
    },
    removePasskey: async (id, passkeyId) => {
      const { rows } = await sql`
        delete from passkeys where account_id = ${id} and id = ${passkeyId} returning id`.execute(database);
      return rows.length > 0;
    },
    listLogins: async (id) => {
      const { rows } = await sql<Login>`
        select provider, subject, created_at as "createdAt" from logins
        where account_id = ${id} order by provider`.execute(database);
      return rows;
    },
    removeLogin: (id, provider) => removeLogin(database, id, provider),
    setOrcid: async (id, orcid) => {
      await sql`
        update accounts set orcid = ${orcid}
        where id = ${id} and not exists (select 1 from accounts b where b.orcid = ${orcid} and b.id <> ${id})`.execute(
        database,
      );
    },
    sweep: async () => {
      for (const table of ["sessions", "verifications", "email_changes", "rate_windows", "form_uses"]) {
        await sql`delete from ${sql.table(table)} where expires_at < ${now()}::timestamptz`.execute(database);
      }
    },
  };
}

function removeLogin(database: Database, id: string, provider: string): Promise<boolean> {
  return database.transaction().execute(async (trx) => {
    const { rows } = await sql<{ subject: string }>`
      delete from logins where account_id = ${id} and provider = ${provider} returning subject`.execute(trx);
    for (const { subject } of rows) {
      await sql`update accounts set orcid = null where id = ${id} and orcid = ${subject}`.execute(trx);
    }
    return rows.length > 0;
  });
}
