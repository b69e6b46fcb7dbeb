/** `paperwire migrate`: brings the schema up to date and says where it stands. Every other command does so on opening. */
import type { Config } from "../config.ts";
import { openConfigured } from "../open-stores.ts";
import { count, say, type Terminal } from "../terminal.ts";

export async function migrateCommand(config: Config, terminal: Terminal): Promise<void> {
  const store = await openConfigured(config, "refuse", terminal);
  try {
    say(terminal, `The schema is current; the database holds ${count(await store.papers.count(), "paper")}.`);
  } finally {
    await store.close();
  }
}
