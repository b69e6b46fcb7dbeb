/** The store's door for merges: doing and undoing them, and what is written of them. */
import { type Clock, notFound, type PaperId } from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { Merge, MergeId, MergeStore } from "./merge-store.ts";
import { distinguishWithin, mergeWithin, undoWithin } from "./merges.ts";
import type { Page, PageRequest } from "./paging.ts";

const MOST_OF_ONE = 100;
const MOST_PAIRS = 1_000;
/** Merges in a row that an address is led through. */
const STEPS_MAX = 50;

export function createMergeStore(database: Database, newId: () => string, clock: Clock): MergeStore {
  const now = () => new Date(clock()).toISOString();
  return {
    merge: async (merge) => {
      const { id } = await database.transaction().execute((trx) => mergeWithin(trx, { newId, at: now() }, merge));
      return getMerge(database, id);
    },
    undo: async (id, by) => {
      await database.transaction().execute((trx) => undoWithin(trx, { id, by, at: now() }));
      return getMerge(database, id);
    },
    find: (id) => findMerge(database, id),
    list: (page) => list(database, page),
    listOf: (winner) => listOf(database, winner),
    findWinner: (id) => findWinner(database, id),
    listGone: (range) => listGone(database, range),
    distinguish: (papers, by) =>
      database.transaction().execute((trx) => distinguishWithin(trx, papers, { by, at: now() })),
    distinguishedAmong: (pairs) => distinguishedAmong(database, pairs),
  };
}

type MergeRow = {
  id: MergeId;
  winner: PaperId;
  loser: PaperId;
  winnerTitle: string;
  loserTitle: string;
  evidence: Merge["evidence"];
  by: string;
  at: string;
  undone_at: string | null;
  undone_by: string | null;
  moved: { table: string; keys: unknown[]; dropped: unknown[] }[];
};

const MERGE = sql.raw(`
  id, winner_id as winner, loser_id as loser, winner ->> 'title' as "winnerTitle", loser ->> 'title' as "loserTitle",
  evidence, merged_by as by, merged_at as at, undone_at, undone_by, moved`);

function toMerge({ undone_at, undone_by, moved, ...row }: MergeRow): Merge {
  return {
    ...row,
    undone: undone_at === null ? null : { at: undone_at, by: undone_by ?? "" },
    moved: Object.fromEntries(moved.map(({ table, keys, dropped }) => [table, keys.length + dropped.length])),
  };
}

async function findMerge(database: Database, id: MergeId): Promise<Merge | null> {
  const { rows } = await sql<MergeRow>`select ${MERGE} from paper_merges where id = ${id}`.execute(database);
  return rows[0] ? toMerge(rows[0]) : null;
}

async function getMerge(database: Database, id: MergeId): Promise<Merge> {
  const merge = await findMerge(database, id);
  if (merge === null) throw notFound(`There is no merge ${id}.`);
  return merge;
}

async function list(
  database: Database,
  { limit, offset, undone }: PageRequest & { undone?: boolean },
): Promise<Page<Merge>> {
  const where = undone === undefined ? sql`true` : undone ? sql`undone_at is not null` : sql`undone_at is null`;
  const total = await sql<{ total: number }>`select count(*) as total from paper_merges where ${where}`.execute(
    database,
  );
  const { rows } = await sql<MergeRow>`
    select ${MERGE} from paper_merges where ${where} order by id desc limit ${limit} offset ${offset}`.execute(
    database,
  );
  return { items: rows.map(toMerge), total: total.rows[0]!.total };
}

async function listOf(database: Database, winner: PaperId): Promise<Merge[]> {
  const { rows } = await sql<MergeRow>`
    select ${MERGE} from paper_merges where winner_id = ${winner} and undone_at is null
    order by id desc limit ${MOST_OF_ONE}`.execute(database);
  return rows.map(toMerge);
}

async function findWinner(database: Database, id: PaperId): Promise<PaperId | null> {
  const { rows } = await sql<{ winner_id: string }>`
    with recursive led (winner_id, step) as (
      select winner_id, 1 from paper_merges where loser_id = ${id} and undone_at is null
      union all
      select m.winner_id, step + 1 from led join paper_merges m on m.loser_id = led.winner_id and m.undone_at is null
      where step < ${STEPS_MAX})
    select winner_id from led order by step desc limit 1`.execute(database);
  return rows[0]?.winner_id ?? null;
}

async function listGone(database: Database, { after, until }: { after: number; until: number }): Promise<PaperId[]> {
  const { rows } = await sql<{ loser_id: string }>`
    select loser_id from paper_merges where revision > ${after} and revision <= ${until} and undone_at is null
    order by revision`.execute(database);
  return rows.map(({ loser_id }) => loser_id);
}

async function distinguishedAmong(
  database: Database,
  pairs: readonly (readonly [PaperId, PaperId])[],
): Promise<Set<string>> {
  if (pairs.length > MOST_PAIRS) throw new RangeError(`${pairs.length} pairs; at most ${MOST_PAIRS}`);
  const sorted = pairs.map((pair) => pair.toSorted());
  const { rows } = await sql<{ name: string }>`
    select first_id || ' ' || second_id as name from paper_distinctions d
    join unnest(${sorted.map(([first]) => first)}::text[], ${sorted.map(([, second]) => second)}::text[])
      as asked (first, second) on asked.first = d.first_id and asked.second = d.second_id`.execute(database);
  return new Set(rows.map(({ name }) => name));
}
