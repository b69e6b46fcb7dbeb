/** How often papers are cited, as a catalogue said when it was last asked. */
import type { Clock } from "@paperwire/domain";
import { sql } from "kysely";
import type { CitationCount, CitationReport, CitationStore, Citations, StalePaper } from "./citation-store.ts";
import type { Database } from "./database.ts";
import { thinOut } from "./thin-out.ts";

const MOST = 500;
/** Counts of one paper that a page draws: more than thinning leaves in ten years. */
const HISTORY_MAX = 400;

export function createCitationStore(database: Database, clock: Clock): CitationStore {
  const now = () => new Date(clock()).toISOString();
  return {
    listStale: (limit) => listStale(database, now(), limit),
    record: (source, reports) => record(database, { source, reports, at: now() }),
    find: async (id) => {
      const { rows } = await sql<Citations>`
        select source, citations, influential, said_at as "saidAt" from paper_citations
        where paper_id = ${id} and citations is not null`.execute(database);
      return rows[0] ?? null;
    },
    historyOf: async (id) => {
      // One catalogue's line: two of them count differently, and a jump between them is no growth.
      const { rows } = await sql<CitationCount>`
        select * from (
          select day, citations from citation_counts
          where paper_id = ${id} and source = (select source from paper_citations where paper_id = ${id})
          order by day desc limit ${HISTORY_MAX}) newest
        order by day`.execute(database);
      return rows;
    },
    thin: () =>
      database
        .transaction()
        .execute((trx) => thinOut(trx, { table: "citation_counts", series: ["paper_id", "source"], today: now() })),
  };
}

async function listStale(database: Database, now: string, limit: number): Promise<StalePaper[]> {
  const { rows } = await sql<StalePaper>`
    select p.id, p.title, p.venue,
      (select jsonb_agg(jsonb_build_object('scheme', i.scheme, 'value', i.value) order by i.scheme, i.value)
        from paper_identifiers i where i.paper_id = p.id and i.scheme in ('arxiv', 'doi', 'acl')) as identifiers
    from papers p left join paper_citations c on c.paper_id = p.id
    where (c.asked_at is null or c.asked_at < ${now}::timestamptz - case
        when p.published_at > ${now}::timestamptz - interval '365 days' then interval '7 days'
        else interval '30 days' end)
      and exists (select from paper_identifiers i where i.paper_id = p.id and i.scheme in ('arxiv', 'doi', 'acl'))
    order by c.asked_at nulls first, p.published_at desc nulls last, p.id limit ${Math.min(limit, MOST)}`.execute(
    database,
  );
  return rows;
}

type Said = { source: string; reports: readonly CitationReport[]; at: string };

async function record(database: Database, { source, reports, at }: Said): Promise<void> {
  const rows = reports.map(({ paperId, said }) => ({
    paper_id: paperId,
    citations: said?.citations ?? null,
    influential: said?.influential ?? null,
    said_at: said === null ? null : at,
  }));
  await database.transaction().execute(async (trx) => {
    // Writers of papers take this lock first, so that revisions commit in their own order.
    await sql`select value from revision_counter for update`.execute(trx);
    await sql`
      insert into paper_citations as known (paper_id, source, citations, influential, asked_at, said_at)
      select r.paper_id, ${source}, r.citations, r.influential, ${at}::timestamptz, r.said_at
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (paper_id text, citations integer,
        influential integer, said_at timestamptz)
      join papers p on p.id = r.paper_id
      on conflict (paper_id) do update set source = excluded.source, asked_at = excluded.asked_at,
        citations = coalesce(excluded.citations, known.citations),
        influential = case when excluded.citations is null then known.influential else excluded.influential end,
        said_at = coalesce(excluded.said_at, known.said_at)`.execute(trx);
    await sql`
      insert into citation_counts (paper_id, source, day, citations)
      select r.paper_id, ${source}, (${at}::timestamptz at time zone 'UTC')::date, r.citations
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (paper_id text, citations integer)
      join papers p on p.id = r.paper_id where r.citations is not null
      on conflict (paper_id, source, day) do update set citations = excluded.citations`.execute(trx);
    // The figures are on pages, which are made anew when this number moves.
    await sql`update revision_counter set value = value + 1`.execute(trx);
  });
}
