/** While the site runs, digests go out by themselves: a round a minute, never two at once, ended in order. */
import type { DigestRun } from "./digest-run.ts";

const EVERY_MS = 60_000;

export type DigestSchedule = { stop(): Promise<void> };

type Options = {
  /** One round; ends soon once the signal is given. */
  run(signal: AbortSignal): Promise<DigestRun>;
  onRun(run: DigestRun): void;
  onError(error: unknown): void;
};

export function scheduleDigests({ run, onRun, onError }: Options): DigestSchedule {
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  const round = () => {
    running ??= run(stopping.signal)
      .then(onRun, onError)
      .finally(() => {
        running = null;
      });
  };
  const timer = setInterval(round, EVERY_MS).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}
