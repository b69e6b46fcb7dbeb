/** What a reader asks for: editions, a paper, search, authors, topics. Joins the store and the engine. */
export { createDiscovery, type DiscoverySources } from "./create-discovery.ts";
export { digestContents, newestDigest } from "./digest-contents.ts";
export {
  type Discovery,
  type EditionKind,
  type EditionView,
  type IndexingState,
  type ListView,
  MOST_PER_DAY,
  type Narrowing,
  NEWEST_OF,
  type PaperView,
  type Part,
  PER_PAGE,
  type Reason,
  type SearchHit,
  type SearchRequest,
  type SearchView,
  type Suggested,
  type TrendingPaper,
  type TrendingReason,
  type TrendingRequest,
  type TrendingView,
} from "./discovery.ts";
export { type DuplicateProgress, type FoundPair, findDuplicates } from "./find-duplicates.ts";
export { type JobStatus, listJobs } from "./job-status.ts";
export { type Library, type LibraryOptions, openLibrary } from "./library.ts";
export {
  type BatchStatus,
  type Completeness,
  completenessOf,
  listBatchStatus,
  STATUS_DAYS_MAX,
} from "./source-status.ts";
export { TRENDING_MAX } from "./trending-papers.ts";
