/** Builds a system on a collection, asks every judged query, and says how well and how fast it answered. */
import type { Collection, CorpusDocument, CorpusQuery } from "./beir.ts";
import { percentile, summariseLatency } from "./latency.ts";
import { measureRun } from "./measure-run.ts";
import type { RunHit } from "./rank-order.ts";
import type { Run } from "./run.ts";
import type { BuiltSystem, SearchSystem } from "./search-system.ts";

/** Reported unless the caller names others. */
export const SEARCH_MEASURES = ["ndcg@10", "map", "recall@100", "mrr@10", "p@10"] as const;

/** Hits asked for per query: TREC's depth, deep enough for MAP and recall@100. */
const DEPTH = 1000;
/** Times are taken on what a page shows. */
const TIMED_LIMIT = 10;
/** Compilers need to see code many times: a round at least, and so many queries before the clock counts, but not for longer. */
const WARM_UP_QUERIES = 1_000;
const WARM_UP_MS = 2_000;
/** Rounds that count, at least one; none begins after the budget. */
const TIMED_ROUNDS = 5;
const TIMED_BUDGET_MS = 20_000;

/** How far an evaluation is: documents read (how many there will be is not known) and indexed, queries asked, queries timed. */
export interface EvaluationProgress {
  readonly step: "read" | "index" | "ask" | "time";
  readonly done: number;
  readonly total: number | null;
}

export interface EvaluateSearchOptions extends Collection {
  readonly system: SearchSystem;
  /** Milliseconds from any fixed point, with fractions, never backwards: `performance.now`. */
  readonly clock: () => number;
  /** Measure names, see measures.ts; {@link SEARCH_MEASURES} unless told. */
  readonly measures?: readonly string[];
  /** Told how far it is, often, and never between two looks at the clock that make one query's time. */
  readonly onProgress?: (progress: EvaluationProgress) => void;
}

export interface SearchEvaluation {
  /** Flat and ready for JSON: every measure by name, beside the counts and times. */
  readonly summary: SearchSummary;
  /** The hits behind the figures, for {@link formatRun}. */
  readonly run: Run;
  /** Query id → measure name → value. */
  readonly perQuery: Map<string, Record<string, number>>;
}

export type SearchSummary = Record<string, number | string> & {
  readonly system: string;
  /** Queries averaged over: all judged ones, answered or not. */
  readonly queries: number;
  /** Judged queries without a text in `queries.jsonl`; they count as 0. */
  readonly queriesWithoutText: number;
  readonly documents: number;
  readonly indexSeconds: number;
  /** Top 10 of one query, warm, in process: over queries, each by the median of its rounds. */
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
};

/**
 * Evaluates one system on one collection by the rules of `trec_eval -c`. A document that *is* the query (same id, same
 * text, as in collections that ask with their own documents) does not count as found.
 * @throws EvalFormatError a measure's name is unknown
 */
export async function evaluateSearch(options: EvaluateSearchOptions): Promise<SearchEvaluation> {
  const { corpus, qrels, system, clock, onProgress } = options;
  const measures = options.measures ?? SEARCH_MEASURES;
  const queries = options.queries.filter((query) => qrels.has(query.id));
  const started = clock();
  const built = await system.build(corpus, (done) => onProgress?.({ step: "index", done, total: corpus.length }));
  const indexSeconds = (clock() - started) / 1000;

  const isItself = findOwnDocuments(corpus, queries);
  const run: Run = new Map();
  for (const query of queries) {
    const hits = await built.search(query.text, DEPTH);
    run.set(query.id, keepHits(hits, isItself.has(query.id) ? query.id : null));
    onProgress?.({ step: "ask", done: run.size, total: queries.length });
  }
  const { mean, perQuery } = measureRun(qrels, run, measures);
  const times = await timeQueries(built, queries, clock, (done, total) => onProgress?.({ step: "time", done, total }));
  const summary: SearchSummary = {
    system: system.name,
    ...mean,
    queries: qrels.size,
    queriesWithoutText: qrels.size - queries.length,
    documents: corpus.length,
    indexSeconds,
    ...summariseLatency(times),
  };
  return { summary, run, perQuery };
}

function keepHits(hits: readonly RunHit[], dropped: string | null): RunHit[] {
  return hits.filter((hit) => hit.id !== dropped).map(({ id, score }) => ({ id, score }));
}

/** Ids of queries that are documents of the corpus. An equal id alone proves nothing: many collections count from 1. */
function findOwnDocuments(corpus: readonly CorpusDocument[], queries: readonly CorpusQuery[]): Set<string> {
  const texts = new Map(queries.map((query) => [query.id, foldSpaces(query.text)]));
  const own = new Set<string>();
  for (const { id, title, text } of corpus) {
    const asked = texts.get(id);
    if (asked === undefined || asked === "") continue;
    if ([title, text, `${title} ${text}`].some((form) => foldSpaces(form) === asked)) own.add(id);
  }
  return own;
}

function foldSpaces(text: string): string {
  return text.trim().replace(/\s+/g, " ").toLowerCase();
}

/** One time per query: its median over the rounds, so that it says what the query costs and not what else the machine did. */
async function timeQueries(
  built: BuiltSystem,
  queries: readonly CorpusQuery[],
  clock: () => number,
  onTimed: (done: number, total: number) => void,
) {
  const begun = clock();
  for (let asked = 0; asked < WARM_UP_QUERIES && queries.length > 0; asked += queries.length) {
    if (asked > 0 && clock() - begun > WARM_UP_MS) break;
    for (const query of queries) await built.search(query.text, TIMED_LIMIT);
  }
  const times: number[][] = queries.map(() => []);
  const warm = clock();
  for (let round = 0; round < TIMED_ROUNDS; round++) {
    if (round > 0 && clock() - warm > TIMED_BUDGET_MS) break;
    for (const [at, query] of queries.entries()) {
      const started = clock();
      const answer = built.search(query.text, TIMED_LIMIT);
      // Awaiting what is already there would add a turn of the event loop to every time.
      if (answer instanceof Promise) await answer;
      times[at].push(clock() - started);
      onTimed(round * queries.length + at + 1, TIMED_ROUNDS * queries.length);
    }
  }
  return times.map((ofQuery) => percentile(Float64Array.from(ofQuery).sort(), 0.5));
}
