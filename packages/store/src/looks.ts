/** How often papers were shown, by list, place and hour: sums over everybody. */
import { type Clock, JUDGED_SURFACES, type PaperId, type Surface } from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";

export type LookCount = { paperId: PaperId; surface: Surface; bucket: number; count: number };

export type LookStore = {
  /** Adds to what is known of this hour, in one statement; papers that are gone are left out. At most 50,000. */
  add(counts: readonly LookCount[]): Promise<void>;
  /** By place, on lists that stand there for everybody. At most 2,000 papers. */
  listFor(papers: readonly PaperId[]): Promise<{ paperId: PaperId; bucket: number; count: number }[]>;
  /** Joins hours of more than three days ago into days, and forgets what is older than 60. */
  thin(): Promise<void>;
};

const COUNTS_MAX = 50_000;
const PAPERS_MAX = 2_000;
/** For so long the hours are kept apart. */
const HOURS_DAYS = 3;
/** No list of trending papers reaches further back than a month. */
const KEPT_DAYS = 60;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export function createLookStore(database: Database, clock: Clock): LookStore {
  const ago = (days: number) => new Date(clock() - days * DAY_MS).toISOString();
  return {
    add: async (counts) => {
      if (counts.length > COUNTS_MAX) throw new RangeError(`${counts.length} counts; at most ${COUNTS_MAX}`);
      if (counts.length === 0) return;
      const hour = new Date(Math.floor(clock() / HOUR_MS) * HOUR_MS).toISOString();
      await sql`
        insert into looks (paper_id, surface, bucket, hour, count)
        select p.id, l.surface, l.bucket, ${hour}::timestamptz, sum(l.count)
        from unnest(${counts.map(({ paperId }) => paperId)}::text[], ${counts.map(({ surface }) => surface)}::text[],
          ${counts.map(({ bucket }) => bucket)}::smallint[], ${counts.map(({ count }) => count)}::integer[])
          as l (paper_id, surface, bucket, count)
        join papers p on p.id = l.paper_id
        group by p.id, l.surface, l.bucket
        on conflict (paper_id, surface, bucket, hour) do update set count = looks.count + excluded.count`.execute(
        database,
      );
    },
    listFor: async (papers) => {
      if (papers.length > PAPERS_MAX) throw new RangeError(`${papers.length} papers; at most ${PAPERS_MAX}`);
      const { rows } = await sql<{ paperId: PaperId; bucket: number; count: number }>`
        select paper_id as "paperId", bucket, sum(count)::integer as count from looks
        where paper_id = any(${[...papers]}::text[]) and surface = any(${[...JUDGED_SURFACES]}::text[])
        group by paper_id, bucket order by paper_id, bucket`.execute(database);
      return rows;
    },
    thin: async () => {
      await sql`delete from looks where hour < ${ago(KEPT_DAYS)}::timestamptz`.execute(database);
      await sql`
        with hours as (
          delete from looks where hour < ${ago(HOURS_DAYS)}::timestamptz
            and extract(hour from hour at time zone 'UTC') <> 0
          returning paper_id, surface, bucket, hour, count)
        insert into looks (paper_id, surface, bucket, hour, count)
        select paper_id, surface, bucket, date_trunc('day', hour, 'UTC'), sum(count) from hours group by 1, 2, 3, 4
        on conflict (paper_id, surface, bucket, hour) do update set count = looks.count + excluded.count`.execute(
        database,
      );
    },
  };
}
