import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BaseRates, baseRates, type RateSample, usualVotes } from "./base-rate.ts";
import type { Candidate } from "./candidate.ts";
import { DEFAULT_DIALS, formatDials, readDials, weightsOf } from "./dials.ts";
import { rankPapers } from "./rank-papers.ts";
import { candidate } from "./testing.ts";

const RATES: BaseRates = {
  all: 8,
  fields: { "cs.LG": 20, "math.CV": 0.5 },
  weekdays: [1, 1, 1, 1, 1, 1, 1],
  shape: 1,
  here: 1,
};
const weights = weightsOf(DEFAULT_DIALS);
const rank = (candidates: readonly Candidate[], change: Partial<Parameters<typeof rankPapers>[1]> = {}) =>
  rankPapers(candidates, { rates: RATES, weights, ...change });
const order = (candidates: readonly Candidate[], change = {}) => rank(candidates, change).map(({ id }) => id);
const score = (one: Candidate, change = {}) => rank([one], change)[0]!.score;

const anyCandidate = fc
  .record({
    id: fc.integer({ min: 0, max: 1e6 }).map((n) => `2503.${n}`),
    field: fc.constantFrom("cs.LG", "math.CV", "", "__proto__"),
    edition: fc.constantFrom("2025-03-24", "2025-03-27", "2025-03-28"),
    position: fc.option(fc.integer({ min: 1, max: 90 })),
    shown: fc.integer({ min: 0, max: 500 }),
    byAuthors: fc.integer({ min: 0, max: 5 }),
    looks: fc.option(fc.double({ min: 0, max: 1e5, noNaN: true })),
    starsGained: fc.option(fc.integer({ min: -10, max: 1e6 })),
    pick: fc.option(fc.integer({ min: 1, max: 20 })),
    promise: fc.double({ min: -1.2, max: 1.2, noNaN: true }),
  })
  .map(({ shown, byAuthors, ...rest }) =>
    candidate(rest.id, { ...rest, votes: { shown, here: shown, byAuthors: Math.min(byAuthors, shown) } }),
  );

