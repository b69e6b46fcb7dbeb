/** Addresses that must not be written to any more: known only by a keyed hash, so that the list is no address book. */
import { createHmac, randomBytes } from "node:crypto";
import type { Clock } from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { SuppressionStore } from "./mail-stores.ts";
import { keepSetting } from "./settings.ts";

const KEY_SETTING = "suppression-key";
const KEY_BYTES = 32;

export function createSuppressionStore(database: Database, clock: Clock): SuppressionStore {
  return {
    add: (key, reason) => database.transaction().execute((trx) => addSuppression(trx, key, { reason, atMs: clock() })),
    remove: (key) => database.transaction().execute((trx) => remove(trx, key)),
    has: async (key) => {
      const hash = await hashAddress(database, key);
      const { rows } = await sql`select 1 from suppressions where address_hash = ${hash}`.execute(database);
      return rows.length > 0;
    },
    count: async () => {
      const { rows } = await sql<{ count: number }>`select count(*) as count from suppressions`.execute(database);
      return rows[0]!.count;
    },
  };
}

/** The key is made with the first address and kept with the instance. */
export async function addressHasher(database: Database): Promise<(key: string) => string> {
  const secret = await keepSetting(database, KEY_SETTING, () => randomBytes(KEY_BYTES).toString("base64url"));
  return (key) => createHmac("sha256", Buffer.from(secret, "base64url")).update(key).digest("base64url");
}

export const hashAddress = async (database: Database, key: string) => (await addressHasher(database))(key);

export async function addSuppression(
  trx: Database,
  key: string,
  { reason, atMs }: { reason: string; atMs: number },
): Promise<void> {
  const hash = await hashAddress(trx, key);
  await sql`
    insert into suppressions (address_hash, reason, at)
    values (${hash}, ${reason}, ${new Date(atMs).toISOString()}::timestamptz) on conflict (address_hash) do nothing`.execute(
    trx,
  );
  await sql`update subscribers set suppressed = ${reason} where email_key = ${key} and suppressed is null`.execute(trx);
}

async function remove(trx: Database, key: string): Promise<void> {
  const hash = await hashAddress(trx, key);
  await sql`delete from suppressions where address_hash = ${hash}`.execute(trx);
  await sql`update subscribers set suppressed = null where email_key = ${key}`.execute(trx);
}
