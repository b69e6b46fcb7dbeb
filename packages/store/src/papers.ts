/** Papers: taking in, finding, listing. */
import { type Clock, type Paper, titleKey } from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { ENTRY, type EntryRow, NEWEST_ENTRY, PAPER, type PaperRow, toEntry, toListed, toPaper } from "./rows.ts";
import type { PageRequest, PaperStore } from "./store.ts";
import { takeIn } from "./take-in.ts";
import { listVersions } from "./take-in-versions.ts";

const MOST_IDS = 1_000;
const MOST_CHANGED = 5_000;
const MOST_SAME_TITLE = 20;

export function createPaperStore(database: Database, newId: () => string, clock: Clock): PaperStore {
  return {
    takeIn: (records, mark) => takeIn(database, { newId, at: new Date(clock()).toISOString() }, records, mark),
    find: (id) => find(database, id),
    findByIdentifier: async ({ scheme, value }) => {
      const { rows } = await sql<{ paper_id: string }>`
        select paper_id from paper_identifiers where scheme = ${scheme} and value = ${value}`.execute(database);
      return rows[0]?.paper_id ?? null;
    },
    listByIds: (ids) => listByIds(database, ids),
    listByTitle: (title) => listByTitle(database, title),
    listByAuthor: (key, page) => listByAuthor(database, key, page),
    listByTopic: (key, page) => listByTopic(database, key, page),
    listTopics: (limit) => listTopics(database, limit),
    listNewest: (page) => listNewest(database, page),
    editionsOf: (id) => editionsOf(database, id),
    versionsOf: (id) => listVersions(database, id),
    listChangedSince: (revision, limit) => listChangedSince(database, revision, limit),
    listIncomplete: (limit) => listIncomplete(database, limit),
    count: () => count(database),
  };
}

async function find(database: Database, id: string): Promise<Paper | null> {
  const { rows } = await sql<PaperRow>`select ${PAPER} from papers p where p.id = ${id}`.execute(database);
  return rows[0] ? toPaper(rows[0]) : null;
}

async function listByIds(database: Database, ids: readonly string[]) {
  if (ids.length > MOST_IDS) throw new RangeError(`${ids.length} ids; at most ${MOST_IDS}`);
  const { rows } = await sql<PaperRow & EntryRow>`
    select ${PAPER}, ${ENTRY}
    from unnest(${[...ids]}::text[]) with ordinality as wanted (id, place)
    join papers p on p.id = wanted.id ${NEWEST_ENTRY}
    order by wanted.place`.execute(database);
  return rows.map(toListed);
}

async function listByTitle(database: Database, title: string) {
  const { rows } = await sql<PaperRow & EntryRow>`
    select ${PAPER}, ${ENTRY} from papers p ${NEWEST_ENTRY}
    where p.title_key = ${titleKey(title)} order by p.id limit ${MOST_SAME_TITLE}`.execute(database);
  return rows.map(toListed);
}

async function listByAuthor(database: Database, key: string, { limit, offset }: PageRequest) {
  const theirs = sql`select paper_id from paper_authors where name_key = ${key}`;
  const total = await sql<{ total: number }>`
    select count(distinct paper_id) as total from paper_authors where name_key = ${key}`.execute(database);
  const { rows } = await sql<PaperRow & EntryRow>`
    select ${PAPER}, ${ENTRY} from papers p ${NEWEST_ENTRY}
    where p.id in (${theirs})
    order by coalesce(p.published_at, '-infinity'::timestamptz) desc, p.id desc
    limit ${limit} offset ${offset}`.execute(database);
  return { items: rows.map(toListed), total: total.rows[0]!.total };
}

async function listByTopic(database: Database, key: string, { limit, offset }: PageRequest) {
  const total = await sql<{ total: number }>`
    select count(*) as total from papers where topics @> array[${key}::text]`.execute(database);
  const { rows } = await sql<PaperRow & EntryRow>`
    with page as materialized (
      select id, coalesce(published_at, '-infinity'::timestamptz) as newest from papers
      where topics @> array[${key}::text] order by newest desc, id desc limit ${limit} offset ${offset})
    select ${PAPER}, ${ENTRY} from page join papers p on p.id = page.id ${NEWEST_ENTRY}
    order by page.newest desc, p.id desc`.execute(database);
  return { items: rows.map(toListed), total: total.rows[0]!.total };
}

async function listTopics(database: Database, limit: number) {
  const { rows } = await sql<{ topic: string; papers: number }>`
    select topic, count(*) as papers from papers, unnest(topics) as topic
    group by topic order by papers desc, topic limit ${limit}`.execute(database);
  return rows;
}

async function listNewest(database: Database, { limit, after }: { limit: number; after?: string }) {
  const newest = sql.raw("coalesce(p.published_at, '-infinity'::timestamptz)");
  const below =
    after === undefined
      ? sql`true`
      : sql`(${newest}, p.id) < (
          select coalesce(published_at, '-infinity'::timestamptz), id from papers where id = ${after})`;
  const { rows } = await sql<PaperRow & EntryRow>`
    select ${PAPER}, ${ENTRY} from papers p ${NEWEST_ENTRY}
    where ${below} order by ${newest} desc, p.id desc limit ${limit}`.execute(database);
  return rows.map(toListed);
}

async function editionsOf(database: Database, id: string) {
  const { rows } = await sql<EntryRow & { edition_date: string }>`
    select ${ENTRY} from edition_entries e join papers p on p.id = e.paper_id left join submitters s on s.name = e.submitter
    where e.paper_id = ${id} order by e.edition_date desc`.execute(database);
  return rows.map(toEntry);
}

async function listChangedSince(database: Database, revision: number, limit: number): Promise<Paper[]> {
  const { rows } = await sql<PaperRow>`
    select ${PAPER} from papers p where p.revision > ${revision}
    order by p.revision limit ${Math.min(limit, MOST_CHANGED)}`.execute(database);
  return rows.map(toPaper);
}

async function listIncomplete(database: Database, limit: number): Promise<Paper[]> {
  const { rows } = await sql<PaperRow>`
    select ${PAPER} from papers p where p.abstract is null or p.unverified <> '[]'
    order by p.id limit ${limit}`.execute(database);
  return rows.map(toPaper);
}

async function count(database: Database): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from papers`.execute(database);
  return rows[0]!.count;
}