describe("the order of trending papers", () => {
  it("is made of parts that add up exactly, and does not depend on the order of its input", () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyCandidate, { maxLength: 20, selector: ({ id }) => id }), (candidates) => {
        const ranked = rank(candidates);
        for (const { score, parts } of ranked) {
          expect(Number.isFinite(score)).toBe(true);
          expect(parts.reduce((total, { value }) => total + value, 0)).toBe(score);
        }
        for (const [at, { score }] of ranked.slice(1).entries()) expect(score).toBeLessThan(ranked[at]!.score + 1e-9);
        expect(rank(candidates.toReversed())).toEqual(ranked);
      }),
    );
  });

  it("never puts a paper lower for one more vote, star or pick", () => {
    fc.assert(
      fc.property(anyCandidate, (one) => {
        const { votes } = one;
        const more = { ...one, votes: { ...votes, shown: votes.shown + 1, here: votes.here + 1 } };
        expect(score(more)).toBeGreaterThan(score(one));
        expect(score({ ...one, starsGained: (one.starsGained ?? 0) + 5 })).toBeGreaterThanOrEqual(score(one));
        expect(score({ ...one, pick: 1 })).toBeGreaterThanOrEqual(score(one));
      }),
    );
  });

  it("compares a paper with what is usual in its field", () => {
    const big = candidate("big", { votes: 20 });
    const small = candidate("small", { field: "math.CV", votes: 4 });
    expect(order([big, small])).toEqual(["small", "big"]);
    expect(order([candidate("big", { votes: 200 }), small])).toEqual(["big", "small"]);
  });

  it("does not take a young edition for a poor one, nor what nobody saw for the worst", () => {
    const edition = (date: string, votes: number) =>
      Array.from({ length: 40 }, (_, n) =>
        candidate(`${date}.${n}`, { edition: date, votes: n === 0 ? 3 * votes : votes }),
      );
    const [young, old] = [edition("2025-03-28", 2), edition("2025-03-21", 20)];
    const ranked = rank([...young, ...old]);
    const part = (id: string, name: string) =>
      ranked.find((one) => one.id === id)!.parts.find(({ term }) => term === name)?.value ?? 0;
    expect(part("2025-03-28.0", "votes") + part("2025-03-28.0", "progress")).toBeGreaterThan(0.3);
    expect(Math.abs(part("2025-03-21.1", "progress"))).toBeLessThan(0.1);
    expect(ranked[0]!.id).toBe("2025-03-28.0");
    expect(part("2025-03-28.1", "chance")).toBeGreaterThan(part("2025-03-21.1", "chance"));
  });

  it("takes the fields to be alike, but not from what curators, readers or the calendar say", () => {
    const field = (name: string, papers: number, more: Parameters<typeof candidate>[1]) =>
      Array.from({ length: papers }, (_, n) => candidate(`${name}.${n}`, { field: name, ...more }));
    const share = (change: Parameters<typeof candidate>[1], options = {}) => {
      const all = [...field("math.CV", 20, { votes: 1, ...change }), ...field("cs.LG", 60, { votes: 30 })];
      const { parts } = rank(all, options).find(({ id }) => id === "math.CV.7")!;
      return parts.find(({ term }) => term === "share")?.value ?? 0;
    };
    expect(share({ votes: 3 })).toBeLessThan(-0.1);
    expect(share({ votes: 0, promise: -1.2 })).toBeGreaterThan(0.05);
    expect(share({ votes: 3 }, { fieldPapers: new Map([["math.CV", 80]]) })).toBeGreaterThan(
      share({ votes: 3 }) + 0.05,
    );
    expect(share({ votes: 3, pick: 1 })).toBe(share({ votes: 3 }));
    const mine = { fields: ["math"], weights: weightsOf(readDials({ fields: "math", mine: "100" })) };
    expect(share({ votes: 3 }, mine)).toBe(share({ votes: 3 }));
    const fresh = { weights: { ...weights, halfLife: 1 } };
    expect(share({ votes: 3, edition: "2025-03-21" }, fresh)).toBe(share({ votes: 3, edition: "2025-03-21" }));
  });

  it("knows no time inside an edition, and days between editions; a weekend makes nothing older", () => {
    const friday = candidate("friday", { votes: 20, edition: "2025-03-28" });
    const monday = candidate("monday", { votes: 20, edition: "2025-03-31" });
    const thursday = candidate("thursday", { votes: 20, edition: "2025-03-27" });
    const age = (id: string, all: Candidate[]) =>
      rank(all)
        .find((one) => one.id === id)!
        .parts.find(({ term }) => term === "age")?.value ?? 0;
    expect(age("friday", [friday])).toBe(0);
    expect(age("friday", [friday, monday])).toBe(age("thursday", [thursday, friday]));
    expect(age("friday", [friday, monday])).toBeCloseTo(-Math.LN2 / 4, 12);
  });

  it("does not count authors' own votes, and says what that cost", () => {
    const honest = candidate("a", { votes: 6 });
    const vain = candidate("b", { votes: { shown: 9, here: 9, byAuthors: 3 } });
    const [first, second] = rank([vain, honest]);
    expect(first!.score).toBeCloseTo(second!.score, 12);
    const part = rank([vain])[0]!.parts.find(({ term }) => term === "authors");
    expect(part!.value).toBeLessThan(0);
  });

  it("expects less of a paper that few have seen", () => {
    const seen = candidate("seen", { votes: 10, looks: 1_000 });
    const hidden = candidate("hidden", { votes: 6, looks: 100 });
    expect(order([seen, hidden])).toEqual(["hidden", "seen"]);
    const elsewhere = { rates: { ...RATES, here: 0 } };
    expect(order([seen, hidden], elsewhere)).toEqual(["seen", "hidden"]);
  });

  it("lets the text speak before anybody voted, and hardly afterwards", () => {
    const text = (votes: number, field: string) =>
      rank([candidate("a", { votes, field, promise: 1 })])[0]!.parts.find(({ term }) => term === "text")!.value;
    expect(text(0, "math.CV")).toBeGreaterThan(0.5);
    expect(text(0, "cs.LG")).toBeLessThan(0.2);
  });

  it("turns with the reader's dials", () => {
    const loved = candidate("loved", { votes: 60, promise: -1, edition: "2025-03-21" });
    const promising = candidate("promising", { votes: 0, field: "math.CV", promise: 1, topics: ["complex analysis"] });
    const others = ["2025-03-24", "2025-03-25", "2025-03-26"].map((edition) => candidate(edition, { edition }));
    const first = (dials: Parameters<typeof readDials>[0]) => {
      const read = readDials(dials);
      return order([loved, promising, ...others], { weights: weightsOf(read), fields: read.fields })[0];
    };
    expect(first({ community: "100", fresh: "0" })).toBe("loved");
    expect(first({ community: "0", fresh: "100" })).toBe("promising");
    expect(first({ community: "100", fresh: "0", fields: "Complex  Analysis", mine: "100" })).toBe("promising");
    expect(first({ community: "100", fresh: "0", fields: "math", mine: "100" })).toBe("promising");
  });
});

