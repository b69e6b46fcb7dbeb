/** Collections: lists of papers that people keep, in an order of their own. */
import type { AccountId, PaperId } from "@paperwire/domain";
import { sql } from "kysely";
import { moveCommunity } from "./community-counter.ts";
import type { Database } from "./database.ts";
import type { Page, PageRequest } from "./paging.ts";

export const COLLECTION_LIMITS = { titleChars: 120, noteChars: 1_000, items: 1_000, perAccount: 200 } as const;

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
  /** @returns null where the account has as many as it may have */
  add(by: AccountId, text: CollectionText): Promise<string | null>;
  /** Whoever's it is: the caller decides who may see it. */
  find(id: string): Promise<Collection | null>;
  /** In their order. @param limit 1..1000 */
  items(id: string, page: PageRequest): Promise<CollectionItem[]>;
  /** Last changed first. @param of only this account's, private ones too @param paper only those that hold it */
  list(
    page: PageRequest & { of?: AccountId; owner?: string; paper?: PaperId; search?: string },
  ): Promise<Page<Collection>>;
  /** All below change only what belongs to `by`. @returns whether there was such a thing */
  edit(by: AccountId, id: string, text: CollectionText): Promise<boolean>;
  remove(by: AccountId, id: string): Promise<boolean>;
  /** A paper that is there already gets the note. @returns `full` beyond the limit */
  put(by: AccountId, id: string, item: { paperId: PaperId; note?: string }): Promise<"done" | "full" | "unknown">;
  take(by: AccountId, id: string, paperId: PaperId): Promise<boolean>;
  /** Changes places with its neighbour; at the end nothing happens. */
  move(by: AccountId, id: string, move: { paperId: PaperId; to: "up" | "down" }): Promise<boolean>;
  exportOf(by: AccountId): Promise<object[]>;
};

const COLLECTION = sql.raw(`
  c.id, c.account_id as "ownerId", a.handle as owner, a.name as "ownerName", c.title, c.note,
  c.is_private as "isPrivate", c.updated_at as "updatedAt",
  (select count(*) from collection_items i where i.collection_id = c.id) as papers`);

export function createCollectionStore(database: Database, newId: () => string, clock: () => number): CollectionStore {
  const now = () => new Date(clock()).toISOString();
  return {
    add: (by, text) => add(database, { by, id: newId(), now: now(), ...text }),
    find: async (id) => {
      const { rows } = await sql<Collection>`
        select ${COLLECTION} from collections c join accounts a on a.id = c.account_id where c.id = ${id}`.execute(
        database,
      );
      return rows[0] ?? null;
    },
    items: async (id, { limit, offset }) => {
      const { rows } = await sql<CollectionItem>`
        select paper_id as "paperId", position, note, added_at as "addedAt" from collection_items
        where collection_id = ${id} order by position, paper_id limit ${limit} offset ${offset}`.execute(database);
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
        await sql`delete from collections where id = ${id}`.execute(trx);
        return true;
      }).then((done) => done ?? false),
    put: async (by, id, item) =>
      (await owned(database, { by, id, now: now() }, (trx) => put(trx, id, { ...item, now: now() }))) ?? "unknown",
    take: async (by, id, paperId) =>
      (await owned(database, { by, id, now: now() }, async (trx) => {
        const { rows } = await sql`
          delete from collection_items where collection_id = ${id} and paper_id = ${paperId}
          returning paper_id`.execute(trx);
        return rows.length > 0;
      })) ?? false,
    move: async (by, id, { paperId, to }) =>
      (await owned(database, { by, id, now: now() }, (trx) => move(trx, id, { paperId, to }))) ?? false,
    exportOf: async (by) => {
      const { rows } = await sql<{ row: object }>`
        select to_jsonb(c) - 'account_id' || jsonb_build_object('items', (
          select coalesce(jsonb_agg(to_jsonb(i) - 'collection_id' order by i.position, i.paper_id), '[]')
          from collection_items i where i.collection_id = c.id)) as row
        from collections c where c.account_id = ${by} order by c.id`.execute(database);
      return rows.map(({ row }) => row);
    },
  };
}

