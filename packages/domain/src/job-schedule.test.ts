import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { announcedAtMs } from "./announcement-calendar.ts";
import { type JobPlan, type JobRecord, nextRunMs } from "./job-schedule.ts";

const HOUR = 3_600_000;
const at = (text: string) => Date.parse(text);
const iso = (ms: number) => new Date(ms).toISOString();
const never: JobRecord = { beganAt: null, endedAt: null, error: null, failures: 0 };
const ended = (text: string, failures = 0): JobRecord => ({ ...never, beganAt: text, endedAt: text, failures });
const next = (plan: JobPlan, record: JobRecord, now: string) => iso(nextRunMs(plan, record, at(now)));

describe("by announcement", () => {
  const whole: JobPlan = { kind: "announcement", isComplete: true };
  const part: JobPlan = { kind: "announcement", isComplete: false };
  // The batch of Tuesday 24 November is announced on Monday at 20:00 in New York, 01:00 UTC.
  test("it wakes when all doors may tell of the batch, not before", () => {
    expect(next(whole, ended("2026-11-23T06:00:00Z"), "2026-11-24T01:30:00Z")).toBe("2026-11-24T05:15:00.000Z");
  });
  test("it comes back every hour, then less often, while the batch is not whole", () => {
    expect(next(part, ended("2026-11-24T05:20:00Z"), "2026-11-24T05:21:00Z")).toBe("2026-11-24T06:20:00.000Z");
    expect(next(part, ended("2026-11-24T11:15:00Z"), "2026-11-24T11:20:00Z")).toBe("2026-11-24T14:15:00.000Z");
  });
  test("it sleeps until the next announcement when the batch is whole, over the weekend, too", () => {
    expect(next(whole, ended("2026-11-24T05:20:00Z"), "2026-11-24T05:21:00Z")).toBe("2026-11-25T05:15:00.000Z");
    // Friday's batch; the next is announced on Sunday evening.
    expect(next(whole, ended("2026-11-20T06:00:00Z"), "2026-11-20T12:00:00Z")).toBe("2026-11-23T05:15:00.000Z");
  });
  test("a site that was down asks at once", () => {
    expect(nextRunMs(whole, ended("2026-11-10T06:00:00Z"), at("2026-11-24T12:00:00Z"))).toBeLessThan(
      at("2026-11-24T12:00:00Z"),
    );
    expect(next(whole, never, "2026-11-24T12:00:00Z")).toBe("2026-11-24T12:00:00.000Z");
  });
});

describe("at night", () => {
  const night: JobPlan = { kind: "night", minute: 180, timeZone: "America/New_York", nights: 1 };
  const weekly: JobPlan = { ...night, nights: 7 };
  test("first the next night, then every night, whenever the last run ended", () => {
    expect(next(night, never, "2026-11-24T12:00:00Z")).toBe("2026-11-25T08:00:00.000Z");
    expect(next(night, ended("2026-11-25T08:30:00Z"), "2026-11-25T09:00:00Z")).toBe("2026-11-26T08:00:00.000Z");
    expect(next(night, ended("2026-11-25T20:00:00Z"), "2026-11-25T21:00:00Z")).toBe("2026-11-26T08:00:00.000Z");
  });
  test("once a week on a night", () => {
    expect(next(weekly, ended("2026-11-24T08:10:00Z"), "2026-11-25T00:00:00Z")).toBe("2026-12-01T08:00:00.000Z");
  });
  test("the hour is that of the wall, whatever clocks do", () => {
    expect(next(night, ended("2026-07-01T09:00:00Z"), "2026-07-01T10:00:00Z")).toBe("2026-07-02T07:00:00.000Z");
  });
});

test("what fails is tried again after ten minutes, twenty, …, six hours", () => {
  const plan: JobPlan = { kind: "hours", hours: 24 };
  const minutes = [1, 2, 3, 6, 9].map(
    (failures) =>
      (nextRunMs(plan, ended("2026-11-24T12:00:00Z", failures), at("2026-11-24T12:00:01Z")) -
        at("2026-11-24T12:00:00Z")) /
      60_000,
  );
  expect(minutes).toEqual([10, 20, 40, 320, 360]);
});

test("no job is due again within ten minutes after it ended, and none sleeps for more than nine days", () => {
  const plan = fc.oneof(
    fc.record({ kind: fc.constant("announcement" as const), isComplete: fc.boolean() }),
    fc.record({ kind: fc.constant("hours" as const), hours: fc.integer({ min: 1, max: 168 }) }),
    fc.record({
      kind: fc.constant("night" as const),
      minute: fc.integer({ min: 0, max: 1_439 }),
      timeZone: fc.constantFrom("UTC", "America/New_York", "Asia/Kolkata"),
      nights: fc.constant(1),
    }),
  );
  fc.assert(
    fc.property(
      plan,
      fc.integer({ min: at("2026-01-01T00:00:00Z"), max: at("2026-12-20T00:00:00Z") }),
      fc.integer({ min: 0, max: 12 }),
      (one, endedMs, failures) => {
        const due = nextRunMs(one, ended(iso(endedMs), failures), endedMs + 1_000);
        if (failures > 0) expect(due - endedMs).toBeGreaterThanOrEqual(10 * 60_000);
        expect(due).toBeGreaterThan(endedMs);
        expect(due - endedMs).toBeLessThan(9 * 24 * HOUR);
      },
    ),
  );
  expect(announcedAtMs("2026-11-24")).toBe(at("2026-11-24T01:00:00Z"));
});
