import { expect, test } from "vitest";
import { importText } from "../../testing.ts";

const line = (changes: object = {}) =>
  `${JSON.stringify({ id: "pl-0a1b2c", title: "One", abstract: "What it says.", ...changes })}\n`;

async function recordOf(changes: object) {
  const { records, summary } = await importText(line(changes));
  expect(summary.refusals).toEqual([]);
  return records[0]!;
}

test("a conference paper with an arXiv copy is known by both names", async () => {
  const record = await recordOf({
    arxiv: "2502.00001v1",
    authors: ["Ada", "Ben", "Ada", "Ben"],
    venue: "CoRL",
    year: 2025,
    keywords: ["robots"],
    area: "planning",
    url: "https://example.org/forum",
    pdf: "https://arxiv.org/pdf/2502.00001",
    code: "data:text/html,x",
    site: "",
    status: "Poster",
    tldr: "In short.",
  });
  expect(record).toEqual({
    identifiers: [
      { scheme: "arxiv", value: "2502.00001" },
      { scheme: "paperlist", value: "pl-0a1b2c" },
    ],
    facts: {
      title: "One",
      abstract: "What it says.",
      authors: [{ name: "Ada" }, { name: "Ben" }],
      publishedAt: "2025-01-01T00:00:00.000Z",
      publishedPrecision: "year",
      venue: "CoRL",
      year: 2025,
      keywords: ["robots", "planning"],
      summary: { text: "In short.", source: "the authors", generated: false },
      links: [{ kind: "page", url: "https://example.org/forum" }],
    },
    asOf: "2025-12-31T00:00:00.000Z",
  });
});

test("an arXiv listing: no venue, only real categories, as of the day it was read", async () => {
  const record = await recordOf({
    id: "ax-2503.00001",
    venue: "arXiv",
    year: 2025,
    area: "cs.CV",
    categories: ["cs.CV", "cond-mat.mtrl-sci", "hep-th", "68T45, 62H30", "I.2.10; I.5.1"],
    url: "https://arxiv.org/abs/2503.00001",
    date: "2025-03-18",
    comment: "12 pages",
  });
  expect(record).toEqual({
    identifiers: [{ scheme: "arxiv", value: "2503.00001" }],
    facts: {
      title: "One",
      abstract: "What it says.",
      publishedAt: "2025-01-01T00:00:00.000Z",
      publishedPrecision: "year",
      primaryCategory: "cs.CV",
      categories: ["cs.CV", "cond-mat.mtrl-sci", "hep-th"],
      note: "12 pages",
    },
    asOf: "2025-03-18T00:00:00.000Z",
  });
});

test.each([
  ["Reject", "Submitted to ICLR 2021, not accepted."],
  ["Withdraw", "Submitted to ICLR 2021, withdrawn."],
])("%s: the venue is not claimed as a publication", async (status, note) => {
  const { facts } = await recordOf({ venue: "ICLR", year: 2021, status });
  expect(facts.note).toBe(note);
  expect(facts).not.toHaveProperty("venue");
});

test("authors who really share a name stay two", async () => {
  for (const authors of [
    ["Wei Wang", "Ada", "Wei Wang"],
    ["Wei Wang", "Ada", "Wei Wang", "Ben"],
  ]) {
    expect((await recordOf({ authors })).facts.authors).toEqual(authors.map((name) => ({ name })));
  }
});
