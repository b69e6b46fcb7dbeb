/**
 * Accounts that vote as one. No list of culprits: each pair gets a likeness between 0 and 1, and on each paper a vote
 * counts the less, the more company of the same mind it has there. Two friends count about one vote together, five
 * accounts or more that always act as one nothing. What is looked at: the same papers that few others vote for, within the
 * same day, again and again; readers brought in by the same invitation are looked at more closely.
 */

/** Plain numbers for accounts and papers, so that nothing here knows who they are. */
export type Vote = { voter: number; paper: number; atMs: number };

export type LikenessOptions = {
  /** Newest or oldest first; only the newest `VOTES_MAX` are looked at. */
  votes: readonly Vote[];
  /** Who was invited by whom. */
  invitedBy?: ReadonlyMap<number, number>;
};

/** For each account the others it is like, over 0 up to 1; both directions are there. */
export type Likeness = ReadonlyMap<number, ReadonlyMap<number, number>>;

/** Work is at most votes × neighbours. */
export const VOTES_MAX = 50_000;
/** A paper with more voters pairs each vote only with so many that came next: a ring votes within a while. */
const ALL_PAIRS_OF = 128;
const NEIGHBOURS = 64;
/** Papers that two accounts must share before anything is said of them. */
const SHARED_LEAST = 4;
/** After so long the same choice counts half: friends read the same papers, but rarely in the same hour. */
const CLOSE_MS = 12 * 3_600_000;
/** Weight of votes that nobody knows of: two accounts with a short history are never fully alike. */
const UNKNOWN = 4;
/** Share of votes in common where likeness begins and where it is full. */
const BEGINS = { strangers: 0.3, invited: 0.2 } as const;
const FULL = { strangers: 0.55, invited: 0.4 } as const;

export function findLikeness({ votes, invitedBy = new Map() }: LikenessOptions): Likeness {
  const newest = [...votes].sort((a, b) => b.atMs - a.atMs || a.voter - b.voter).slice(0, VOTES_MAX);
  const voters = [...new Set(newest.map(({ voter }) => voter))];
  const casts = castsOf(newest, voters);
  const totals = new Float64Array(voters.length);
  for (const { numbers, surprise } of casts) for (const number of numbers) totals[number]! += surprise;
  const likeness = new Map<number, Map<number, number>>();
  eachPair(casts, voters.length, ({ one, other, weight, shared }) => {
    if (shared < SHARED_LEAST) return;
    const [a, b] = [voters[one]!, voters[other]!];
    const inCommon = weight / (Math.sqrt(totals[one]! * totals[other]!) + UNKNOWN);
    const value = scaled(inCommon, areRelated(a, b, invitedBy) ? "invited" : "strangers");
    if (value === 0) return;
    put(likeness, a, b, value);
    put(likeness, b, a, value);
  });
  return likeness;
}

/** The votes of one paper, newest first; voters by their place in the list of all. */
type Cast = { numbers: Int32Array; atMs: Float64Array; surprise: number };

function castsOf(votes: readonly Vote[], voters: readonly number[]): Cast[] {
  const numbers = new Map(voters.map((voter, at) => [voter, at]));
  return [...Map.groupBy(votes, ({ paper }) => paper).values()].map((cast) => ({
    numbers: Int32Array.from(cast, ({ voter }) => numbers.get(voter)!),
    atMs: Float64Array.from(cast, ({ atMs }) => atMs),
    surprise: surpriseOf(cast.length, voters.length),
  }));
}

/** A choice that everybody makes tells nothing: the log of how rare it is among those who vote at all. */
function surpriseOf(cast: number, voters: number): number {
  return Math.log((1 + voters) / (1 + cast)) + 0.1;
}

type Pair = { one: number; other: number; weight: number; shared: number };

/** Each pair with a paper in common, once. Voter by voter, so that the sums of one fit into two plain arrays. */
function eachPair(casts: readonly Cast[], voters: number, visit: (pair: Pair) => void): void {
  const places: { cast: Cast; at: number }[][] = Array.from({ length: voters }, () => []);
  for (const cast of casts) for (const [at, number] of cast.numbers.entries()) places[number]!.push({ cast, at });
  const weights = new Float64Array(voters);
  const shared = new Int32Array(voters);
  for (let one = 0; one < voters; one++) {
    const met: number[] = [];
    for (const { cast, at } of places[one]!) {
      const { numbers, atMs, surprise } = cast;
      const reach = numbers.length <= ALL_PAIRS_OF ? numbers.length : NEIGHBOURS;
      const end = Math.min(numbers.length - 1, at + reach);
      for (let next = Math.max(0, at - reach); next <= end; next++) {
        const other = numbers[next]!;
        if (other <= one) continue;
        if (shared[other]! === 0) met.push(other);
        shared[other]!++;
        weights[other]! += surprise / (1 + Math.abs(atMs[at]! - atMs[next]!) / CLOSE_MS);
      }
    }
    for (const other of met) {
      visit({ one, other, weight: weights[other]!, shared: shared[other]! });
      weights[other] = shared[other] = 0;
    }
  }
}

function scaled(inCommon: number, kind: keyof typeof BEGINS): number {
  return Math.min(1, Math.max(0, (inCommon - BEGINS[kind]) / (FULL[kind] - BEGINS[kind])));
}

function areRelated(a: number, b: number, invitedBy: ReadonlyMap<number, number>): boolean {
  const [hostOfA, hostOfB] = [invitedBy.get(a), invitedBy.get(b)];
  return hostOfA === b || hostOfB === a || (hostOfA !== undefined && hostOfA === hostOfB);
}

function put(likeness: Map<number, Map<number, number>>, of: number, to: number, value: number): void {
  const known = likeness.get(of);
  if (known) known.set(to, value);
  else likeness.set(of, new Map([[to, value]]));
}

/** So many others of the same mind leave a vote a third of its weight. */
const FALL = 1.7;

/**
 * What each vote on one paper counts, 0..1: one divided by how many it stands for. A voter who is like nobody else on this
 * paper counts 1, whoever else joins in; one in company of n fully alike counts e^(-n / 1.7).
 * @param voters  who voted for the paper, each once
 * @returns in the order of `voters`
 */
export function independence(voters: readonly number[], likeness: Likeness): number[] {
  const here = new Set(voters);
  return voters.map((voter) => {
    let company = 0;
    for (const [other, value] of likeness.get(voter) ?? []) if (here.has(other)) company += value;
    return Math.exp(-company / FALL);
  });
}
