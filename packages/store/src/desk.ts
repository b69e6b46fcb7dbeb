/** The curator's desk: what may be picked, what is picked and in which order, and the end of an edition. */
import type { AccountId, Clock, EditionDate, EditionState, ListedPaper, PaperId } from "@paperwire/domain";
import { CURATION_LIMITS, moved } from "@paperwire/domain";
import { sql } from "kysely";
import { closeEdition, closeOverdue } from "./close-edition.ts";
import type { Database } from "./database.ts";
import { addEntry, dropBareEntry, lockEditions } from "./edition-acts.ts";
import type { Page, PageRequest } from "./paging.ts";
import { ENTRY, type EntryRow, NEWEST_ENTRY, PAPER, type PaperRow, toListed } from "./rows.ts";
import { placeEntries } from "./take-in-entries.ts";

export type PickedPaper = ListedPaper & { note: string | null; pickedBy: string | null };

/** What became of an act: all but `done` changed nothing. `unknown`: not there; `changed`: another curator was faster. */
export type DeskOutcome = "done" | "closed" | "full" | "unknown" | "changed";

type Act = { date: EditionDate; paperId: PaperId; by: AccountId };

export type DeskStore = {
  state(date: EditionDate): Promise<EditionState & { closedAt: string | null }>;
  /** The first edition from a day on that is not closed: where a new submission belongs. */
  openFrom(today: EditionDate): Promise<EditionDate>;
  /** In the curator's order. */
  listPicks(date: EditionDate): Promise<PickedPaper[]>;
  /** In the edition, neither picked nor passed over: by upvotes. */
  listUnpicked(date: EditionDate): Promise<ListedPaper[]>;
  /** Announced or published close to the day, in no edition yet, not passed over: by upvotes, then the newest. */
  listCandidates(request: PageRequest & { date: EditionDate }): Promise<Page<ListedPaper>>;
  /** Puts a paper last among the picks; it enters the edition by that where it was not in it. */
  pick(act: Act): Promise<DeskOutcome>;
  unpick(act: Act): Promise<DeskOutcome>;
  /** @param to place among the picks, 1-based @param from the place that the curator saw it at; undefined asks nothing */
  move(act: Act & { to: number; from?: number | undefined }): Promise<DeskOutcome>;
  /** @param note null takes it away @param was the note that the curator saw; undefined asks nothing */
  annotate(act: Act & { note: string | null; was?: string | null | undefined }): Promise<DeskOutcome>;
  pass(act: Act): Promise<DeskOutcome>;
  unpass(act: Act): Promise<DeskOutcome>;
  /**
   * @param refuse judges the edition as it stands in the transaction; null closes it, and does nothing to a closed one
   * @returns what `refuse` said
   */
  close<Refusal>(
    act: { date: EditionDate; by: AccountId | null },
    refuse: (state: EditionState, picks: PickedPaper[]) => Refusal | null,
  ): Promise<Refusal | null>;
  /** Closes what the clock has ended. @returns which, oldest first; at most 1000 at a time */
  closeOverdue(today: EditionDate): Promise<EditionDate[]>;
};

const CANDIDATE_DAYS = 4;
const MOST_UNPICKED = 500;

