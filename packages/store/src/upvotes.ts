/** Upvotes: one per account and paper, taken back as easily; counted where they are read. */
import type { Clock, PaperId } from "@paperwire/domain";
import { sql } from "kysely";
import { moveCommunity } from "./community-counter.ts";
import type { Database } from "./database.ts";
import type { Page, PageRequest } from "./paging.ts";
import { placeEntries } from "./take-in-entries.ts";
import { createVoteQueue, type VoteAct } from "./vote-queue.ts";

/** Counts of one paper. `total` is what lists show and order by. */
export type UpvoteCount = {
  /** By accounts of this site. */
  here: number;
  /** Brought by the source of its newest edition, as of when it was read. */
  brought: number;
  total: number;
};

export type UpvoteStore = {
  /**
   * Votes once, however often it is called. Acknowledged means committed.
   * @returns the counts with this vote in them; null where there is no such paper or account
   */
  add(accountId: string, paperId: PaperId): Promise<UpvoteCount | null>;
  /** Takes a vote back; none there is fine. @returns the counts without it; null where there is no such paper */
  remove(accountId: string, paperId: PaperId): Promise<UpvoteCount | null>;
  /** Takes back all votes of an account, before it is deleted: the rows would go by themselves, the places would not move. */
  removeAll(accountId: string): Promise<void>;
  count(paperId: PaperId): Promise<UpvoteCount | null>;
  /** Which of some papers an account has voted for. At most 1000. */
  votedAmong(accountId: string, paperIds: readonly PaperId[]): Promise<Set<PaperId>>;
  /** Newest first. */
  listByAccount(accountId: string, page: PageRequest): Promise<Page<{ paperId: PaperId; at: string }>>;
  /** Every vote of an account; for its own eyes. */
  exportOf(accountId: string): Promise<{ paperId: PaperId; at: string }[]>;
  /**
   * Makes the places in the editions true that votes have changed; called at most once a second, by whoever shows them.
   * @returns how many papers had changed
   */
  place(): Promise<number>;
};

const MOST_IDS = 1_000;
/** Papers whose editions are put in order in one transaction. */
const MOST_PLACED = 500;

export function createUpvoteStore(database: Database, clock: Clock): UpvoteStore {
  const queue = createVoteQueue((acts) => database.transaction().execute((trx) => write(trx, acts, clock())));
  return {
    add: (accountId, paperId) => queue.add({ accountId, paperId, upvoted: true }),
    remove: (accountId, paperId) => queue.add({ accountId, paperId, upvoted: false }),
    removeAll: (accountId) => database.transaction().execute((trx) => removeAll(trx, accountId)),
    count: async (paperId) => (await countsOf(database, [paperId])).get(paperId) ?? null,
    votedAmong: (accountId, paperIds) => votedAmong(database, accountId, paperIds),
    listByAccount: (accountId, page) => listByAccount(database, accountId, page),
    exportOf: async (accountId) => {
      const { rows } = await sql<{ paperId: string; at: string }>`
        select paper_id as "paperId", at from upvotes where account_id = ${accountId}
        order by at, paper_id`.execute(database);
      return rows;
    },
    place: () => place(database),
  };
}

