/** Applies `migrations/*.sql` in order, each once and whole. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { sql } from "kysely";
import type { Database } from "./database.ts";

const FOLDER = new URL("../migrations/", import.meta.url);
/** Any fixed number: two processes that start together take turns. */
const LOCK_KEY = 7_239_461;

export type Migration = { name: string; sql: string; checksum: string };

/**
 * All that is missing, in one transaction.
 * @returns names of the migrations applied now; empty where the schema was current
 * @throws Error  an applied migration was edited, or the database is newer than this program
 */
export function migrate(database: Database): Promise<string[]> {
  return database.transaction().execute((trx) => migrateWithin(trx));
}

/** As `migrate`, inside a transaction of the caller's; `upTo` names the last migration to apply. */
export async function migrateWithin(trx: Database, { upTo }: { upTo?: string } = {}): Promise<string[]> {
  const migrations = await readMigrations();
  await sql`select pg_advisory_xact_lock(${LOCK_KEY})`.execute(trx);
  await sql`create table if not exists migrations (
    name text primary key, checksum text not null, applied_at timestamptz not null default now())`.execute(trx);
  const { rows } = await sql<{ name: string; checksum: string }>`select name, checksum from migrations`.execute(trx);
  const known = new Map(rows.map((row) => [row.name, row.checksum]));
  refuseNewer([...known.keys()], migrations);
  const missing = migrations.filter((migration) => isMissing(migration, known) && (!upTo || migration.name <= upTo));
  for (const migration of missing) {
    await sql.raw(migration.sql).execute(trx);
    await sql`insert into migrations (name, checksum) values (${migration.name}, ${migration.checksum})`.execute(trx);
  }
  return missing.map((migration) => migration.name);
}

export async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith(".sql")).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, FOLDER), "utf8");
      return { name, sql: text, checksum: createHash("sha256").update(text).digest("hex") };
    }),
  );
}

/** @throws Error  `applied` has a migration that this program does not know */
export function refuseNewer(applied: readonly string[], migrations: readonly Migration[]): void {
  const unknown = applied.filter((name) => !migrations.some((migration) => migration.name === name));
  if (unknown.length === 0) return;
  throw new Error(`It was made by a newer version of this program (${unknown.join(", ")}); update the program first.`);
}

function isMissing({ name, checksum }: Migration, known: ReadonlyMap<string, string>): boolean {
  const applied = known.get(name);
  if (applied === undefined) return true;
  if (applied === checksum) return false;
  throw new Error(`The migration ${name} was changed after it had been applied; restore the original.`);
}
