import { expect, test } from "vitest";
import { importText } from "../../testing.ts";

const line = (changes: object = {}) =>
  `${JSON.stringify({ n: 4, title: "One", arxiv_id: "2308.00001", ...changes })}\n`;

async function recordOf(changes: object, options = {}) {
  const { records, summary } = await importText(line(changes), options);
  expect(summary).toMatchObject({ format: "facts", refusals: [] });
  return records[0]!;
}

test("facts of the seed become an entry of its edition", async () => {
  const record = await recordOf({
    arxiv_id_confidence: "high",
    published: "2023-08-14",
    published_confidence: "verified",
    authors: ["Ada", "Ben"],
    primary_category: "cs.CV",
    venue: "ICCV 2023",
    code_url: "https://github.com/a/b",
    project_url: null,
    tldr: "In short.",
    keywords: ["pose"],
    note: null,
  });
  expect(record).toEqual({
    identifiers: [{ scheme: "arxiv", value: "2308.00001" }],
    facts: {
      title: "One",
      authors: [{ name: "Ada" }, { name: "Ben" }],
      publishedAt: "2023-08-14T00:00:00.000Z",
      publishedPrecision: "day",
      venue: "ICCV",
      year: 2023,
      primaryCategory: "cs.CV",
      summary: { text: "In short.", source: "Paperwire", generated: false },
      keywords: ["pose"],
      links: [{ kind: "code", url: "https://github.com/a/b" }],
    },
    entry: { edition: "2025-03-28", position: 4 },
    asOf: "2025-03-28T02:00:00.000Z",
  });
});

test("what was not checked stays marked", async () => {
  const doubtful = { arxiv_id_confidence: "medium", published: "2023-08-14", published_confidence: "recalled" };
  expect((await recordOf(doubtful)).facts.unverified).toEqual(["id", "published"]);
});

test("a month is claimed as no more than its year; a month that does not exist is refused", async () => {
  const { facts } = await recordOf({ published: "2024-02" });
  expect(facts).toMatchObject({ publishedAt: "2024-02-01T00:00:00.000Z", publishedPrecision: "year" });
  const { summary } = await importText(line() + line({ published: "2024-13" }));
  expect(summary.refusals[0]!.reason).toBe('"published" is neither a day nor a month of the calendar.');
});

test("unknown authors are not invented; the note says that there are more", async () => {
  const { facts } = await recordOf({ authors: ["Ada", null], note: "See also v2." });
  expect(facts.authors).toEqual([{ name: "Ada" }]);
  expect(facts.note).toBe("See also v2. The built-in edition names only some of the authors.");
});

test("a venue without a year is only a venue, and another edition may be named", async () => {
  const record = await recordOf({ venue: "Neural Networks" }, { date: "2025-04-01" });
  expect(record.facts.venue).toBe("Neural Networks");
  expect(record.facts).not.toHaveProperty("year");
  expect(record.entry!.edition).toBe("2025-04-01");
});
