import type { BatchReport } from "@paperwire/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSite, record, type SiteUnderTest } from "../testing.ts";

/** The site's clock stands at noon (UTC) of Monday, 31 March 2025. */
const DAY = "2025-03-31";
let site: SiteUnderTest;
const said = (door: BatchReport["door"], more: Partial<BatchReport> = {}): BatchReport => ({
  source: "arxiv",
  set: "cs.CL",
  day: DAY,
  door,
  dated: DAY,
  claimed: 2,
  entries: 5,
  news: ["2503.00001", "2503.00002"],
  askedAt: `${DAY}T06:00:00.000Z`,
  ...more,
});

beforeAll(async () => {
  site = await openSite([record("2503.00001", "One", { entry: { edition: DAY, upvotes: 1 } })]);
});
afterAll(() => site.close());

test("a site that follows nothing says so, and its editions say nothing", async () => {
  expect(await site.page("/sources")).toContain("This site follows no source yet.");
  expect(await site.page(`/date/${DAY}`)).not.toContain("arXiv announced");
});

test("an edition tells how much of its announcement is here, and the page of sources why", async () => {
  await site.store.sources.report(said("rss"));
  await site.takeIn([]);
  expect(await site.page(`/date/${DAY}`)).toContain(
    "arXiv announced 2 new papers in cs.CL for this day so far, 1 of them is here; more may come.",
  );
  await site.store.sources.report(said("listing"));
  await site.takeIn([record("2503.00002", "Two")]);
  expect(await site.page(`/date/${DAY}`)).toContain(
    "arXiv announced 2 new papers in cs.CL for this day; all of them are here.",
  );
  expect(await site.page(`/date/${DAY}.md`)).toContain("all of them are here");
  const page = await site.page("/sources");
  expect(page).toContain("cs.CL: 1 of 1 announcements complete");
  expect(page).toContain('class="batch-complete"');
  expect(await site.page("/sources.md")).toContain("2025-03-31 | cs.CL | complete | 2 | 2 | 2 | 2 | –");
});

test("what is stale and what is missing is told as such", async () => {
  await site.store.sources.report(
    said("rss", { set: "stat", day: "2025-03-28", dated: "2025-03-28", news: ["2503.00009"], claimed: 1 }),
  );
  await site.store.sources.report(said("rss", { set: "stat", dated: "2025-03-28", news: [], claimed: 0 }));
  await site.takeIn([]);
  expect(await site.page(`/date/${DAY}`)).toContain("arXiv has shown nothing new in cs.CL and stat for this day yet");
  expect(await site.page("/sources.md")).toContain(
    "2025-03-31 | stat | shows an earlier day | 0 | 0 | of 28 Mar | – | –",
  );
});
