/** Limits that several processes share and no restart resets: one statement a request, so only for what is rare. */
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { hashAddress } from "./suppressions.ts";

export type RateWindowStore = {
  /**
   * Counts one request in a fixed window that begins with the first.
   * @param of what is counted by, such as a mail address; kept as a keyed hash
   * @returns how many are left after this one; negative when there is none
   */
  take(limit: { name: string; quota: number; windowSeconds: number }, of: string): Promise<number>;
};

export function createRateWindowStore(database: Database, clock: () => number): RateWindowStore {
  return {
    take: async ({ name, quota, windowSeconds }, of) => {
      const key = `${name} ${await hashAddress(database, `${name} ${of}`)}`;
      const nowMs = clock();
      const [now, ends] = [new Date(nowMs), new Date(nowMs + windowSeconds * 1000)].map((time) => time.toISOString());
      const { rows } = await sql<{ count: number }>`
        insert into rate_windows as w (key, count, expires_at) values (${key}, 1, ${ends}::timestamptz)
        on conflict (key) do update set
          count = case when w.expires_at <= ${now}::timestamptz then 1 else w.count + 1 end,
          expires_at = case when w.expires_at <= ${now}::timestamptz then excluded.expires_at else w.expires_at end
        returning count`.execute(database);
      return quota - rows[0]!.count;
    },
  };
}
