import { expect, test } from "vitest";
import { importText } from "../../testing.ts";

const line = (changes: object = {}) =>
  `${JSON.stringify({ edition: "2025-03-28", id: "2503.00001v2", title: "One", ...changes })}\n`;

test("an entry becomes a record with its place, its votes and who put it forward", async () => {
  const { records, summary } = await importText(
    line({
      abstract: "What\nit says.",
      authors: [{ name: "Ada A.", claimed: "ada" }, { name: "Ben  B." }, { name: " " }],
      publishedAt: "2025-03-27T17:59:51.000Z",
      submittedAt: "2025-03-27T13:59:51.000Z",
      submittedOnDailyAt: "2025-03-28T01:02:30.945Z",
      submittedBy: "carla",
      upvotes: 0,
      numComments: 2,
      githubRepo: "https://github.com/a/b",
      githubStars: 7,
      projectPage: "javascript:alert(1)",
      aiSummary: "In short.",
      aiKeywords: ["one", "two"],
      organization: "A University",
    }),
  );
  expect(summary).toMatchObject({ format: "hf-entries", refused: 0 });
  expect(records).toEqual([
    {
      identifiers: [{ scheme: "arxiv", value: "2503.00001" }],
      facts: {
        title: "One",
        abstract: "What it says.",
        authors: [{ name: "Ada A.", claimedBy: "ada" }, { name: "Ben B." }],
        publishedAt: "2025-03-27T17:59:51.000Z",
        publishedPrecision: "instant",
        summary: { text: "In short.", source: "Hugging Face", generated: true },
        keywords: ["one", "two"],
        links: [{ kind: "code", url: "https://github.com/a/b", stars: 7 }],
        organization: { name: "A University", fullname: "A University" },
      },
      entry: {
        edition: "2025-03-28",
        position: 1,
        submittedAt: "2025-03-28T01:02:30.945Z",
        submittedBy: { name: "carla", fullname: "carla" },
        upvotes: 0,
        numComments: 2,
      },
      asOf: "2025-03-28T12:00:00.000Z",
    },
  ]);
});

test("places are counted per edition, and a refused line takes none", async () => {
  const { records } = await importText(
    line() + line({ upvotes: -1 }) + line({ id: "nonsense" }) + line({ edition: "2025-03-31" }) + line(),
  );
  expect(records.map(({ entry }) => [entry!.edition, entry!.position])).toEqual([
    ["2025-03-28", 1],
    ["2025-03-31", 1],
    ["2025-03-28", 2],
  ]);
});

test("a submission before publication is not believed", async () => {
  const publishedAt = "2025-03-27T17:59:51.000Z";
  const { records } = await importText(
    line({ publishedAt, submittedAt: "2025-03-27T13:59:51.000Z" }) +
      line({ publishedAt, submittedAt: "2025-03-28T03:00:00.000Z" }),
  );
  expect(records.map(({ entry }) => entry!.submittedAt)).toEqual([undefined, "2025-03-28T03:00:00.000Z"]);
});

test.each([
  [{ edition: "2025-02-30" }, '"edition" is not a day of the calendar, such as 2025-03-28.'],
  [{ publishedAt: "2025-02-30T00:00:00Z" }, '"publishedAt" is not an instant, such as 2025-03-28T12:30:00Z.'],
  [{ upvotes: "many" }, '"upvotes" should be a number, but is a text.'],
  [{ upvotes: -1 }, '"upvotes" is not a whole number from 0 to 1,000,000,000.'],
  [{ upvotes: 1.5 }, '"upvotes" is not a whole number from 0 to 1,000,000,000.'],
  [{ authors: ["Ada"] }, '"authors.0" should be an object, but is a text.'],
  [{ authors: [{ name: "x".repeat(301) }] }, "The name of an author has 301 characters; at most 300 are taken."],
])("%j is refused", async (changes, reason) => {
  const { summary } = await importText(line() + line(changes));
  expect(summary.refusals).toEqual([{ line: 2, reason }]);
});
