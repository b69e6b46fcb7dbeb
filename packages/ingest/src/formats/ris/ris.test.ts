import fc from "fast-check";
import { expect, test } from "vitest";
import { importText, inChunks } from "../../testing.ts";

const RECORD = [
  "TY  - CONF",
  "TI  - Attention Is All You Need",
  "AU  - Vaswani, Ashish",
  "AU  - King, Martin Luther, Jr.",
  "AU  - The Team",
  "PY  - 2017",
  "DA  - 2017/06/12",
  "T2  - NeurIPS 2017",
  "DO  - 10.1234/ABC",
  "M1  - arXiv:1706.03762",
  "UR  - https://arxiv.org/abs/1706.03762",
  "UR  - https://github.com/a/b",
  "AB  - One line,",
  "and another.",
  "KW  - attention",
  "KW  - translation",
  "ER  - ",
].join("\r\n");

test("a record comes in with its names, its date and its text over several lines", async () => {
  const { summary, records } = await importText(`Provider: somebody\r\n\r\n${RECORD}\r\n`);
  expect(summary).toMatchObject({ format: "ris", read: 1, refused: 0 });
  expect(records[0]).toEqual({
    identifiers: [
      { scheme: "arxiv", value: "1706.03762" },
      { scheme: "doi", value: "10.1234/abc" },
    ],
    facts: {
      title: "Attention Is All You Need",
      abstract: "One line, and another.",
      authors: [{ name: "Ashish Vaswani" }, { name: "Martin Luther King Jr." }, { name: "The Team" }],
      publishedAt: "2017-06-12T00:00:00.000Z",
      publishedPrecision: "year",
      year: 2017,
      venue: "NeurIPS 2017",
      keywords: ["attention", "translation"],
      links: [{ kind: "code", url: "https://github.com/a/b" }],
    },
    asOf: "2017-06-12T00:00:00.000Z",
  });
});

test("records without end or title are refused by their place", async () => {
  const { summary, records } = await importText(
    "TY  - JOUR\nTI  - One\nER  - \nTY  - JOUR\nTI  - Two\nTY  - JOUR\nT1  - Three\nER  -\nTY  - BOOK\nER  - \nTY  - JOUR\nTI  - Five",
  );
  expect(records.map(({ facts }) => facts.title)).toEqual(["One", "Three"]);
  expect(summary.refusals).toEqual([
    { line: 4, reason: "This record has no end: “ER  - ” is missing." },
    { line: 9, reason: "It has no title." },
    { line: 11, reason: "This record has no end: “ER  - ” is missing." },
  ]);
});

test("however the file comes in pieces, the same records come out", async () => {
  const text = `${RECORD}\r\n\r\n`.repeat(3);
  const whole = await importText(text);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 100 }), async (size) => {
      expect((await importText(inChunks(Buffer.from(text), size))).records).toEqual(whole.records);
    }),
    { numRuns: 20 },
  );
});
