/** How foreign records become ours: files in five formats, and arXiv itself. */

export {
  type AnnouncementSource,
  ARXIV_LISTING_URL,
  ARXIV_RSS_URL,
  createAnnouncementClient,
} from "./announcements/client.ts";
export { ARXIV_API_URL, type ArxivClientOptions, type ArxivSource, createArxivClient } from "./arxiv/client.ts";
export { type CheckRequest, type CheckSummary, checkAnnouncement } from "./check-announcement.ts";
export { type EnrichSummary, enrichPapers } from "./enrich/enrich-papers.ts";
export { createSemanticScholar } from "./enrich/semantic-scholar.ts";
export { FORMATS, isFormatName } from "./formats/detect-format.ts";
export type { FormatName } from "./formats/format.ts";
export { type HarvestProgress, type HarvestRequest, type HarvestSummary, harvestArxiv } from "./harvest-arxiv.ts";
export { type ImportProgress, type ImportRequest, importPapers } from "./import-papers.ts";
export { importSeedEdition, SEED_EDITION } from "./import-seed-edition.ts";
export { exitCode, type ImportSummary, REFUSALS_KEPT, type RefusedLine } from "./import-summary.ts";
export { createLinkDoor, type LinkDoor } from "./link-watch/link-door.ts";
export { readPaperLinks } from "./link-watch/read-papers.ts";
export { type WatchSummary, watchLinks } from "./link-watch/watch-links.ts";
export { ARXIV_OAI_URL, createOaiClient, type OaiSource } from "./oai/client.ts";
export { isArxivSetKnown } from "./oai/mark.ts";
export { checkSet } from "./oai/sets.ts";
export type { OaiFormat } from "./oai/shape.ts";
export { createMemoryTurns, createStoreTurns, type HostTurns } from "./polite/host-turns.ts";
export { createPoliteFetcher, type PoliteFetcher } from "./polite/polite-fetcher.ts";
export {
  createGuardedSend,
  createPostForm,
  type GuardedRequest,
  type GuardedSend,
  type PostAnswer,
  type PostForm,
  UnansweredRequest,
} from "./polite/post-form.ts";
export {
  REFRESH_IDS_MAX,
  type RefreshProgress,
  type RefreshRequest,
  type RefreshSummary,
  refreshFromArxiv,
} from "./refresh-from-arxiv.ts";
export { createAclSource } from "./sources/acl/client.ts";
export { createCrossrefSource } from "./sources/crossref/client.ts";
export {
  harvestSource,
  type SourceProgress,
  type SourceRequest,
  type SourceSummary,
} from "./sources/harvest-source.ts";
export { createHfSource, HF_URL } from "./sources/hf/client.ts";
export { createOpenReviewSource } from "./sources/openreview/client.ts";
export type { PaperSource } from "./sources/port.ts";
export { createPreprintSource } from "./sources/preprints/client.ts";
