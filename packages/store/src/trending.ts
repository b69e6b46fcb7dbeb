/** What the order of trending papers rests on: sums over editions, and who voted, as rows for ranking to judge. */
import type { DateRange, EditionDate, PaperId, RateSample, TrustLevel } from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** A paper in an edition of the days asked for; of several editions the newest. */
export type TrendingRow = {
  id: PaperId;
  /** Main category; empty where none is known. */
  field: string;
  topics: string[];
  edition: EditionDate;
  position: number | null;
  /** Upvotes that the source of the entry brought. */
  brought: number;
  /** Place among its edition's picks, from 1. */
  pick: number | null;
};

/** A count of citations, or of stars of a paper's code, on a day. */
export type CountSeen = {
  paperId: PaperId;
  kind: "stars" | "citations";
  /** What was counted: an address, a catalogue. */
  series: string;
  day: EditionDate;
  count: number;
};

/** A vote by an account of this site. */
export type TrendingVote = {
  accountId: string;
  paperId: PaperId;
  /** ISO 8601, UTC. */
  at: string;
  trust: TrustLevel;
  /** The account it came by; a name of its place in the tree where that account is deleted. */
  invitedBy: string | null;
  /** Whether the account is a verified author of the paper. */
  isAuthor: boolean;
};

export type NewestVote = Omit<TrendingVote, "trust" | "isAuthor"> & {
  /** Of the paper; empty where none is known. */
  field: string;
};

export type TrendingStore = {
  /** Most upvoted first, so that a cut leaves out what nobody looks for. At most `CANDIDATES_MAX`. */
  listCandidates(days: DateRange): Promise<TrendingRow[]>;
  /** All papers of the days, summed up by field and weekday. */
  listRateSamples(days: DateRange): Promise<RateSample[]>;
  /** Votes for some papers. At most `CANDIDATES_MAX` papers. */
  listVotesFor(papers: readonly PaperId[]): Promise<TrendingVote[]>;
  /**
   * Of each series the counts that tell what it gained within the days: the last one before them, the first and the last one
   * within. At most `CANDIDATES_MAX` papers.
   */
  listCounts(papers: readonly PaperId[], days: DateRange): Promise<CountSeen[]>;
  /** Newest first. @param limit 1..50,000 */
  listNewestVotes(limit: number): Promise<NewestVote[]>;
};

export const CANDIDATES_MAX = 2_000;
const VOTES_MOST = 50_000;

const FIELD = sql.raw("coalesce(p.primary_category, p.categories ->> 0, '')");
const HERE = sql.raw("(select count(*)::integer from upvotes u where u.paper_id = e.paper_id)");

export function createTrendingStore(database: Database): TrendingStore {
  return {
    listCandidates: (days) => listCandidates(database, days),
    listRateSamples: (days) => listRateSamples(database, days),
    listVotesFor: (papers) => listVotesFor(database, papers),
    listCounts: (papers, days) => listCounts(database, papers, days),
    listNewestVotes: async (limit) => {
      const { rows } = await sql<NewestVote>`
        select u.account_id as "accountId", u.paper_id as "paperId", u.at,
          coalesce(a.invited_by, t.parent) as "invitedBy", ${FIELD} as field
        from upvotes u join accounts a on a.id = u.account_id left join invite_tree t on t.account_id = a.id
          join papers p on p.id = u.paper_id
        order by u.at desc, u.account_id, u.paper_id limit ${Math.min(limit, VOTES_MOST)}`.execute(database);
      return rows;
    },
  };
}

async function listCandidates(database: Database, { first, last }: DateRange): Promise<TrendingRow[]> {
  const { rows } = await sql<TrendingRow>`
    with entries as (
      select distinct on (e.paper_id) e.paper_id, e.edition_date, e.position, e.upvotes
      from edition_entries e where e.edition_date between ${first}::date and ${last}::date
      order by e.paper_id, e.edition_date desc),
    wanted as materialized (
      select e.*, ${HERE} as here from entries e order by e.upvotes + ${HERE} desc, e.paper_id limit ${CANDIDATES_MAX})
    select p.id, ${FIELD} as field, p.topics, e.edition_date as edition, e.position, e.upvotes as brought,
      (select count(*)::integer from picks k join picks own on own.edition_date = k.edition_date
        where own.edition_date = e.edition_date and own.paper_id = e.paper_id and k.position <= own.position) as pick
    from wanted e join papers p on p.id = e.paper_id order by e.upvotes + e.here desc, p.id`.execute(database);
  return rows.map((row) => ({ ...row, pick: row.pick || null }));
}

/** Counts of more than so many days before tell nothing of how fast something grows now. */
const COUNTS_BEFORE_DAYS = 60;

async function listCounts(
  database: Database,
  papers: readonly PaperId[],
  { first, last }: DateRange,
): Promise<CountSeen[]> {
  if (papers.length > CANDIDATES_MAX) throw new RangeError(`${papers.length} papers; at most ${CANDIDATES_MAX}`);
  if (papers.length === 0) return [];
  const { rows } = await sql<CountSeen>`
    with wanted as (select unnest(${[...papers]}::text[]) as paper_id),
    seen as (
      select c.paper_id, 'citations' as kind, c.source as series, c.day, c.citations as count
      from wanted w join citation_counts c on c.paper_id = w.paper_id
      where c.day between ${first}::date - ${COUNTS_BEFORE_DAYS}::integer and ${last}::date
      union all
      select l.paper_id, 'stars', l.url, s.day, s.stars
      from wanted w join paper_links l on l.paper_id = w.paper_id and l.kind = 'code' join link_stars s on s.url = l.url
      where s.day between ${first}::date - ${COUNTS_BEFORE_DAYS}::integer and ${last}::date),
    beside as (
      select *, lag(day) over series_by_day as before, lead(day) over series_by_day as after
      from seen window series_by_day as (partition by paper_id, kind, series order by day))
    select paper_id as "paperId", kind, series, day, count from beside
    where after is null or (day < ${first}::date and after >= ${first}::date)
      or (day >= ${first}::date and (before is null or before < ${first}::date))
    order by paper_id, kind, series, day`.execute(database);
  return rows;
}

async function listRateSamples(database: Database, { first, last }: DateRange): Promise<RateSample[]> {
  const { rows } = await sql<RateSample>`
    with counted as (
      select ${FIELD} as field, extract(isodow from e.edition_date)::integer as weekday, e.upvotes, ${HERE} as here
      from edition_entries e join papers p on p.id = e.paper_id
      where e.edition_date between ${first}::date and ${last}::date)
    select field, weekday, count(*)::integer as papers, sum(upvotes + here)::float8 as votes,
      sum((upvotes + here)::float8 ^ 2) as squares, sum(here)::float8 as here
    from counted group by field, weekday order by field, weekday`.execute(database);
  return rows;
}

async function listVotesFor(database: Database, papers: readonly PaperId[]): Promise<TrendingVote[]> {
  if (papers.length > CANDIDATES_MAX) throw new RangeError(`${papers.length} papers; at most ${CANDIDATES_MAX}`);
  if (papers.length === 0) return [];
  const { rows } = await sql<TrendingVote>`
    select u.account_id as "accountId", u.paper_id as "paperId", u.at, a.trust, a.invited_by as "invitedBy",
      exists (select 1 from verified_authors v where v.paper_id = u.paper_id and v.account_id = u.account_id) as "isAuthor"
    from upvotes u join accounts a on a.id = u.account_id
    where u.paper_id = any(${[...papers]}::text[]) order by u.paper_id, u.at, u.account_id`.execute(database);
  return rows;
}
