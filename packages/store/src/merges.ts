/** Two papers become one, and two again. */
import {
  conflict,
  invalid,
  isArxivId,
  mergeFacts,
  notFound,
  type PaperId,
  titleKey,
  topicsOf,
} from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { lockEditions } from "./edition-acts.ts";
import { type Moved, moveFollowers, returnFollowers } from "./followers.ts";
import type { MergeId, NewMerge } from "./merge-store.ts";
import { PAPER, type PaperRow, toFacts } from "./rows.ts";
import { placeEntries } from "./take-in-entries.ts";
import { type Draft, writeAuthors, writePapers } from "./write-papers.ts";

/** Later merges into one paper that are undone and done again to get at an earlier one. */
const REDONE_MAX = 200;
/** Columns that say nothing about the work, or follow from others. */
const OWN_COLUMNS = new Set(["id", "revision", "added_at", "topics", "title_key"]);

type Row = Record<string, unknown>;
type PaperFull = PaperRow & { as_of: string | null; row: Row };

export type Making = { newId: () => string; at: string };

export type Made = { id: MergeId; winner: PaperId; loser: PaperId };

/** Inside the caller's transaction. */
export async function mergeWithin(trx: Database, { newId, at }: Making, merge: NewMerge): Promise<Made> {
  const [first, second] = merge.papers;
  if (first === second) throw invalid(`${first} is one paper already.`);
  await begin(trx);
  await refuseDistinguished(trx, merge.papers);
  if (merge.evidence !== null) await refuseTwoOnArxiv(trx, merge.papers);
  const found = await Promise.all(merge.papers.map((id) => getPaper(trx, id)));
  const [winner, loser] = winnerFirst([found[0]!, found[1]!], merge.keep);
  const id = newId();
  await join(trx, { winner, loser, at }, async ({ merged, moved, revision }) => {
    await sql`
      insert into paper_merges (id, winner_id, loser_id, loser_title_key, evidence, merged_by, merged_at, revision, loser,
        winner, merged, moved)
      values (${id}, ${winner.id}, ${loser.id}, ${titleKey(loser.title)}, ${JSON.stringify(merge.evidence)}::jsonb,
        ${merge.by}, ${at}::timestamptz, ${revision}, ${JSON.stringify(loser.row)}::jsonb,
        ${JSON.stringify(winner.row)}::jsonb, ${JSON.stringify(merged)}::jsonb, ${JSON.stringify(moved)}::jsonb)`.execute(
      trx,
    );
  });
  return { id, winner: winner.id, loser: loser.id };
}

type Merged = { merged: Row; moved: Moved[]; revision: number };

/** What happens to the papers; `record` writes down what it was. */
async function join(
  trx: Database,
  { winner, loser, at }: { winner: PaperFull; loser: PaperFull; at: string },
  record: (merged: Merged) => Promise<void>,
): Promise<void> {
  const newer = !loser.as_of || !winner.as_of || loser.as_of >= winner.as_of;
  const facts = mergeFacts(toFacts(winner), toFacts(loser), { newer });
  const asOf =
    [winner.as_of, loser.as_of]
      .filter((one) => one !== null)
      .sort()
      .at(-1) ?? null;
  const draft: Draft = { id: winner.id, facts, asOf, isNew: false, changed: true };
  const pair = { winner: winner.id, loser: loser.id };
  const moved = await moveFollowers(trx, pair);
  await sql`delete from papers where id = ${loser.id}`.execute(trx);
  const revision = await nextRevision(trx);
  await writePapers(trx, [draft], { before: revision - 1, at });
  await writeAuthors(trx, [draft]);
  await placeEntriesOf(trx, [winner.id]);
  await record({ merged: (await getPaper(trx, winner.id)).row, moved, revision });
}

/**
 * Its address is the better known one: an arXiv id before any other, then the paper that was here first.
 * @param keep  whoever decides may know better
 */
