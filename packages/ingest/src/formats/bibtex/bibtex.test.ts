import fc from "fast-check";
import { expect, test } from "vitest";
import { importText, inChunks } from "../../testing.ts";

const ENTRY = `% a library
@string{neurips = {Advances in Neural Information Processing Systems}}
@comment{jabref-meta: grouping}
@InProceedings{vaswani2017attention,
  title     = "{A}ttention Is {\\"A}ll You \\emph{Need}: {$\\alpha_1$} \\& more",
  author    = {Vaswani, Ashish and {\\L}ukasz Kaiser and {The Team} and van der Berg, Jan and King, Jr., Martin and others},
  booktitle = neurips # " 30",
  year      = 2017, month = jun,
  doi       = {10.48550/arXiv.1706.03762},
  eprint    = {1706.03762v5}, archivePrefix = {arXiv}, primaryClass = {cs.CL},
  url       = {https://arxiv.org/abs/1706.03762},
  keywords  = {attention; translation, models},
  abstract  = {We use 5\\% less. See $x_1$ and https://github.com/a/b.}
}
`;

test("an entry comes in with its names, its formulas and its accents", async () => {
  const { summary, records } = await importText(ENTRY);
  expect(summary).toMatchObject({ format: "bibtex", read: 1, refused: 0 });
  expect(records[0]).toEqual({
    identifiers: [{ scheme: "arxiv", value: "1706.03762" }],
    facts: {
      title: "Attention Is Äll You Need: $\\alpha_1$ & more",
      abstract: "We use 5% less. See $x_1$ and https://github.com/a/b.",
      authors: [
        { name: "Ashish Vaswani" },
        { name: "Łukasz Kaiser" },
        { name: "The Team" },
        { name: "Jan van der Berg" },
        { name: "Martin King Jr." },
      ],
      publishedAt: "2017-06-01T00:00:00.000Z",
      publishedPrecision: "year",
      year: 2017,
      venue: "Advances in Neural Information Processing Systems 30",
      primaryCategory: "cs.CL",
      categories: ["cs.CL"],
      keywords: ["attention", "translation", "models"],
    },
    asOf: "2017-06-01T00:00:00.000Z",
  });
});

test("BibLaTeX's own fields, round brackets, no key, a preprint that names arXiv as its journal", async () => {
  const { records } = await importText(
    `@article(
    key1, title={One}, journaltitle={Journal of One}, date={2024-05-06}, doi={https://doi.org/10.1234/ABC})
@misc{, title = {Two}, journal={arXiv preprint arXiv:2503.00001}, year={2025}, note={Code: https://github.com/a/b}}
@online{k, title={Three}, eprint={2503.00002}, eprinttype={arxiv}, eprintclass={cs.LG}, url={https://example.org/three}}`,
  );
  expect(
    records.map(({ identifiers, facts: { venue, links } }) => [identifiers.map(({ value }) => value), venue, links]),
  ).toEqual([
    [["10.1234/abc"], "Journal of One", undefined],
    [["2503.00001"], undefined, [{ kind: "code", url: "https://github.com/a/b" }]],
    [["2503.00002"], undefined, [{ kind: "page", url: "https://example.org/three" }]],
  ]);
});

test("what cannot be read is refused by the line where it begins, and takes nothing with it", async () => {
  const { summary, records } = await importText(
    `@article{a, title={One}, year=2020}
an address, ada@example.org (in a comment)
@article{b, title={Two
  year=2020,
@article{c, title={Three}, year=2020}

@article{d, title={Four} year=2020}
@article{e, year=2020}
@article{f, title={Six}, year=2020`,
  );
  expect(records.map(({ facts }) => facts.title)).toEqual(["One", "Three"]);
  expect(summary.refusals).toEqual([
    { line: 3, reason: "This entry is not closed: a brace is missing." },
    { line: 7, reason: 'This is not BibTeX: expected "rbrace", got "identifier".' },
    { line: 8, reason: "It has no title." },
    { line: 9, reason: "This entry is not closed: a brace is missing." },
  ]);
});

test("the word of a list of references never wins over that of a source", async () => {
  const { records } = await importText("@misc{a, title={One}}");
  expect(records[0]!.asOf).toBe("1900-01-01T00:00:00.000Z");
});

test("however the file comes in pieces, the same records come out", async () => {
  const whole = await importText(ENTRY.repeat(3));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 200 }), async (size) => {
      expect((await importText(inChunks(Buffer.from(ENTRY.repeat(3)), size))).records).toEqual(whole.records);
    }),
    { numRuns: 20 },
  );
});

test("whatever comes, every entry is a record or a refusal, and nothing throws", async () => {
  const part = fc.constantFrom(
    "@article{",
    "k,",
    "title",
    "=",
    "{a}",
    '"b"',
    "}",
    "{",
    "\n",
    ",",
    "#",
    "$x$",
    "\\",
    "@",
    "%",
    "(",
    ")",
    " ",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 40 }), async (parts) => {
      const { summary, records } = await importText(`@misc{x, title={Good}, year=2020}\n${parts.join("")}`);
      expect(summary.read).toBe(records.length + summary.refused);
      expect(records[0]!.facts.title).toBe("Good");
    }),
    { numRuns: 200 },
  );
});
