/** Significance: against full enumeration, and on cases whose answer is known. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareRuns } from "./compare-runs.ts";
import { percentile, summariseLatency } from "./latency.ts";
import { seededRandom } from "./random.ts";
import { adjustHolm, bootstrapInterval, comparePaired } from "./significance.ts";

/** Two-sided p over all 2^n ways to swap. */
function enumerateP(differences: readonly number[]): number {
  const observed = Math.abs(differences.reduce((sum, value) => sum + value, 0));
  let asLarge = 0;
  const ways = 2 ** differences.length;
  for (let way = 0; way < ways; way++) {
    const total = differences.reduce((sum, value, at) => sum + ((way >> at) & 1 ? value : -value), 0);
    if (Math.abs(total) >= observed - 1e-12) asLarge += 1;
  }
  return asLarge / ways;
}

describe("the paired randomisation test", () => {
  it("comes close to trying every way to swap", () => {
    const values = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(values, fc.integer(), (differences, seed) => {
        const zeros = differences.map(() => 0);
        const { p } = comparePaired(differences, zeros, { random: seededRandom(seed) });
        // Five standard errors of 10,000 draws.
        expect(Math.abs(p - enumerateP(differences))).toBeLessThan(0.025);
      }),
      { numRuns: 40 },
    );
  });

  it("counts wins, losses and ties, and repeats itself with the same seed", () => {
    const run = () => comparePaired([1, 2, 3, 0], [0, 2, 4, 0], { random: seededRandom(7), rounds: 500 });
    expect(run()).toMatchObject({ difference: 0, wins: 1, losses: 1, ties: 2, p: 1 });
    expect(run()).toEqual(run());
  });

  it("finds a steady difference in forty queries and never says that chance is impossible", () => {
    const a = Array.from({ length: 40 }, () => 1);
    const { p } = comparePaired(
      a,
      a.map(() => 0.9),
      { random: seededRandom(1) },
    );
    expect(p).toBeCloseTo(1 / 10_001, 12);
  });

  it("refuses lists of different lengths", () => {
    expect(() => comparePaired([1], [], { random: seededRandom(1) })).toThrow(RangeError);
  });
});

describe("two compared runs", () => {
  const perQuery = (values: number[]) => new Map(values.map((value, at) => [`q${at}`, { map: value }]));

  it("are compared over the queries that both have, the largest difference first", () => {
    const pair = { a: perQuery([1, 0.5, 0, 1]), b: perQuery([0, 0.5, 0.25]) };
    const compared = compareRuns(pair, "map", { random: seededRandom(5) });
    expect(compared).toMatchObject({ queries: 3, difference: 0.25, wins: 1, losses: 1, ties: 1 });
    expect(compared.differences).toEqual([
      { query: "q0", difference: 1 },
      { query: "q2", difference: -0.25 },
    ]);
    expect(compared.interval).toEqual({ low: -0.25, high: 1 });
  });

  it("are refused where a query lacks the measure", () => {
    const pair = { a: perQuery([1]), b: perQuery([1]) };
    expect(() => compareRuns(pair, "p@10", { random: seededRandom(5) })).toThrow('"q0" was not measured by "p@10"');
  });
});

describe("the bootstrap interval", () => {
  it("holds the mean and has about the width that theory gives", () => {
    const random = seededRandom(3);
    const values = Array.from({ length: 400 }, () => random());
    const { low, mean, high } = bootstrapInterval(values, { random, rounds: 4000 });
    expect(low).toBeLessThan(mean);
    expect(high).toBeGreaterThan(mean);
    // Uniform values: standard error √(1/12/400), 1.96 of them to each side.
    expect(high - low).toBeCloseTo(2 * 1.96 * Math.sqrt(1 / 12 / 400), 2);
  });

  it("is a point for values that are all the same, and zero for none", () => {
    const options = { random: seededRandom(1), rounds: 100 };
    expect(bootstrapInterval([2, 2, 2], options)).toEqual({ low: 2, mean: 2, high: 2 });
    expect(bootstrapInterval([], options)).toEqual({ low: 0, mean: 0, high: 0 });
  });
});

describe("Holm's correction", () => {
  it("gives the textbook values in the order given", () => {
    expect(adjustHolm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(adjustHolm([0.9, 0.8])).toEqual([1, 1]);
    expect(adjustHolm([])).toEqual([]);
  });
});

describe("seeded randomness", () => {
  it("is even over the unit interval and differs between seeds", () => {
    const random = seededRandom(42);
    const bins = Array.from({ length: 10 }, () => 0);
    for (let draw = 0; draw < 100_000; draw++) bins[Math.floor(random() * 10)] += 1;
    for (const bin of bins) expect(Math.abs(bin - 10_000)).toBeLessThan(500);
    expect(seededRandom(1)()).not.toBe(seededRandom(2)());
  });
});

describe("percentiles", () => {
  it("are times that happened, by nearest rank", () => {
    expect(summariseLatency([4, 1, 3, 2])).toEqual({ meanMs: 2.5, p50Ms: 2, p99Ms: 4 });
    expect(summariseLatency([])).toEqual({ meanMs: 0, p50Ms: 0, p99Ms: 0 });
    expect(
      percentile(
        Float64Array.from({ length: 200 }, (_, at) => at + 1),
        0.99,
      ),
    ).toBe(198);
  });
});
