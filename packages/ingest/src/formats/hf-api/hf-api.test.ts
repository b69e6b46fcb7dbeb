import { expect, test } from "vitest";
import { importText } from "../../testing.ts";

const paper = (number: number, changes: object = {}) => ({
  id: `2503.0000${number}`,
  title: `Paper ${number}`,
  summary: "What it says.",
  authors: [{ name: "Ada A.", hidden: false }],
  publishedAt: "2025-03-27T17:59:51.000Z",
  submittedOnDailyAt: "2025-03-28T01:02:30.945Z",
  submittedOnDailyBy: { user: "carla", fullname: "Carla C." },
  upvotes: 5,
  ...changes,
});
const item = (number: number, changes: object = {}) => ({
  paper: paper(number, changes),
  publishedAt: "2025-03-27T13:59:51.000Z",
  title: `Paper ${number}`,
  numComments: 3,
  submittedBy: { name: "carla", fullname: "Carla C." },
});

test("a list, indented or not, or one item per line: the same records", async () => {
  const items = [item(1), item(2)];
  const lines = items.map((item) => `${JSON.stringify(item)}\n`).join("");
  const read = await Promise.all(
    [JSON.stringify(items), JSON.stringify(items, null, 1), lines].map((text) => importText(text)),
  );
  for (const { summary, records } of read) {
    expect(summary).toMatchObject({ format: "hf-api", read: 2, refused: 0 });
    expect(records).toEqual(read[0]!.records);
  }
  expect(read[0]!.records[1]).toEqual({
    identifiers: [{ scheme: "arxiv", value: "2503.00002" }],
    facts: {
      title: "Paper 2",
      abstract: "What it says.",
      authors: [{ name: "Ada A." }],
      publishedAt: "2025-03-27T17:59:51.000Z",
      publishedPrecision: "instant",
    },
    entry: {
      edition: "2025-03-28",
      position: 2,
      submittedAt: "2025-03-28T01:02:30.945Z",
      submittedBy: { name: "carla", fullname: "Carla C." },
      upvotes: 5,
      numComments: 3,
    },
    asOf: "2025-03-28T18:00:00.000Z",
  });
});

test("a single paper with what is linked to it", async () => {
  const linked = {
    linkedModels: [{ id: "owner/model", likes: 3 }, { id: "../../evil?x" }],
    linkedDatasets: [{ id: "owner/data" }],
    linkedSpaces: [{ id: "owner/space" }],
    githubRepo: "https://github.com/a/b",
    githubStars: 0,
    organization: { name: "lab", fullname: "The Lab" },
  };
  const { records } = await importText(JSON.stringify(paper(1, linked), null, 2));
  expect(records[0]!.facts).toMatchObject({
    organization: { name: "lab", fullname: "The Lab" },
    links: [
      { kind: "code", url: "https://github.com/a/b", stars: 0 },
      { kind: "model", url: "https://huggingface.co/owner/model", label: "owner/model" },
      { kind: "dataset", url: "https://huggingface.co/datasets/owner/data", label: "owner/data" },
      { kind: "demo", url: "https://huggingface.co/spaces/owner/space", label: "owner/space" },
    ],
  });
});

test.each([
  [{ ai_summary: "In short." }, { text: "In short.", source: "Hugging Face", generated: true }],
  [
    { aiSummary: "In short.", ai_summary_model: "some/model" },
    { text: "In short.", source: "Hugging Face", generated: true, model: "some/model" },
  ],
])("a summary names who wrote it: %j", async (changes, summary) => {
  const { records } = await importText(JSON.stringify([item(1, changes)]));
  expect(records[0]!.facts.summary).toEqual(summary);
});

test("only proven claims count, hidden authors stay hidden", async () => {
  const authors = [
    { name: "Ada", status: "claimed_verified", user: { user: "ada" } },
    { name: "Ben", status: "extracted_pending", user: { user: "ben" } },
    { name: "Eve", status: "admin_assigned", user: { name: "eve" } },
    { name: "Max", hidden: true },
  ];
  const { records } = await importText(JSON.stringify([item(1, { authors })]));
  expect(records[0]!.facts.authors).toEqual([
    { name: "Ada", claimedBy: "ada" },
    { name: "Ben" },
    { name: "Eve", claimedBy: "eve" },
  ]);
});

test("a paper that was in no edition has no entry, unless the edition is given", async () => {
  const answer = JSON.stringify([item(1, { submittedOnDailyAt: undefined })]);
  expect((await importText(answer)).records[0]).not.toHaveProperty("entry");
  const { records } = await importText(answer, { date: "2025-03-31" });
  expect(records[0]!.entry).toMatchObject({ edition: "2025-03-31", position: 1 });
});

test("the date outside `paper` is not when the paper was published", async () => {
  const { records } = await importText(JSON.stringify([item(1, { publishedAt: undefined })]));
  expect(records[0]!.facts).not.toHaveProperty("publishedAt");
});

test("a list that is cut short keeps its whole items", async () => {
  const text = JSON.stringify([item(1), item(2), item(3)], null, 1);
  const { summary, records } = await importText(text.slice(0, -200));
  expect(records).toHaveLength(2);
  expect(summary.refusals[0]!.reason).toBe("The input ends inside this item.");
});

test.each([
  [{ id: undefined }, '"paper.id" is missing.'],
  [{ upvotes: {} }, '"paper.upvotes" should be a number, but is an object.'],
  [{ linkedModels: [{}] }, '"paper.linkedModels.0.id" is missing.'],
])("%j is refused", async (changes, reason) => {
  const { summary, records } = await importText(JSON.stringify([item(1), item(2, changes)]));
  expect(records).toHaveLength(1);
  expect(summary.refusals).toEqual([{ line: 1, reason }]);
});

test("what another Paperwire says beyond Hugging Face comes along; its own ids name nothing here", async () => {
  const more = {
    id: "01JXYZ0123456789ABCDEFGHJK",
    venue: "Meeting of 2026",
    categories: ["cs.CL", "cs.LG"],
    links: [
      { kind: "code", url: "https://github.com/a/b", stars: 3 },
      { kind: "code", url: "javascript:alert(1)" },
      { kind: "script", url: "https://example.org/x" },
    ],
    githubRepo: "https://github.com/a/b",
    notices: [{ kind: "retracted", source: "Crossref", date: "2026-11-01", url: "javascript:alert(1)" }],
  };
  const { records } = await importText(JSON.stringify([item(1, more)]));
  expect(records[0]).toMatchObject({
    identifiers: [],
    facts: {
      venue: "Meeting of 2026",
      primaryCategory: "cs.CL",
      categories: ["cs.CL", "cs.LG"],
      links: [{ kind: "code", url: "https://github.com/a/b", stars: 3 }],
      notices: [{ kind: "retracted", source: "Crossref", date: "2026-11-01" }],
    },
  });
  expect(records[0]!.facts.notices![0]).not.toHaveProperty("url");
});
