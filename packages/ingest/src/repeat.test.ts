/** A second import changes nothing: held against the real store. */
import { createReadStream } from "node:fs";
import type { Store } from "@paperwire/store";
import { openTestStore } from "@paperwire/store/testing";
import { afterEach, expect, test } from "vitest";
import { importPapers } from "./import-papers.ts";
import { paperLine, SHARED, streamOf, TODAY, withShared } from "./testing.ts";

/** 17,000 records through an embedded database, on a busy machine. */
const LARGE_MS = 180_000;

let store: Store | undefined;
afterEach(async () => {
  await store?.close();
  store = undefined;
});

async function importInto(store: Store, input: AsyncIterable<Uint8Array>) {
  const summary = await importPapers({ input, format: "auto", options: { today: TODAY }, papers: store.papers });
  const { added, updated, unchanged, refused } = summary;
  return { added, updated, unchanged, refused };
}

test("lines with half surrogates, odd offsets and dropped links stay as they were first stored", async () => {
  store = await openTestStore();
  const odd = () =>
    streamOf(
      paperLine(1, { title: "half \ud800 surrogate", code: "javascript:1", site: "HTTP://Example.org" }),
      paperLine(2, { year: 1987, keywords: ["b", "a", "b"], comment: "a\u2028b" }),
      paperLine(3, { date: "2025-03-18", authors: [] }),
    );
  expect(await importInto(store, odd())).toEqual({ added: 3, updated: 0, unchanged: 0, refused: 0 });
  expect(await importInto(store, odd())).toEqual({ added: 0, updated: 0, unchanged: 3, refused: 0 });
});

test.skipIf(!withShared).each([
  ["seed/page.txt", 91],
  ["seed/facts.jsonl", 91],
  ["data/hf-daily/api-sample-2026-05-11.json", 41],
  ["data/papers/sample-2000.jsonl.gz", 2_000],
])("%s twice: everything is unchanged", async (path, count) => {
  store = await openTestStore();
  const first = await importInto(store, createReadStream(`${SHARED}${path}`));
  expect(first).toEqual({ added: count, updated: 0, unchanged: 0, refused: 0 });
  const second = await importInto(store, createReadStream(`${SHARED}${path}`));
  expect(second).toEqual({ added: 0, updated: 0, unchanged: count, refused: 0 });
});

test.skipIf(!withShared)(
  "all daily editions twice: one paper was in two, the rest is added once",
  async () => {
    store = await openTestStore();
    const path = `${SHARED}data/hf-daily/editions.jsonl.gz`;
    expect(await importInto(store, createReadStream(path))).toEqual({
      added: 8_497,
      updated: 1,
      unchanged: 0,
      refused: 0,
    });
    expect(await importInto(store, createReadStream(path))).toEqual({
      added: 0,
      updated: 0,
      unchanged: 8_498,
      refused: 0,
    });
    expect(await store.papers.count()).toBe(8_497);
  },
  LARGE_MS,
);

test.skipIf(!withShared)("the page and the facts about it are one edition of 91 papers", async () => {
  store = await openTestStore();
  await importInto(store, createReadStream(`${SHARED}seed/facts.jsonl`));
  const page = await importInto(store, createReadStream(`${SHARED}seed/page.txt`));
  expect(page).toEqual({ added: 0, updated: 91, unchanged: 0, refused: 0 });
  expect(await store.papers.count()).toBe(91);
});

test("sources of one day, imported by turns, settle: the order of imports does not decide for ever", async () => {
  store = await openTestStore();
  const id = "2503.00001";
  const said = { id, title: "One", publishedAt: "2025-03-27T17:59:51.000Z" };
  const sources = [
    paperLine(1, { title: "one", year: 2025, date: "2025-03-28", code: "https://github.com/a/listing" }),
    `Mar 28, 2025\n\nONE\n\n${"An abstract that we made up. ".repeat(5)} https://github.com/a/page\n`,
    JSON.stringify({ n: 1, title: "One.", arxiv_id: id, tldr: "In short.", code_url: "https://github.com/a/facts" }),
    JSON.stringify({ ...said, edition: "2025-03-28", upvotes: 3, githubRepo: "https://github.com/a/entry" }),
    JSON.stringify([{ paper: { ...said, upvotes: 5, submittedOnDailyAt: "2025-03-28T01:00:00.000Z" } }]),
  ];
  const importAll = async () => {
    for (const source of sources) await importInto(store!, streamOf(source));
    return { paper: await store!.papers.find(id), editions: await store!.papers.editionsOf(id) };
  };
  const first = await importAll();
  expect(first.editions).toMatchObject([{ edition: "2025-03-28", upvotes: 5 }]);
  expect(first.paper).toMatchObject({ title: "One", publishedPrecision: "instant" });
  expect(await importAll()).toEqual(first);
});