function winnerFirst([a, b]: readonly [PaperFull, PaperFull], keep?: PaperId): [winner: PaperFull, loser: PaperFull] {
  if (keep !== undefined && keep !== a.id && keep !== b.id) throw invalid(`${keep} is neither of the two papers.`);
  if (keep !== undefined) return keep === a.id ? [a, b] : [b, a];
  const [onArxiv, other] = [isArxivId(a.id), isArxivId(b.id)];
  if (onArxiv !== other) return onArxiv ? [a, b] : [b, a];
  const isFirst = a.added_at === b.added_at ? a.id < b.id : a.added_at < b.added_at;
  return isFirst ? [a, b] : [b, a];
}

type Record_ = {
  id: MergeId;
  winner_id: PaperId;
  loser_id: PaperId;
  loser: Row;
  winner: Row;
  merged: Row;
  moved: Moved[];
};

/** Inside the caller's transaction. The pair is kept apart from then on. */
export async function undoWithin(
  trx: Database,
  { id, by, at }: { id: MergeId; by: string; at: string },
): Promise<void> {
  await begin(trx);
  const { rows } = await sql<Record_ & { undone_at: string | null }>`
    select id, winner_id, loser_id, loser, winner, merged, moved, undone_at from paper_merges where id = ${id}`.execute(
    trx,
  );
  const merge = rows[0];
  if (!merge) throw notFound(`There is no merge ${id}.`);
  if (merge.undone_at !== null) throw conflict("This merge is undone already.");
  const gone = await sql<{ winner_id: string }>`
    select winner_id from paper_merges where loser_id = ${merge.winner_id} and undone_at is null`.execute(trx);
  if (gone.rows[0]) {
    throw conflict(`${merge.winner_id} was itself merged into ${gone.rows[0].winner_id} since; undo that first.`);
  }
  const later = await listLater(trx, merge);
  for (const one of later) await part(trx, one);
  await part(trx, merge);
  await sql`
    update paper_merges set undone_at = ${at}::timestamptz, undone_by = ${by} where id = ${id}`.execute(trx);
  await distinguishWithin(trx, [merge.winner_id, merge.loser_id], { by, at });
  for (const one of later.toReversed()) await joinAgain(trx, one, at);
}

/** Merges into the same paper after this one, newest first: they rest on what it made. */
async function listLater(trx: Database, { id, winner_id }: Record_): Promise<Record_[]> {
  const { rows } = await sql<Record_>`
    select id, winner_id, loser_id, loser, winner, merged, moved from paper_merges
    where winner_id = ${winner_id} and undone_at is null and id > ${id} order by id desc limit ${REDONE_MAX + 1}`.execute(
    trx,
  );
  if (rows.length > REDONE_MAX)
    throw conflict(`More than ${REDONE_MAX} papers were merged into it since; undo those first.`);
  return rows;
}

async function joinAgain(trx: Database, { id, winner_id, loser_id }: Record_, at: string): Promise<void> {
  const [winner, loser] = [await getPaper(trx, winner_id), await getPaper(trx, loser_id)];
  await join(trx, { winner, loser, at }, async ({ merged, moved, revision }) => {
    await sql`
      update paper_merges set revision = ${revision}, loser = ${JSON.stringify(loser.row)}::jsonb,
        winner = ${JSON.stringify(winner.row)}::jsonb, merged = ${JSON.stringify(merged)}::jsonb,
        moved = ${JSON.stringify(moved)}::jsonb
      where id = ${id}`.execute(trx);
  });
}

/** The loser's row comes back; of the winner's, each column that is still as the merge left it. */
async function part(trx: Database, { winner_id, loser_id, loser, winner, merged, moved }: Record_): Promise<void> {
  // Columns that a later program gave up are left behind.
  const columns = new Set(Object.keys((await getPaper(trx, winner_id)).row));
  const row = Object.fromEntries(Object.entries(loser).filter(([name]) => columns.has(name)));
  await insertRow(trx, { ...row, revision: await nextRevision(trx) });
  await returnFollowers(trx, moved, { winner: winner_id, loser: loser_id });
  const now = await getPaper(trx, winner_id);
  const kept = Object.keys(winner).filter(
    (name) => columns.has(name) && !OWN_COLUMNS.has(name) && isEqual(now.row[name], merged[name]),
  );
  await updateRow(trx, winner_id, Object.fromEntries(kept.map((name) => [name, winner[name]])));
  const parted = await getPaper(trx, winner_id);
  const facts = toFacts(parted);
  const derived = { title_key: titleKey(facts.title), topics: topicsOf(facts), revision: await nextRevision(trx) };
  await updateRow(trx, winner_id, derived);
  const back = toFacts(await getPaper(trx, loser_id));
  await writeAuthors(trx, [
    { id: winner_id, facts, isNew: false },
    { id: loser_id, facts: back, isNew: true },
  ]);
  await placeEntriesOf(trx, [winner_id, loser_id]);
}

