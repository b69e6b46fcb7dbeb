/** Markdown of a paper and of a list. */
import type { EditionEntry } from "@paperwire/domain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { listToMarkdown, paperToMarkdown } from "./markdown.ts";
import { escapeLine, escapeParagraphs, link } from "./markdown-text.ts";
import { paperWith } from "./testing.ts";

const BASE = { baseUrl: "https://papers.example.org" };
const ENTRY: EditionEntry = {
  edition: "2025-03-28",
  place: 3,
  submittedAt: null,
  submittedBy: { name: "ada", fullname: "Ada L." },
  upvotes: 1,
  numComments: 2,
};

test("a paper says who, when, where, and how to cite it", () => {
  const text = paperToMarkdown(paperWith({ abstract: "First.\n\nSecond." }), [ENTRY], BASE);
  expect(text).toMatch(/^# Attention Is All You Need\n\n- \*\*Authors:\*\* Ashish Vaswani, Łukasz Kaiser/);
  expect(text).toContain("- **Published:** 2017-06-12\n- **Identifier:** 1706.03762\n");
  expect(text).toContain("## Abstract\n\nFirst.\n\nSecond.\n");
  expect(text).toContain(
    "[2025-03-28](https://papers.example.org/date/2025-03-28): place 3, 1 upvote, 2 comments, submitted by Ada L.",
  );
  expect(text).toContain("```bibtex\n@misc{vaswani2017attention,");
  expect(text.endsWith("```\n")).toBe(true);
});

test("facts that nobody checked say so beside the value", () => {
  const text = paperToMarkdown(paperWith({ unverified: ["id", "published"] }), [], BASE);
  expect(text).toContain("- **Published:** 2017-06-12 (not verified)\n- **Identifier:** 1706.03762 (not verified)\n");
});

test("a summary names its author, and a language model as such", () => {
  const summary = { text: "Short.", source: "Example", generated: true, model: "some-model" };
  const credit = "Written by a language model, some-model; source: Example";
  expect(paperToMarkdown(paperWith({ summary }), [], BASE)).toContain(`## Summary\n\nShort.\n\n*${credit}*`);
  expect(listToMarkdown({ title: "T", items: [{ paper: paperWith({ summary }), entry: null }], ...BASE })).toContain(
    credit,
  );
});

test("a list has one section per paper, in order, with its links", () => {
  const code = { kind: "code", url: "https://github.com/a/b", stars: 5 } as const;
  const items = [
    { paper: paperWith({ links: [code] }), entry: ENTRY },
    { paper: paperWith({ id: "hep-th/9901001", title: "Old" }), entry: null },
  ];
  const text = listToMarkdown({ title: "Edition", intro: "Two papers.", items, ...BASE });
  expect(text).toMatch(
    /^# Edition\n\nTwo papers\.\n\n## 1\. \[Attention Is All You Need\]\(https:\/\/papers\.example\.org\/papers\/1706\.03762\)\n/,
  );
  expect(text).toContain("[Code](https://github.com/a/b) (5 stars)");
  expect(text).toContain("## 2. [Old](https://papers.example.org/papers/hep-th/9901001)");
  expect(listToMarkdown({ title: "Empty", items: [], ...BASE })).toBe("# Empty\n\nNo papers.\n");
});

test.each([
  ["# not a heading", "\\# not a heading"],
  ["- item", "\\- item"],
  ["1. first", "1\\. first"],
  ["> quote", "\\> quote"],
  ["<script>alert(1)</script>", "\\<script>alert(1)\\</script>"],
  ["[a](javascript:b) ![x](y)", "\\[a\\](javascript:b) !\\[x\\](y)"],
  ["*bold* and `code`", "\\*bold\\* and \\`code\\`"],
  ["snake_case stays, _this_ does not", "snake_case stays, \\_this\\_ does not"],
  ["R&D &amp; &copy", "R&D \\&amp; &copy"],
  ["$a_1 * b_2$ is a formula, $5 is money", "$a_1 * b_2$ is a formula, $5 is money"],
  ["$<img>$", "$\\<img>$"],
  ["two\nlines\u0007", "two lines"],
])("%j is written %j", (text, markdown) => {
  expect(escapeLine(text)).toBe(markdown);
});

test("a link goes to the web or to this site, anything else is only words", () => {
  expect(link("a]b", "https://example.org/(x) y")).toBe("[a\\]b](https://example.org/%28x%29%20y)");
  expect(link("a", "javascript:alert(1)")).toBe("a");
  expect(link("a", "//evil.example")).toBe("a");
});

test("no text at all opens a tag, a link or a block of its own", () => {
  const unit = fc.constantFrom(..."ab #*_`[]()<>!-+1.\n\r\t~=|&;\\$");
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 40 }), (text) => {
      for (const paragraph of escapeParagraphs(text).split("\n\n")) {
        const bare = paragraph.replace(/\\[!-/:-@[-`{-~]/g, "x");
        expect(bare).not.toMatch(/[<`]|\]\(|^(?:#{1,6} |[-+] |\d+[.)] |>|===|---)|\n/);
      }
    }),
    { numRuns: 1000 },
  );
});