export function createDeskStore(database: Database, clock: Clock): DeskStore {
  const at = () => new Date(clock()).toISOString();
  /** One act under the lock, refused where the edition is closed. */
  const act = (date: string, change: (trx: Database) => Promise<DeskOutcome>) =>
    database.transaction().execute(async (trx) => {
      await lockEditions(trx);
      return (await stateOf(trx, date)).closed ? ("closed" as const) : change(trx);
    });
  return {
    state: (date) => stateOf(database, date),
    openFrom: (today) => openFrom(database, today),
    listPicks: (date) => listPicks(database, date),
    listUnpicked: (date) => listUnpicked(database, date),
    listCandidates: (request) => listCandidates(database, request),
    pick: (one) => act(one.date, (trx) => pick(trx, one, at())),
    unpick: (one) => act(one.date, (trx) => unpick(trx, one)),
    move: (one) => act(one.date, (trx) => move(trx, one)),
    annotate: (one) => act(one.date, (trx) => annotate(trx, one)),
    pass: ({ date, paperId, by }) =>
      act(date, async (trx) => {
        await sql`
          insert into passes (edition_date, paper_id, passed_by, at)
          select ${date}::date, id, ${by}, ${at()}::timestamptz from papers where id = ${paperId}
          on conflict do nothing`.execute(trx);
        return "done";
      }),
    unpass: ({ date, paperId }) =>
      act(date, async (trx) => {
        await sql`delete from passes where edition_date = ${date}::date and paper_id = ${paperId}`.execute(trx);
        return "done";
      }),
    close: (one, refuse) =>
      database.transaction().execute(async (trx) => {
        await lockEditions(trx);
        const why = refuse(await stateOf(trx, one.date), await listPicks(trx, one.date));
        if (why === null) await closeEdition(trx, { ...one, at: at() });
        return why;
      }),
    closeOverdue: (today) => closeOverdue(database, { today, at: at() }),
  };
}

async function stateOf(database: Database, date: string): Promise<EditionState & { closedAt: string | null }> {
  const { rows } = await sql<{ closed_at: string | null; entries: number }>`
    select (select closed_at from editions where date = ${date}::date) as closed_at,
      (select count(*) from edition_entries where edition_date = ${date}::date) as entries`.execute(database);
  const { closed_at: closedAt, entries } = rows[0]!;
  return { date, closed: closedAt !== null, closedAt, entries };
}

async function openFrom(database: Database, today: string): Promise<string> {
  const { rows } = await sql<{ date: string }>`
    select d::date as date from generate_series(${today}::date, ${today}::date + 30, interval '1 day') d
    where not exists (select 1 from editions e where e.date = d::date and e.closed_at is not null)
    order by d limit 1`.execute(database);
  return rows[0]?.date ?? today;
}

async function listPicks(database: Database, date: string): Promise<PickedPaper[]> {
  const { rows } = await sql<PaperRow & EntryRow & { note_of_pick: string | null; picked_by: string | null }>`
    select ${PAPER}, ${ENTRY}, k.note as note_of_pick, a.handle as picked_by
    from picks k join papers p on p.id = k.paper_id
    join edition_entries e on e.edition_date = k.edition_date and e.paper_id = k.paper_id
    left join submitters s on s.name = e.submitter left join accounts a on a.id = k.picked_by
    where k.edition_date = ${date}::date order by k.position, k.paper_id`.execute(database);
  return rows.map((row) => ({ ...toListed(row), note: row.note_of_pick, pickedBy: row.picked_by }));
}

async function listUnpicked(database: Database, date: string): Promise<ListedPaper[]> {
  const { rows } = await sql<PaperRow & EntryRow>`
    select ${PAPER}, ${ENTRY} from edition_entries e join papers p on p.id = e.paper_id
    left join submitters s on s.name = e.submitter
    where e.edition_date = ${date}::date
      and not exists (select 1 from picks k where k.edition_date = e.edition_date and k.paper_id = e.paper_id)
      and not exists (select 1 from passes x where x.edition_date = e.edition_date and x.paper_id = e.paper_id)
    order by e.place, e.paper_id limit ${MOST_UNPICKED}`.execute(database);
  return rows.map(toListed);
}

