/** Asks arXiv for a paper that a reader names and that is not here yet: one request, in arXiv's turn. */
import { setTimeout as sleep } from "node:timers/promises";
import type { PaperLookUp } from "@paperwire/community";
import { upstream } from "@paperwire/domain";
import { createArxivClient, refreshFromArxiv } from "@paperwire/ingest";
import type { Store } from "@paperwire/store";
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { openTurns } from "./source-turns.ts";
import type { Terminal } from "./terminal.ts";

/** A reader waits before the screen: longer than this is told as "try again". */
const PATIENCE_MS = 20_000;

type Parts = {
  store: Store;
  config: Pick<Config, "arxivApi" | "contact">;
  terminal: Terminal;
  logger: Logger;
  patienceMs?: number;
};

export function openLookUp({ store, config, terminal, logger, patienceMs = PATIENCE_MS }: Parts): PaperLookUp {
  const source = createArxivClient({
    baseUrl: config.arxivApi,
    turns: openTurns(store, terminal),
    clock: terminal.clock,
    sleep: async (ms, signal) => {
      await sleep(ms, undefined, signal ? { signal } : {});
    },
    ...(config.contact === undefined ? {} : { contact: config.contact }),
  });
  return {
    schemes: ["arxiv"],
    find: async ({ value }) => {
      const signal = AbortSignal.timeout(patienceMs);
      try {
        const { missing, refused, stopped } = await refreshFromArxiv({
          ids: [value],
          source,
          papers: store.papers,
          asOf: new Date(terminal.clock()).toISOString(),
          signal,
        });
        if (stopped !== undefined) throw upstream(`arXiv did not answer (${stopped}). Try again in a minute.`);
        return missing.length === 0 && refused.length === 0;
      } catch (error) {
        // Whatever was being waited for, a turn or an answer, names its end in its own way.
        if (!signal.aborted) throw error;
        logger.warn({ arxiv: value }, "a reader's look-up took too long");
        throw upstream(
          "arXiv could not be asked in time: it answers slowly, or other jobs of this site are asking it. Try again in a minute.",
          error,
        );
      }
    },
  };
}
