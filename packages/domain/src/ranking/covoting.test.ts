import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crowdChance, evidenceOf, mostHabits, pairChance, ratioOf, shareOf } from "./covoting.ts";

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

const told = (shorter: number, own: number, others: number, share: number) =>
  evidenceOf(ratioOf(shorter, { papers: 3_000, own, share }, others), "some");

describe("papers in common", () => {
  it("tell nothing where both are at home, and much where neither ever votes", () => {
    expect(told(60, 60, 60, shareOf({ votes: 100, total: 10_000, papers: 1_000 }))).toBeLessThan(0.05);
    expect(told(30, 1, 1, shareOf({ votes: 3, total: 10_000, papers: 1_000 }))).toBeGreaterThan(6);
  });

  it("tell little of those who read all of a field, however few others chose the paper", () => {
    expect(told(200, 200, 200, shareOf({ votes: 1, total: 10_000, papers: 400 }))).toBeLessThan(0.15);
  });

  it("tell less the more everybody chose them, and the more both choose", () => {
    fc.assert(
      fc.property(number(1, 500), number(1, 500), number(1e-4, 0.4), number(1, 500), (shorter, own, share, others) => {
        const choice = { papers: 1_000, own, share };
        const ratio = ratioOf(shorter, choice, others);
        expect(evidenceOf(ratio, "all")).toBeGreaterThan(evidenceOf(ratio, "some"));
        expect(ratioOf(shorter, { ...choice, share: share * 2 }, others)).toBeLessThan(ratio);
        expect(ratioOf(shorter, choice, others * 2)).toBeLessThan(ratio);
        // What is passed over tells next to nothing.
        if (others > mostHabits(shorter, choice)) expect(evidenceOf(ratio, "some")).toBeLessThan(0.05);
      }),
    );
  });

  it("share out a field's votes among its papers", () => {
    const votes = [0, 3, 17, 80];
    const shares = votes.map((each) => shareOf({ votes: each, total: 100, papers: 4 }));
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });
});

const NONE = { some: 0, all: 0, shorter: 0, invited: false };

describe("the chance that two act as one", () => {
  it("is small before anything is known, larger by an invitation, and grows to nearly 1", () => {
    expect(pairChance(NONE)).toBeLessThan(0.01);
    expect(pairChance({ ...NONE, invited: true })).toBeGreaterThan(pairChance(NONE));
    expect(pairChance({ ...NONE, some: 12, shorter: 10 })).toBeGreaterThan(0.99);
    expect(pairChance({ ...NONE, all: 22, shorter: 10 })).toBeGreaterThan(0.99);
  });

  it("sinks where they should have shared more, and rises with accomplices in common", () => {
    const some = { ...NONE, some: 5, shorter: 10 };
    expect(pairChance({ ...some, shorter: 40 })).toBeLessThan(pairChance(some));
    expect(crowdChance(some, () => 2)).toBeGreaterThan(crowdChance(some, () => 0));
    expect(crowdChance({ ...some, shorter: 200 }, () => 99)).toBe(0);
  });
});
