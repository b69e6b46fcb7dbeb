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
        store: { version: () => answer(), activity: async () => 0 } as never,
        discovery: { indexing: () => ({ done: 1, total: 1, revision: learnt }) } as never,
        clock: () => now,
        settings,
        logger: pino({ enabled: false }),
      },
      stop.signal,
    );
    expect(watch.current()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(watch.current()).toBe("1.1.0@2025-03-28");
    answer = async () => 2;
    await vi.advanceTimersByTimeAsync(250);
    expect(watch.current()).toBe("2.1.0@2025-03-28");
    learnt = 2;
    await vi.advanceTimersByTimeAsync(250);
    expect(watch.current()).toBe("2.2.0@2025-03-28");
    answer = () => Promise.reject(new Error("gone"));
    now += 120_000;
    await vi.advanceTimersByTimeAsync(250);
    expect(watch.current()).toBe("2.2.0@2025-03-28");
    answer = async () => 2;
    await vi.advanceTimersByTimeAsync(250);
    expect(watch.current()).toBe("2.2.0@2025-03-29");
    stop.abort();
    answer = async () => 3;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(watch.current()).toBe("2.2.0@2025-03-29");
  });

  it("takes over the acts of readers once a second, however many there are, with the places made first", async () => {
    let activity = 0;
    const done: string[] = [];
    const watch = watchPageVersion({
      store: {
        version: async () => 1,
        activity: async () => activity,
        upvotes: { place: async () => done.push(`placed at ${watch.current()}`) },
      } as never,
      discovery: { indexing: () => ({ done: 1, total: 1, revision: 1 }) } as never,
      clock: () => Date.now(),
      settings,
      logger: pino({ enabled: false }),
    });
    vi.setSystemTime(Date.UTC(2025, 2, 28));
    await vi.advanceTimersByTimeAsync(250);
    const seen = new Set<string | undefined>();
    for (let votes = 0; votes < 30; votes++) {
      activity++;
      await vi.advanceTimersByTimeAsync(100);
      seen.add(watch.current());
    }
    expect(seen.size).toBeLessThanOrEqual(4);
    await vi.advanceTimersByTimeAsync(1_250);
    expect(watch.current()).toBe("1.1.30@2025-03-28");
    expect(done[0]).toBe("placed at 1.1.0@2025-03-28");
    expect(done.length).toBeLessThanOrEqual(5);
  });
});
