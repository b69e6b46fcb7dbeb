/** What doors said of batches, and which papers each batch announced. */
import type { BatchDoor, DoorReport, EditionDate } from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { BatchRecord, BatchReport } from "./source-store.ts";

const NEWS_MAX = 10_000;
const BATCHES_MAX = 5_000;
/** Batches before one, and how many of them there must be, to say what is usual. */
const USUAL_OF = 20;
const USUAL_LEAST = 5;

/** @throws RangeError  more than 10,000 papers in one report */
export async function report(database: Database, said: BatchReport): Promise<DoorReport> {
  const { source, set, day, door, dated, claimed, entries, askedAt } = said;
  const news = [...new Set(said.news)];
  if (news.length > NEWS_MAX) throw new RangeError(`${news.length} new papers in one report; at most ${NEWS_MAX}`);
  return database.transaction().execute(async (trx) => {
    // Also a paper that a later batch was first seen with: doors may be read out of order.
    const { rows } = await sql<{ fresh: boolean }>`
      insert into source_announcements as known (source, set_name, value, day, doors)
      select ${source}, ${set}, value, ${day}::date, array[${door}]
      from unnest(${news}::text[]) as listed (value) order by value
      on conflict (source, set_name, value) do update set
        day = least(known.day, excluded.day),
        doors = case when known.day < excluded.day or ${door} = any(known.doors) then known.doors
          else known.doors || excluded.doors end
      returning known.day = ${day}::date as fresh`.execute(trx);
    const fresh = rows.filter((row) => row.fresh).length;
    const changed = await sql`
      insert into source_batches as known (source, set_name, day, door, dated, claimed, listed, fresh, entries, asked_at)
      values (${source}, ${set}, ${day}::date, ${door}, ${dated}::date, ${claimed}, ${news.length}, ${fresh},
        ${entries}, ${askedAt}::timestamptz)
      on conflict (source, set_name, day, door) do update set dated = excluded.dated, claimed = excluded.claimed,
        listed = excluded.listed, fresh = excluded.fresh, entries = excluded.entries, asked_at = excluded.asked_at
      where (known.dated, known.claimed, known.listed, known.fresh, known.entries) is distinct from
        (excluded.dated, excluded.claimed, excluded.listed, excluded.fresh, excluded.entries)
      returning door`.execute(trx);
    if (changed.rows.length > 0) await noteChange(trx);
    else await noteAsked(trx, said);
    return { door, dated, claimed, listed: news.length, fresh, entries };
  });
}

/** The state of a batch is on a page, and pages are made anew when this number moves. Last: whoever holds it holds up all. */
async function noteChange(trx: Database): Promise<void> {
  await sql`update revision_counter set value = value + 1`.execute(trx);
}

async function noteAsked(trx: Database, { source, set, day, door, askedAt }: BatchReport): Promise<void> {
  await sql`
    update source_batches set asked_at = ${askedAt}::timestamptz
    where source = ${source} and set_name = ${set} and day = ${day}::date and door = ${door}`.execute(trx);
}

type Row = {
  source: string;
  set: string;
  day: EditionDate;
  door: BatchDoor;
  dated: EditionDate | null;
  claimed: number;
  listed: number;
  fresh: number;
  entries: number;
  askedAt: string;
  announced: number;
  stored: number;
  usual: number | null;
};

export async function listBatches(
  database: Database,
  { first, last }: { first: EditionDate; last: EditionDate },
): Promise<BatchRecord[]> {
  const { rows } = await sql<Row>`
    with counted as (
      select a.source, a.set_name, a.day, count(*)::integer as announced, count(i.value)::integer as stored
      from source_announcements a
      left join paper_identifiers i on i.scheme = a.source and i.value = a.value
      where a.day between ${first}::date and ${last}::date
      group by 1, 2, 3),
    days as (
      select b.source, b.set_name, b.day, max(asked_at) as newest from source_batches b
      where b.day between ${first}::date and ${last}::date
      group by 1, 2, 3 order by b.day desc, b.source, b.set_name limit ${BATCHES_MAX})
    select b.source, b.set_name as set, b.day, b.door, b.dated, b.claimed, b.listed, b.fresh, b.entries,
      b.asked_at as "askedAt", coalesce(c.announced, 0) as announced, coalesce(c.stored, 0) as stored, u.usual
    from days d
    join source_batches b on b.source = d.source and b.set_name = d.set_name and b.day = d.day
    left join counted c on c.source = d.source and c.set_name = d.set_name and c.day = d.day
    left join lateral (
      select case when count(*) >= ${USUAL_LEAST} then percentile_disc(0.5) within group (order by per_day.papers) end
        ::integer as usual
      from (
        select count(*) as papers from source_announcements e
        where e.source = d.source and e.set_name = d.set_name and e.day < d.day and e.day > d.day - 90
        group by e.day order by e.day desc limit ${USUAL_OF}) per_day) u on true
    order by b.day desc, b.source, b.set_name, b.door`.execute(database);
  return grouped(rows);
}

function grouped(rows: readonly Row[]): BatchRecord[] {
  const batches: BatchRecord[] = [];
  for (const row of rows) {
    const { source, set, day, announced, stored, usual, ...said } = row;
    let batch = batches.at(-1);
    if (batch?.source !== source || batch.set !== set || batch.day !== day) {
      batch = { source, set, day, reports: [], announced, stored, usual };
      batches.push(batch);
    }
    batch.reports.push(said);
  }
  return batches;
}
