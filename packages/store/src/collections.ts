/** Collections: lists of papers that people keep, in an order of their own. */
import { type AccountId, moved, type PaperId } from "@paperwire/domain";
import { sql } from "kysely";
import { moveCommunity } from "./community-counter.ts";
import type { Database } from "./database.ts";
import { type FormUse, makeOnce } from "./form-uses.ts";
import type { Page, PageRequest } from "./paging.ts";

export const COLLECTION_LIMITS = {
  titleChars: 120,
  noteChars: 1_000,
  items: 1_000,
  perAccount: 200,
  /** How long what was deleted can be put back. */
  undoMs: 15 * 60_000,
} as const;

export type Collection = {
  id: string;
  ownerId: AccountId;
  owner: string;
  ownerName: string;
  title: string;
  note: string;
  isPrivate: boolean;
  updatedAt: string;
  papers: number;
};

export type CollectionItem = { paperId: PaperId; position: number; note: string; addedAt: string };

export type CollectionText = { title: string; note: string; isPrivate: boolean };

export type CollectionStore = {
  /** @param use the form that asks for it @returns null where the account has as many as it may have */
  add(by: AccountId, text: CollectionText, use?: FormUse): Promise<string | null>;
  /** Whoever's it is: the caller decides who may see it. */
  find(id: string): Promise<Collection | null>;
  /** In their order. @param limit 1..1000 */
  items(id: string, page: PageRequest): Promise<CollectionItem[]>;
  /** Last changed first. @param of only this account's, private ones too @param owners handles @param papers only those that hold one of them */
  list(
    page: PageRequest & {
      of?: AccountId;
      owners?: readonly string[];
      papers?: readonly PaperId[];
      search?: string;
    },
  ): Promise<Page<Collection>>;
  /** All below change only what belongs to `by`. @returns whether there was such a thing */
  edit(by: AccountId, id: string, text: CollectionText): Promise<boolean>;
  /** Nobody sees it any more; it can be put back within `COLLECTION_LIMITS.undoMs`. */
  remove(by: AccountId, id: string): Promise<boolean>;
  restore(by: AccountId, id: string): Promise<boolean>;
  /**
   * A paper that is there already gets the note; one that was just taken out returns to its place, with its note.
   * @returns `full` beyond the limit
   */
  put(by: AccountId, id: string, item: { paperId: PaperId; note?: string }): Promise<"done" | "full" | "unknown">;
  take(by: AccountId, id: string, paperId: PaperId): Promise<boolean>;
  /** All others keep their order. @param to 1-based; beyond the ends means the end */
  move(by: AccountId, id: string, move: { paperId: PaperId; to: number }): Promise<boolean>;
  /** Lets go of what was deleted before. @returns how many collections and papers in them */
  purgeDeleted(beforeMs: number): Promise<number>;
  exportOf(by: AccountId): Promise<object[]>;
};

const COLLECTION = sql.raw(`
  c.id, c.account_id as "ownerId", a.handle as owner, a.name as "ownerName", c.title, c.note,
  c.is_private as "isPrivate", c.updated_at as "updatedAt",
  (select count(*) from collection_items i where i.collection_id = c.id and i.taken_at is null) as papers`);

export function createCollectionStore(database: Database, newId: () => string, clock: () => number): CollectionStore {
  const now = () => new Date(clock()).toISOString();
  return {
    add: (by, text, use) => add(database, { by, id: newId(), now: now(), use, ...text }),
    find: async (id) => {
      const { rows } = await sql<Collection>`
        select ${COLLECTION} from collections c join accounts a on a.id = c.account_id
        where c.id = ${id} and c.deleted_at is null`.execute(database);
      return rows[0] ?? null;
    },
    items: async (id, { limit, offset }) => {
      const { rows } = await sql<CollectionItem>`
        select paper_id as "paperId", position, note, added_at as "addedAt" from collection_items
        where collection_id = ${id} and taken_at is null order by position, paper_id limit ${limit} offset ${offset}`.execute(
        database,
      );
      return rows;
    },
    list: (page) => list(database, page),
    edit: (by, id, { title, note, isPrivate }) =>
      owned(database, { by, id, now: now() }, async (trx) => {
        await sql`
          update collections set title = ${title}, note = ${note}, is_private = ${isPrivate}
          where id = ${id}`.execute(trx);
        return true;
      }).then((done) => done ?? false),
    remove: (by, id) =>
      owned(database, { by, id, now: now() }, async (trx) => {
        await sql`update collections set deleted_at = ${now()}::timestamptz where id = ${id}`.execute(trx);
        return true;
      }).then((done) => done ?? false),
    restore: (by, id) => restore(database, { by, id, nowMs: clock() }),
    put: async (by, id, item) =>
      (await owned(database, { by, id, now: now() }, (trx) => put(trx, id, { ...item, now: now() }))) ?? "unknown",
    take: async (by, id, paperId) =>
      (await owned(database, { by, id, now: now() }, async (trx) => {
        const { rows } = await sql`
          update collection_items set taken_at = ${now()}::timestamptz
          where collection_id = ${id} and paper_id = ${paperId} and taken_at is null returning paper_id`.execute(trx);
        return rows.length > 0;
      })) ?? false,
    move: async (by, id, { paperId, to }) =>
      (await owned(database, { by, id, now: now() }, (trx) => move(trx, id, { paperId, to }))) ?? false,
    purgeDeleted: async (beforeMs) => {
      const before = new Date(beforeMs).toISOString();
      const { rows } = await sql<{ gone: number }>`
        with gone as (delete from collections where deleted_at < ${before}::timestamptz returning id),
        taken as (delete from collection_items where taken_at < ${before}::timestamptz returning paper_id)
        select (select count(*) from gone) + (select count(*) from taken) as gone`.execute(database);
      return rows[0]!.gone;
    },
    exportOf: async (by) => {
      const { rows } = await sql<{ row: object }>`
        select to_jsonb(c) - 'account_id' - 'deleted_at' || jsonb_build_object('items', (
          select coalesce(jsonb_agg(to_jsonb(i) - 'collection_id' - 'taken_at' order by i.position, i.paper_id), '[]')
          from collection_items i where i.collection_id = c.id and i.taken_at is null)) as row
        from collections c where c.account_id = ${by} and c.deleted_at is null order by c.id`.execute(database);
      return rows.map(({ row }) => row);
    },
  };
}

