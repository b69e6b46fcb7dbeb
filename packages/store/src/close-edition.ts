/** The end of an edition: after it nothing is picked, ordered or put in any more; votes go on. */
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { lockEditions } from "./edition-acts.ts";
import { writeLedger } from "./ledger.ts";
import { placeEntries } from "./take-in-entries.ts";

/** Editions closed in one transaction by the clock. */
const MOST_AT_ONCE = 1_000;

export type Closing = { date: string; by: string | null; at: string };

/** Closes one edition inside the caller's transaction, which holds the editions' lock, and freezes what it was. */
export async function closeEdition(trx: Database, { date, by, at }: Closing): Promise<void> {
  const { rows } = await sql`
    update editions set closed_at = ${at}::timestamptz, closed_by = ${by}
    where date = ${date}::date and closed_at is null returning 1`.execute(trx);
  if (rows.length > 0) await writeLedger(trx, { date, by, at });
  // From now on the place says how readers vote; what it was at publication stands in the ledger.
  await placeEntries(trx, [date]);
}

/** Days that are over and hold papers. */
export async function closeOverdue(
  database: Database,
  { today, at }: { today: string; at: string },
): Promise<string[]> {
  const waiting = await sql`
    select 1 from editions where closed_at is null and date < ${today}::date limit 1`.execute(database);
  if (waiting.rows.length === 0) return [];
  return database.transaction().execute(async (trx) => {
    await lockEditions(trx);
    const { rows } = await sql<{ date: string }>`
      select date from editions where closed_at is null and date < ${today}::date
      order by date limit ${MOST_AT_ONCE}`.execute(trx);
    for (const { date } of rows) await closeEdition(trx, { date, by: null, at });
    return rows.map((row) => row.date);
  });
}