const isEqual = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

async function insertRow(trx: Database, row: Row): Promise<void> {
  const columns = Object.keys(row).map((name) => sql.ref(name));
  await sql`
    insert into papers (${sql.join(columns)})
    select ${sql.join(columns)} from jsonb_populate_record(null::papers, ${JSON.stringify(row)}::jsonb)`.execute(trx);
}

async function updateRow(trx: Database, id: PaperId, row: Row): Promise<void> {
  if (Object.keys(row).length === 0) return;
  const changes = Object.keys(row).map((name) => sql`${sql.ref(name)} = r.${sql.ref(name)}`);
  await sql`
    update papers p set ${sql.join(changes)}
    from jsonb_populate_record(null::papers, ${JSON.stringify(row)}::jsonb) r where p.id = ${id}`.execute(trx);
}

/** One order of locks for all; and instants in rows are written in one zone, so that they can be compared as text. */
async function begin(trx: Database): Promise<void> {
  await sql`set local time zone 'UTC'`.execute(trx);
  await lockEditions(trx);
}

async function nextRevision(trx: Database): Promise<number> {
  const { rows } = await sql<{ value: number }>`
    update revision_counter set value = value + 1 returning value`.execute(trx);
  return rows[0]!.value;
}

async function getPaper(trx: Database, id: PaperId): Promise<PaperFull> {
  const { rows } = await sql<PaperFull>`
    select ${PAPER}, p.as_of, to_jsonb(p) as row from papers p where p.id = ${id}`.execute(trx);
  if (!rows[0]) throw notFound(`There is no paper ${id} here.`);
  return rows[0];
}

async function placeEntriesOf(trx: Database, ids: readonly PaperId[]): Promise<void> {
  const { rows } = await sql<{ date: string }>`
    select distinct edition_date as date from edition_entries where paper_id = any(${[...ids]}::text[])`.execute(trx);
  if (rows.length > 0)
    await placeEntries(
      trx,
      rows.map(({ date }) => date),
    );
}

async function refuseDistinguished(trx: Database, papers: readonly [PaperId, PaperId]): Promise<void> {
  const [first, second] = papers.toSorted();
  const { rows } = await sql<{ said_by: string }>`
    select said_by from paper_distinctions where first_id = ${first} and second_id = ${second}`.execute(trx);
  if (rows[0]) throw conflict(`${rows[0].said_by} said that ${first} and ${second} are two works.`);
}

/** A person may know that one paper was put on arXiv twice; a machine cannot. */
async function refuseTwoOnArxiv(trx: Database, papers: readonly [PaperId, PaperId]): Promise<void> {
  const { rows } = await sql<{ papers: number }>`
    select count(distinct paper_id) as papers from paper_identifiers
    where scheme = 'arxiv' and paper_id = any(${[...papers]}::text[])`.execute(trx);
  if (rows[0]!.papers > 1) throw conflict(`${papers.join(" and ")} are two papers on arXiv.`);
}

export async function distinguishWithin(
  trx: Database,
  papers: readonly [PaperId, PaperId],
  { by, at }: { by: string; at: string },
): Promise<void> {
  const [first, second] = papers.toSorted();
  if (first === second) throw invalid(`${first} is one paper.`);
  await sql`
    insert into paper_distinctions (first_id, second_id, said_by, said_at)
    values (${first}, ${second}, ${by}, ${at}::timestamptz) on conflict do nothing`.execute(trx);
}
