/** Scores a whole run against judgements: every measure per query and averaged. */
import { judgeList, type Measure, measureList, parseMeasure } from "./measures.ts";
import type { Qrels } from "./qrels.ts";
import { rankHits, type ScorePrecision } from "./rank-order.ts";
import type { Run } from "./run.ts";

export interface MeasureRunOptions {
  /**
   * Judged queries that the run does not answer: `zero` counts them with 0 (`trec_eval -c`), `skip` leaves them out of
   * the average (`trec_eval` without `-c`). Default `zero`, so that a silent system does not look better.
   */
  readonly missingQueries?: "zero" | "skip";
  /** Drop a hit whose id equals the query's, as BEIR does where the queries are documents too. Default false. */
  readonly dropQueryId?: boolean;
  /** Default `single`, as `trec_eval` compares scores. */
  readonly precision?: ScorePrecision;
}

export interface MeasuredRun {
  /** Queries averaged over. */
  readonly queries: number;
  /** Measure name → average, 0..1; 0 where no query counts. */
  readonly mean: Record<string, number>;
  /** Query id → measure name → value, in the order of the qrels. */
  readonly perQuery: Map<string, Record<string, number>>;
}

/**
 * Scores a run. Queries without judgements are ignored; hits without one count as not relevant.
 * @param measures names such as `ndcg@10`, `map`, `recall@100`, see measures.ts
 * @throws EvalFormatError a measure's name is unknown
 */
export function measureRun(
  qrels: Qrels,
  run: Run,
  measures: readonly string[],
  options: MeasureRunOptions = {},
): MeasuredRun {
  const wanted = measures.map(parseMeasure);
  const perQuery = new Map<string, Record<string, number>>();
  for (const [query, judged] of qrels) {
    const hits = run.get(query);
    if (hits === undefined && options.missingQueries === "skip") continue;
    const kept = options.dropQueryId ? hits?.filter((hit) => hit.id !== query) : hits;
    const ranked = rankHits(kept ?? [], options.precision).map((hit) => hit.id);
    const list = judgeList(ranked, judged);
    perQuery.set(query, Object.fromEntries(wanted.map((measure) => [measure.name, measureList(list, measure)])));
  }
  return { queries: perQuery.size, mean: averages(perQuery, wanted), perQuery };
}

function averages(perQuery: ReadonlyMap<string, Record<string, number>>, measures: readonly Measure[]) {
  const mean: Record<string, number> = {};
  for (const { name } of measures) {
    let sum = 0;
    for (const values of perQuery.values()) sum += values[name];
    mean[name] = perQuery.size === 0 ? 0 : sum / perQuery.size;
  }
  return mean;
}
