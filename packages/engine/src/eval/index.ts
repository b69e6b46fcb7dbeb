/** The side door for evaluation: judgements, runs, measures, significance, test collections, and named systems. */
export {
  type Collection,
  type CorpusDocument,
  type CorpusQuery,
  formatBeirQrels,
  formatCorpusLine,
  formatQueryLine,
  parseBeirQrels,
  parseCorpusLine,
  parseQueryLine,
} from "./beir.ts";
export { readCollection, readRunFile, writeCollection, writeRunFile } from "./collection-files.ts";
export { type ComparedRuns, compareRuns, type PerQuery } from "./compare-runs.ts";
export { type EvaluateCollectionOptions, evaluateCollection, evaluateRunFile } from "./evaluate-collection.ts";
export {
  type EvaluateSearchOptions,
  type EvaluationProgress,
  evaluateSearch,
  SEARCH_MEASURES,
  type SearchEvaluation,
  type SearchSummary,
} from "./evaluate-search.ts";
export { EvalFormatError } from "./format-error.ts";
export { type LatencySummary, percentile, summariseLatency } from "./latency.ts";
export { type MeasuredRun, type MeasureRunOptions, measureRun } from "./measure-run.ts";
export { type JudgedList, judgeList, type Measure, type MeasureKind, measureList, parseMeasure } from "./measures.ts";
export { analyzePlain, buildPlainBm25, type PlainBm25 } from "./plain-bm25.ts";
export { stemPorter } from "./porter-stemmer.ts";
export { formatQrels, parseQrels, type Qrels } from "./qrels.ts";
export { type Random, seededRandom } from "./random.ts";
export { compareBytes, type RunHit, rankHits, type ScorePrecision } from "./rank-order.ts";
export { formatRun, parseRun, type Run } from "./run.ts";
export type { BuiltSystem, SearchSystem } from "./search-system.ts";
export { adjustHolm, bootstrapInterval, comparePaired, type PairedTest } from "./significance.ts";
export { getSystem, SEARCH_SYSTEMS } from "./systems.ts";
