/** What the running site does by itself with its sources; nothing where no option asks for it. */
import { randomUUID } from "node:crypto";
import type { Store } from "@paperwire/store";
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { type JobRunner, startJobRunner } from "./job-runner.ts";
import { sourceJobs } from "./source-jobs.ts";
import { openTurns } from "./source-turns.ts";
import type { Terminal } from "./terminal.ts";

/** Sources get their pause after a crash, too. */
const PAUSE_MS = 3_000;

type Parts = { store: Store; config: Config; terminal: Terminal; logger: Logger };

/** @throws DomainError `invalid`: an option names something that its source does not have */
export async function startJobs({ store, config, terminal, logger }: Parts): Promise<Pick<JobRunner, "stop">> {
  // Whoever had turns in this folder is gone, perhaps killed: nobody needs to sit their leases out.
  if (config.databaseUrl === undefined) await store.sources.endAllTurns(PAUSE_MS);
  const turns = openTurns(store, terminal, (host, ms) => logger.debug({ host, ms }, "another process has its turn"));
  const jobs = sourceJobs({ store, config, turns, clock: terminal.clock });
  if (jobs.length === 0) return { stop: async () => undefined };
  return startJobRunner({
    jobs,
    store,
    clock: terminal.clock,
    holder: randomUUID(),
    onEnd: (job, outcome) => logger.info({ job, outcome }, "a job has ended"),
    onError: (job, error) => logger.warn({ job, err: error }, "a job failed; it is tried again"),
  });
}
