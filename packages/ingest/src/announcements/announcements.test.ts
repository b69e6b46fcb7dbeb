import { expect, test } from "vitest";
import { readListing } from "../listing/listing-page.ts";
import { batchOf, listingOf, rssOf } from "../replay/announcement-answers.ts";
import { papersOf } from "../replay/model.ts";
import { dayIn } from "./batch-answer.ts";
import { adaptFeed } from "./rss-adapter.ts";
import { readRss } from "./rss-shape.ts";

const DAY = "2026-11-24";
const own = papersOf(DAY, 3);
const crossed = papersOf(DAY, 2, { category: "stat.ML", first: 50 }).map((paper) => ({
  ...paper,
  categories: ["stat.ML", "cs.CL"],
}));
const replaced = papersOf("2026-10-01", 2).map((paper) => ({
  ...paper,
  announcedOn: DAY,
  versions: [...paper.versions, { date: "2026-11-23T10:00:00Z" }],
}));
const batch = batchOf([...own, ...crossed, ...replaced], "cs.CL", DAY);

async function* inPieces(text: string) {
  for (let at = 0; at < text.length; at += 100) yield text.slice(at, at + 100);
}
const read = async (xml: string) => adaptFeed(await readRss(inPieces(xml), "arXiv"), DAY);

test("a feed tells new papers from cross-listed and replaced ones, and gives each as a record", async () => {
  const { answer, records, refusals } = await read(rssOf(batch));
  expect(answer).toEqual({ dated: DAY, claimed: 3, news: own.map(({ id }) => id), entries: 7 });
  expect(refusals).toEqual([]);
  expect(records).toHaveLength(7);
  expect(records[0]!.record).toEqual({
    identifiers: [{ scheme: "arxiv", value: "2611.00001" }],
    facts: {
      title: "On the question number 1 of 2026-11-24",
      abstract: "We ask question 1, and answer it with <care> & $x < 1$.",
      authors: [{ name: "Ada A. Author" }, { name: "Ben 1 Bauer" }],
      primaryCategory: "cs.CL",
      categories: ["cs.CL", "cs.LG"],
    },
    asOf: "2026-11-24T05:00:00.000Z",
  });
});

test("repeats count once, an item without a paper is refused by itself", async () => {
  const doubled = rssOf({ ...batch, items: [...batch.items, ...batch.items] });
  expect((await read(doubled)).answer).toMatchObject({ claimed: 3, entries: 14 });
  const odd = rssOf(batch).replaceAll("2611.00002v1", "what").replaceAll("abs/2611.00002", "abs/what");
  const { answer, refusals } = await read(odd);
  expect(answer.claimed).toBe(2);
  expect(refusals).toEqual([{ id: "oai:arXiv.org:what", reason: '"what" is not an arXiv identifier.' }]);
});

test("an empty feed, as at weekends, is empty and dated", async () => {
  expect((await read(rssOf({ ...batch, items: [] }))).answer).toEqual({ dated: DAY, claimed: 0, news: [], entries: 0 });
});

test.each([
  ["<html><body>busy</body></html>", 'arXiv answers with "html".'],
  [rssOf(batch).slice(0, 900), "arXiv's answer is damaged or cut short."],
])("what is no feed is said to be none", async (xml, reason) => {
  await expect(readRss(inPieces(xml), "arXiv")).rejects.toThrow(reason);
});

test("a listing is counted by its own headings, and read by its links", () => {
  expect(readListing(listingOf(batch), "arXiv")).toEqual({
    dated: DAY,
    claimed: 3,
    news: own.map(({ id }) => id),
    entries: 7,
  });
  const cut = readListing(listingOf(batch, { show: 2 }), "arXiv");
  expect(cut).toMatchObject({ claimed: 3, news: ["2611.00001", "2611.00002"] });
});

test("old identifiers, other spellings of headings and links", () => {
  const html = `<h3>Showing new listings for Thursday, 3 September 2026</h3>
    <h3 class="x">New submissions (showing first 2 of 61 entries )</h3>
    <a href="/abs/hep-th/0603001v2">a</a> <a class="b" href="https://arxiv.org/abs/2609.00002">b</a>
    <h3>Cross-lists (showing 5 of 5 entries)</h3><a href="/abs/2609.00003">c</a>`;
  expect(readListing(html, "arXiv")).toEqual({
    dated: "2026-09-03",
    claimed: 61,
    news: ["hep-th/0603001", "2609.00002"],
    entries: 66,
  });
});

test("a page that is no listing is not taken for an empty day", () => {
  expect(() => readListing("<html><body>Please log in</body></html>", "arXiv")).toThrow("does not say which day");
});

test("a hostile page costs no time", () => {
  const html = `<h3>Showing new listings for Thursday, 3 September 2026</h3><h3>New submissions (showing ${"<a href=".repeat(200_000)}`;
  expect(readListing(html, "arXiv").news).toEqual([]);
});

test("days in several spellings", () => {
  expect(["Tue, 24 Nov 2026 00:00:00 -0500", "Thursday, 3 September 2026", "24 Foo 2026", ""].map(dayIn)).toEqual([
    "2026-11-24",
    "2026-09-03",
    null,
    null,
  ]);
});
