/** The built-in edition: what an empty instance starts with, so that the first page is a real one. */
import { createReadStream } from "node:fs";
import { importSeedEdition, SEED_EDITION } from "@paperwire/ingest";
import type { Store } from "@paperwire/store";

const FILE = new URL(`../seed/edition-${SEED_EDITION}.jsonl`, import.meta.url);
const SETTING = "seed-edition";

/** Loads the edition once per database: a reader who removes its papers does not get them back. */
export async function loadSeedEdition(store: Store): Promise<void> {
  if ((await store.settings.get(SETTING)) !== null) return;
  if ((await store.papers.count()) === 0) await importSeedEdition(createReadStream(FILE), store.papers);
  await store.settings.set(SETTING, SEED_EDITION);
}
