import { describe, expect, it } from "vitest";
import { ATTEMPTS_MAX, afterAttempt, afterQuietHours, dueAt, retryDelayMs } from "./delivery.ts";

const at = (text: string) => Date.parse(text);
const iso = (ms: number) => new Date(ms).toISOString();

describe("when a delivery is due", () => {
  it.each([
    // An edition of New York closes at 01:30 UTC in summer.
    ["2025-03-29T01:30:00Z", 8, "Europe/Berlin", "2025-03-29T07:00:00.000Z"],
    ["2025-03-29T01:30:00Z", 8, "America/Los_Angeles", "2025-03-29T15:00:00.000Z"],
    ["2025-03-29T01:30:00Z", 8, "Asia/Kolkata", "2025-03-29T02:30:00.000Z"],
    ["2025-03-29T01:30:00Z", 7, "Asia/Kathmandu", "2025-03-29T01:30:00.000Z"],
    // Berlin has no 02:xx on this day.
    ["2025-03-30T00:10:00Z", 2, "Europe/Berlin", "2025-03-30T01:00:00.000Z"],
    // And twice 02:xx on this one: the first counts.
    ["2025-10-25T22:10:00Z", 2, "Europe/Berlin", "2025-10-26T00:00:00.000Z"],
  ])("from %s, hour %i of %s: %s", (from, hour, timeZone, due) => {
    expect(iso(dueAt(at(from), { hour, timeZone }))).toBe(due);
  });

  it("is never earlier, and within the hour it is now", () => {
    const now = at("2025-03-29T08:20:00Z");
    expect(dueAt(now, { hour: 8, timeZone: "UTC" })).toBe(now);
    for (let hour = 0; hour < 24; hour++)
      expect(dueAt(now, { hour, timeZone: "Pacific/Apia" })).toBeGreaterThanOrEqual(now);
  });

  it("leaves the night alone when it is late, unless the night was chosen", () => {
    const night = at("2025-03-29T23:30:00Z");
    expect(iso(afterQuietHours(night, { hour: 8, timeZone: "UTC" }))).toBe("2025-03-30T06:00:00.000Z");
    expect(afterQuietHours(night, { hour: 23, timeZone: "UTC" })).toBe(night);
    expect(afterQuietHours(at("2025-03-29T12:00:00Z"), { hour: 8, timeZone: "UTC" })).toBe(at("2025-03-29T12:00:00Z"));
  });
});

describe("after an attempt", () => {
  const nowMs = 1_000;

  it("a delivery is sent, refused, or in doubt for good", () => {
    expect(afterAttempt({ kind: "accepted", response: "250 ok" }, { attempts: 1, nowMs }).state).toBe("sent");
    expect(afterAttempt({ kind: "refused", reason: "550" }, { attempts: 1, nowMs }).state).toBe("refused");
    expect(afterAttempt({ kind: "unknown", reason: "cut" }, { attempts: 1, nowMs }).state).toBe("doubt");
  });

  it("or waits ever longer, up to a limit of attempts", () => {
    const deferred = { kind: "deferred", reason: "451", scope: "recipient" } as const;
    expect(afterAttempt(deferred, { attempts: 1, nowMs })).toEqual({
      state: "waiting",
      dueMs: nowMs + 300_000,
      reason: "451",
    });
    expect(afterAttempt(deferred, { attempts: ATTEMPTS_MAX, nowMs }).state).toBe("refused");
    const delays = Array.from({ length: ATTEMPTS_MAX }, (_, n) => retryDelayMs(n + 1));
    expect(delays).toEqual([...delays].sort((a, b) => a - b));
    expect(Math.max(...delays)).toBe(12 * 3_600_000);
  });
});
