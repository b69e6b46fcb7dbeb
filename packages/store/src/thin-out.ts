/** Counts over time that grow coarser with age: by the day, then by the week, then by the month. */
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** Older counts than these are kept one a week, one a month. */
const WEEKS_AFTER_DAYS = 90;
const MONTHS_AFTER_DAYS = 731;
/**
 * Each round looks at a band of days just beyond these ages, so that it costs the same however much is kept; it has to come
 * round more often than the band is wide. A week or month is thinned once it lies in the band as a whole.
 */
const BAND_DAYS = 62;

/** @param today ISO 8601, UTC */
export async function thinOut(
  trx: Database,
  { table, series, today }: { table: "citation_counts" | "link_stars"; series: readonly string[]; today: string },
): Promise<void> {
  for (const [unit, afterDays] of [
    ["week", WEEKS_AFTER_DAYS],
    ["month", MONTHS_AFTER_DAYS],
  ] as const) {
    const same = series.map((name) => sql`later.${sql.ref(name)} = t.${sql.ref(name)}`);
    const end = sql`(${today}::timestamptz at time zone 'UTC')::date - ${afterDays}::integer`;
    await sql`
      delete from ${sql.table(table)} t
      where t.day < ${end} and t.day >= ${end} - ${BAND_DAYS}::integer
        and exists (select 1 from ${sql.table(table)} later where ${sql.join(same, sql` and `)} and later.day > t.day
          and later.day < ${end} and date_trunc(${unit}, later.day) = date_trunc(${unit}, t.day))`.execute(trx);
  }
}