async function listCandidates(database: Database, { date, limit, offset }: PageRequest & { date: string }) {
  const { rows } = await sql<PaperRow & EntryRow & { total: number }>`
    with near as (
      select p.id from papers p
      where coalesce(p.published_at, '-infinity'::timestamptz) > ${date}::date - ${CANDIDATE_DAYS}::int
        and coalesce(p.published_at, '-infinity'::timestamptz) < ${date}::date + 1
      union
      select i.paper_id from source_announcements a
      join paper_identifiers i on i.scheme = a.source and i.value = a.value where a.day = ${date}::date),
    page as materialized (
      select near.id, count(*) over () as total, (select count(*) from upvotes u where u.paper_id = near.id) as votes
      from near
      where not exists (select 1 from edition_entries e where e.paper_id = near.id)
        and not exists (select 1 from passes x where x.edition_date = ${date}::date and x.paper_id = near.id)
        and not exists (select 1 from submissions b where b.paper_id = near.id and b.state = 'waiting')
      order by votes desc, near.id desc limit ${limit} offset ${offset})
    select ${PAPER}, ${ENTRY}, page.total from page join papers p on p.id = page.id ${NEWEST_ENTRY}
    order by page.votes desc, page.id desc`.execute(database);
  return { items: rows.map(toListed), total: rows[0]?.total ?? 0 };
}

async function pick(trx: Database, { date, paperId, by }: Act, at: string): Promise<DeskOutcome> {
  const { rows } = await sql<{ known: boolean; picks: number; last: number }>`
    select exists (select 1 from papers where id = ${paperId}) as known,
      (select count(*) from picks where edition_date = ${date}::date) as picks,
      (select coalesce(max(position), 0) from picks where edition_date = ${date}::date) as last`.execute(trx);
  const { known, picks, last } = rows[0]!;
  if (!known) return "unknown";
  if (picks >= CURATION_LIMITS.picks) return "full";
  await sql`insert into editions (date) values (${date}::date) on conflict do nothing`.execute(trx);
  await sql`
    insert into picks (edition_date, paper_id, position, picked_by, at)
    values (${date}::date, ${paperId}, ${last + 1}, ${by}, ${at}::timestamptz) on conflict do nothing`.execute(trx);
  await sql`delete from passes where edition_date = ${date}::date and paper_id = ${paperId}`.execute(trx);
  await addEntry(trx, { date, paperId, submissionId: null, at });
  return "done";
}

async function unpick(trx: Database, { date, paperId }: Act): Promise<DeskOutcome> {
  const { rows } = await sql`
    delete from picks where edition_date = ${date}::date and paper_id = ${paperId} returning 1`.execute(trx);
  // Taken out already: by another curator, or by a button that was pressed twice.
  if (rows.length === 0) return "done";
  await dropBareEntry(trx, { date, paperId });
  await placeEntries(trx, [date]);
  return "done";
}

async function annotate(
  trx: Database,
  { date, paperId, note, was }: Parameters<DeskStore["annotate"]>[0],
): Promise<DeskOutcome> {
  const { rows } = await sql<{ note: string | null }>`
    select note from picks where edition_date = ${date}::date and paper_id = ${paperId}`.execute(trx);
  const [pick] = rows;
  if (!pick) return "unknown";
  if (was !== undefined && pick.note !== was && pick.note !== note) return "changed";
  await sql`
    update picks set note = ${note} where edition_date = ${date}::date and paper_id = ${paperId}`.execute(trx);
  return "done";
}

async function move(
  trx: Database,
  { date, paperId, to, from }: Parameters<DeskStore["move"]>[0],
): Promise<DeskOutcome> {
  const { rows } = await sql<{ paper_id: string }>`
    select paper_id from picks where edition_date = ${date}::date order by position, paper_id`.execute(trx);
  const before = rows.map((row) => row.paper_id);
  if (!before.includes(paperId)) return "unknown";
  // A button that was pressed twice finds it moved already.
  if (before[to - 1] === paperId) return "done";
  if (from !== undefined && before[from - 1] !== paperId) return "changed";
  await sql`
    update picks k set position = wanted.place
    from unnest(${moved(before, paperId, to)}::text[]) with ordinality as wanted (id, place)
    where k.edition_date = ${date}::date and k.paper_id = wanted.id`.execute(trx);
  await placeEntries(trx, [date]);
  return "done";
}