/** Of several acts on one vote the last decides; who votes and takes back at once is answered as it is in the end. */
async function write(trx: Database, acts: readonly VoteAct[], atMs: number): Promise<(UpvoteCount | null)[]> {
  await moveCommunity(trx);
  const last = new Map(acts.map((act) => [`${act.accountId} ${act.paperId}`, act]));
  const of = (upvoted: boolean) => [...last.values()].filter((act) => act.upvoted === upvoted);
  const columns = (some: readonly VoteAct[]) => sql`
    unnest(${some.map((act) => act.accountId)}::text[], ${some.map((act) => act.paperId)}::text[]) as v (account, paper)`;
  await sql`
    with added as (
      insert into upvotes (account_id, paper_id, at)
      select a.id, p.id, ${new Date(atMs).toISOString()}::timestamptz
      from ${columns(of(true))} join accounts a on a.id = v.account join papers p on p.id = v.paper
      on conflict do nothing returning paper_id),
    gone as (
      delete from upvotes u using ${columns(of(false))}
      where u.account_id = v.account and u.paper_id = v.paper returning u.paper_id)
    insert into upvotes_to_place select paper_id from added union select paper_id from gone
    on conflict do nothing`.execute(trx);
  const known = await sql<{ id: string }>`
    select id from accounts where id = any(${acts.map((act) => act.accountId)}::text[])`.execute(trx);
  const accounts = new Set(known.rows.map((row) => row.id));
  const counts = await countsOf(trx, [...new Set(acts.map((act) => act.paperId))]);
  return acts.map(({ accountId, paperId, upvoted }) =>
    upvoted && !accounts.has(accountId) ? null : (counts.get(paperId) ?? null),
  );
}

async function removeAll(trx: Database, accountId: string): Promise<void> {
  await moveCommunity(trx);
  await sql`
    with gone as (delete from upvotes where account_id = ${accountId} returning paper_id)
    insert into upvotes_to_place select paper_id from gone on conflict do nothing`.execute(trx);
}

async function countsOf(database: Database, paperIds: readonly string[]): Promise<Map<PaperId, UpvoteCount>> {
  const { rows } = await sql<{ id: string; here: number; brought: number }>`
    select p.id, (select count(*) from upvotes u where u.paper_id = p.id) as here,
      coalesce((select e.upvotes from edition_entries e where e.paper_id = p.id order by e.edition_date desc limit 1), 0)
        as brought
    from papers p where p.id = any(${[...paperIds]}::text[])`.execute(database);
  return new Map(rows.map(({ id, here, brought }) => [id, { here, brought, total: here + brought }]));
}

async function votedAmong(database: Database, accountId: string, paperIds: readonly string[]): Promise<Set<string>> {
  if (paperIds.length > MOST_IDS) throw new RangeError(`${paperIds.length} ids; at most ${MOST_IDS}`);
  if (paperIds.length === 0) return new Set();
  const { rows } = await sql<{ paper_id: string }>`
    select paper_id from upvotes
    where account_id = ${accountId} and paper_id = any(${[...paperIds]}::text[])`.execute(database);
  return new Set(rows.map((row) => row.paper_id));
}

async function listByAccount(database: Database, accountId: string, { limit, offset }: PageRequest) {
  const total = await sql<{ total: number }>`
    select count(*) as total from upvotes where account_id = ${accountId}`.execute(database);
  const { rows } = await sql<{ paperId: string; at: string }>`
    select paper_id as "paperId", at from upvotes where account_id = ${accountId}
    order by at desc, paper_id limit ${limit} offset ${offset}`.execute(database);
  return { items: rows, total: total.rows[0]!.total };
}

async function place(database: Database): Promise<number> {
  const waiting = await sql`select 1 from upvotes_to_place limit 1`.execute(database);
  if (waiting.rows.length === 0) return 0;
  return database.transaction().execute(async (trx) => {
    // Whoever takes papers in orders the same rows: one at a time.
    await sql`select value from revision_counter for update`.execute(trx);
    // And no vote may note a paper here while its note is being taken away.
    await sql`select value from community_counter for update`.execute(trx);
    const { rows } = await sql<{ paper_id: string }>`
      delete from upvotes_to_place where paper_id in (select paper_id from upvotes_to_place limit ${MOST_PLACED})
      returning paper_id`.execute(trx);
    const ids = rows.map((row) => row.paper_id);
    const dates = await sql<{ date: string }>`
      select distinct edition_date as date from edition_entries where paper_id = any(${ids}::text[])`.execute(trx);
    await placeEntries(
      trx,
      dates.rows.map((row) => row.date),
    );
    return ids.length;
  });
}
