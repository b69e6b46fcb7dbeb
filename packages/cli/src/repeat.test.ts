import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { repeat } from "./repeat.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it.each([
  ["at once and then each time", true],
  ["each time, the first after a pause", false],
])("goes round %s, never twice at once, and a failure does not end it", async (_when, atOnce) => {
  const rounds: { end(): void; fail(error: Error): void; signal: AbortSignal }[] = [];
  const errors: unknown[] = [];
  const repeating = repeat({
    everyMs: 60_000,
    atOnce,
    round: (signal) => new Promise((end, fail) => void rounds.push({ end, fail, signal })),
    onError: (error) => void errors.push(error),
  });
  await vi.advanceTimersByTimeAsync(59_000);
  expect(rounds).toHaveLength(atOnce ? 1 : 0);
  await vi.advanceTimersByTimeAsync(181_000);
  expect(rounds).toHaveLength(1);
  rounds[0]!.fail(new Error("the database is away"));
  await vi.advanceTimersByTimeAsync(60_000);
  expect([rounds.length, errors.length]).toEqual([2, 1]);
  let stopped = false;
  const stopping = repeating.stop().then(() => {
    stopped = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  expect([rounds[1]!.signal.aborted, stopped]).toEqual([true, false]);
  rounds[1]!.end();
  await stopping;
  await vi.advanceTimersByTimeAsync(600_000);
  expect(rounds).toHaveLength(2);
});
