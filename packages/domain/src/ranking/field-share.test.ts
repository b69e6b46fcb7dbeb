import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fieldShare, type Judged } from "./field-share.ts";

const field = (name: string, scores: readonly number[]): Judged[] => scores.map((score) => ({ field: name, score }));
/** Evenly from 2 down to -2, moved by `more`. */
const even = (papers: number, more = 0) => Array.from({ length: papers }, (_, n) => 2 - (4 * n) / (papers - 1) + more);
const moved = (papers: readonly Judged[], of?: Parameters<typeof fieldShare>[1]) => {
  const share = fieldShare(papers, of);
  return papers.map((paper) => ({ ...paper, part: share(paper), score: paper.score + share(paper) }));
};
const firstOf = (papers: readonly Judged[], name: string, places = 20) =>
  papers.toSorted((a, b) => b.score - a.score).filter((one, at) => one.field === name && at < places).length;

const score = fc.double({ min: -9, max: 9, noNaN: true });
const anyPapers = fc.array(fc.record({ field: fc.constantFrom("", "cs.LG", "math.CV", "__proto__"), score }), {
  minLength: 1,
  maxLength: 40,
});

describe("the share of a field", () => {
  it("brings a field that looks too good, or too bad, nearer to its part of the papers", () => {
    const big = field("cs.CV", even(150));
    for (const more of [0.6, -0.6]) {
      const all = [...big, ...field("cs.IR", even(50, more))];
      const [before, after] = [firstOf(all, "cs.IR"), firstOf(moved(all), "cs.IR")];
      expect(Math.abs(before - 5)).toBeGreaterThan(2);
      expect(Math.abs(after - 5)).toBeLessThan(Math.abs(before - 5));
    }
  });

  it("leaves fields that are alike, and a field alone, exactly as they are", () => {
    const scores = [3, 1, 1, 0.25, 0, 0, 0, -2];
    for (const papers of [field("a", scores), [...field("a", scores), ...field("b", scores)]]) {
      for (const { part } of moved(papers)) expect(part).toBe(0);
    }
  });

  it("believes a few papers that they are all good, and many less", () => {
    const big = field("cs.CV", even(200));
    const part = (papers: number) => moved([...field("x", Array(papers).fill(2)), ...big])[0]!.part;
    expect(part(1)).toBeLessThan(0);
    expect(part(1)).toBeGreaterThan(-0.25);
    expect(part(50)).toBeLessThan(2 * part(1));
  });

  it("is half of the way to the same quantile of all, less in small fields", () => {
    // 2 at the place of 0.75, a quarter of the way from 2 to 1; half of it, times 2/7.
    const [first, alone, last] = moved([...field("a", [2]), ...field("b", [1]), ...field("a", [0])]);
    expect(first!.part).toBeCloseTo((-0.25 * 0.5 * 2) / 7, 9);
    expect(alone!.part).toBe(0);
    expect(last!.part).toBeCloseTo((0.25 * 0.5 * 2) / 7, 9);
  });

  it("counts the papers that were not compared, too", () => {
    const all = [...field("cs.CV", even(40)), ...field("math.CV", [1.5, 1.2, 1, 0.8])];
    const best = (of?: Parameters<typeof fieldShare>[1]) => moved(all, of).find((one) => one.field === "math.CV")!.part;
    expect(best(new Map([["math.CV", 40]]))).toBeGreaterThan(best() + 0.1);
    expect(best(new Map([["math.CV", 1]]))).toBe(best());
  });

  it("keeps the order within a field, and never moves beyond the best and the worst", () => {
    fc.assert(
      fc.property(anyPapers, (papers) => {
        const all = moved(papers);
        const scores = papers.map((one) => one.score);
        for (const [at, one] of all.entries()) {
          expect(one.score).toBeLessThanOrEqual(Math.max(...scores) + 1e-8);
          expect(one.score).toBeGreaterThanOrEqual(Math.min(...scores) - 1e-8);
          for (const [beside, other] of all.entries()) {
            if (one.field !== other.field || papers[at]!.score <= papers[beside]!.score) continue;
            expect(one.score).toBeGreaterThan(other.score - 1e-8);
          }
        }
      }),
    );
  });

  it("never gives another paper more of a gain than the one that gained", () => {
    // The best of a busy field is expected to do as well as the best of all, which is of the other field here.
    const best: [Judged[], number] = [[...field("math.CV", even(40, 1)), ...field("cs.LG", even(200))], 2];
    fc.assert(
      fc.property(anyPapers, fc.double({ min: 0, max: 5, noNaN: true }), (papers, gain) => {
        const before = moved(papers);
        const after = moved(papers.map((one, at) => (at === 0 ? { ...one, score: one.score + gain } : one)));
        const gained = after.map((one, at) => one.score - before[at]!.score);
        expect(gained[0]).toBeGreaterThanOrEqual(-1e-8);
        for (const lent of gained) expect(gained[0]).toBeGreaterThanOrEqual(lent - 1e-8);
      }),
      { examples: [best] },
    );
  });

  it("is the same in any order, and for equal papers", () => {
    fc.assert(
      fc.property(anyPapers, (papers) => {
        const [share, again] = [fieldShare(papers), fieldShare(papers.toReversed())];
        for (const paper of papers) expect(again({ ...paper })).toBe(share(paper));
      }),
    );
  });
});
