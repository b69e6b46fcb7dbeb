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
 * @returns names of the migrations applied now; empty where the schema was current
 * @throws Error  an applied migration was edited, or the database is newer than this program
 */
export async function migrate(database: Database): Promise<string[]> {
  const migrations = await readMigrations();
  await sql`create table if not exists migrations (
    name text primary key, checksum text not null, applied_at timestamptz not null default now())`.execute(database);
  const applied: string[] = [];
  for (const migration of migrations) {
    if (await applyOnce(database, migration)) applied.push(migration.name);
  }
  await refuseNewer(database, migrations);
  return applied;
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

function applyOnce(database: Database, migration: Migration): Promise<boolean> {
  return database.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${LOCK_KEY})`.execute(trx);
    const known = await sql<{ checksum: string }>`
      select checksum from migrations where name = ${migration.name}`.execute(trx);
    if (known.rows[0]) {
      if (known.rows[0].checksum === migration.checksum) return false;
      throw new Error(`The migration ${migration.name} was changed after it had been applied; restore the original.`);
    }
    await sql.raw(migration.sql).execute(trx);
    await sql`insert into migrations (name, checksum) values (${migration.name}, ${migration.checksum})`.execute(trx);
    return true;
  });
}

async function refuseNewer(database: Database, migrations: readonly Migration[]): Promise<void> {
  const names = migrations.map((migration) => migration.name);
  const { rows } = await sql<{ name: string }>`
    select name from migrations where not (name = any(${names}::text[])) order by name`.execute(database);
  if (rows.length === 0) return;
  throw new Error(`The database is newer than this program: it knows ${rows.map((row) => row.name).join(", ")}.`);
}
