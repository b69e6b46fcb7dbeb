/** What trending rests on, gathered once per state of the store: candidates of a window, and what is usual. */
import {
  addDays,
  type BaseRates,
  baseRates,
  type Candidate,
  countVotes,
  createTaste,
  type DateRange,
  type EditionDate,
  type FieldPapers,
  findLikeness,
  gainWithin,
  type Likeness,
  looksOf,
  meanLooks,
  type Taste,
  usualVotes,
  VOTES_MAX,
  type VoteCounts,
} from "@paperwire/domain";
import { CANDIDATES_MAX, type CountSeen, type Store, type TrendingRow } from "@paperwire/store";
import type { EditionKind } from "./discovery.ts";

export type TrendingSource = {
  store: Pick<Store, "papers" | "editions" | "trending" | "looks" | "version" | "activity">;
};

export type Snapshot = {
  /** Days that the window spans; `last` is the newest edition. */
  range: DateRange;
  candidates: Candidate[];
  /** Papers of each field in these days, also of those that are no candidates. */
  fieldPapers: FieldPapers;
  /** What papers of a candidate's field and edition were looked at, on average. */
  meanLooks(candidate: Candidate): number;
  rates: BaseRates;
};

/** Days of a window; none of them decides by the hour when it begins. */
const WINDOW_DAYS: Record<EditionKind, number> = { day: 1, week: 7, month: 31 };
/** What is usual is told by so many days before the newest edition. */
const RATE_DAYS = 90;
/** Papers that the taste learns from, the newest before the newest edition, and how many at a time. */
const LEARN_PAPERS = 4_000;
const LEARN_AT_ONCE = 100;
/** Likeness of accounts is looked for again after so long, not with every vote. */
const LIKENESS_EVERY_MS = 5 * 60_000;

export type Snapshots = {
  /** Null while there is no edition. @param notAfter the edition that is open now */
  of(window: EditionKind, at: { notAfter: EditionDate; nowMs: number }): Promise<Snapshot | null>;
};

export function createSnapshots({ store }: TrendingSource): Snapshots {
  const kept = new Map<EditionKind, { version: string; snapshot: Promise<Snapshot | null> }>();
  const tasteOf = keepNewest((newest: EditionDate) => learn(store, newest));
  let likeness: { sinceMs: number; found: Promise<Likeness>; numbers: Numbers } | null = null;
  let steady: Steady | null = null;
  const likenessAt = (nowMs: number) => {
    if (!likeness || nowMs - likeness.sinceMs > LIKENESS_EVERY_MS) {
      const numbers = createNumbers();
      likeness = { sinceMs: nowMs, found: likenessOf(store, numbers), numbers };
    }
    return likeness;
  };
  return {
    of: async (window, { notAfter, nowMs }) => {
      const known = likenessAt(nowMs);
      const key = `${await store.version()}.${notAfter}.${known.sinceMs}`;
      const version = `${key}.${await store.activity()}`;
      const now = kept.get(window);
      if (now?.version === version) return now.snapshot;
      if (steady?.key !== key) steady = createSteady(store, key, tasteOf);
      const snapshot = take(store, { window, notAfter, steady, likeness: await known.found, numbers: known.numbers });
      kept.set(window, { version, snapshot });
      snapshot.catch(() => kept.delete(window));
      return snapshot;
    },
  };
}

/** Accounts as plain numbers: ranking never learns who they are. */
type Numbers = (accountId: string) => number;

function createNumbers(): Numbers {
  const known = new Map<string, number>();
  return (id) => {
    const number = known.get(id) ?? known.size;
    known.set(id, number);
    return number;
  };
}

/** Remembers the answer to the last question only. */
function keepNewest<T>(make: (key: string) => Promise<T>): (key: string) => Promise<T> {
  let kept: { key: string; made: Promise<T> } | null = null;
  return (key) => {
    if (kept?.key !== key) {
      const made = make(key);
      kept = { key, made };
      made.catch(() => {
        kept = null;
      });
    }
    return kept.made;
  };
}

