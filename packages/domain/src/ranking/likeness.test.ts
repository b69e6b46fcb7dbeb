import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TrustLevel } from "../account.ts";
import { countedVotes } from "./candidate.ts";
import { countVotes } from "./count-votes.ts";
import { findLikeness, independence, NO_LIKENESS, type Vote } from "./likeness.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Numbers that look random and are always the same. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Forty readers who vote for a fifth of sixty papers, at any time of the day. */
function readers(next: () => number): Vote[] {
  const votes: Vote[] = [];
  for (let paper = 0; paper < 60; paper++) {
    for (let voter = 0; voter < 40; voter++) {
      if (next() < 0.2) votes.push({ voter, paper, atMs: Math.floor(paper / 3) * DAY + next() * DAY });
    }
  }
  return votes;
}

const members = (first: number, count: number) => Array.from({ length: count }, (_, n) => first + n);

describe("accounts that vote as one", () => {
  it("count together far less than the others, however many they are", () => {
    const next = numbers(1);
    const ring = members(100, 20);
    const pushed = [61, 62, 63, 64, 65, 66].flatMap((paper, at) =>
      ring.map((voter) => ({ voter, paper, atMs: at * 3 * DAY + next() * HOUR })),
    );
    const likeness = findLikeness({ votes: [...readers(next), ...pushed] });
    const shares = independence([...ring, 1, 2, 3], likeness);
    expect(shares.slice(0, 20).reduce((a, b) => a + b)).toBeLessThan(1.5);
    expect(Math.min(...shares.slice(20))).toBeGreaterThan(0.95);
  });

  it("are not found among readers who only share a taste", () => {
    const next = numbers(2);
    const lab = members(100, 6);
    const honest = readers(next);
    // The lab reads a small field: half of its papers each, sometime in the week.
    const shared = Array.from({ length: 20 }, (_, paper) =>
      lab
        .filter(() => next() < 0.5)
        .map((voter) => ({ voter, paper: 200 + paper, atMs: paper * DAY + next() * 5 * DAY, field: 1 })),
    ).flat();
    const likeness = findLikeness({ votes: [...honest, ...shared], invitedBy: new Map(lab.map((one) => [one, 100])) });
    const kept = independence(lab, likeness).reduce((a, b) => a + b) / lab.length;
    expect(kept).toBeGreaterThan(0.9);
  });

  it("count little where they take days, or send another half each time", () => {
    const next = numbers(3);
    const slow = members(100, 20);
    const split = members(200, 20);
    const pushed = Array.from({ length: 20 }, (_, push) => [
      ...slow.map((voter) => ({ voter, paper: 100 + push, atMs: push * 3 * DAY + next() * 5 * DAY })),
      ...split
        .filter(() => next() < 0.5)
        .map((voter) => ({ voter, paper: 200 + push, atMs: push * 3 * DAY + next() * DAY })),
    ]).flat();
    const likeness = findLikeness({ votes: [...readers(next), ...pushed] });
    const kept = (voters: readonly number[]) => independence(voters, likeness).reduce((a, b) => a + b);
    expect(kept(slow)).toBeLessThan(1);
    expect(kept(split.slice(0, 10))).toBeLessThan(3);
    expect(kept(members(0, 8))).toBeGreaterThan(7.7);
    // Two of them who meet at a paper are no crowd.
    expect(kept(split.slice(0, 2))).toBeGreaterThan(1.2);
  });

  it("cannot make an honest reader's vote count less by joining a paper", () => {
    const pairs = new Map([
      [1, new Map([[2, 1]])],
      [2, new Map([[1, 1]])],
    ]);
    const likeness = { pairs, crowds: pairs };
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 30 })), (others) => {
        const voters = [...others.filter((one) => one !== 7), 7];
        expect(independence(voters, likeness).at(-1)).toBe(1);
      }),
    );
  });

  it("are nothing before they have a history", () => {
    const once = members(0, 30).map((voter) => ({ voter, paper: 1, atMs: voter }));
    expect(findLikeness({ votes: once }).pairs.size).toBe(0);
  });

  it("are looked for at a bounded cost", () => {
    const crowd = members(0, 5_000).flatMap((voter) =>
      [0, 1, 2, 3].map((paper) => ({ voter, paper, atMs: voter * HOUR })),
    );
    expect(findLikeness({ votes: crowd }).pairs.size).toBeLessThan(5_000);
  });
});

