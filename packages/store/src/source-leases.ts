/** Whose turn it is to ask a host: one row per host, taken and given back by single statements. */
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** @returns 0 where the turn is taken, else milliseconds until it may be free */
export async function takeTurn(
  database: Database,
  { host, holder, leaseMs, nowMs }: { host: string; holder: string; leaseMs: number; nowMs: number },
): Promise<number> {
  const now = new Date(nowMs).toISOString();
  const until = new Date(nowMs + leaseMs).toISOString();
  const taken = await sql`
    insert into source_leases as known (host, holder, held_until, free_at)
    values (${host}, ${holder}, ${until}::timestamptz, ${now}::timestamptz)
    on conflict (host) do update set holder = excluded.holder, held_until = excluded.held_until
    where known.held_until <= ${now}::timestamptz and known.free_at <= ${now}::timestamptz
    returning host`.execute(database);
  if (taken.rows.length > 0) return 0;
  const { rows } = await sql<{ until: string }>`
    select greatest(held_until, free_at) as until from source_leases where host = ${host}`.execute(database);
  return rows[0] ? Math.max(Date.parse(rows[0].until) - nowMs, 1) : 1;
}

/** @returns false where somebody else has the turn, or it had ended */
export async function renewTurn(
  database: Database,
  { host, holder, leaseMs, nowMs }: { host: string; holder: string; leaseMs: number; nowMs: number },
): Promise<boolean> {
  const { rows } = await sql`
    update source_leases set held_until = ${new Date(nowMs + leaseMs).toISOString()}::timestamptz
    where host = ${host} and holder = ${holder} and held_until > ${new Date(nowMs).toISOString()}::timestamptz
    returning host`.execute(database);
  return rows.length > 0;
}

export async function endTurn(
  database: Database,
  { host, holder, pauseMs, nowMs }: { host: string; holder: string; pauseMs: number; nowMs: number },
): Promise<void> {
  await sql`
    update source_leases set held_until = ${new Date(nowMs).toISOString()}::timestamptz,
      free_at = ${new Date(nowMs + pauseMs).toISOString()}::timestamptz
    where host = ${host} and holder = ${holder}`.execute(database);
}

/** Ends every turn: for whoever knows that no other process can hold one. Hosts still get their pause. */
export async function endAllTurns(
  database: Database,
  { pauseMs, nowMs }: { pauseMs: number; nowMs: number },
): Promise<void> {
  const now = new Date(nowMs).toISOString();
  await sql`
    update source_leases set held_until = ${now}::timestamptz,
      free_at = greatest(free_at, ${new Date(nowMs + pauseMs).toISOString()}::timestamptz)
    where held_until > ${now}::timestamptz`.execute(database);
}
