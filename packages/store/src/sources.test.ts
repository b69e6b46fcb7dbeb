import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FreshDatabase, freshPostgres } from "./fresh-postgres.ts";
import type { StoreLocation } from "./open-database.ts";
import { openStore } from "./open-store.ts";
import type { BatchReport } from "./source-store.ts";
import type { Store } from "./store.ts";

const url = process.env.PAPERWIRE_TEST_DATABASE_URL;
if (!url) console.warn("SKIPPED: sources on PostgreSQL. Name a server in PAPERWIRE_TEST_DATABASE_URL to test it, too.");

let nowMs = Date.UTC(2026, 10, 24, 12);
const clock = () => nowMs;
const places: [string, () => Promise<StoreLocation>][] = [
  ["embedded PGlite", async () => ({ kind: "embedded", folder: null })],
];
let database: FreshDatabase | null = null;
if (url) places.push(["PostgreSQL", freshDatabase]);

describe.each(places)("sources on %s", (_, place) => {
  let store: Store;
  beforeAll(async () => {
    store = await openStore({ location: await place(), clock });
  });
  afterAll(async () => {
    await store?.close();
    await database?.drop();
    database = null;
  });

  const record = (value: string) => ({
    identifiers: [{ scheme: "arxiv" as const, value }],
    facts: { title: `Paper ${value}` },
  });
  const said = (day: string, news: string[], more: Partial<BatchReport> = {}): BatchReport => ({
    source: "arxiv",
    set: "cs.CL",
    day,
    door: "rss",
    dated: day,
    claimed: news.length,
    entries: news.length,
    news,
    askedAt: `${day}T06:00:00.000Z`,
    ...more,
  });

  test("a mark is saved with its papers, or not at all", async () => {
    const mark = { source: "arxiv-oai", set: "cs", mark: { from: "2026-11-20", token: "abc" } };
    expect(await store.sources.findMark("arxiv-oai", "cs")).toBeNull();
    await store.papers.takeIn([record("2611.00001")], mark);
    expect(await store.sources.findMark("arxiv-oai", "cs")).toEqual(mark.mark);
    const bad = { ...record("2611.00002"), facts: { title: "A paper that no database takes: \u0000" } };
    await expect(store.papers.takeIn([bad], { ...mark, mark: { from: "2026-11-21" } })).rejects.toThrow();
    expect(await store.sources.findMark("arxiv-oai", "cs")).toEqual(mark.mark);
    await store.papers.takeIn([], { ...mark, mark: { from: "2026-11-22" } });
    expect(await store.sources.listMarks()).toMatchObject([
      { source: "arxiv-oai", set: "cs", mark: { from: "2026-11-22" } },
    ]);
    await expect(store.sources.saveMark({ ...mark, mark: "x".repeat(70_000) })).rejects.toThrow(RangeError);
  });

  test("a turn at a host is one holder's, then nobody's for the pause", async () => {
    const take = (holder: string) => store.sources.takeTurn("export.example.org", holder, 60_000);
    const asked = await Promise.all(["a", "b", "c"].map(take));
    expect(asked.filter((wait) => wait === 0)).toHaveLength(1);
    const holder = ["a", "b", "c"][asked.indexOf(0)]!;
    await store.sources.endTurn("export.example.org", "somebody else", 0);
    expect(await take("d")).toBe(60_000);
    await store.sources.endTurn("export.example.org", holder, 3_000);
    expect(await take("d")).toBe(3_000);
    expect(await store.sources.takeTurn("other.example.org", "d", 60_000)).toBe(0);
    nowMs += 3_000;
    expect(await take("d")).toBe(0);
    nowMs += 30_000;
    expect(await store.sources.renewTurn("export.example.org", "d", 60_000)).toBe(true);
    expect(await store.sources.renewTurn("export.example.org", "e", 60_000)).toBe(false);
    nowMs += 30_000;
    expect(await take("e")).toBe(30_000);
    nowMs -= 30_000;
    // Its holder dies; the lease ends by itself.
    nowMs += 60_000;
    expect(await take("e")).toBe(0);
    await store.sources.endTurn("export.example.org", "d", 0);
    expect(await take("f")).toBe(60_000);
    nowMs += 60_000;
    expect(await store.sources.renewTurn("export.example.org", "e", 60_000)).toBe(false);
  });

  test("a paper is fresh in the first batch that announced it, however often doors repeat it", async () => {
    const first = await store.sources.report(said("2026-11-23", ["2611.00001", "2611.00002", "2611.00002"]));
    expect(first).toEqual({ door: "rss", dated: "2026-11-23", claimed: 3, listed: 2, fresh: 2, entries: 3 });
    expect(await store.sources.report(said("2026-11-23", ["2611.00001", "2611.00002"]))).toMatchObject({ fresh: 2 });
    const version = await store.version();
    await store.sources.report(
      said("2026-11-23", ["2611.00001", "2611.00002"], { askedAt: "2026-11-23T09:00:00.000Z" }),
    );
    expect(await store.version()).toBe(version);
    const stale = await store.sources.report(said("2026-11-24", ["2611.00001", "2611.00002"]));
    expect(stale).toMatchObject({ listed: 2, fresh: 0 });
    expect(await store.version()).toBe(version + 1);
    await store.sources.report(said("2026-11-24", ["2611.00003", "2611.00002"], { door: "listing" }));
    const [newer, older] = await store.sources.listBatches({ first: "2026-11-01", last: "2026-11-30" });
    expect(newer).toMatchObject({ day: "2026-11-24", announced: 1, stored: 0, usual: null });
    expect(newer!.reports.map(({ door, fresh }) => [door, fresh])).toEqual([
      ["listing", 1],
      ["rss", 0],
    ]);
    // 2611.00001 was taken in by the first test.
    expect(older).toMatchObject({ source: "arxiv", set: "cs.CL", day: "2026-11-23", announced: 2, stored: 1 });
  });

  test("what is usual is the median of the batches before", async () => {
    for (const [n, size] of [3, 9, 4, 5, 100].entries()) {
      const day = `2026-10-0${n + 1}`;
      const ids = Array.from({ length: size }, (_, i) => `2610.0${n}${String(i).padStart(3, "0")}`);
      await store.sources.report(said(day, ids, { set: "cs" }));
    }
    await store.sources.report(said("2026-10-06", [], { set: "cs" }));
    const batches = await store.sources.listBatches({ first: "2026-10-01", last: "2026-10-06" });
    expect(batches.map(({ day, usual }) => [day, usual]).slice(0, 2)).toEqual([
      ["2026-10-06", 5],
      ["2026-10-05", null],
    ]);
  });

  test("links of papers are noted once, due in turn, and told with their history", async () => {
    const url = "https://github.com/a/b";
    await store.papers.takeIn([record("2611.01001"), record("2611.01002")]);
    const links = [{ url, kind: "code" as const, isPromised: true }];
    const named = (paperId: string, since: string) => ({ paperId, links, promise: "Soon.", since });
    const mark = { source: "link-watch", set: "papers", mark: { revision: 7 } };
    await store.links.note(
      [named("2611.01001", "2026-11-01"), named("2611.01002", "2026-11-02"), named("9999.99999", "2026-11-02")],
      mark,
    );
    await store.links.note([named("2611.01001", "2026-11-20")]);
    expect(await store.sources.findMark("link-watch", "papers")).toEqual({ revision: 7 });
    expect(await store.links.listDue(10)).toEqual([{ url, state: "unknown", misses: 0, etag: null }]);
    const check = {
      url,
      state: "there" as const,
      misses: 0,
      day: "2026-11-24",
      event: null,
      checkedAt: "2026-11-24T12:00:00.000Z",
      dueAt: "2036-12-01T12:00:00.000Z",
      reason: null,
    };
    const before = await store.version();
    const facts = { stars: 7, license: "MIT", etag: "x", changedAt: "2026-11-20T00:00:00.000Z" };
    await store.links.record([{ ...check, facts }]);
    // Both papers learn of the link, each with a revision of its own.
    expect(await store.version()).toBe(before + 2);
    const changed = await store.papers.listChangedSince(before, 10);
    expect(changed.map(({ id, links }) => [id, links])).toEqual(
      ["2611.01001", "2611.01002"].map((id) => [id, [{ kind: "code", url, stars: 7 }]]),
    );
    await store.links.record([{ ...check, facts }]);
    expect(await store.papers.listChangedSince(before + 2, 10)).toEqual([]);
    // Nothing that a page shows has changed, so no page is made anew.
    expect(await store.version()).toBe(before + 2);
    expect(await store.links.countDue()).toBe(0);
    await store.links.record([{ ...check, state: "gone", event: "gone", reason: null }]);
    expect(await store.links.historyOf("2611.01001")).toEqual({
      promise: { said: "Soon.", since: "2026-11-01" },
      links: [
        {
          url,
          kind: "code",
          state: "gone",
          since: "2026-11-01",
          isPromised: true,
          license: "MIT",
          changedAt: "2026-11-20T00:00:00.000Z",
          isArchived: false,
          checkedAt: "2026-11-24T12:00:00.000Z",
          reason: null,
          events: [{ day: "2026-11-24", event: "gone" }],
          stars: [{ day: "2026-11-24", stars: 7 }],
        },
      ],
    });
    expect(await store.links.totals()).toEqual({ gone: 1 });
    await store.links.record([{ ...check, url: "https://github.com/un/known" }]);
    await store.links.postpone("https://github.com/", "2040-01-01T00:00:00.000Z");
    expect(await store.links.listDue(10)).toEqual([]);
    expect(await store.sources.listIdentifiers("arxiv", { after: "2611.01", limit: 1 })).toEqual(["2611.01001"]);
    expect(await store.sources.countIdentifiers("arxiv")).toBeGreaterThan(1);
  });

  test("a job is one row: when it began and ended, what came of it, when it is due", async () => {
    const { jobs } = store;
    expect(await jobs.find("arxiv")).toBeNull();
    await jobs.plan("arxiv", "2026-11-25T05:15:00.000Z");
    await jobs.begin("arxiv");
    expect(await jobs.find("arxiv")).toMatchObject({
      beganAt: new Date(nowMs).toISOString(),
      endedAt: null,
      failures: 0,
    });
    await jobs.end("arxiv", { error: "arXiv cannot be reached." });
    await jobs.end("arxiv", { error: "arXiv cannot be reached." });
    expect(await jobs.find("arxiv")).toMatchObject({ error: "arXiv cannot be reached.", failures: 2, outcome: null });
    await jobs.end("arxiv", { outcome: "cs: 3 added" });
    await jobs.end("arxiv", { error: "x".repeat(5_000) });
    const [job] = await jobs.list();
    expect(job).toMatchObject({
      name: "arxiv",
      outcome: "cs: 3 added",
      failures: 1,
      nextAt: "2026-11-25T05:15:00.000Z",
    });
    expect(job!.error).toHaveLength(1_000);
    await jobs.plan("arxiv", null);
    expect((await jobs.find("arxiv"))!.nextAt).toBeNull();
  });

  test("citations keep what was said last, and go stale after a week or a month", async () => {
    const young = { ...record("2611.02001"), facts: { title: "Young", publishedAt: "2026-11-01T00:00:00.000Z" } };
    const old = { ...record("1706.02002"), facts: { title: "Old", publishedAt: "2017-06-01T00:00:00.000Z" } };
    await store.papers.takeIn([young, old]);
    const ids = ["2611.02001", "1706.02002"];
    const stale = async () =>
      (await store.citations.listStale(500)).map(({ id }) => id).filter((id) => ids.includes(id));
    expect(await stale()).toEqual(ids);
    const report = (citations: number | null) =>
      store.citations.record(
        "A Catalogue",
        ids.map((paperId) => ({ paperId, said: citations === null ? null : { citations, influential: 1 } })),
      );
    await report(7);
    const saidAt = new Date(nowMs).toISOString();
    expect(await stale()).toEqual([]);
    nowMs += 8 * 86_400_000;
    expect(await stale()).toEqual(["2611.02001"]);
    await report(null);
    expect(await store.citations.find("1706.02002")).toEqual({
      source: "A Catalogue",
      citations: 7,
      influential: 1,
      saidAt,
    });
    nowMs += 31 * 86_400_000;
    expect(await stale()).toHaveLength(2);
    await store.citations.record("A Catalogue", [{ paperId: "un/known", said: null }]);
  });

  test("whoever opened the only door to a database ends the turns of those who are gone", async () => {
    expect(await store.sources.takeTurn("left.example.org", "killed", 120_000)).toBe(0);
    await store.sources.endAllTurns(3_000);
    expect(await store.sources.takeTurn("left.example.org", "next", 120_000)).toBe(3_000);
    nowMs += 3_000;
    expect(await store.sources.takeTurn("left.example.org", "next", 120_000)).toBe(0);
  });

  test("too many papers in one report are refused", async () => {
    const news = Array.from({ length: 10_001 }, (_, n) => String(n));
    await expect(store.sources.report(said("2026-11-24", news))).rejects.toThrow(RangeError);
  });
});

async function freshDatabase(): Promise<StoreLocation> {
  database = await freshPostgres(url!);
  return database.location;
}
