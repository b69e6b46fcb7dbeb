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

type Parts = { store: Store; config: Config; terminal: Terminal; logger: Logger };

export function openLookUp({ store, config, terminal, logger }: Parts): PaperLookUp {
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
      try {
        const { missing, refused, stopped } = await refreshFromArxiv({
          ids: [value],
          source,
          papers: store.papers,
          asOf: new Date(terminal.clock()).toISOString(),
          signal: AbortSignal.timeout(PATIENCE_MS),
        });
        if (stopped !== undefined) throw upstream(`arXiv did not answer (${stopped}). Try again in a minute.`);
        return missing.length === 0 && refused.length === 0;
      } catch (error) {
        if ((error as Error).name !== "TimeoutError") throw error;
        logger.warn({ arxiv: value }, "a reader's look-up took too long");
        throw upstream("arXiv took too long to answer. Try again in a minute.", error);
      }
    },
  };
}
