import { announcedAtMs } from "@paperwire/domain";
import type { BatchRecord } from "@paperwire/store";
import { expect, test } from "vitest";
import { completenessOf, listBatchStatus } from "./source-status.ts";

const DAY = "2026-11-24";
const nowMs = announcedAtMs(DAY) + 14 * 3_600_000;

function batch(
  set: string,
  day: string,
  { announced = 9, stored = 9, doors = ["rss", "listing"] as const } = {},
): BatchRecord {
  const counts = { dated: day, claimed: announced, listed: announced, fresh: announced, entries: 20 };
  const reports = doors.map((door) => ({ door, ...counts, askedAt: `${day}T10:00:00.000Z` }));
  return { source: "arxiv", set, day, reports, announced, stored, usual: null };
}

const sourcesOf = (batches: BatchRecord[], harvested: string[] = []) => ({
  listBatches: async ({ first, last }: { first: string; last: string }) =>
    batches.filter(({ day }) => day >= first && day <= last).sort((a, b) => (a.day < b.day ? 1 : -1)),
  listMarks: async () => harvested.map((set) => ({ source: "arxiv-oai", set, mark: {}, savedAt: "" })),
});

test("days of which nobody said anything are listed as missing, from the first batch on; weekends are not", async () => {
  const sources = sourcesOf([batch("cs", DAY), batch("cs", "2026-11-19")]);
  const rows = await listBatchStatus(sources, { nowMs, days: 14 });
  expect(rows.map(({ day, state }) => `${day} ${state}`)).toEqual([
    "2026-11-24 complete",
    "2026-11-23 missing",
    "2026-11-20 missing",
    "2026-11-19 complete",
  ]);
});

test("a set that is harvested and of which no door was ever asked is missing today", async () => {
  const rows = await listBatchStatus(sourcesOf([], ["stat"]), { nowMs, days: 14 });
  expect(rows.map(({ set, day, state }) => [set, day, state])).toEqual([["stat", DAY, "missing"]]);
  await expect(listBatchStatus(sourcesOf([]), { nowMs, days: 401 })).rejects.toThrow(RangeError);
});

test("an edition is as complete as its least complete set", async () => {
  const sources = sourcesOf([batch("cs", DAY), batch("stat", DAY, { stored: 7 })]);
  expect(await completenessOf(sources, { day: DAY, nowMs })).toEqual({
    state: "provisional",
    announced: 18,
    stored: 16,
    sets: ["cs", "stat"],
  });
  expect(await completenessOf(sources, { day: "2026-11-23", nowMs })).toBeNull();
});
