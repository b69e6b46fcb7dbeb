/**
 * Accounts that vote as one. No list of culprits: each pair gets a chance between 0 and 1 that it acts as one, and on each
 * paper a vote counts the less, the more company of the same mind it has there (`independence.ts`). What is looked at: papers in
 * common beyond what habits explain (`covoting.ts`), and how soon after each other.
 */
import { crowdChance, evidenceOf, mostHabits, pairChance, ratioOf, shareOf } from "./covoting.ts";

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
export type Pairs = ReadonlyMap<number, ReadonlyMap<number, number>>;

export type Likeness = {
  /** The chance that they act as one, by what they choose soon after each other: two of these are enough to say so. */
  pairs: Pairs;
  /**
   * The same by what they choose at any time, which may be a taste: of two readers it says nothing; that ten of them meet at
   * one paper does. Rings that take days, or send another half of themselves each time, are found by this.
   */
  crowds: Pairs;
};

export const NO_LIKENESS: Likeness = { pairs: new Map(), crowds: new Map() };

const UNKNOWN_FIELD = -1;

/** Work is at most votes × neighbours × passes. */
export const VOTES_MAX = 50_000;
/** A paper with more voters pairs each vote only with so many that came next: a ring votes within a while. */
const ALL_PAIRS_OF = 128;
const NEIGHBOURS = 64;
/** The second pass knows what the first one found: which votes made a paper popular, and who has accomplices in common. */
const PASSES = 2;
/** Papers that two accounts must share before anything is said of them. */
const SHARED_LEAST = 2;
/** After so long the same choice counts half: friends read the same papers, but rarely in the same hour. */
const CLOSE_MS = 12 * 3_600_000;
/** Smaller chances are none: what is kept stays small. */
const CHANCE_LEAST = 0.1;

export function findLikeness({ votes, invitedBy = new Map() }: LikenessOptions): Likeness {
  const newest = [...votes].sort((a, b) => b.atMs - a.atMs || a.voter - b.voter).slice(0, VOTES_MAX);
  const voters = [...new Set(newest.map(({ voter }) => voter))];
  const casts = castsOf(newest, voters);
  let found = NO_LIKENESS;
  for (let pass = 0; pass < PASSES; pass++) found = look({ casts, voters, invitedBy, before: found });
  return found;
}

type Looking = {
  casts: readonly Cast[];
  voters: readonly number[];
  invitedBy: ReadonlyMap<number, number>;
  before: Likeness;
};

function look({ casts, voters, invitedBy, before }: Looking): Likeness {
  const shares = sharesOf(casts, voters, before);
  const pairs = new Map<number, Map<number, number>>();
  const crowds = new Map<number, Map<number, number>>();
  eachPair({ casts, shares, voters: voters.length }, (pair) => {
    if (pair.shared < SHARED_LEAST) return;
    const [a, b] = [voters[pair.one]!, voters[pair.other]!];
    const { shorter } = pair;
    const invited = areRelated(a, b, invitedBy);
    const crowd = crowdChance({ ...pair.anyTime, shorter, invited }, () =>
      inCommon(before.crowds.get(a), before.crowds.get(b)),
    );
    putBoth(crowds, [a, b], crowd);
    putBoth(pairs, [a, b], pairChance({ ...pair.soon, shorter, invited }));
  });
  return { pairs, crowds };
}

/** The votes of one paper, newest first; voters by their place in the list of all. */
type Cast = {
  field: number;
  numbers: Int32Array;
  atMs: Float64Array;
  /** How often each of them voted in the paper's field. */
  habits: Float64Array;
};

function castsOf(votes: readonly Vote[], voters: readonly number[]): Cast[] {
  const numbers = new Map(voters.map((voter, at) => [voter, at]));
  const inField = new Map<number, Map<number, number>>();
  for (const { voter, field = UNKNOWN_FIELD } of votes) {
    const known = inField.get(field) ?? new Map<number, number>();
    inField.set(field, known.set(voter, (known.get(voter) ?? 0) + 1));
  }
  return [...Map.groupBy(votes, ({ paper }) => paper).values()].map((cast) => {
    const field = cast[0]!.field ?? UNKNOWN_FIELD;
    return {
      field,
      numbers: Int32Array.from(cast, ({ voter }) => numbers.get(voter)!),
      atMs: Float64Array.from(cast, ({ atMs }) => atMs),
      habits: Float64Array.from(cast, ({ voter }) => inField.get(field)!.get(voter) ?? 1),
    };
  });
}

/** The part of its field's votes that falls on each paper; votes of those who act as one stand for one together. */
function sharesOf(casts: readonly Cast[], voters: readonly number[], { crowds }: Likeness): number[] {
  const weights = voters.map((voter) => {
    let company = 0;
    for (const value of crowds.get(voter)?.values() ?? []) company += value;
    return 1 / (1 + company);
  });
  const votes = casts.map(({ numbers }) => numbers.reduce((sum, number) => sum + weights[number]!, 0));
  const fields = new Map<number, { total: number; papers: number }>();
  for (const [at, { field }] of casts.entries()) {
    const known = fields.get(field) ?? { total: 0, papers: 0 };
    fields.set(field, { total: known.total + votes[at]!, papers: known.papers + 1 });
  }
  return casts.map(({ field }, at) => shareOf({ votes: votes[at]!, ...fields.get(field)! }));
}

