/** Marks entries of papers that came in after the day of their announcement. */
import { isAnnouncedEarlier } from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";

type Row = { edition: string; paper_id: string; day: string; added_at: string };

/** Only in the first edition that a paper is in; called for editions that got entries, before they are put in order. */
export async function markLateEntries(trx: Database, dates: readonly string[]): Promise<void> {
  const { rows } = await sql<Row>`
    select e.edition_date as edition, e.paper_id, a.day, p.added_at
    from edition_entries e
    join papers p on p.id = e.paper_id
    cross join lateral (
      select min(s.day) as day from paper_identifiers i
      join source_announcements s on s.source = i.scheme and s.value = i.value
      where i.paper_id = e.paper_id and i.scheme = 'arxiv') a
    where e.edition_date = any(${[...dates]}::date[]) and e.announced_on is null and a.day < e.edition_date
      and not exists (select 1 from edition_entries f where f.paper_id = e.paper_id and f.edition_date < e.edition_date)`.execute(
    trx,
  );
  const late = rows.filter(({ edition, day, added_at }) =>
    isAnnouncedEarlier({ announcedOn: day, takenInMs: Date.parse(added_at), edition }),
  );
  if (late.length === 0) return;
  await sql`
    update edition_entries e set announced_on = l.day
    from unnest(${late.map(({ edition }) => edition)}::date[], ${late.map((row) => row.paper_id)}::text[],
      ${late.map(({ day }) => day)}::date[]) as l (edition, paper_id, day)
    where e.edition_date = l.edition and e.paper_id = l.paper_id`.execute(trx);
}
