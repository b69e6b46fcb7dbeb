import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { authorList, authorOverlap } from "./author-match.ts";
import { createDuplicateFinder } from "./duplicate-finder.ts";
import { aboutWord, mainTitles, numbersIn, plainTitle, withoutCopyMark } from "./plain-title.ts";
import { judgePair, sketchWork, type WorkText } from "./same-work.ts";
import { judgedPairs } from "./testdata/pairs.ts";
import { WORKS } from "./testdata/works.ts";

const PAIRS = judgedPairs();
const judge = (first: WorkText, second: WorkText) => judgePair(sketchWork(first), sketchWork(second));

describe("on pairs that a person judged", () => {
  const judged = PAIRS.map((pair) => ({ ...pair, verdict: judge(pair.first, pair.second).verdict }));

  it("finds nearly every pair of one work, and calls no other pair the same", () => {
    const said = judged.filter(({ verdict }) => verdict === "same");
    const right = said.filter(({ isSame }) => isSame).length;
    const missed = judged.filter(({ isSame, verdict }) => isSame && verdict !== "same");
    expect(PAIRS.length).toBeGreaterThanOrEqual(300);
    expect(said.length - right).toBe(0);
    expect((2 * right) / (2 * right + missed.length + said.length - right)).toBeGreaterThanOrEqual(0.98);
  });

  it("says the same whichever comes first", () => {
    for (const { first, second } of PAIRS) expect(judge(second, first)).toEqual(judge(first, second));
  });

  it("never merges two ids of one catalogue, whatever the texts say", () => {
    for (const { first, second } of PAIRS) {
      const verdict = judge({ ...first, arxivId: "2501.00001" }, { ...second, arxivId: "2501.00002" }).verdict;
      expect(verdict).not.toBe("same");
    }
  });

  it("leaves papers of one group at two venues to a person, however alike their abstracts are", () => {
    const { title, retitled, ...rest } = WORKS[2]!;
    const [first, second] = [
      { ...rest, title },
      { ...rest, title: retitled, venue: "IROS", year: rest.year + 1 },
    ];
    expect(judge(first, second)).toMatchObject({ verdict: "likely", evidence: { against: "venues" } });
    expect(judge({ ...first, venue: "arXiv" }, second).verdict).toBe("same");
  });
});

describe("the finder", () => {
  it("finds without comparing all with all what comparing all with all finds", () => {
    const works = PAIRS.filter((_, at) => at % 3 === 0).flatMap(({ first, second }) => [first, second]);
    const finder = createDuplicateFinder();
    for (const [at, work] of works.entries()) finder.add(String(at).padStart(4, "0"), work);
    const found = new Set(
      finder
        .find()
        .filter(({ verdict }) => verdict === "same")
        .map(({ first, second }) => `${first} ${second}`),
    );
    const sketches = works.map(sketchWork);
    const slow: string[] = [];
    for (let a = 0; a < works.length; a++) {
      for (let b = a + 1; b < works.length; b++) {
        if (judgePair(sketches[a]!, sketches[b]!).verdict !== "same") continue;
        slow.push(`${String(a).padStart(4, "0")} ${String(b).padStart(4, "0")}`);
      }
    }
    for (const pair of found) expect(slow).toContain(pair);
    expect(slow.filter((pair) => found.has(pair)).length / slow.length).toBeGreaterThan(0.99);
  });

  it("tells how far it is, up to the end", () => {
    const finder = createDuplicateFinder();
    for (const [at, work] of WORKS.entries()) finder.add(String(at), work);
    const shares: number[] = [];
    expect(finder.find((done) => void shares.push(done))).toEqual([]);
    expect(shares.length).toBeGreaterThan(10);
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
  });
});

describe("titles", () => {
  it.each([
    ["Bounds on $\\alpha$-Lazy Walks in $O(n)$", "Bounds on α-lazy walks in O(n)"],
    ["Schr\\\"odinger's Cat \\& Dog", "Schrödinger’s cat & dog"],
    ["\\textbf{Bold} claims at $\\nu=2/3$", "Bold Claims at ν = 2/3"],
    ["Pre–trained Models", "pre-trained models"],
  ])("%s is %s", (a, b) => {
    expect(plainTitle(a)).toBe(plainTitle(b));
  });

  it("know their subtitles, copies and what they are about", () => {
    expect(mainTitles("Here? There: A Study: Part II")).toEqual(["here", "here there", "here there a study"]);
    expect(mainTitles("No subtitle here")).toEqual([]);
    expect(withoutCopyMark("A Title (Extended Version)")).toBe("A Title");
    expect(aboutWord("Erratum to: A Title")).toBe(aboutWord("erratum to - A Title"));
    expect(aboutWord("Commenting Code")).toBe("");
  });

  it.each([
    ["gpt 4 and part ii", "2 4"],
    ["two robots one rope", "2"],
    ["nerf plus", "+"],
    ["part one", "1"],
    ["all in one", ""],
    ["henry viii", "8"],
  ])("count in %s: %s", (title, numbers) => {
    expect(numbersIn(title)).toBe(numbers);
  });
});

describe("authors", () => {
  it.each([
    ["Jürgen Müller", "Muller, Jurgen"],
    ["J. Müller", "Jürgen Müller"],
    ["Wei Li", "Li Wei"],
    ["Mona T. Diab", "Mona Diab"],
    ["Yun-Hui Liu", "Yunhui Liu"],
  ])("%s may be %s", (a, b) => {
    expect(authorOverlap(authorList([a]), authorList([b])).shared).toBe(1);
    expect(authorOverlap(authorList([b]), authorList([a])).shared).toBe(1);
  });

  it.each([
    ["Jürgen Müller", "Katrin Müller"],
    ["Wei Li", "Wei Liu"],
    ["A. Smith", "B. Smith"],
    ["", "Wei Li"],
  ])("%s is not %s", (a, b) => {
    expect(authorOverlap(authorList([a]), authorList([b])).shared).toBe(0);
  });

  it("never count a name twice", () => {
    const name = fc.constantFrom("Ada A. Author", "A. Author", "Author, Ada", "Ben Bauer", "Bauer Ben");
    fc.assert(
      fc.property(fc.array(name, { maxLength: 6 }), fc.array(name, { maxLength: 6 }), (a, b) => {
        const { shared, least, most } = authorOverlap(authorList(a), authorList(b));
        expect(shared).toBeLessThanOrEqual(least);
        expect([least, most]).toEqual([Math.min(a.length, b.length), Math.max(a.length, b.length)]);
      }),
    );
  });
});