type Adding = CollectionText & { by: AccountId; id: string; now: string; use: FormUse | undefined };

function add(database: Database, { by, id, now, use, title, note, isPrivate }: Adding): Promise<string | null> {
  return database.transaction().execute(async (trx) => {
    await moveCommunity(trx);
    const made = await makeOnce(trx, { id, accountId: by, use, now }, async () => {
      const { rows } = await sql`
        insert into collections (id, account_id, title, note, is_private, created_at, updated_at)
        select ${id}, ${by}, ${title}, ${note}, ${isPrivate}, ${now}::timestamptz, ${now}::timestamptz
        where (select count(*) from collections where account_id = ${by} and deleted_at is null) < ${COLLECTION_LIMITS.perAccount}
        returning id`.execute(trx);
      return rows.length > 0;
    });
    return made?.id ?? null;
  });
}

/** One change at a time, by the owner. @returns null where it is not theirs */
function owned<T>(
  database: Database,
  { by, id, now }: { by: AccountId; id: string; now: string },
  change: (trx: Database) => Promise<T>,
): Promise<T | null> {
  return database.transaction().execute(async (trx) => {
    await moveCommunity(trx);
    const { rows } = await sql`
      update collections set updated_at = ${now}::timestamptz
      where id = ${id} and account_id = ${by} and deleted_at is null returning id`.execute(trx);
    return rows.length > 0 ? change(trx) : null;
  });
}

function restore(
  database: Database,
  { by, id, nowMs }: { by: AccountId; id: string; nowMs: number },
): Promise<boolean> {
  const since = new Date(nowMs - COLLECTION_LIMITS.undoMs).toISOString();
  return database.transaction().execute(async (trx) => {
    await moveCommunity(trx);
    const { rows } = await sql`
      update collections set deleted_at = null
      where id = ${id} and account_id = ${by} and deleted_at >= ${since}::timestamptz returning id`.execute(trx);
    return rows.length > 0;
  });
}

async function put(
  trx: Database,
  id: string,
  { paperId, note, now }: { paperId: PaperId; note?: string; now: string },
): Promise<"done" | "full" | "unknown"> {
  const { rows } = await sql<{ known: boolean; count: number }>`
    select exists (select 1 from papers where id = ${paperId}) as known, count(*) as count
    from collection_items where collection_id = ${id} and paper_id <> ${paperId} and taken_at is null`.execute(trx);
  const { known, count } = rows[0]!;
  if (!known) return "unknown";
  if (count >= COLLECTION_LIMITS.items) return "full";
  await sql`
    insert into collection_items (collection_id, paper_id, position, note, added_at)
    select ${id}, ${paperId}, coalesce(max(position), 0) + 1, ${note ?? ""}, ${now}::timestamptz
    from collection_items where collection_id = ${id}
    on conflict (collection_id, paper_id) do update
    set note = coalesce(${note ?? null}, collection_items.note), taken_at = null`.execute(trx);
  return "done";
}

async function move(trx: Database, id: string, { paperId, to }: { paperId: PaperId; to: number }): Promise<boolean> {
  // What was taken out keeps its place among the others, in case it is put back.
  const { rows } = await sql<{ paper_id: PaperId; taken: boolean }>`
    select paper_id, taken_at is not null as taken from collection_items
    where collection_id = ${id} order by position, paper_id`.execute(trx);
  const shown = rows.filter(({ taken }) => !taken).map((row) => row.paper_id);
  if (!shown.includes(paperId)) return false;
  const now = moved(shown, paperId, to);
  const order = rows.map(({ paper_id, taken }) => (taken ? paper_id : now.shift()!));
  await sql`
    update collection_items i set position = o.place
    from unnest(${order}::text[]) with ordinality as o (paper_id, place)
    where i.collection_id = ${id} and i.paper_id = o.paper_id`.execute(trx);
  return true;
}

async function list(
  database: Database,
  { limit, offset, of, owners, papers, search }: Parameters<CollectionStore["list"]>[0],
): Promise<Page<Collection>> {
  const part = search && `%${search.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const conditions = [
    sql`c.deleted_at is null`,
    of === undefined ? sql`not c.is_private` : sql`c.account_id = ${of}`,
    ...(owners === undefined ? [] : [sql`a.handle = any(${owners}::text[])`]),
    ...(papers === undefined
      ? []
      : [
          sql`exists (select 1 from collection_items i
            where i.collection_id = c.id and i.taken_at is null and i.paper_id = any(${papers}::text[]))`,
        ]),
    ...(part ? [sql`lower(c.title) like ${part}`] : []),
  ];
  const { rows } = await sql<Collection & { total: number }>`
    select ${COLLECTION}, count(*) over () as total from collections c join accounts a on a.id = c.account_id
    where ${sql.join(conditions, sql` and `)}
    order by c.updated_at desc, c.id desc limit ${limit} offset ${offset}`.execute(database);
  return { items: rows.map(({ total: _total, ...one }) => one), total: rows[0]?.total ?? 0 };
}
