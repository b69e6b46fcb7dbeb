/** While the site runs, the hub hears of changes: a look every five seconds, never two at once, ended in order. */
import type { HubRound } from "./tell-hub.ts";

const EVERY_MS = 5_000;

export type HubSchedule = { stop(): Promise<void> };

type Options = {
  run(signal: AbortSignal): Promise<HubRound>;
  onRun(round: HubRound): void;
  onError(error: unknown): void;
};

export function scheduleHub({ run, onRun, onError }: Options): HubSchedule {
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
  round();
  return {
    stop: async () => {
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}
