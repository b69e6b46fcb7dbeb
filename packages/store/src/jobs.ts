/** Jobs that wake by themselves: one row each. */
import type { Clock } from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { JobStore, StoredJob } from "./job-store.ts";

/** A sentence; more would be a trace. */
const WORDS_MAX = 1_000;
const COLUMNS = sql.raw(`
  name, began_at as "beganAt", ended_at as "endedAt", outcome, error, failures, next_at as "nextAt"`);

export function createJobStore(database: Database, clock: Clock): JobStore {
  const now = () => new Date(clock()).toISOString();
  return {
    find: async (name) => {
      const { rows } = await sql<StoredJob>`select ${COLUMNS} from jobs where name = ${name}`.execute(database);
      return rows[0] ?? null;
    },
    list: async () => {
      const { rows } = await sql<StoredJob>`select ${COLUMNS} from jobs order by name limit 1000`.execute(database);
      return rows;
    },
    begin: async (name) => {
      await sql`
        insert into jobs (name, began_at) values (${name}, ${now()}::timestamptz)
        on conflict (name) do update set began_at = excluded.began_at`.execute(database);
    },
    end: async (name, said) => {
      const isWell = "outcome" in said;
      const words = (isWell ? said.outcome : said.error).slice(0, WORDS_MAX);
      await sql`
        update jobs set ended_at = ${now()}::timestamptz,
          outcome = case when ${isWell} then ${words} else outcome end,
          error = case when ${isWell} then null else ${words} end,
          failures = case when ${isWell} then 0 else failures + 1 end
        where name = ${name}`.execute(database);
    },
    plan: async (name, nextAt) => {
      await sql`
        insert into jobs (name, next_at) values (${name}, ${nextAt}::timestamptz)
        on conflict (name) do update set next_at = excluded.next_at
        where jobs.next_at is distinct from excluded.next_at`.execute(database);
    },
  };
}
