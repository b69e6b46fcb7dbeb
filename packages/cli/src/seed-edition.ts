/** The built-in edition: what an empty instance starts with, so that the first page is a real one. */
import { createReadStream } from "node:fs";
import { importPapers } from "@paperwire/ingest";
import type { Store } from "@paperwire/store";

const FILE = new URL("../seed/edition-2025-03-28.jsonl", import.meta.url);
const EDITION = "2025-03-28";
const SETTING = "seed-edition";

/** Loads the edition once per database: a reader who removes its papers does not get them back. */
export async function loadSeedEdition(store: Store): Promise<void> {
  if ((await store.settings.get(SETTING)) !== null) return;
  if ((await store.papers.count()) === 0) {
    const summary = await importPapers({
      input: createReadStream(FILE),
      format: "facts",
      options: { date: EDITION, today: EDITION },
      papers: store.papers,
    });
    if (summary.refused > 0) throw new Error(`The built-in edition is damaged: ${JSON.stringify(summary.refusals[0])}`);
  }
  await store.settings.set(SETTING, EDITION);
}
