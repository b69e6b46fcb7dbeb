/**
 * Handles that somebody had. They stay kept for ever, because what names them does: old comments, the public log, links
 * elsewhere. Whoever took one over would be taken for the one before.
 */
import { type AccountId, isProvisional } from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { addressHasher } from "./suppressions.ts";

/** So that nobody collects names: changes of one account in `CHANGES_DAYS`. */
export const HANDLE_CHANGES_MAX = 5;
const CHANGES_DAYS = 90;

const hashOf = async (database: Database, handle: string) => (await addressHasher(database))(`handle ${handle}`);

/** Whether somebody else had it. */
export async function isKeptForOthers(trx: Database, handle: string, id: AccountId): Promise<boolean> {
  const { rows } = await sql`
    select 1 from kept_handles
    where handle_hash = ${await hashOf(trx, handle)} and account_id is distinct from ${id}`.execute(trx);
  return rows.length > 0;
}

/** Whose it was, where that account is still here. */
export async function formerOwner(database: Database, handle: string): Promise<AccountId | null> {
  const { rows } = await sql<{ id: AccountId }>`
    select a.id from kept_handles k join accounts a on a.id = k.account_id
    where k.handle_hash = ${await hashOf(database, handle)}`.execute(database);
  return rows[0]?.id ?? null;
}

/** Those of some handles that lead to an account by what it was called before. */
export async function formerAmong(database: Database, handles: readonly string[]): Promise<string[]> {
  const hash = await addressHasher(database);
  const byHash = new Map(handles.map((handle) => [hash(`handle ${handle}`), handle]));
  const { rows } = await sql<{ hash: string }>`
    select handle_hash as hash from kept_handles
    where account_id is not null and handle_hash = any(${[...byHash.keys()]}::text[])`.execute(database);
  return rows.map((row) => byHash.get(row.hash)!);
}

export async function changedTooOften(trx: Database, id: AccountId, now: string): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from kept_handles where account_id = ${id}
      and freed_at > ${now}::timestamptz - make_interval(days => ${sql.lit(CHANGES_DAYS)})`.execute(trx);
  return rows[0]!.count >= HANDLE_CHANGES_MAX;
}

/** A handle that nobody chose says nothing about anybody, and is not kept. */
export async function keepHandle(trx: Database, handle: string, { id, now }: { id: AccountId; now: string }) {
  if (isProvisional(handle)) return;
  await sql`
    insert into kept_handles (handle_hash, account_id, freed_at)
    values (${await hashOf(trx, handle)}, ${id}, ${now}::timestamptz)
    on conflict (handle_hash) do update set freed_at = excluded.freed_at`.execute(trx);
}
