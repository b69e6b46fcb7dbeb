/** The analysis against its golden file: a changed line there is a changed index, and needs a reason. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Analyzer, analyze } from "./analyze.ts";
import { hashOfChars, scan } from "./scan.ts";

const CASES_MIN = 500;

type Case = { text: string; expected: string };

function goldenCases(): Case[] {
  const lines = readFileSync(new URL("testdata/analysis-golden.tsv", import.meta.url), "utf8").split("\n");
  return lines
    .filter((line) => line !== "" && !line.startsWith("# "))
    .map((line) => {
      const tab = line.indexOf("\t");
      return { text: JSON.parse(`"${line.slice(0, tab)}"`) as string, expected: line.slice(tab + 1) };
    });
}

function write(text: string): string {
  return analyze(text)
    .map(
      ({ form, stem, extras }) =>
        `${stem === form ? form : `${form}>${stem}`}${extras.length > 0 ? `[${extras.join(",")}]` : ""}`,
    )
    .join(" ");
}

describe("analysis", () => {
  const cases = goldenCases();
  it(`agrees with ${cases.length} cases made by hand`, () => {
    expect(cases.length).toBeGreaterThan(CASES_MIN);
    const different = cases.filter(({ text, expected }) => write(text) !== expected);
    expect(different.map(({ text }) => ({ text, found: write(text) }))).toEqual(
      different.map(({ text, expected }) => ({ text, found: expected })),
    );
  });
  it("gives words in order that lie inside the text, whatever the text", () => {
    const odd = fc.array(
      fc.constantFrom(
        "\\",
        "$",
        "{",
        "}",
        "a",
        "B",
        "2",
        "-",
        ".",
        "v",
        "é",
        "α",
        "深",
        " ",
        "\n",
        "'",
        "http://",
        "10.1000/",
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary", maxLength: 300 }),
          odd.map((parts) => parts.join("")),
        ),
        (text) => {
          let last = 0;
          for (const word of analyze(text)) {
            expect(word.start).toBeGreaterThanOrEqual(last);
            expect(word.end).toBeGreaterThanOrEqual(word.start);
            expect(word.end).toBeLessThanOrEqual(text.length);
            expect(word.form).not.toBe("");
            last = word.start;
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });
  it("takes time in proportion to the text, also where it nests", () => {
    for (const piece of ["$", "\\", "{", "a-", "a.", "1,", '\\"', "$a ", "10.1234/"]) {
      expect(analyze(piece.repeat(20_000)).length).toBeLessThanOrEqual(60_000);
    }
  });
  it("takes time in proportion to a text without a blank and to formulas that never close", () => {
    expect(analyze("a".repeat(1_000_000)).length).toBeLessThan(5_000);
    expect(analyze("\\(a ".repeat(250_000)).length).toBe(250_000);
  });
  it("tells the hash of a chunk right, or not at all", () => {
    const signs = fc.constantFrom(..."aZ09 .,-'&_+#/\\$\né{}");
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 30 }), (characters) => {
        const text = characters.join("");
        scan(text, (start, end, _kind, hash) => expect([0, hashOfChars(text, start, end)]).toContain(hash));
      }),
    );
  });
  it("keeps giving the same words when it has to forget some", () => {
    const text = "retrieval models GPT-4 retrieving DenseNet models of retrieval behaviours";
    expect(analyze(text, new Analyzer(4))).toEqual(analyze(text, new Analyzer(1_000)));
  });
});
