/** Tables whose rows belong to a paper, and how they follow it when two papers become one, and back. */
import type { PaperId } from "@paperwire/domain";
import { type RawBuilder, sql } from "kysely";
import type { Database } from "./database.ts";

/**
 * What a table needs beyond the rule for all: every table with a foreign key to `papers (id)` follows by itself. Rows go
 * to the winner; where the winner has the same row already (by any unique key that the paper is a part of), its own stays.
 * A new table needs a line here only where another row should stay, or where its rows are made from others.
 */
const SPECIAL: Record<string, Special> = {
  // In one edition twice: the better place stays, with the votes and the submitter that brought it there.
  edition_entries: { loserIsBetter: sql`l.place < w.place` },
  // A paper is put forward once: of two that are open, the loser's counts as taken back.
  submissions: { setAside: { column: "state", value: "undone" } },
  // One that was just taken out of a collection gives way to one that is in it.
  collection_items: { loserIsBetter: sql`w.taken_at is not null and l.taken_at is null` },
  // Written from the paper's own list of authors.
  paper_authors: { isDerived: true },
};

type Special = {
  /** Over rows `l` and `w` with the same key: true where the loser's row is the one to keep. */
  loserIsBetter?: RawBuilder<unknown>;
  /** Instead of giving way, a row of the loser that only some rows exclude (a partial key) takes this value. */
  setAside?: { column: string; value: string };
  /** Not moved: whoever writes the paper writes these. */
  isDerived?: true;
};

/** A unique key with the paper in it, without that column; `only` is the condition of a partial one. */
type SharedKey = { columns: string[]; only: string | null };

/** A table that follows: its column with the paper's id, and its keys. */
type Follower = { table: string; column: string; primary: string[]; sharedKeys: SharedKey[] };

type Row = Record<string, unknown>;

/** What a merge did to one table; kept with the merge, so that it can be undone. Keys and rows as JSON. */
export type Moved = {
  table: string;
  column: string;
  /** Values of the other columns of the primary key, of rows that went to the winner. */
  keys: Row[];
  /** Rows that gave way to another of the same key. Only these are kept whole. */
  dropped: { row: Row; of: "winner" | "loser"; key: string[] }[];
  /** Rows that went to the winner with another value: their primary key, the column, and what it was. */
  setAside: { key: Row; column: string; was: unknown; value: string }[];
};

/** More rows of one paper than this are not moved in one go. */
const ROWS_MAX = 100_000;

type Pair = { winner: PaperId; loser: PaperId };

/** @throws RangeError  a table with more than 100,000 rows of the loser */
export async function moveFollowers(trx: Database, pair: Pair): Promise<Moved[]> {
  const moved: Moved[] = [];
  for (const follower of await listFollowers(trx)) moved.push(await moveTable(trx, follower, pair));
  return moved.filter(({ keys, dropped }) => keys.length + dropped.length > 0);
}

/**
 * Gives the loser its rows back. Rows that were taken back or changed in the meantime stay as they are now: a vote that was
 * withdrawn does not return.
 */
export async function returnFollowers(trx: Database, all: readonly Moved[], pair: Pair): Promise<void> {
  for (const moved of all) {
    const { table, column, keys } = moved;
    const columns = Object.keys(keys[0] ?? {});
    if (keys.length > 0) {
      const same = columns.map((name) => sql`t.${sql.ref(name)} is not distinct from k.${sql.ref(name)}`);
      await sql`
        update ${sql.table(table)} t set ${sql.ref(column)} = ${pair.loser}
        from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(keys)}::jsonb) k
        where t.${sql.ref(column)} = ${pair.winner} and ${sql.join(same, sql` and `)}`.execute(trx);
    }
    for (const aside of moved.setAside) await takeUpAgain(trx, table, aside);
    for (const gone of moved.dropped) await putBack(trx, moved, gone, pair);
  }
}

/** A row that gave way comes back where the one that stayed in its place is still there. */
async function putBack(
  trx: Database,
  { table, column }: Moved,
  { row, of, key }: Moved["dropped"][number],
  { winner, loser }: Pair,
): Promise<void> {
  const columns = Object.keys(row);
  const stayed = of === "loser" ? winner : loser;
  const same = key.map((name) => sql`s.${sql.ref(name)} is not distinct from r.${sql.ref(name)}`);
  await sql`
    insert into ${sql.table(table)} (${sql.join(columns.map((name) => sql.ref(name)))})
    select ${sql.join(columns.map((name) => sql`r.${sql.ref(name)}`))}
    from jsonb_populate_record(null::${sql.table(table)}, ${JSON.stringify(row)}::jsonb) r
    where exists (select 1 from ${sql.table(table)} s
      where ${sql.join([sql`s.${sql.ref(column)} = ${stayed}`, ...same], sql` and `)})
    on conflict do nothing`.execute(trx);
}

async function takeUpAgain(
  trx: Database,
  table: string,
  { key, column, was, value }: Moved["setAside"][number],
): Promise<void> {
  const same = Object.keys(key).map((name) => sql`t.${sql.ref(name)} is not distinct from k.${sql.ref(name)}`);
  await sql`
    update ${sql.table(table)} t set ${sql.ref(column)} = ${was}
    from jsonb_populate_record(null::${sql.table(table)}, ${JSON.stringify(key)}::jsonb) k
    where ${sql.join(same, sql` and `)} and t.${sql.ref(column)} = ${value}`.execute(trx);
}

