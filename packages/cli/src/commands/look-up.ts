/** `paperwire links check`, `paperwire citations`: what others know of the papers that are here, asked by hand. */
import { DomainError, invalid } from "@paperwire/domain";
import type { Config } from "../config.ts";
import { runEnrichment } from "../enrichment.ts";
import { runLinkWatch } from "../link-watch.ts";
import { withStore } from "../open-stores.ts";
import { startProgress } from "../progress.ts";
import { openTurns } from "../source-turns.ts";
import { count, say, type Terminal } from "../terminal.ts";

/** As a shell gives it for a program that Ctrl-C ended. */
const INTERRUPTED = 130;
const LIMIT_MAX = 100_000;

/** @returns the exit code: 0, or 130 interrupted */
export async function checkLinksCommand(
  options: { limit: string },
  config: Config,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT_MAX) {
    throw invalid(`--limit ${options.limit} is not a whole number from 1 to ${count(LIMIT_MAX)}.`);
  }
  return withStore(config, terminal, async (store) => {
    const { stderr, clock } = terminal;
    const progress = startProgress({ label: "Looking at links", total: limit, output: stderr, clock });
    try {
      const said = await runLinkWatch({
        store,
        config,
        turns: openTurns(store, terminal),
        clock,
        signal,
        limit,
        onProgress: ({ looked, due, there, missing }) =>
          progress.update(
            (looked * limit) / Math.max(Math.min(due, limit), looked),
            `${count(looked)} of ${count(Math.min(due, limit))}, ${count(there)} there, ${count(missing)} missing`,
          ),
      });
      progress.stop();
      say(terminal, said);
      return 0;
    } catch (error) {
      progress.stop();
      return interrupted(error, signal, terminal);
    }
  });
}

/** @returns the exit code: 0 all good, 2 the catalogue did not answer to the end, 130 interrupted */
export async function citationsCommand(config: Config, terminal: Terminal, signal: AbortSignal): Promise<number> {
  return withStore(config, terminal, async (store) => {
    try {
      say(terminal, await runEnrichment({ store, config, turns: openTurns(store, terminal), signal }));
      return 0;
    } catch (error) {
      if (signal.aborted || !(error instanceof DomainError && error.code === "upstream")) {
        return interrupted(error, signal, terminal);
      }
      say(terminal, error.message);
      return 2;
    }
  });
}

function interrupted(error: unknown, signal: AbortSignal, terminal: Terminal): number {
  if (!signal.aborted) throw error;
  say(terminal, "Interrupted. What was kept stays; the same command goes on from there.");
  return INTERRUPTED;
}
