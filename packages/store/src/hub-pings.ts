/** News for the hub: which feeds changed and have not been told of. Told at least once, never forgotten by a crash. */
import type { Clock } from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";

export type HubPing = {
  path: string;
  changedAt: string;
  /** Including the one that is about to be made. */
  attempts: number;
};

export type HubPingStore = {
  /** Notes feeds as changed. One that waits already is told once, when it would have been. @param paths at most 1000 */
  add(paths: readonly string[], dueMs: number): Promise<void>;
  /** Takes feeds that are due for one attempt. @param limit 1..100 */
  claim(limit: number): Promise<HubPing[]>;
  /** The hub has the news, or never will; a feed that changed again meanwhile stays. */
  drop(ping: HubPing): Promise<void>;
  /** Puts an attempt off. */
  retry(ping: HubPing, dueMs: number): Promise<void>;
  count(): Promise<number>;
};

/** A process that has not said how it ended after this long is gone. */
const CLAIM_LOST_MS = 300_000;

export function createHubPingStore(database: Database, clock: Clock): HubPingStore {
  const at = (ms: number) => sql`${new Date(ms).toISOString()}::timestamptz`;
  return {
    add: async (paths, dueMs) => {
      await sql`
        insert into hub_pings (path, changed_at, due_at)
        select path, ${at(clock())}, ${at(dueMs)} from unnest(${[...paths]}::text[]) as path
        on conflict (path) do update set changed_at = excluded.changed_at, attempts = 0,
          due_at = least(hub_pings.due_at, excluded.due_at)`.execute(database);
    },
    claim: async (limit) => {
      const { rows } = await sql<HubPing>`
        update hub_pings set claimed_at = ${at(clock())}, attempts = attempts + 1
        where path in (
          select path from hub_pings
          where due_at <= ${at(clock())} and (claimed_at is null or claimed_at <= ${at(clock() - CLAIM_LOST_MS)})
          order by due_at, path limit ${limit} for update skip locked)
        returning path, changed_at as "changedAt", attempts`.execute(database);
      return rows.toSorted((a, b) => (a.path < b.path ? -1 : 1));
    },
    drop: async ({ path, changedAt }) => {
      await sql`
        with told as (delete from hub_pings where path = ${path} and changed_at = ${changedAt}::timestamptz returning path)
        update hub_pings set claimed_at = null where path = ${path} and path not in (select path from told)`.execute(
        database,
      );
    },
    retry: async ({ path }, dueMs) => {
      await sql`update hub_pings set claimed_at = null, due_at = ${at(dueMs)} where path = ${path}`.execute(database);
    },
    count: async () => {
      const { rows } = await sql<{ count: number }>`select count(*) as count from hub_pings`.execute(database);
      return rows[0]!.count;
    },
  };
}