type Adding = CollectionText & { by: AccountId; id: string; now: string };

function add(database: Database, { by, id, now, title, note, isPrivate }: Adding): Promise<string | null> {
  return database.transaction().execute(async (trx) => {
    await moveCommunity(trx);
    const { rows } = await sql`
      insert into collections (id, account_id, title, note, is_private, created_at, updated_at)
      select ${id}, ${by}, ${title}, ${note}, ${isPrivate}, ${now}::timestamptz, ${now}::timestamptz
      where (select count(*) from collections where account_id = ${by}) < ${COLLECTION_LIMITS.perAccount}
      returning id`.execute(trx);
    return rows.length > 0 ? id : null;
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
      update collections set updated_at = ${now}::timestamptz where id = ${id} and account_id = ${by}
      returning id`.execute(trx);
    return rows.length > 0 ? change(trx) : null;
  });
}

async function put(
  trx: Database,
  id: string,
  { paperId, note, now }: { paperId: PaperId; note?: string; now: string },
): Promise<"done" | "full" | "unknown"> {
  const { rows } = await sql<{ known: boolean; count: number }>`
    select exists (select 1 from papers where id = ${paperId}) as known, count(*) as count
    from collection_items where collection_id = ${id} and paper_id <> ${paperId}`.execute(trx);
  const { known, count } = rows[0]!;
  if (!known) return "unknown";
  if (count >= COLLECTION_LIMITS.items) return "full";
  await sql`
    insert into collection_items (collection_id, paper_id, position, note, added_at)
    select ${id}, ${paperId}, coalesce(max(position), 0) + 1, ${note ?? ""}, ${now}::timestamptz
    from collection_items where collection_id = ${id}
    on conflict (collection_id, paper_id) do update
    set note = coalesce(${note ?? null}, collection_items.note)`.execute(trx);
  return "done";
}

async function move(
  trx: Database,
  id: string,
  { paperId, to }: { paperId: PaperId; to: "up" | "down" },
): Promise<boolean> {
  const { rows } = await sql<{ paper_id: PaperId }>`
    select paper_id from collection_items where collection_id = ${id} order by position, paper_id`.execute(trx);
  const order = rows.map((row) => row.paper_id);
  const at = order.indexOf(paperId);
  const other = at + (to === "up" ? -1 : 1);
  if (at < 0) return false;
  if (other < 0 || other >= order.length) return true;
  [order[at], order[other]] = [order[other]!, order[at]!];
  await sql`
    update collection_items i set position = o.place
    from unnest(${order}::text[]) with ordinality as o (paper_id, place)
    where i.collection_id = ${id} and i.paper_id = o.paper_id`.execute(trx);
  return true;
}

async function list(
  database: Database,
  { limit, offset, of, owner, paper, search }: Parameters<CollectionStore["list"]>[0],
): Promise<Page<Collection>> {
  const part = search && `%${search.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const conditions = [
    of === undefined ? sql`not c.is_private` : sql`c.account_id = ${of}`,
    ...(owner === undefined ? [] : [sql`a.handle = ${owner}`]),
    ...(paper === undefined
      ? []
      : [sql`exists (select 1 from collection_items i where i.collection_id = c.id and i.paper_id = ${paper})`]),
    ...(part ? [sql`lower(c.title) like ${part}`] : []),
  ];
  const { rows } = await sql<Collection & { total: number }>`
    select ${COLLECTION}, count(*) over () as total from collections c join accounts a on a.id = c.account_id
    where ${sql.join(conditions, sql` and `)}
    order by c.updated_at desc, c.id desc limit ${limit} offset ${offset}`.execute(database);
  return { items: rows.map(({ total: _total, ...one }) => one), total: rows[0]?.total ?? 0 };
}