type Source = TrendingSource["store"];
type Taking = {
  window: EditionKind;
  notAfter: EditionDate;
  steady: Steady;
  likeness: Likeness;
  numbers: Numbers;
};

/** What no vote changes at once: asked for again when papers change, and every five minutes with the likeness. */
type Steady = {
  key: string;
  ratesOf(newest: EditionDate): Promise<BaseRates>;
  factsOf(window: EditionKind, asked: { ids: readonly string[]; range: DateRange }): Promise<Facts>;
  /** Of all papers of the days. */
  fieldPapersOf(range: DateRange): Promise<FieldPapers>;
};

type Facts = {
  ids: ReadonlySet<string>;
  promise(id: string): number;
  gains(id: string): Pick<Candidate, "starsGained" | "citationsGained">;
  looks(id: string): number;
};

function createSteady(store: Source, key: string, tasteOf: (newest: EditionDate) => Promise<Taste>): Steady {
  const facts = new Map<EditionKind, Promise<Facts>>();
  const counted = new Map<EditionDate, Promise<FieldPapers>>();
  return {
    key,
    fieldPapersOf: (range) => {
      const known = counted.get(range.first);
      if (known) return known;
      const asked = store.trending.listRateSamples(range).then(papersByField);
      counted.set(range.first, asked);
      asked.catch(() => counted.delete(range.first));
      return asked;
    },
    ratesOf: keepNewest((newest: EditionDate) => usualRates(store, newest)),
    factsOf: async (window, { ids, range }) => {
      const known = await facts.get(window);
      // Votes may bring a paper among the candidates that was not there before.
      if (known && ids.every((id) => known.ids.has(id))) return known;
      const gathered = gatherFacts(store, { ids, range, taste: await tasteOf(range.last) });
      facts.set(window, gathered);
      gathered.catch(() => facts.delete(window));
      return gathered;
    },
  };
}

type Gathering = { ids: readonly string[]; range: DateRange; taste: Taste };

async function gatherFacts(store: Source, { ids, range, taste }: Gathering): Promise<Facts> {
  const [counts, shown, promises] = await Promise.all([
    store.trending.listCounts(ids, range),
    store.looks.listFor(ids),
    promisesOf(store, ids, taste),
  ]);
  const showings = Map.groupBy(shown, ({ paperId }) => paperId);
  return {
    ids: new Set(ids),
    promise: (id) => promises.get(id) ?? 0,
    gains: gainsOf(counts, range),
    looks: (id) => looksOf(showings.get(id) ?? []),
  };
}

async function take(store: Source, { window, notAfter, steady, likeness, numbers }: Taking): Promise<Snapshot | null> {
  const newest = await store.editions.latest(notAfter);
  if (newest === null) return null;
  const range = { first: addDays(newest, 1 - WINDOW_DAYS[window]), last: newest };
  const [rows, rates] = await Promise.all([store.trending.listCandidates(range), steady.ratesOf(newest)]);
  const ids = rows.map(({ id }) => id);
  const facts = await steady.factsOf(window, { ids, range });
  const fieldPapers = isCut(rows) ? await steady.fieldPapersOf(range) : papersByField(rows.map(alone));
  const votes = Map.groupBy(await store.trending.listVotesFor(ids), ({ paperId }) => paperId);
  const candidates = rows.map(({ brought, ...row }): Candidate => {
    const voters = (votes.get(row.id) ?? []).map(({ accountId, trust, isAuthor }) => ({
      voter: numbers(accountId),
      trust,
      isAuthor,
    }));
    const counts: VoteCounts = countVotes(brought, voters, likeness);
    const { id } = row;
    return { ...row, votes: counts, looks: facts.looks(id), ...facts.gains(id), promise: facts.promise(id) };
  });
  return { range, candidates, fieldPapers, rates, meanLooks: meanLooks(candidates) };
}

/** Of more papers than are compared, those of busy fields are upvoted most: how many there are is to be asked. */
const isCut = (rows: readonly TrendingRow[]) => rows.length >= CANDIDATES_MAX;

