import { describe, expect, it } from "vitest";
import { independence } from "./independence.ts";

const all = (count: number, value: number) => {
  const ids = Array.from({ length: count }, (_, n) => n);
  return new Map(ids.map((one) => [one, new Map(ids.filter((other) => other !== one).map((other) => [other, value]))]));
};
const ids = (count: number) => Array.from({ length: count }, (_, n) => n);

describe("what a vote counts in company", () => {
  it("is one where a lab of four looks alike by its choices alone, and next to nothing where ten do", () => {
    const kept = (count: number) => independence(ids(count), { pairs: new Map(), crowds: all(count, 1) })[0]!;
    expect(kept(4)).toBe(1);
    expect(kept(6)).toBeGreaterThan(0.15);
    expect(kept(10)).toBeLessThan(1e-4);
  });

  it("falls at once where they are alike in time, too", () => {
    const kept = (count: number) => independence(ids(count), { pairs: all(count, 1), crowds: new Map() })[0]!;
    expect(kept(1)).toBe(1);
    expect(kept(2)).toBeCloseTo(Math.exp(-1 / 1.7), 12);
  });

  it("looks only at who is there", () => {
    expect(independence([1], { pairs: all(9, 1), crowds: all(9, 1) })).toEqual([1]);
  });
});
