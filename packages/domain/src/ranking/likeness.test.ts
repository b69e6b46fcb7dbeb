import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TrustLevel } from "../account.ts";
import { countedVotes } from "./candidate.ts";
import { countVotes } from "./count-votes.ts";
import { independence } from "./independence.ts";
import { findLikeness, type Likeness, NO_LIKENESS, type Vote } from "./likeness.ts";

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

  it("are not found where people share a narrow topic, nor among those who read all of a field", () => {
    const next = numbers(4);
    const topic = members(100, 6);
    const avid = members(200, 6);
    const votes = readers(next);
    for (let paper = 0; paper < 400; paper++) {
      // What most read of a field of 400 papers, six of a narrow topic among them, and what these read besides.
      for (const voter of [...members(0, 40), ...topic]) {
        if (next() < (paper % 20 === 0 ? 0.3 : 0.01))
          votes.push({ voter, paper: 1_000 + paper, atMs: paper * HOUR * 4, field: 1 });
      }
      if (paper % 30 === 7)
        for (const voter of topic)
          if (next() < 0.4)
            votes.push({ voter, paper: 1_000 + paper, atMs: paper * HOUR * 4 + next() * 2 * DAY, field: 1 });
      for (const voter of avid)
        if (next() < 0.4) votes.push({ voter, paper: 1_000 + paper, atMs: paper * HOUR * 4 + next() * DAY, field: 1 });
    }
    const likeness = findLikeness({ votes });
    const kept = (voters: readonly number[]) => independence(voters, likeness).reduce((a, b) => a + b) / voters.length;
    expect(kept(topic)).toBeGreaterThan(0.97);
    expect(kept(avid)).toBeGreaterThan(0.97);
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

type Reference = Record<"pairs" | "crowds", Map<string, number>>;

/** The same by its words: every pair of votes for a paper, in a table of pairs, twice. For papers of at most 128 votes. */
function slowLikeness(votes: readonly Vote[], invitedBy: ReadonlyMap<number, number>): Reference {
  const first = slowPass(votes, invitedBy, { pairs: new Map(), crowds: new Map() });
  return slowPass(votes, invitedBy, first);
}

function slowPass(votes: readonly Vote[], invitedBy: ReadonlyMap<number, number>, before: Reference): Reference {
  const voters = [...new Set(votes.map(({ voter }) => voter))];
  const of = (table: Map<string, number>, a: number, b: number) => table.get(`${a} ${b}`) ?? 0;
  const weight = (one: number) => 1 / (1 + voters.reduce((sum, other) => sum + of(before.crowds, one, other), 0));
  const papers = Map.groupBy(votes, ({ paper }) => paper);
  const given = (voter: number) => votes.filter((vote) => vote.voter === voter).length;
  const total = votes.reduce((sum, { voter }) => sum + weight(voter), 0);
  const found: Reference = { pairs: new Map(), crowds: new Map() };
  for (const a of voters) {
    for (const b of voters) {
      if (a === b) continue;
      const all = { some: 0, all: 0 };
      const soon = { some: 0, all: 0 };
      let shared = 0;
      const shorter = Math.min(given(a), given(b));
      for (const cast of papers.values()) {
        const [one, other] = [a, b].map((voter) => cast.find((vote) => vote.voter === voter));
        if (!one || !other) continue;
        const popular = (cast.reduce((all, { voter }) => all + weight(voter), 0) + 1) / (total + papers.size);
        const share = popular / 2 + 0.5 / papers.size;
        const ratio = shorter / papers.size / (given(a) * given(b) * share ** 2);
        if (ratio < 0.5) continue;
        shared++;
        const closeness = 1 / (1 + Math.abs(one.atMs - other.atMs) / (12 * HOUR));
        for (const [way, part] of [["some", 0.1] as const, ["all", 1] as const]) {
          all[way] += Math.log(1 + ratio * part);
          soon[way] += Math.log(1 + ratio * part) * closeness;
        }
      }
      const odds = (sums: typeof all) => Math.max(sums.some - 0.1 * shorter, sums.all - shorter);
      const related = invitedBy.get(a) === b || invitedBy.get(b) === a;
      const invited = related || (invitedBy.has(a) && invitedBy.get(a) === invitedBy.get(b)) ? 1 : 0;
      const common = voters.reduce((all, one) => all + of(before.crowds, a, one) * of(before.crowds, b, one), 0);
      const crowd = 1 / (1 + Math.exp(4 - odds(all) - invited - Math.min(6, 3 * common)));
      const pair = 1 / (1 + Math.exp(6 - odds(soon) - invited));
      if (shared >= 2 && crowd >= 0.1) found.crowds.set(`${a} ${b}`, crowd);
      if (shared >= 2 && pair >= 0.1) found.pairs.set(`${a} ${b}`, pair);
    }
  }
  return found;
}

it("finds what the words say, pair by pair", () => {
  const vote = fc.record({
    voter: fc.integer({ min: 0, max: 11 }),
    paper: fc.integer({ min: 0, max: 60 }).map((n) => (n < 10 ? n : n * 7)),
    atMs: fc.integer({ min: 0, max: 4 * HOUR }),
  });
  // Three who vote as one for what few others do, among others.
  const ring = Array.from({ length: 9 }, (_, n) =>
    [20, 21, 22].map((voter) => ({ voter, paper: 900 + n, atMs: n })),
  ).flat();
  const some = fc.uniqueArray(vote, {
    minLength: 40,
    maxLength: 60,
    selector: ({ voter, paper }) => `${voter} ${paper}`,
  });
  const found = { pairs: 0, crowds: 0 };
  fc.assert(
    fc.property(
      some,
      fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 4 }),
      fc.nat(27),
      (others, hosts, cut) => {
        const votes = [...others, ...ring.slice(cut)];
        const invitedBy = new Map(hosts.filter(([guest, host]) => guest !== host));
        const fast: Likeness = findLikeness({ votes, invitedBy });
        const slow = slowLikeness(votes, invitedBy);
        for (const kind of ["pairs", "crowds"] as const) {
          found[kind] += slow[kind].size;
          expect([...fast[kind].values()].reduce((sum, { size }) => sum + size, 0)).toBe(slow[kind].size);
          for (const [key, value] of slow[kind]) {
            const [a, b] = key.split(" ").map(Number) as [number, number];
            expect(fast[kind].get(a)?.get(b)).toBeCloseTo(value, 9);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
  expect(found.pairs).toBeGreaterThan(50);
  expect(found.crowds).toBeGreaterThan(50);
});
