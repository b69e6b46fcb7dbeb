/** Editions and their entries, as sources tell of them. */
import type { EntryFacts, IncomingRecord, Submitter } from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { markLateEntries } from "./late-entries.ts";

type Placed = { record: IncomingRecord; paperId: string };

type Entry = {
  edition_date: string;
  paper_id: string;
  position: number | null;
  submitted_at: string | null;
  submitter: string | null;
  upvotes: number;
  num_comments: number;
  as_of: string | null;
};
type Draft = { entry: Entry; changed: boolean };

/** @returns for each record, whether its entry is new or different */
export async function takeInEntries(trx: Database, placed: readonly Placed[]): Promise<boolean[]> {
  const drafts = await findEntries(trx, placed);
  const submitters = new Map<string, Submitter>();
  const changed = placed.map(({ record, paperId }) => {
    if (!record.entry) return false;
    if (record.entry.submittedBy) submitters.set(record.entry.submittedBy.name, record.entry.submittedBy);
    return applyEntry(drafts, paperId, record.entry, record.asOf ?? null);
  });
  await writeEntries(
    trx,
    [...drafts.values()].filter((draft) => draft.changed).map((draft) => draft.entry),
    [...submitters.values()],
  );
  return changed;
}

async function findEntries(trx: Database, placed: readonly Placed[]): Promise<Map<string, Draft>> {
  const wanted = placed.filter(({ record }) => record.entry);
  if (wanted.length === 0) return new Map();
  const { rows } = await sql<Entry>`
    select e.edition_date, e.paper_id, e.position, e.submitted_at, e.submitter, e.upvotes, e.num_comments, e.as_of
    from edition_entries e
    join unnest(${wanted.map(({ record }) => record.entry!.edition)}::date[],
      ${wanted.map(({ paperId }) => paperId)}::text[]) as w (date, id)
      on w.date = e.edition_date and w.id = e.paper_id`.execute(trx);
  return new Map(rows.map((entry) => [`${entry.edition_date} ${entry.paper_id}`, { entry, changed: false }]));
}

/** Like facts: silence erases nothing, and an older word only fills gaps. */
function applyEntry(drafts: Map<string, Draft>, paperId: string, facts: EntryFacts, asOf: string | null): boolean {
  const key = `${facts.edition} ${paperId}`;
  const known = drafts.get(key)?.entry;
  const newer = !asOf || !known?.as_of || asOf >= known.as_of;
  const choose = <T>(said: T | undefined, was: T | null | undefined) => (newer ? (said ?? was) : (was ?? said)) ?? null;
  const entry: Entry = {
    edition_date: facts.edition,
    paper_id: paperId,
    position: choose(facts.position, known?.position),
    submitted_at: choose(facts.submittedAt, known?.submitted_at),
    submitter: choose(facts.submittedBy?.name, known?.submitter),
    upvotes: choose(facts.upvotes, known?.upvotes) ?? 0,
    num_comments: choose(facts.numComments, known?.num_comments) ?? 0,
    as_of: newer && asOf ? asOf : (known?.as_of ?? asOf),
  };
  const different = !known || (Object.keys(entry) as (keyof Entry)[]).some((name) => entry[name] !== known[name]);
  drafts.set(key, { entry, changed: different || (drafts.get(key)?.changed ?? false) });
  return different;
}

async function writeEntries(trx: Database, entries: readonly Entry[], submitters: readonly Submitter[]): Promise<void> {
  if (submitters.length > 0) {
    await sql`
      insert into submitters (name, fullname)
      select * from unnest(${submitters.map((s) => s.name)}::text[], ${submitters.map((s) => s.fullname)}::text[])
      on conflict (name) do update set fullname = excluded.fullname
      where submitters.fullname <> excluded.fullname`.execute(trx);
  }
  if (entries.length === 0) return;
  const dates = [...new Set(entries.map((entry) => entry.edition_date))];
  await sql`insert into editions (date) select unnest(${dates}::date[]) on conflict do nothing`.execute(trx);
  await sql`
    insert into edition_entries (edition_date, paper_id, position, submitted_at, submitter, upvotes, num_comments, as_of)
    select edition_date, paper_id, position, submitted_at, submitter, upvotes, num_comments, as_of
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as r (edition_date date, paper_id text, position integer,
      submitted_at timestamptz, submitter text, upvotes integer, num_comments integer, as_of timestamptz)
    on conflict (edition_date, paper_id) do update set position = excluded.position,
      submitted_at = excluded.submitted_at, submitter = excluded.submitter, upvotes = excluded.upvotes,
      num_comments = excluded.num_comments, as_of = excluded.as_of`.execute(trx);
  await markLateEntries(trx, dates);
  await placeEntries(trx, dates);
}

/**
 * Keeps `place` true, so that no page has to rank an edition to say where a paper stood: by all upvotes, ours too. While an
 * edition is open, its picks come first, in the curator's order, then papers that were announced earlier.
 */
export async function placeEntries(trx: Database, dates: readonly string[]): Promise<void> {
  await sql`
    update edition_entries e set place = ranked.place
    from (
      select x.edition_date, x.paper_id, row_number() over (
        partition by x.edition_date
        order by k.position nulls last, (x.announced_on is null or d.closed_at is not null),
          x.upvotes + coalesce(v.here, 0) desc, x.position nulls last, x.submitted_at nulls last, x.paper_id) as place
      from edition_entries x
      join editions d on d.date = x.edition_date
      left join picks k
        on k.edition_date = x.edition_date and k.paper_id = x.paper_id and d.closed_at is null
      left join (
        select u.paper_id, count(*) as here from upvotes u
        where u.paper_id in (select paper_id from edition_entries where edition_date = any(${dates}::date[]))
        group by u.paper_id) v on v.paper_id = x.paper_id
      where x.edition_date = any(${dates}::date[])
    ) ranked
    where ranked.edition_date = e.edition_date and ranked.paper_id = e.paper_id and ranked.place <> e.place`.execute(
    trx,
  );
}
