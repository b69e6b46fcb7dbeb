/**
 * Accounts that vote as one. No list of culprits: each pair gets a likeness between 0 and 1, and on each paper a vote
 * counts the less, the more company of the same mind it has there. Two friends count about one vote together, five
 * accounts or more that always act as one nothing. What is looked at: the same papers that few others vote for, within the
 * same day, again and again; readers brought in by the same invitation are looked at more closely.
 */

/** Plain numbers for accounts, papers and their fields, so that nothing here knows who they are. */
export type Vote = {
  voter: number;
  paper: number;
  atMs: number;
  /** Of the paper; absent where none is known: such papers are one field of their own. */
  field?: number;
};

export type LikenessOptions = {
  /** Newest or oldest first; only the newest `VOTES_MAX` are looked at. */
  votes: readonly Vote[];
  /** Who was invited by whom. */
  invitedBy?: ReadonlyMap<number, number>;
};

/** For each account others, over 0 up to 1; both directions are there. */
type Pairs = ReadonlyMap<number, ReadonlyMap<number, number>>;

export type Likeness = {
  /** Whom an account is like: two of these are enough to say so. */
  pairs: Pairs;
  /**
   * Whom it resembles a little: that two readers of a field do, says nothing; that ten of them meet at one paper does. Rings
   * that take days, or send another half of themselves each time, are found by this alone.
   */
  crowds: Pairs;
};

export const NO_LIKENESS: Likeness = { pairs: new Map(), crowds: new Map() };

const UNKNOWN_FIELD = -1;

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

/**
 * Of crowds: votes this far apart count half, resemblance begins and is full at these shares, and so much weight is taken for
 * unknown. The choice of a paper is measured against the voters of its own field: where few read the same, they vote alike.
 */
const CROWD = { closeMs: 36 * 3_600_000, begins: 0.16, full: 0.28, unknown: 8, sharedLeast: 3 } as const;

export function findLikeness({ votes, invitedBy = new Map() }: LikenessOptions): Likeness {
  const newest = [...votes].sort((a, b) => b.atMs - a.atMs || a.voter - b.voter).slice(0, VOTES_MAX);
  const voters = [...new Set(newest.map(({ voter }) => voter))];
  const casts = castsOf(newest, voters);
  const totals = new Float64Array(voters.length);
  for (const { numbers, surprise } of casts) for (const number of numbers) totals[number]! += surprise;
  const fieldTotals = new Float64Array(voters.length);
  for (const { numbers, ofField } of casts) for (const number of numbers) fieldTotals[number]! += ofField;
  const pairs = new Map<number, Map<number, number>>();
  const crowds = new Map<number, Map<number, number>>();
  const share = (weight: number, sums: Float64Array, { one, other }: Pair, unknown: number) =>
    weight / (Math.sqrt(sums[one]! * sums[other]!) + unknown);
  eachPair(casts, voters.length, (pair) => {
    if (pair.shared < CROWD.sharedLeast) return;
    const [a, b] = [voters[pair.one]!, voters[pair.other]!];
    const kind = areRelated(a, b, invitedBy) ? "invited" : "strangers";
    const known = pair.shared >= SHARED_LEAST;
    const like = known ? scaled(share(pair.weight, totals, pair, UNKNOWN), BEGINS[kind], FULL[kind]) : 0;
    const alittle = scaled(share(pair.ofField, fieldTotals, pair, CROWD.unknown), CROWD.begins, CROWD.full);
    putBoth(pairs, [a, b], like);
    putBoth(crowds, [a, b], alittle - like);
  });
  return { pairs, crowds };
}

/** The votes of one paper, newest first; voters by their place in the list of all. */
type Cast = {
  numbers: Int32Array;
  atMs: Float64Array;
  /** How rare the choice is, among all voters and among those of its field. */
  surprise: number;
  ofField: number;
};

function castsOf(votes: readonly Vote[], voters: readonly number[]): Cast[] {
  const numbers = new Map(voters.map((voter, at) => [voter, at]));
  const inField = new Map<number, Set<number>>();
  for (const { voter, field = UNKNOWN_FIELD } of votes) {
    const known = inField.get(field);
    if (known) known.add(voter);
    else inField.set(field, new Set([voter]));
  }
  return [...Map.groupBy(votes, ({ paper }) => paper).values()].map((cast) => ({
    numbers: Int32Array.from(cast, ({ voter }) => numbers.get(voter)!),
    atMs: Float64Array.from(cast, ({ atMs }) => atMs),
    surprise: surpriseOf(cast.length, voters.length),
    ofField: surpriseOf(cast.length, inField.get(cast[0]!.field ?? UNKNOWN_FIELD)!.size),
  }));
}

