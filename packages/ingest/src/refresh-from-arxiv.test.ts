import { conflict, upstream } from "@paperwire/domain";
import { openTestStore } from "@paperwire/store/testing";
import { expect, test } from "vitest";
import type { ArxivSource } from "./arxiv/client.ts";
import { parseFeed } from "./arxiv/feed.ts";
import { entryXml, feedXml } from "./arxiv/testing.ts";
import { type RefreshProgress, refreshFromArxiv } from "./refresh-from-arxiv.ts";
import { recordingPapers } from "./testing.ts";

const NOW = "2026-05-31T12:00:00.000Z";
const idsOf = (count: number) => Array.from({ length: count }, (_, i) => `2503.${String(i + 1).padStart(5, "0")}`);

function sourceOf(entries: (ids: readonly string[]) => string[]): ArxivSource {
  return { fetchEntries: async (ids) => parseFeed(feedXml(...entries(ids))) };
}
const complete = sourceOf((ids) => ids.map((id) => entryXml(id)));

test("asks in batches of a hundred, each id once, and stores each batch on its own", async () => {
  const papers = recordingPapers();
  const seen: RefreshProgress[] = [];
  const ids = idsOf(250);
  const summary = await refreshFromArxiv({
    ids: [...ids, ...ids.slice(0, 9)],
    source: complete,
    papers,
    asOf: NOW,
    onProgress: (progress) => seen.push(progress),
  });
  expect(papers.batches).toEqual([100, 100, 50]);
  expect(seen.map(({ asked, added }) => [asked, added])).toEqual([
    [100, 100],
    [200, 200],
    [250, 250],
  ]);
  expect(summary).toEqual({
    total: 250,
    asked: 250,
    added: 250,
    updated: 0,
    unchanged: 0,
    missing: [],
    withdrawn: [],
    refused: [],
  });
});

test("ids that arXiv does not know are named, entries nobody asked for are passed over", async () => {
  const papers = recordingPapers();
  const source = sourceOf(() => [
    entryXml("2503.00001"),
    entryXml("2503.99999"),
    "<entry><id>http://arxiv.org/abs/2503.00003</id></entry>",
    entryXml("2503.00004", { title: "t".repeat(10_000) }),
  ]);
  const summary = await refreshFromArxiv({ ids: [...idsOf(4), "nonsense"], source, papers, asOf: NOW });
  expect(papers.records.map(({ identifiers }) => identifiers[0]!.value)).toEqual(["2503.00001"]);
  expect(summary.missing).toEqual(["2503.00002"]);
  expect(summary.refused).toEqual([
    { id: "nonsense", reason: '"nonsense" is not an arXiv identifier.' },
    { id: "2503.00004", reason: "The title has 10,000 characters; at most 2,000 are taken." },
    { id: "2503.00003", reason: 'arXiv\'s entry does not fit: "title" is missing.' },
  ]);
});

test("where the id was in doubt, another title is not let in", async () => {
  const papers = recordingPapers();
  const titles = new Map([
    ["2503.00001", "PAPER: 2503-00001"],
    ["2503.00002", "Something else"],
  ]);
  const summary = await refreshFromArxiv({ ids: idsOf(2), source: complete, papers, asOf: NOW, titles });
  expect(papers.records).toHaveLength(1);
  expect(summary.refused).toEqual([
    { id: "2503.00002", reason: 'arXiv has another title under this id: "Paper 2503.00002".' },
  ]);
});

test("withdrawn papers are named and keep their abstract", async () => {
  const source = sourceOf(() => [entryXml("2503.00001", { comment: "Withdrawn by the authors" })]);
  const summary = await refreshFromArxiv({ ids: idsOf(1), source, papers: recordingPapers(), asOf: NOW });
  expect(summary.withdrawn).toEqual(["2503.00001"]);
});

test("a request that fails ends the run, what was stored stays and is told", async () => {
  let requests = 0;
  const source: ArxivSource = {
    fetchEntries(ids) {
      if (++requests === 2) return Promise.reject(upstream("arXiv answers with status 503."));
      return complete.fetchEntries(ids);
    },
  };
  const summary = await refreshFromArxiv({ ids: idsOf(250), source, papers: recordingPapers(), asOf: NOW });
  expect(summary).toMatchObject({ asked: 100, added: 100, stopped: "arXiv answers with status 503." });
});

test("a record that the store turns away does not take its batch with it", async () => {
  const papers = recordingPapers();
  const picky = {
    takeIn: async (records: Parameters<typeof papers.takeIn>[0]) => {
      if (records.some(({ facts }) => facts.title === "Paper 2503.00002")) throw conflict("Two papers claim this id.");
      return papers.takeIn(records);
    },
  };
  const summary = await refreshFromArxiv({ ids: idsOf(3), source: complete, papers: picky, asOf: NOW });
  expect(summary).toMatchObject({ added: 2, refused: [{ id: "2503.00002", reason: "Two papers claim this id." }] });
});

test("in the real store an abstract is added, doubts end, and a second run changes nothing", async () => {
  const store = await openTestStore();
  try {
    await store.papers.takeIn([
      {
        identifiers: [{ scheme: "arxiv", value: "2503.00001" }],
        facts: {
          title: "Paper 2503.00001",
          publishedAt: "2025-03-02T00:00:00.000Z",
          publishedPrecision: "day",
          summary: { text: "In short.", source: "Paperwire", generated: false },
          unverified: ["id", "published"],
        },
        entry: { edition: "2025-03-28", position: 1 },
        asOf: "2025-03-28T00:00:00.000Z",
      },
    ]);
    const request = { ids: idsOf(1), source: complete, papers: store.papers, asOf: NOW };
    expect(await refreshFromArxiv(request)).toMatchObject({ updated: 1 });
    const paper = (await store.papers.find("2503.00001"))!;
    expect(paper).toMatchObject({
      abstract: "What it says.",
      publishedAt: "2025-03-01T12:00:00.000Z",
      summary: { source: "Paperwire" },
    });
    expect(paper.unverified ?? []).toEqual([]);
    expect(await refreshFromArxiv(request)).toMatchObject({ updated: 0, unchanged: 1 });
  } finally {
    await store.close();
  }
});
