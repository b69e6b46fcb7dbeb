import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { DigestRun } from "./digest-run.ts";
import { scheduleDigests } from "./digest-schedule.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const NOTHING: DigestRun = { composed: [], sent: [], waiting: [], doubted: 0 };

it("a round begins each minute, but never while one is under way, and a failed one does not end them", async () => {
  const rounds: { end(run: DigestRun): void; fail(error: Error): void; signal: AbortSignal }[] = [];
  const errors: unknown[] = [];
  const schedule = scheduleDigests({
    run: (signal) => new Promise((end, fail) => void rounds.push({ end, fail, signal })),
    onRun: () => undefined,
    onError: (error) => void errors.push(error),
  });
  await vi.advanceTimersByTimeAsync(59_000);
  expect(rounds).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(181_000);
  expect(rounds).toHaveLength(1);
  rounds[0]!.fail(new Error("the database is away"));
  await vi.advanceTimersByTimeAsync(60_000);
  expect([rounds.length, errors.length]).toEqual([2, 1]);
  let stopped = false;
  const stopping = schedule.stop().then(() => {
    stopped = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  expect([rounds[1]!.signal.aborted, stopped]).toEqual([true, false]);
  rounds[1]!.end(NOTHING);
  await stopping;
  await vi.advanceTimersByTimeAsync(600_000);
  expect(rounds).toHaveLength(2);
});
