/** BibTeX entries, read back by a parser that is not ours. */
import { Cite } from "@citation-js/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import "@citation-js/plugin-bibtex";
import { listToBibtex, toBibtex } from "./bibtex.ts";
import { ATTENTION, paperWith } from "./testing.ts";

const readBack = (bibtex: string) => new Cite(bibtex).data;

test("an arXiv paper has the fields arXiv exports itself", () => {
  expect(toBibtex(ATTENTION)).toBe(`@misc{vaswani2017attention,
  title = {Attention Is All You Need},
  author = {Vaswani, Ashish and Kaiser, Łukasz and Polosukhin, Illia},
  year = {2017},
  month = jun,
  eprint = {1706.03762},
  archivePrefix = {arXiv},
  primaryClass = {cs.CL},
  doi = {10.48550/arXiv.1706.03762},
  url = {https://arxiv.org/abs/1706.03762},
}
`);
});

test("a conference paper has a book title, the conference's year and no month", () => {
  const bibtex = toBibtex(paperWith({ venue: "NeurIPS 2018" }));
  expect(bibtex).toContain("@inproceedings{vaswani2018attention,");
  expect(bibtex).toContain("  booktitle = {NeurIPS 2018},\n  year = {2018},\n  eprint");
  expect(readBack(bibtex)[0]).toMatchObject({ type: "paper-conference", "container-title": "NeurIPS 2018" });
});

test("a journal paper is an article", () => {
  expect(toBibtex(paperWith({ venue: "TMLR", year: 2024 }))).toMatch(/^@article\{vaswani2024[^]*journal = \{TMLR\}/);
});

test("doubts are said in the note, and an unverified identifier claims no DOI", () => {
  const bibtex = toBibtex(paperWith({ unverified: ["id", "published"] }));
  expect(bibtex).toContain("note = {identifier not verified; date of publication not verified}");
  expect(bibtex).not.toContain("doi");
});

test.each([
  ["DART$^3$: a Test", "{DART}{$^3$}: a Test"],
  ["Open-Sora: Video Models in $200k", "Open-Sora: Video Models in \\$200k"],
  ["GPT-4 & 100% of a_b", "{GPT-4} \\& 100\\% of a\\_b"],
  ["Prefill \\& Decode", "Prefill \\& Decode"],
  ["Multi-Modal 3D", "Multi-Modal {3D}"],
  ["π-Bench for ConvLLaVA", "$\\pi$-Bench for {ConvLLaVA}"],
  ["$α$-Mutual Information", "{$\\alpha $}-Mutual Information"],
  ["Über 中文 naïve Ideen", "Über 中文 naïve Ideen"],
  ["τὰ ελληνικά, α and β", "τὰ ελληνικά, $\\alpha$ and $\\beta$"],
])("the title %j becomes %j", (title, tex) => {
  expect(toBibtex(paperWith({ title }))).toContain(`  title = {${tex}},\n`);
});

test.each([
  "$\\input{/etc/passwd}$",
  "\\write18{rm -rf /}",
  "$\\immediate\\write18{ls}$",
  "$^^5cinput x$",
  "}, evil = {x",
])("the title %j is printed, never obeyed", (title) => {
  const bibtex = toBibtex(paperWith({ title }));
  expect(bibtex).not.toMatch(/\\(?:input|write|immediate)|\^\^|evil = \{x/);
  expect(readBack(bibtex)[0]).toMatchObject({ title });
});

test("names keep particles, suffixes and teams through a foreign parser", () => {
  const names = ["Wil van der Aalst", "Martin Luther King Jr.", "Kimi Team", "Jürgen Müller", "Research and Fun Group"];
  const [item] = readBack(toBibtex(paperWith({ authors: names.map((name) => ({ name })) })));
  expect(item!.author).toEqual([
    { given: "Wil", "non-dropping-particle": "van der", family: "Aalst" },
    { given: "Martin Luther", family: "King", suffix: "Jr." },
    { family: "Kimi Team" },
    { given: "Jürgen", family: "Müller" },
    { family: "Research and Fun Group" },
  ]);
});

test("any title of letters and special characters survives the trip", () => {
  const character = fc.constantFrom(..."abcXYZ 0189éüßøŁ中文&%#_{}^\\~()[]:;,.!?/*+=|@<>");
  fc.assert(
    fc.property(fc.array(character, { minLength: 1, maxLength: 60 }), (characters) => {
      const title = characters.join("").replace(/\s+/g, " ").trim();
      fc.pre(title !== "" && !/\\[&%$#_{}]|[?!]`|<\/?[a-z]/.test(title));
      expect(readBack(toBibtex(paperWith({ title })))).toMatchObject([{ title }]);
    }),
    { numRuns: 300 },
  );
});

test("any text whatever leaves one well-formed entry", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), fc.string({ maxLength: 30 }), (title, name) => {
      const bibtex = toBibtex(paperWith({ title, authors: [{ name }], venue: name }));
      const depth = [...bibtex].reduce((sum, char) => sum + (char === "{" ? 1 : char === "}" ? -1 : 0), 0);
      expect(depth).toBe(0);
      expect(bibtex).toMatch(/^@\w+\{[a-z0-9-]+,\n(?: {2}[a-zA-Z]+ = .*,\n)+\}\n$/);
    }),
    { numRuns: 500 },
  );
});

test("a list gives every paper a key of its own", () => {
  const bibtex = listToBibtex([ATTENTION, paperWith({ id: "1706.99999" })]);
  expect(bibtex.match(/^@misc\{.*$/gm)).toEqual([
    "@misc{vaswani2017attention,",
    "@misc{vaswani2017attention-170699999,",
  ]);
  expect(readBack(bibtex)).toHaveLength(2);
});
