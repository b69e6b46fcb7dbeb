import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { watchPageVersion } from "./page-version.ts";

const settings = {
  baseUrl: "",
  siteName: "",
  version: "",
  editionClock: { timeZone: "UTC", rollOverMinutes: 0 },
};

describe("watching the store's version", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("follows the store, its index and the day, keeps the last word of a silent store, and stops when told", async () => {
    let answer: () => Promise<number> = async () => 1;
    let learnt = 1;
    let now = Date.UTC(2025, 2, 28, 23, 59);
    const stop = new AbortController();
    const watch = watchPageVersion(
      {
        store: { version: () => answer() } as never,
        discovery: { indexing: () => ({ done: 1, total: 1, revision: learnt }) } as never,
        clock: () => now,
        settings,
        logger: pino({ enabled: false }),
      },
      stop.signal,
    );
    expect(watch.current()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(watch.current()).toBe("1.1@2025-03-28");
    answer = async () => 2;
    await vi.advanceTimersByTimeAsync(250);
    expect(watch.current()).toBe("2.1@2025-03-28");
    learnt = 2;
    await vi.advanceTimersByTimeAsync(250);
    expect(watch.current()).toBe("2.2@2025-03-28");
    answer = () => Promise.reject(new Error("gone"));
    now += 120_000;
    await vi.advanceTimersByTimeAsync(250);
    expect(watch.current()).toBe("2.2@2025-03-28");
    answer = async () => 2;
    await vi.advanceTimersByTimeAsync(250);
    expect(watch.current()).toBe("2.2@2025-03-29");
    stop.abort();
    answer = async () => 3;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(watch.current()).toBe("2.2@2025-03-29");
  });
});
