/** The ledger of editions: written when one closes, never changed. */
import { createHash } from "node:crypto";
import {
  type EditionDate,
  freezeEdition,
  type LedgerCandidate,
  type LedgerEntry,
  type PaperId,
} from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";

export type LedgerStore = {
  find(edition: EditionDate): Promise<LedgerEntry | null>;
  /** Entries above a number, by number. @param limit 1..500 */
  listFrom(number: number, limit: number): Promise<LedgerEntry[]>;
  count(): Promise<number>;
  /** Newest edition first, without their contents. */
  listNewest(page: { limit: number; offset: number }): Promise<Omit<LedgerEntry, "content">[]>;
  /** Where papers stood when the edition closed, from 1; empty where it is not closed. */
  placesOf(edition: EditionDate): Promise<Map<PaperId, number>>;
};

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

export function createLedgerStore(database: Database): LedgerStore {
  const find = async (edition: EditionDate) => {
    const { rows } = await sql<LedgerEntry>`
      select number, edition_date as edition, content, checksum from ledger
      where edition_date = ${edition}::date`.execute(database);
    return rows[0] ?? null;
  };
  return {
    find,
    listFrom: async (number, limit) => {
      const { rows } = await sql<LedgerEntry>`
        select number, edition_date as edition, content, checksum from ledger
        where number > ${number} order by number limit ${limit}`.execute(database);
      return rows;
    },
    count: async () => {
      const { rows } = await sql<{ count: number }>`select count(*) as count from ledger`.execute(database);
      return rows[0]!.count;
    },
    listNewest: async ({ limit, offset }) => {
      const { rows } = await sql<Omit<LedgerEntry, "content">>`
        select number, edition_date as edition, checksum from ledger
        order by edition_date desc limit ${limit} offset ${offset}`.execute(database);
      return rows;
    },
    placesOf: async (edition) => {
      const entry = await find(edition);
      if (!entry) return new Map();
      const { order } = JSON.parse(entry.content) as { order: PaperId[] };
      return new Map(order.map((id, at) => [id, at + 1]));
    },
  };
}

/** An edition whose row was made so long after its day was over came in as history. */
const IMPORTED_AFTER_DAYS = 2;

/** Freezes an edition inside the transaction that closes it; the caller holds the editions' lock. */
export async function writeLedger(
  trx: Database,
  { date, by, at }: { date: EditionDate; by: string | null; at: string },
): Promise<void> {
  const editions = await sql<{ imported: boolean }>`
    select opened_at::date > date + ${IMPORTED_AFTER_DAYS}::integer as imported from editions
    where date = ${date}::date`.execute(trx);
  const { rows: candidates } = await sql<LedgerCandidate>`
    select e.paper_id as id, p.title,
      (e.upvotes + (select count(*) from upvotes u where u.paper_id = e.paper_id))::integer as upvotes,
      e.position, e.submitted_at as "submittedAt", k.position as pick, k.note
    from edition_entries e join papers p on p.id = e.paper_id
    left join picks k on k.edition_date = e.edition_date and k.paper_id = e.paper_id
    where e.edition_date = ${date}::date`.execute(trx);
  const last = await sql<{ number: number; checksum: string }>`
    select number, checksum from ledger order by number desc limit 1`.execute(trx);
  const closedBy = by !== null ? "curator" : editions.rows[0]?.imported ? "import" : "clock";
  const { content, checksum } = freezeEdition(
    { edition: date, closedAt: at, closedBy, candidates, previous: last.rows[0]?.checksum ?? null },
    sha256,
  );
  await sql`
    insert into ledger (number, edition_date, content, checksum)
    values (${(last.rows[0]?.number ?? 0) + 1}, ${date}::date, ${content}, ${checksum})
    on conflict (edition_date) do nothing`.execute(trx);
}
