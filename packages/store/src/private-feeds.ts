/** Private feeds: one address per subscriber, looked up by the hash of its token. */
import type { Clock } from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";

export type PrivateFeed = { id: string; tokenHash: string; subscriberId: string; madeAt: string };

export type PrivateFeedStore = {
  /** Gives a subscriber's feed a new address; whoever has the old one reads nothing any more. */
  renew(feed: Pick<PrivateFeed, "id" | "tokenHash" | "subscriberId">): Promise<void>;
  findByToken(tokenHash: string): Promise<PrivateFeed | null>;
  findOf(subscriberId: string): Promise<PrivateFeed | null>;
  remove(subscriberId: string): Promise<void>;
};

const FEED = sql.raw('id, token_hash as "tokenHash", subscriber_id as "subscriberId", made_at as "madeAt"');

export function createPrivateFeedStore(database: Database, clock: Clock): PrivateFeedStore {
  const find = async (condition: ReturnType<typeof sql>) => {
    const { rows } = await sql<PrivateFeed>`select ${FEED} from private_feeds where ${condition}`.execute(database);
    return rows[0] ?? null;
  };
  return {
    renew: async ({ id, tokenHash, subscriberId }) => {
      const now = new Date(clock()).toISOString();
      await sql`
        insert into private_feeds (id, token_hash, subscriber_id, made_at)
        values (${id}, ${tokenHash}, ${subscriberId}, ${now}::timestamptz)
        on conflict (subscriber_id) do update set id = excluded.id, token_hash = excluded.token_hash,
          made_at = excluded.made_at`.execute(database);
    },
    findByToken: (tokenHash) => find(sql`token_hash = ${tokenHash}`),
    findOf: (subscriberId) => find(sql`subscriber_id = ${subscriberId}`),
    remove: async (subscriberId) => {
      await sql`delete from private_feeds where subscriber_id = ${subscriberId}`.execute(database);
    },
  };
}