const alone = ({ field }: TrendingRow) => ({ field, papers: 1 });

function papersByField(counts: readonly { field: string; papers: number }[]): FieldPapers {
  const fields = new Map<string, number>();
  for (const { field, papers } of counts) fields.set(field, (fields.get(field) ?? 0) + papers);
  return fields;
}

/** Of several repositories or catalogues the one that gained most. */
function gainsOf(seen: readonly CountSeen[], range: DateRange) {
  const series = Map.groupBy(seen, ({ paperId, kind }) => `${kind} ${paperId}`);
  const most = (kind: CountSeen["kind"], id: string) => {
    const counts = Map.groupBy(series.get(`${kind} ${id}`) ?? [], (one) => one.series);
    const gains = [...counts.values()].map((one) => gainWithin(one, range)).filter((gain) => gain !== null);
    return gains.length === 0 ? null : Math.max(...gains);
  };
  return (id: string) => ({ starsGained: most("stars", id), citationsGained: most("citations", id) });
}

/** Of the days before; a site with a single edition has nothing else than that one. */
async function usualRates({ trending }: Source, newest: EditionDate): Promise<BaseRates> {
  const before = await trending.listRateSamples({ first: addDays(newest, -RATE_DAYS), last: addDays(newest, -1) });
  return baseRates(before.length > 0 ? before : await trending.listRateSamples({ first: newest, last: newest }));
}

async function likenessOf({ trending }: Source, numbers: Numbers): Promise<Likeness> {
  const votes = await trending.listNewestVotes(VOTES_MAX);
  const papers = createNumbers();
  const fields = createNumbers();
  const invitedBy = new Map<number, number>();
  for (const { accountId, invitedBy: host } of votes) {
    if (host !== null) invitedBy.set(numbers(accountId), numbers(host));
  }
  return findLikeness({
    votes: votes.map(({ accountId, paperId, at, field }) => ({
      voter: numbers(accountId),
      paper: papers(paperId),
      atMs: Date.parse(at),
      field: fields(field),
    })),
    invitedBy,
  });
}

/** Learns oldest first from the editions before the newest; gives way to requests after each piece. */
async function learn({ editions }: Source, newest: EditionDate): Promise<Taste> {
  const taste = createTaste();
  const range = { first: addDays(newest, -365), last: addDays(newest, -1) };
  const { total } = await editions.listEntries({ range, order: "edition", limit: 1, offset: 0 });
  const rates = new Map<string, { votes: number; papers: number }>();
  for (let left = Math.min(total, LEARN_PAPERS); left > 0; left -= LEARN_AT_ONCE) {
    const piece = {
      range,
      order: "edition" as const,
      limit: Math.min(left, LEARN_AT_ONCE),
      offset: Math.max(0, left - LEARN_AT_ONCE),
    };
    const { items } = await editions.listEntries(piece);
    for (const { paper, entry } of items.toReversed()) {
      const field = paper.primaryCategory ?? paper.categories?.[0] ?? "";
      const seen = rates.get(field) ?? { votes: 0, papers: 0 };
      const usual = (1 + seen.votes) / (1 + seen.papers);
      taste.learn(paper, Math.log((1 + entry.upvotes) / (1 + usual)));
      rates.set(field, { votes: seen.votes + entry.upvotes, papers: seen.papers + 1 });
    }
  }
  return taste;
}

const FACTS_AT_ONCE = 250;

async function promisesOf({ papers }: Source, ids: readonly string[], taste: Taste): Promise<Map<string, number>> {
  const promises = new Map<string, number>();
  for (let from = 0; from < ids.length; from += FACTS_AT_ONCE) {
    for (const { paper } of await papers.listByIds(ids.slice(from, from + FACTS_AT_ONCE))) {
      promises.set(paper.id, taste.promise(paper));
    }
  }
  return promises;
}

/** What is usual for a candidate, for whoever explains its place. */
export function usualFor({ rates }: Snapshot, { field, edition }: Candidate): number {
  return usualVotes(rates, field, edition);
}
