/** The number that grows with every act of readers: how pages learn that something is new. */
import { sql } from "kysely";
import type { Database } from "./database.ts";

/**
 * Takes the turn to write: every act of readers that a page could show calls it first in its transaction. Who has seen
 * the counter at n has then seen every act below n.
 */
export async function moveCommunity(trx: Database): Promise<void> {
  await sql`update community_counter set value = value + 1`.execute(trx);
}

export async function communityAt(database: Database): Promise<number> {
  const { rows } = await sql<{ value: number }>`select value from community_counter`.execute(database);
  return rows[0]!.value;
}
