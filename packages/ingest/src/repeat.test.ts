/** A second import changes nothing: held against the real store, in which all of these sources meet. */
import { createReadStream } from "node:fs";
import type { Store } from "@paperwire/store";
import { openTestStore } from "@paperwire/store/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importPapers } from "./import-papers.ts";
import { paperLine, SHARED, streamOf, TODAY, withShared } from "./testing.ts";

/** 17,000 records through an embedded database, on a busy machine. */
const LARGE_MS = 180_000;

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

async function importInto(input: AsyncIterable<Uint8Array>) {
  const summary = await importPapers({ input, format: "auto", options: { today: TODAY }, papers: store.papers });
  const { added, updated, unchanged, refused } = summary;
  return { added, updated, unchanged, refused };
}
const unchanged = (count: number) => ({ added: 0, updated: 0, unchanged: count, refused: 0 });
const importFile = (path: string) => importInto(createReadStream(`${SHARED}${path}`));

test("lines with half surrogates, odd offsets and dropped links stay as they were first stored", async () => {
  const odd = () =>
    streamOf(
      paperLine(90_001, { title: "half \ud800 surrogate", code: "javascript:1", site: "HTTP://Example.org" }),
      paperLine(90_002, { year: 1987, keywords: ["b", "a", "b"], comment: "a\u2028b" }),
      paperLine(90_003, { date: "2025-03-18", authors: [] }),
    );
  expect(await importInto(odd())).toEqual({ added: 3, updated: 0, unchanged: 0, refused: 0 });
  expect(await importInto(odd())).toEqual(unchanged(3));
});

test("sources of one day, imported by turns, settle: the order of imports does not decide for ever", async () => {
  const id = "2503.90004";
  const said = { id, title: "Ninety", publishedAt: "2025-03-27T17:59:51.000Z" };
  const sources = [
    paperLine(90_004, { title: "ninety", year: 2025, date: "2025-03-28", code: "https://github.com/a/listing" }),
    `Mar 28, 2025\n\nNINETY\n\n${"An abstract that we made up. ".repeat(5)} https://github.com/a/page\n`,
    JSON.stringify({ n: 1, title: "Ninety.", arxiv_id: id, tldr: "In short.", code_url: "https://github.com/a/facts" }),
    JSON.stringify({ ...said, edition: "2025-03-28", upvotes: 3, githubRepo: "https://github.com/a/entry" }),
    JSON.stringify([{ paper: { ...said, upvotes: 5, submittedOnDailyAt: "2025-03-28T01:00:00.000Z" } }]),
  ];
  const importAll = async () => {
    for (const source of sources) await importInto(streamOf(source));
    return { paper: await store.papers.find(id), editions: await store.papers.editionsOf(id) };
  };
  const first = await importAll();
  expect(first.editions).toMatchObject([{ edition: "2025-03-28", upvotes: 5 }]);
  expect(first.paper).toMatchObject({ title: "Ninety", publishedPrecision: "instant" });
  expect(await importAll()).toEqual(first);
});

test.skipIf(!withShared)(
  "real files twice, and once more when all are in: everything is unchanged",
  async () => {
    const before = await store.papers.count();
    const files: [path: string, first: object, count: number][] = [
      ["seed/facts.jsonl", { added: 91, updated: 0 }, 91],
      // The page knows the same papers by title only, and their abstracts.
      ["seed/page.txt", { added: 0, updated: 91 }, 91],
      ["data/hf-daily/api-sample-2026-05-11.json", { added: 41, updated: 0 }, 41],
      ["data/hf-daily/editions.jsonl.gz", { refused: 0 }, 8_498],
      ["data/papers/sample-2000.jsonl.gz", { refused: 0 }, 2_000],
    ];
    for (const [path, first, count] of files) {
      expect([path, await importFile(path)]).toMatchObject([path, first]);
      expect([path, await importFile(path)]).toEqual([path, unchanged(count)]);
    }
    for (const [path, , count] of files) {
      expect([path, await importFile(path)]).toEqual([path, unchanged(count)]);
    }
    // 8,497 different papers in 8,498 entries, a few of them in the seed, the answers and the sample, too.
    expect((await store.papers.count()) - before).toBeGreaterThan(10_400);
  },
  LARGE_MS,
);
