/** Editions: which days there are, and their entries in order. */
import type { DateRange, EditionDate } from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { ENTRY, type EntryRow, PAPER, type PaperRow, toEntry, toListed } from "./rows.ts";
import type { EditionStore, EntryQuery } from "./store.ts";

export function createEditionStore(database: Database): EditionStore {
  return {
    latest: (notAfter) => latest(database, notAfter),
    calendar: (range) => calendar(database, range),
    neighbours: (range) => neighbours(database, range),
    listEntries: (query) => listEntries(database, query),
  };
}

/** Days whose last paper went away are no editions to a reader. */
const FILLED = sql.raw("exists (select 1 from edition_entries e where e.edition_date = editions.date)");

async function latest(database: Database, notAfter?: EditionDate): Promise<EditionDate | null> {
  const { rows } = await sql<{ date: string }>`
    select date from editions where (${notAfter ?? null}::date is null or date <= ${notAfter ?? null}::date) and ${FILLED}
    order by date desc limit 1`.execute(database);
  return rows[0]?.date ?? null;
}

async function calendar(database: Database, { first, last }: DateRange) {
  const { rows } = await sql<{ date: string; papers: number }>`
    select edition_date as date, count(*) as papers from edition_entries
    where edition_date between ${first}::date and ${last}::date
    group by edition_date order by edition_date`.execute(database);
  return rows;
}

async function neighbours(database: Database, { first, last }: DateRange) {
  const { rows } = await sql<{ previous: string | null; next: string | null }>`
    select
      (select date from editions where date < ${first}::date and ${FILLED} order by date desc limit 1) as previous,
      (select date from editions where date > ${last}::date and ${FILLED} order by date limit 1) as next`.execute(
    database,
  );
  return rows[0]!;
}

async function listEntries(database: Database, { range, order, limit, offset, ...narrow }: EntryQuery) {
  const { submitter, upvotesMin, topics = [] } = narrow;
  const conditions = [
    range ? sql`e.edition_date between ${range.first}::date and ${range.last}::date` : sql`true`,
    submitter === undefined
      ? sql`true`
      : sql`(e.submitter = ${submitter} or e.submission_id in (
          select b.id from submissions b join accounts a on a.id = b.account_id where a.handle = ${submitter}))`,
    upvotesMin === undefined
      ? sql`true`
      : sql`e.upvotes + (select count(*) from upvotes u where u.paper_id = e.paper_id) >= ${upvotesMin}`,
    topics.length === 0
      ? sql`true`
      : sql`exists (select 1 from papers t where t.id = e.paper_id and t.topics && ${[...topics]}::text[])`,
  ];
  const where = sql.join(conditions, sql` and `);
  const total = await sql<{ total: number }>`
    select count(*) as total from edition_entries e where ${where}`.execute(database);
  const sorting =
    order === "upvotes"
      ? sql.raw("e.all_upvotes desc, e.edition_date desc, e.place, e.paper_id")
      : sql.raw("e.edition_date desc, e.place, e.paper_id");
  const counted = sql.raw(
    order === "upvotes"
      ? "upvotes + (select count(*) from upvotes u where u.paper_id = edition_entries.paper_id)"
      : "0",
  );
  const { rows } = await sql<PaperRow & EntryRow & { edition_date: string }>`
    with page as materialized (
      select * from (select *, ${counted} as all_upvotes from edition_entries) e
      where ${where} order by ${sorting} limit ${limit} offset ${offset})
    select ${PAPER}, ${ENTRY} from page e
    join papers p on p.id = e.paper_id left join submitters s on s.name = e.submitter
    order by ${sorting}`.execute(database);
  return { items: rows.map((row) => ({ ...toListed(row), entry: toEntry(row) })), total: total.rows[0]!.total };
}
