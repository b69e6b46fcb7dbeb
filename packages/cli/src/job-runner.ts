/** Wakes jobs when they are due: one process at a time, each job once, and again after a crash. */
import { type Clock, DomainError, nextRunMs } from "@paperwire/domain";
import type { JobStore, SourceStore } from "@paperwire/store";
import type { SourceJob } from "./source-jobs.ts";

const LOOK_EVERY_MS = 20_000;
/** A process that was killed gives its job up after so long. */
const LEASE_MS = 120_000;
const RENEW_EVERY_MS = 30_000;

export type JobRunnerOptions = {
  jobs: readonly SourceJob[];
  store: { jobs: JobStore; sources: Pick<SourceStore, "takeTurn" | "renewTurn" | "endTurn"> };
  clock: Clock;
  /** A name that no other process has. */
  holder: string;
  onEnd(name: string, outcome: string): void;
  onError(name: string, error: unknown): void;
};

export type JobRunner = {
  /** Looks once and starts what is due; resolves when all that it started has ended. */
  round(): Promise<void>;
  stop(): Promise<void>;
};

export function createJobRunner(options: JobRunnerOptions): JobRunner {
  const { jobs, onError } = options;
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();
  const wake = (job: SourceJob): Promise<void> => {
    const before = running.get(job.name);
    if (before) return before;
    const work = runIfDue(job, options, stopping.signal)
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) onError(job.name, error);
      })
      .finally(() => running.delete(job.name));
    running.set(job.name, work);
    return work;
  };
  return {
    round: async () => {
      if (!stopping.signal.aborted) await Promise.all(jobs.map(wake));
    },
    stop: async () => {
      stopping.abort(new Error("the site is stopping"));
      await Promise.all(running.values());
    },
  };
}

/** @returns a runner that looks by itself */
export function startJobRunner(options: JobRunnerOptions): JobRunner {
  const runner = createJobRunner(options);
  const timer = setInterval(() => void runner.round(), LOOK_EVERY_MS).unref();
  void runner.round();
  return {
    round: runner.round,
    stop: async () => {
      clearInterval(timer);
      await runner.stop();
    },
  };
}

const NEVER = { beganAt: null, endedAt: null, error: null, failures: 0 };

async function dueMs(job: SourceJob, { store, clock }: JobRunnerOptions): Promise<number> {
  const record = (await store.jobs.find(job.name)) ?? NEVER;
  const nowMs = clock();
  const at = nextRunMs(await job.plan(nowMs), record, nowMs);
  await store.jobs.plan(job.name, new Date(at).toISOString());
  return at;
}

async function runIfDue(job: SourceJob, options: JobRunnerOptions, signal: AbortSignal): Promise<void> {
  const { store, clock, holder, onEnd, onError } = options;
  if ((await dueMs(job, options)) > clock()) return;
  const lease = `job ${job.name}`;
  if ((await store.sources.takeTurn(lease, holder, LEASE_MS)) > 0) return;
  const lost = new AbortController();
  const renewing = setInterval(() => {
    store.sources.renewTurn(lease, holder, LEASE_MS).then(
      (isMine) => isMine || lost.abort(new Error("another process has taken this job over")),
      () => undefined,
    );
  }, RENEW_EVERY_MS);
  try {
    // Another process may have done it while this one waited for the database.
    if ((await dueMs(job, options)) > clock()) return;
    await store.jobs.begin(job.name);
    try {
      const outcome = await job.run(AbortSignal.any([signal, lost.signal]));
      await store.jobs.end(job.name, { outcome });
      onEnd(job.name, outcome);
    } catch (error) {
      // What was stopped did not fail: it is due as before, and goes on where it was.
      if (signal.aborted || lost.signal.aborted) throw error;
      await store.jobs.end(job.name, { error: sentence(error) });
      onError(job.name, error);
    }
    await dueMs(job, options);
  } finally {
    clearInterval(renewing);
    await store.sources.endTurn(lease, holder, 0);
  }
}

/** The page of sources is public: what nobody expected is for the log alone. */
const sentence = (error: unknown) =>
  error instanceof DomainError ? error.message : "It failed for a reason that nobody expected; the log says more.";