type Sums = { some: number; all: number };

/** What a pair shares: papers, and the evidence of each, the less the further apart in time, and at any time. */
type Pair = { one: number; other: number; shared: number; soon: Sums; anyTime: Sums; shorter: number };
type Field = { casts: readonly Cast[]; shares: readonly number[]; voters: number };

/** Each pair with papers in common that tell something, once. Voter by voter, so that the sums of one fit into plain arrays. */
function eachPair({ casts, shares, voters }: Field, visit: (pair: Pair) => void): void {
  const { starts, castOf, atOf } = placesOf(casts, voters);
  const given = Int32Array.from({ length: voters }, (_, one) => starts[one + 1]! - starts[one]!);
  const sums = createSums(voters);
  for (let one = 0; one < voters; one++) {
    const met: number[] = [];
    for (let place = starts[one]!; place < starts[one + 1]!; place++) {
      const [cast, at] = [castOf[place]!, atOf[place]!];
      const { numbers, atMs, habits } = casts[cast]!;
      const choice = { papers: casts.length, own: habits[at]!, share: shares[cast]! };
      const most = mostHabits(given[one]!, choice);
      const reach = numbers.length <= ALL_PAIRS_OF ? numbers.length : NEIGHBOURS;
      const end = Math.min(numbers.length - 1, at + reach);
      for (let next = Math.max(0, at - reach); next <= end; next++) {
        const other = numbers[next]!;
        // Nearly all pairs end here: both are at home where everybody reads this.
        if (other <= one || habits[next]! > most) continue;
        if (!sums.shared[other]) met.push(other);
        const ratio = ratioOf(Math.min(given[one]!, given[other]!), choice, habits[next]!);
        sums.add(other, ratio, 1 / (1 + Math.abs(atMs[at]! - atMs[next]!) / CLOSE_MS));
      }
    }
    for (const other of met) visit({ one, other, ...sums.take(other), shorter: Math.min(given[one]!, given[other]!) });
  }
}

/** Evidence of one voter with each other one. */
function createSums(voters: number) {
  const shared = new Int32Array(voters);
  const anyTime = { some: new Float64Array(voters), all: new Float64Array(voters) };
  const soon = { some: new Float64Array(voters), all: new Float64Array(voters) };
  return {
    shared,
    add: (other: number, ratio: number, closeness: number) => {
      const some = evidenceOf(ratio, "some");
      const all = evidenceOf(ratio, "all");
      shared[other]!++;
      anyTime.some[other]! += some;
      anyTime.all[other]! += all;
      soon.some[other]! += some * closeness;
      soon.all[other]! += all * closeness;
    },
    take: (other: number) => {
      const taken = {
        shared: shared[other]!,
        anyTime: { some: anyTime.some[other]!, all: anyTime.all[other]! },
        soon: { some: soon.some[other]!, all: soon.all[other]! },
      };
      for (const one of [shared, anyTime.some, anyTime.all, soon.some, soon.all]) one[other] = 0;
      return taken;
    },
  };
}

/** Where each voter's votes are: from `starts[voter]` to the next one's, the cast and the place in it. */
function placesOf(casts: readonly Cast[], voters: number) {
  const starts = new Int32Array(voters + 1);
  for (const { numbers } of casts) for (const number of numbers) starts[number + 1]!++;
  for (let voter = 0; voter < voters; voter++) starts[voter + 1]! += starts[voter]!;
  const filled = starts.slice();
  const castOf = new Int32Array(starts[voters]!);
  const atOf = new Int32Array(starts[voters]!);
  for (const [cast, { numbers }] of casts.entries()) {
    for (const [at, number] of numbers.entries()) {
      const place = filled[number]!++;
      castOf[place] = cast;
      atOf[place] = at;
    }
  }
  return { starts, castOf, atOf };
}

/** Others that both are like, each by the chance that it is so of both. */
function inCommon(one: ReadonlyMap<number, number> | undefined, other: ReadonlyMap<number, number> | undefined) {
  let sum = 0;
  if (one && other) for (const [third, chance] of one) sum += chance * (other.get(third) ?? 0);
  return sum;
}

function areRelated(a: number, b: number, invitedBy: ReadonlyMap<number, number>): boolean {
  const [hostOfA, hostOfB] = [invitedBy.get(a), invitedBy.get(b)];
  return hostOfA === b || hostOfB === a || (hostOfA !== undefined && hostOfA === hostOfB);
}

function putBoth(likeness: Map<number, Map<number, number>>, [a, b]: [number, number], value: number): void {
  if (value < CHANCE_LEAST) return;
  put(likeness, a, b, value);
  put(likeness, b, a, value);
}

function put(likeness: Map<number, Map<number, number>>, of: number, to: number, value: number): void {
  const known = likeness.get(of);
  if (known) known.set(to, value);
  else likeness.set(of, new Map([[to, value]]));
}