describe("a reader's dials", () => {
  it("are read from any address, and written so that equal dials have equal addresses", () => {
    expect(readDials({})).toEqual(DEFAULT_DIALS);
    expect(readDials({ community: "101", fresh: "-3", mine: "9" })).toEqual({ ...DEFAULT_DIALS, community: 100 });
    expect(formatDials(DEFAULT_DIALS)).toEqual({});
    fc.assert(
      fc.property(
        fc.record({ community: fc.string(), fresh: fc.nat(120).map(String), fields: fc.string() }),
        (form) => {
          const dials = readDials(form);
          expect(readDials(formatDials(dials))).toEqual(dials);
        },
      ),
    );
  });

  it("bound how much they hold", () => {
    const { fields } = readDials({ fields: Array.from({ length: 99 }, (_, n) => `f${n}`).join(",") });
    expect(fields).toHaveLength(20);
    expect(readDials({ fields: "x".repeat(61) }).fields).toEqual([]);
  });
});

describe("what is usual", () => {
  const sample = (field: string, papers: number, each: number, more: Partial<RateSample> = {}): RateSample => ({
    field,
    weekday: 1,
    papers,
    votes: papers * each,
    squares: papers * each * each,
    here: 0,
    ...more,
  });

  it("leans on the others where a field has few papers, and stands for itself where it has many", () => {
    const rates = baseRates([sample("big", 1_000, 20), sample("small", 100, 1), sample("new", 1, 0)]);
    expect(rates.fields["big"]).toBeCloseTo(20, 1);
    expect(rates.fields["small"]).toBeCloseTo(1, 0);
    expect(rates.fields["new"]).toBeGreaterThan(1);
    expect(usualVotes(rates, "never heard of", "2025-03-28")).toBeCloseTo(rates.all, 0);
  });

  it("knows busy and quiet days", () => {
    const rates = baseRates([sample("a", 200, 10), sample("a", 200, 2, { weekday: 5 })]);
    expect(usualVotes(rates, "a", "2025-03-24")).toBeGreaterThan(4 * usualVotes(rates, "a", "2025-03-28"));
  });

  it("expects something on an empty site", () => {
    const rates = baseRates([]);
    expect(usualVotes(rates, "", "2025-03-28")).toBeGreaterThan(0);
    expect(baseRates([sample("a", 10, 0)]).fields["a"]).toBeGreaterThan(0);
  });
});