async function moveTable(trx: Database, follower: Follower, pair: Pair): Promise<Moved> {
  const { table, column, primary, sharedKeys } = follower;
  const dropped: Moved["dropped"] = [];
  const setAside: Moved["setAside"] = [];
  for (const key of sharedKeys) {
    if (key.only !== null && SPECIAL[table]?.setAside) setAside.push(...(await putAside(trx, follower, key, pair)));
    else dropped.push(...(await dropDoubled(trx, follower, key, pair)));
  }
  const others = primary.filter((name) => name !== column);
  const returned = others.length > 0 ? others : [column];
  const { rows } = await sql<Row>`
    update ${sql.table(table)} set ${sql.ref(column)} = ${pair.winner} where ${sql.ref(column)} = ${pair.loser}
    returning ${sql.join(returned.map((name) => sql`to_jsonb(${sql.ref(name)}) as ${sql.ref(name)}`))}`.execute(trx);
  if (rows.length > ROWS_MAX) throw new RangeError(`${table} has ${rows.length} rows of one paper`);
  return { table, column, keys: rows, dropped, setAside };
}

type Double = { loser: Row; winner: Row; better: boolean };

/** Rows of both papers that one unique key would not bear beside each other. */
async function listDoubled(
  trx: Database,
  { table, column }: Follower,
  { columns, only }: SharedKey,
  { winner, loser }: Pair,
): Promise<Double[]> {
  const better = SPECIAL[table]?.loserIsBetter ?? sql`false`;
  const rows = (id: PaperId) => sql`
    (select * from ${sql.table(table)} where ${sql.ref(column)} = ${id} and (${sql.raw(only ?? "true")}))`;
  const same = columns.map((name) => sql`l.${sql.ref(name)} is not distinct from w.${sql.ref(name)}`);
  const found = await sql<Double>`
    select to_jsonb(l) as loser, to_jsonb(w) as winner, coalesce(${better}, false) as better
    from ${rows(loser)} l join ${rows(winner)} w on ${sql.join([sql`true`, ...same], sql` and `)}`.execute(trx);
  return found.rows;
}

async function putAside(trx: Database, follower: Follower, key: SharedKey, pair: Pair): Promise<Moved["setAside"]> {
  const { column, value } = SPECIAL[follower.table]!.setAside!;
  const rows = (await listDoubled(trx, follower, key, pair)).map(({ loser }) => loser);
  const aside = rows.map((row) => ({ key: pick(row, follower.primary), column, was: row[column], value }));
  for (const { key: own } of aside) {
    const same = Object.keys(own).map((name) => sql`t.${sql.ref(name)} is not distinct from k.${sql.ref(name)}`);
    await sql`
      update ${sql.table(follower.table)} t set ${sql.ref(column)} = ${value}
      from jsonb_populate_record(null::${sql.table(follower.table)}, ${JSON.stringify(own)}::jsonb) k
      where ${sql.join(same, sql` and `)}`.execute(trx);
  }
  return aside;
}

const pick = (row: Row, names: readonly string[]): Row => Object.fromEntries(names.map((name) => [name, row[name]]));

/** Of two rows with one key, the worse goes. */
async function dropDoubled(trx: Database, follower: Follower, key: SharedKey, pair: Pair): Promise<Moved["dropped"]> {
  const { table, column } = follower;
  const dropped = (await listDoubled(trx, follower, key, pair)).map(
    ({ loser, winner, better }): Moved["dropped"][number] =>
      better ? { row: winner, of: "winner", key: key.columns } : { row: loser, of: "loser", key: key.columns },
  );
  for (const { row } of dropped) {
    const exactly = [column, ...key.columns].map(
      (name) => sql`t.${sql.ref(name)} is not distinct from r.${sql.ref(name)}`,
    );
    await sql`
      delete from ${sql.table(table)} t
      using jsonb_populate_record(null::${sql.table(table)}, ${JSON.stringify(row)}::jsonb) r
      where ${sql.join(exactly, sql` and `)}`.execute(trx);
  }
  return dropped;
}

type Key = { primary: boolean; only: string | null; columns: string[] };

/** Read from the schema itself, so that no table is forgotten. In the order of their names. */
async function listFollowers(trx: Database): Promise<Follower[]> {
  const { rows } = await sql<{ table: string; column: string; keys: Key[] }>`
    select t.relname as "table", a.attname as "column", coalesce(k.keys, '[]') as keys
    from pg_constraint f
    join pg_class t on t.oid = f.conrelid
    join pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[1]
    left join lateral (
      select jsonb_agg(jsonb_build_object('primary', i.indisprimary, 'only', pg_get_expr(i.indpred, i.indrelid), 'columns', (
        select jsonb_agg(c.attname order by c.attnum) from pg_attribute c
        where c.attrelid = i.indrelid and c.attnum = any(i.indkey::smallint[])))) as keys
      from pg_index i where i.indrelid = f.conrelid and i.indisunique and i.indexprs is null) k on true
    where f.contype = 'f' and f.confrelid = 'papers'::regclass and array_length(f.conkey, 1) = 1
      and f.connamespace = 'public'::regnamespace
    order by 1, 2`.execute(trx);
  return rows
    .filter(({ table }) => !SPECIAL[table]?.isDerived)
    .map(({ table, column, keys }) => ({
      table,
      column,
      primary: keys.find(({ primary }) => primary)?.columns ?? [],
      sharedKeys: keys
        .filter(({ columns }) => columns.includes(column))
        .map(({ columns, only }) => ({ columns: columns.filter((name) => name !== column), only })),
    }));
}
