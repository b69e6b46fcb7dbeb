import { expect, test } from "vitest";
import {
  announcedAtMs,
  easternDay,
  easternMs,
  hasBatch,
  isAnnouncementEvening,
  latestBatchDay,
  nextAnnouncementMs,
} from "./announcement-calendar.ts";
import { addDays } from "./edition-date.ts";

const at = (instant: string) => Date.parse(instant);

test("a plain week is announced on five evenings and dated on five mornings", () => {
  const week = Array.from({ length: 7 }, (_, n) => addDays("2026-11-09", n));
  expect(week.map((day) => isAnnouncementEvening(day))).toEqual([true, true, true, true, false, false, true]);
  expect(week.map((day) => hasBatch(day))).toEqual([true, true, true, true, true, false, false]);
});

test("a holiday is quiet on its own evening, a holiday on Friday on the Sunday after it", () => {
  expect(hasBatch("2026-11-27")).toBe(false);
  expect(hasBatch("2026-11-30")).toBe(true);
  expect(isAnnouncementEvening("2026-07-05")).toBe(false);
  expect(hasBatch("2026-07-06")).toBe(false);
  expect(hasBatch("2026-07-07")).toBe(true);
  // arXiv's feed of 31 December 2025 was empty: the evening of the 30th was a holiday.
  expect(hasBatch("2025-12-31")).toBe(false);
});

test("eight in the evening in New York, in summer and in winter", () => {
  expect(announcedAtMs("2026-11-24")).toBe(at("2026-11-24T01:00:00Z"));
  expect(announcedAtMs("2026-07-09")).toBe(at("2026-07-09T00:00:00Z"));
});

test("the nights on which clocks change", () => {
  expect(announcedAtMs("2026-03-09")).toBe(at("2026-03-09T00:00:00Z"));
  expect(announcedAtMs("2026-11-02")).toBe(at("2026-11-02T01:00:00Z"));
  expect(easternMs("2026-03-08", 3)).toBe(at("2026-03-08T07:00:00Z"));
  expect(easternDay(at("2026-11-01T04:30:00Z"))).toBe("2026-11-01");
  expect(easternDay(at("2026-11-01T03:59:00Z"))).toBe("2026-10-31");
});

test("the newest batch changes at the very second, and stays over the weekend", () => {
  expect(latestBatchDay(at("2026-11-24T00:59:59Z"))).toBe("2026-11-23");
  expect(latestBatchDay(at("2026-11-24T01:00:00Z"))).toBe("2026-11-24");
  expect(latestBatchDay(at("2026-11-22T12:00:00Z"))).toBe("2026-11-20");
  // Thanksgiving evening is quiet and so are Friday and Saturday.
  expect(latestBatchDay(at("2026-11-29T12:00:00Z"))).toBe("2026-11-26");
});

test("the next announcement is the one that becomes the newest", () => {
  for (let hour = 0; hour < 24 * 120; hour += 5) {
    const now = at("2026-11-01T00:00:00Z") + hour * 3_600_000;
    const next = nextAnnouncementMs(now);
    expect(next).toBeGreaterThan(now);
    expect(latestBatchDay(next - 1)).toBe(latestBatchDay(now));
    expect(announcedAtMs(latestBatchDay(next))).toBe(next);
  }
});

test("a table without an announcement is a mistake, not an endless search", () => {
  const always = { has: () => true } as unknown as ReadonlySet<string>;
  expect(() => latestBatchDay(at("2026-11-24T12:00:00Z"), always)).toThrow(RangeError);
  expect(() => nextAnnouncementMs(at("2026-11-24T12:00:00Z"), always)).toThrow(RangeError);
});