describe("the votes a place rests on", () => {
  const voters = (count: number, more: { trust?: TrustLevel; isAuthor?: boolean } = {}) =>
    members(0, count).map((voter) => ({ voter, trust: 1 as TrustLevel, isAuthor: false, ...more }));

  it("are all of them where nothing speaks against it", () => {
    const counts = countVotes(5, voters(3), NO_LIKENESS);
    expect(counts).toEqual({ shown: 8, here: 3, byAuthors: 0, heldNew: 0, heldAlike: 0 });
    expect(countedVotes(counts)).toBe(8);
  });

  it("are whole for one, about one for a few who vote as one, and none for many", () => {
    const all = (count: number) => {
      const ids = members(0, count);
      const pairs = ids.map((one) => [one, new Map(ids.filter((other) => other !== one).map((other) => [other, 1]))]);
      return { ...NO_LIKENESS, pairs: new Map(pairs as [number, Map<number, number>][]) };
    };
    const counted = (count: number) => countedVotes(countVotes(0, voters(count), all(count)));
    expect([1, 2, 3, 4, 5, 20, 100].map((count) => Math.round(counted(count) * 10) / 10)).toEqual([
      1, 1.1, 0.5, 0.5, 0, 0, 0,
    ]);
  });

  it("leave out authors, and count the new half", () => {
    expect(countedVotes(countVotes(0, voters(2, { isAuthor: true }), NO_LIKENESS))).toBe(0);
    expect(countedVotes(countVotes(0, voters(4, { trust: 0 }), NO_LIKENESS))).toBe(2);
  });

  it("are between none and all of the voters, whatever the likeness", () => {
    const pair = fc.tuple(fc.nat(11), fc.nat(11));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 40 }), fc.integer({ min: 0, max: 9 }), (pairs, count) => {
        const likeness = new Map<number, Map<number, number>>();
        for (const [a, b] of pairs) {
          if (a === b) continue;
          for (const [one, other] of [[a, b] as const, [b, a] as const]) {
            likeness.set(one, (likeness.get(one) ?? new Map()).set(other, 1));
          }
        }
        const counted = countedVotes(countVotes(0, voters(count), { pairs: likeness, crowds: likeness }));
        expect(counted).toBeGreaterThanOrEqual(0);
        expect(counted).toBeLessThanOrEqual(count);
      }),
    );
  });
});

/** The same by its words: every pair of votes for a paper, in a table of pairs. For papers of at most 128 votes. */
function slowLikeness(votes: readonly Vote[], invitedBy: ReadonlyMap<number, number>): Map<string, number> {
  const voters = new Set(votes.map(({ voter }) => voter)).size;
  const totals = new Map<number, number>();
  const pairs = new Map<string, { weight: number; shared: number }>();
  for (const cast of Map.groupBy(votes, ({ paper }) => paper).values()) {
    const surprise = Math.log((1 + voters) / (1 + cast.length)) + 0.1;
    for (const one of cast) {
      totals.set(one.voter, (totals.get(one.voter) ?? 0) + surprise);
      for (const other of cast) {
        if (one === other) continue;
        const pair = pairs.get(`${one.voter} ${other.voter}`) ?? { weight: 0, shared: 0 };
        const closeness = 1 / (1 + Math.abs(one.atMs - other.atMs) / (12 * HOUR));
        pairs.set(`${one.voter} ${other.voter}`, {
          weight: pair.weight + surprise * closeness,
          shared: pair.shared + 1,
        });
      }
    }
  }
  const likeness = new Map<string, number>();
  for (const [key, { weight, shared }] of pairs) {
    const [a, b] = key.split(" ").map(Number) as [number, number];
    const related = invitedBy.get(a) === b || invitedBy.get(b) === a;
    const siblings = invitedBy.has(a) && invitedBy.get(a) === invitedBy.get(b);
    const [begins, full] = related || siblings ? [0.2, 0.4] : [0.3, 0.55];
    const inCommon = weight / (Math.sqrt(totals.get(a)! * totals.get(b)!) + 4);
    const value = Math.min(1, Math.max(0, (inCommon - begins) / (full - begins)));
    if (shared >= 4 && value > 0) likeness.set(key, value);
  }
  return likeness;
}

it("finds what the words say, pair by pair", () => {
  const vote = fc.record({
    voter: fc.integer({ min: 0, max: 11 }),
    paper: fc.integer({ min: 0, max: 19 }),
    atMs: fc.integer({ min: 0, max: 4 * HOUR }),
  });
  const some = fc.uniqueArray(vote, {
    minLength: 60,
    maxLength: 110,
    selector: ({ voter, paper }) => `${voter} ${paper}`,
  });
  let found = 0;
  fc.assert(
    fc.property(some, fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 4 }), (votes, hosts) => {
      const invitedBy = new Map(hosts.filter(([guest, host]) => guest !== host));
      const fast = findLikeness({ votes, invitedBy }).pairs;
      const slow = slowLikeness(votes, invitedBy);
      found += slow.size;
      expect([...fast.values()].reduce((sum, { size }) => sum + size, 0)).toBe(slow.size);
      for (const [key, value] of slow) {
        const [a, b] = key.split(" ").map(Number) as [number, number];
        expect(fast.get(a)?.get(b)).toBeCloseTo(value, 9);
      }
    }),
  );
  expect(found).toBeGreaterThan(50);
});
