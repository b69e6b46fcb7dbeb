/** How foreign records become ours: files in five formats, and arXiv itself. */

export { ARXIV_API_URL, type ArxivClientOptions, type ArxivSource, createArxivClient } from "./arxiv/client.ts";
export { FORMATS, isFormatName } from "./formats/detect-format.ts";
export type { FormatName } from "./formats/format.ts";
export { type ImportProgress, type ImportRequest, importPapers } from "./import-papers.ts";
export { importSeedEdition, SEED_EDITION } from "./import-seed-edition.ts";
export { exitCode, type ImportSummary, REFUSALS_KEPT, type RefusedLine } from "./import-summary.ts";
export {
  REFRESH_IDS_MAX,
  type RefreshProgress,
  type RefreshRequest,
  type RefreshSummary,
  refreshFromArxiv,
} from "./refresh-from-arxiv.ts";
