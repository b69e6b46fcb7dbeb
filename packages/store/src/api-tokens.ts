/** Tokens with which programs act for an account. */
import { sql } from "kysely";
import type { ApiToken, ApiTokenStore, TokenScope } from "./account-stores.ts";
import { ACCOUNT, type AccountRow, toAccount } from "./accounts.ts";
import type { Database } from "./database.ts";
import { type Made, makeOnce } from "./form-uses.ts";

/** Of one account; more than this is a program that makes a new one each time. */
const TOKENS_MAX = 50;

const TOKEN = sql.raw(`
  id, name, scopes, created_at as "createdAt", last_used_at as "lastUsedAt", expires_at as "expiresAt"`);

export function createApiTokenStore(database: Database, newId: () => string, clock: () => number): ApiTokenStore {
  const now = () => new Date(clock()).toISOString();
  return {
    add: (token) => database.transaction().execute((trx) => add(trx, token, { id: newId(), now: now() })),
    list: async (id) => {
      const { rows } = await sql<ApiToken>`
        select ${TOKEN} from api_tokens where account_id = ${id} order by id desc`.execute(database);
      return rows;
    },
    revoke: async (id, tokenId) => {
      const { rows } = await sql`
        delete from api_tokens where account_id = ${id} and id = ${tokenId} returning id`.execute(database);
      return rows.length > 0;
    },
    use: (hash) => use(database, hash, now()),
  };
}

function add(
  trx: Database,
  { accountId, name, hash, scopes, expiresMs, use }: Parameters<ApiTokenStore["add"]>[0],
  { id, now }: { id: string; now: string },
): Promise<Made | null> {
  const expires = expiresMs === null ? null : new Date(expiresMs).toISOString();
  return makeOnce(trx, { id, accountId, use, now }, async () => {
    const { rows } = await sql`
      insert into api_tokens (id, account_id, name, hash, scopes, created_at, expires_at)
      select ${id}, ${accountId}, ${name}, ${hash}, ${scopes}::text[], ${now}::timestamptz, ${expires}::timestamptz
      where (select count(*) from api_tokens where account_id = ${accountId}) < ${TOKENS_MAX}
      returning id`.execute(trx);
    return rows.length > 0;
  });
}

async function use(database: Database, hash: string, now: string) {
  const { rows } = await sql<AccountRow & { token_id: string; scopes: TokenScope[]; fresh: boolean }>`
    select ${ACCOUNT}, t.id as token_id, t.scopes,
      coalesce(t.last_used_at > ${now}::timestamptz - interval '1 hour', false) as fresh
    from api_tokens t join accounts a on a.id = t.account_id
    where t.hash = ${hash} and (t.expires_at is null or t.expires_at > ${now}::timestamptz)`.execute(database);
  const row = rows[0];
  if (!row) return null;
  // To the hour: a program that reads a thousand pages is no reason for a thousand writes.
  if (!row.fresh) {
    await sql`update api_tokens set last_used_at = ${now}::timestamptz where id = ${row.token_id}`.execute(database);
  }
  return { account: toAccount(row), scopes: row.scopes };
}
