/** The edition that comes with the product, taken in like any other file of facts. */
import type { PaperStore } from "@paperwire/store";
import { SEED_EDITION } from "./formats/facts/adapter.ts";
import { importPapers } from "./import-papers.ts";
import type { ImportSummary } from "./import-summary.ts";

export { SEED_EDITION };

/**
 * Safe to repeat; a paper that has changed since keeps what newer sources said of it.
 * @param input the bytes of `packages/cli/seed/edition-2025-03-28.jsonl`
 * @throws Error a line was refused: the file shipped with the product is damaged
 */
export async function importSeedEdition(
  input: AsyncIterable<Uint8Array>,
  papers: Pick<PaperStore, "takeIn">,
): Promise<ImportSummary> {
  const options = { date: SEED_EDITION, today: SEED_EDITION };
  const summary = await importPapers({ input, format: "facts", options, papers });
  const reason = summary.unreadable ?? summary.refusals[0]?.reason;
  if (reason) throw new Error(`The built-in edition is damaged: ${reason}`);
  return summary;
}
