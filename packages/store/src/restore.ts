/** Loads a backup, made on either database, into this one: all of it or nothing. */
import { randomUUID } from "node:crypto";
import type { Readable } from "node:stream";
import { conflict } from "@paperwire/domain";
import { sql } from "kysely";
import { type Foot, type Head, type Rows, readBackup } from "./backup-format.ts";
import { createDatabase, type Database } from "./database.ts";
import { migrateWithin, readMigrations, refuseNewer } from "./migrate.ts";
import { openDatabase, type StoreLocation } from "./open-database.ts";
import { tablesInLoadingOrder } from "./tables.ts";

/** Rows that a fresh database has by itself. */
const FILLED_FROM_THE_START = new Set(["revision_counter", "settings"]);

export type RestoreOptions = {
  location: StoreLocation;
  input: Readable;
  /** Without it, only an empty database is restored into. */
  replace: boolean;
  onProgress?(progress: { table: string; rows: number }): void;
};

/**
 * @returns rows per table
 * @throws DomainError `conflict`: the database holds something and `replace` is false
 * @throws DomainError `invalid`: the file is no backup, damaged or cut short; nothing was changed
 */
export async function restore({ location, input, replace, onProgress }: RestoreOptions): Promise<Foot["counts"]> {
  const open = await openDatabase(location);
  try {
    return await createDatabase(open.pool)
      .transaction()
      .execute(async (trx) => {
        const loaded = new Map<string, number>();
        const foot = await readBackup(input, {
          onHead: (head) => prepare(trx, head, replace),
          onRows: async (rows) => {
            await load(trx, rows);
            loaded.set(rows.table, (loaded.get(rows.table) ?? 0) + rows.rows.length);
            onProgress?.({ table: rows.table, rows: loaded.get(rows.table)! });
          },
        });
        await migrateWithin(trx);
        await startNewEpoch(trx);
        await pauseDigests(trx);
        return foot.counts;
      });
  } finally {
    await open.close();
  }
}

/** Leaves the schema as the backup's program knew it, and every table empty. */
async function prepare(trx: Database, head: Head, replace: boolean): Promise<void> {
  refuseNewer(head.migrations, await readMigrations());
  const tables = await tablesInLoadingOrder(trx);
  if (!replace) await refuseFilled(trx, tables);
  for (const table of [...tables.toReversed(), "migrations"]) {
    await sql`drop table if exists ${sql.table(table)} cascade`.execute(trx);
  }
  await dropFunctions(trx);
  const upTo = head.migrations.toSorted().at(-1);
  await migrateWithin(trx, upTo === undefined ? {} : { upTo });
  for (const table of await tablesInLoadingOrder(trx)) await sql`delete from ${sql.table(table)}`.execute(trx);
}

/** Triggers went with their tables; the functions behind them would be in the way of the migrations. Extensions keep theirs. */
async function dropFunctions(trx: Database): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.prokind = 'f'
      and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')`.execute(trx);
  for (const { name } of rows) await sql.raw(`drop function ${name} cascade`).execute(trx);
}

async function refuseFilled(trx: Database, tables: readonly string[]): Promise<void> {
  for (const table of tables.filter((name) => !FILLED_FROM_THE_START.has(name))) {
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(trx);
    if (rows.length > 0) {
      throw conflict(`The database is not empty (${table} has rows). Add --replace to throw away what it holds.`);
    }
  }
}

async function load(trx: Database, { table, rows }: Rows): Promise<void> {
  await sql`
    insert into ${sql.table(table)}
    select * from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`.execute(trx);
}

/** Whatever followed the revisions of the old content must not go on with the new one. */
async function startNewEpoch(trx: Database): Promise<void> {
  await sql`
    insert into settings (key, value) values ('epoch', ${randomUUID()})
    on conflict (key) do update set value = excluded.value`.execute(trx);
}

/** What waited when the backup was made may have been sent since; a person looks before it goes on. */
async function pauseDigests(trx: Database): Promise<void> {
  await sql`
    update digests set paused = 'restored from a backup: its mails may have been sent after that was made'
    where paused is null
      and exists (select 1 from deliveries d where d.digest = digests.name and d.state in ('waiting', 'sending'))`.execute(
    trx,
  );
}
