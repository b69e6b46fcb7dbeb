/** Writes everything the store holds into one file that either database can be restored from. */
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Clock } from "@paperwire/domain";
import { sql } from "kysely";
import { createChecksum, FORMAT_VERSION, type Foot, type Head, type Rows } from "./backup-format.ts";
import { createDatabase, type Database } from "./database.ts";
import { openDatabase, type StoreLocation } from "./open-database.ts";
import { tablesInLoadingOrder } from "./tables.ts";

const ROWS_PER_LINE = 200;

export type BackupOptions = {
  location: StoreLocation;
  output: Writable;
  clock: Clock;
  onProgress?(progress: { table: string; rows: number }): void;
};

/** One snapshot of all tables. On the embedded database writers and readers wait until it is made. */
export async function backup({ location, output, clock, onProgress }: BackupOptions): Promise<Foot["counts"]> {
  const open = await openDatabase(location);
  try {
    return await createDatabase(open.pool)
      .transaction()
      .setIsolationLevel("repeatable read")
      .setAccessMode("read only")
      .execute((trx) => write(trx, { output, clock, onProgress }));
  } finally {
    await open.close();
  }
}

async function write(
  trx: Database,
  { output, clock, onProgress }: Omit<BackupOptions, "location">,
): Promise<Foot["counts"]> {
  const counts: Foot["counts"] = {};
  await pipeline(Readable.from(linesOf(trx, clock, counts, onProgress)), createGzip(), output);
  return counts;
}

async function* linesOf(
  trx: Database,
  clock: Clock,
  counts: Foot["counts"],
  onProgress: BackupOptions["onProgress"],
): AsyncGenerator<string> {
  const checksum = createChecksum();
  const toLine = (value: Head | Rows | Foot) => {
    const line = JSON.stringify(value);
    checksum.add(line);
    return `${line}\n`;
  };
  const migrations = await sql<{ name: string }>`select name from migrations order by name`.execute(trx);
  yield toLine({
    paperwireBackup: FORMAT_VERSION,
    madeAt: new Date(clock()).toISOString(),
    migrations: migrations.rows.map((row) => row.name),
  });
  for (const table of await tablesInLoadingOrder(trx)) {
    counts[table] = 0;
    for await (const rows of rowsOf(trx, table)) {
      yield toLine({ table, rows });
      counts[table] += rows.length;
      onProgress?.({ table, rows: counts[table] });
    }
  }
  yield toLine({ end: true, counts, checksum: checksum.digest() });
}

async function* rowsOf(trx: Database, table: string): AsyncGenerator<unknown[]> {
  await sql`declare backup_rows no scroll cursor for select to_jsonb(t) as row from ${sql.table(table)} t`.execute(trx);
  for (;;) {
    const { rows } = await sql<{ row: unknown }>`fetch ${sql.lit(ROWS_PER_LINE)} from backup_rows`.execute(trx);
    if (rows.length === 0) break;
    yield rows.map(({ row }) => row);
  }
  await sql`close backup_rows`.execute(trx);
}
