import { expect, test } from "vitest";
import { importText } from "../../testing.ts";

const item = (changes: object = {}) => ({
  id: "http://zotero.org/users/1/items/ABC",
  type: "article-journal",
  title: "On <i>E. coli</i> &amp; others",
  author: [
    { family: "Beethoven", given: "Ludwig", "non-dropping-particle": "van" },
    { literal: "The Team" },
    { family: "King", given: "Martin", suffix: "Jr." },
  ],
  issued: { "date-parts": [["2024", 5, 6]] },
  "container-title": "Journal of Things",
  DOI: "10.1234/X",
  URL: "https://example.org/x",
  ...changes,
});

test("an array of items, as Zotero writes it", async () => {
  const { summary, records } = await importText(
    JSON.stringify([item(), item({ DOI: undefined, number: "arXiv:2503.00001", issued: { raw: "2025-03" } })], null, 2),
  );
  expect(summary).toMatchObject({ format: "csl-json", read: 2, refused: 0 });
  expect(records[0]).toMatchObject({
    identifiers: [{ scheme: "doi", value: "10.1234/x" }],
    facts: {
      title: "On E. coli & others",
      authors: [{ name: "Ludwig van Beethoven" }, { name: "The Team" }, { name: "Martin King Jr." }],
      publishedAt: "2024-05-06T00:00:00.000Z",
      venue: "Journal of Things",
      links: [{ kind: "page", url: "https://example.org/x" }],
    },
  });
  expect(records[1]).toMatchObject({ identifiers: [{ scheme: "arxiv", value: "2503.00001" }], facts: { year: 2025 } });
});

test("an item without a title is refused by its line", async () => {
  const { summary } = await importText(JSON.stringify([item(), { ...item(), title: undefined }], null, 1));
  expect(summary.refusals).toEqual([{ line: expect.any(Number), reason: '"title" is missing.' }]);
});

test("JSON lines of one's own making", async () => {
  const lines = [
    {
      title: "One",
      abstract: "What it says.",
      authors: ["Ada A.", { name: "Ben B." }],
      arxiv_id: "2503.00001v2",
      code_url: "https://github.com/a/b",
      published: "2025-03-01",
    },
    {
      title: "Two",
      authors: "Ada A.; Ben B.",
      doi: "10.1234/x",
      year: "2024",
      keywords: "a, b",
      pdf: "https://example.org/x.pdf",
    },
    { title: 3 },
  ];
  const { summary, records } = await importText(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  expect(summary).toMatchObject({ format: "json-lines", read: 3, refused: 1 });
  expect(summary.refusals).toEqual([{ line: 3, reason: '"title" should be a text, but is a number.' }]);
  expect(records).toMatchObject([
    {
      identifiers: [{ scheme: "arxiv", value: "2503.00001" }],
      facts: {
        authors: [{ name: "Ada A." }, { name: "Ben B." }],
        publishedAt: "2025-03-01T00:00:00.000Z",
        links: [{ kind: "code" }],
      },
    },
    {
      identifiers: [{ scheme: "doi", value: "10.1234/x" }],
      facts: {
        authors: [{ name: "Ada A." }, { name: "Ben B." }],
        year: 2024,
        keywords: ["a", "b"],
        links: [{ kind: "pdf" }],
      },
    },
  ]);
});
