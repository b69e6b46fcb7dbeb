/** The names of papers in one catalogue, as a list that can be gone through in parts. */
import { sql } from "kysely";
import type { Database } from "./database.ts";

const MOST = 1_000;

export async function listIdentifiers(
  database: Database,
  scheme: string,
  { after, limit }: { after: string; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ value: string }>`
    select value from paper_identifiers where scheme = ${scheme} and value > ${after}
    order by value limit ${Math.min(limit, MOST)}`.execute(database);
  return rows.map(({ value }) => value);
}

export async function countIdentifiers(database: Database, scheme: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from paper_identifiers where scheme = ${scheme}`.execute(database);
  return rows[0]!.count;
}