/** A choice that everybody makes tells nothing: the log of how rare it is among those who vote at all. */
function surpriseOf(cast: number, voters: number): number {
  return Math.log((1 + voters) / (1 + cast)) + 0.1;
}

type Pair = { one: number; other: number; weight: number; ofField: number; shared: number };

/** Each pair with a paper in common, once. Voter by voter, so that the sums of one fit into two plain arrays. */
function eachPair(casts: readonly Cast[], voters: number, visit: (pair: Pair) => void): void {
  const places: { cast: Cast; at: number }[][] = Array.from({ length: voters }, () => []);
  for (const cast of casts) for (const [at, number] of cast.numbers.entries()) places[number]!.push({ cast, at });
  const weights = new Float64Array(voters);
  const ofFields = new Float64Array(voters);
  const shared = new Int32Array(voters);
  for (let one = 0; one < voters; one++) {
    const met: number[] = [];
    for (const { cast, at } of places[one]!) {
      const { numbers, atMs, surprise, ofField } = cast;
      const reach = numbers.length <= ALL_PAIRS_OF ? numbers.length : NEIGHBOURS;
      const end = Math.min(numbers.length - 1, at + reach);
      for (let next = Math.max(0, at - reach); next <= end; next++) {
        const other = numbers[next]!;
        if (other <= one) continue;
        if (!shared[other]) met.push(other);
        shared[other]!++;
        const apartMs = Math.abs(atMs[at]! - atMs[next]!);
        weights[other]! += surprise / (1 + apartMs / CLOSE_MS);
        ofFields[other]! += ofField / (1 + apartMs / CROWD.closeMs);
      }
    }
    for (const other of met) {
      visit({ one, other, weight: weights[other]!, ofField: ofFields[other]!, shared: shared[other]! });
      weights[other] = ofFields[other] = shared[other] = 0;
    }
  }
}

const scaled = (share: number, begins: number, full: number) =>
  Math.min(1, Math.max(0, (share - begins) / (full - begins)));

function areRelated(a: number, b: number, invitedBy: ReadonlyMap<number, number>): boolean {
  const [hostOfA, hostOfB] = [invitedBy.get(a), invitedBy.get(b)];
  return hostOfA === b || hostOfB === a || (hostOfA !== undefined && hostOfA === hostOfB);
}

function putBoth(likeness: Map<number, Map<number, number>>, [a, b]: [number, number], value: number): void {
  if (value <= 0) return;
  put(likeness, a, b, value);
  put(likeness, b, a, value);
}

function put(likeness: Map<number, Map<number, number>>, of: number, to: number, value: number): void {
  const known = likeness.get(of);
  if (known) known.set(to, value);
  else likeness.set(of, new Map([[to, value]]));
}

/**
 * A lab of half a dozen is no crowd: so much resemblance on one paper is free. What is over it counts by its pairs, which grow
 * with its square; at so much over it as much as the same number of accounts that are fully alike.
 */
const COMPANY = { free: 1.5, even: 1.5 } as const;

/** So many others of the same mind leave a vote a third of its weight. */
const FALL = 1.7;

/**
 * What each vote on one paper counts, 0..1: one divided by how many it stands for. A voter who is like nobody else on this
 * paper counts 1, whoever else joins in; one in company of n fully alike counts e^(-n / 1.7).
 * @param voters  who voted for the paper, each once
 * @returns in the order of `voters`
 */
export function independence(voters: readonly number[], { pairs, crowds }: Likeness): number[] {
  const here = new Set(voters);
  const met = (known: ReadonlyMap<number, number> | undefined) => {
    let sum = 0;
    for (const [other, value] of known ?? []) if (here.has(other)) sum += value;
    return sum;
  };
  return voters.map((voter) => {
    const crowd = Math.max(0, met(crowds.get(voter)) - COMPANY.free);
    const company = met(pairs.get(voter)) + (crowd * crowd) / COMPANY.even;
    return Math.exp(-company / FALL);
  });
}
