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
  const papers = new Map<number, Vote[]>();
  for (const vote of newest) {
    const known = papers.get(vote.paper);
    if (known) known.push(vote);
    else papers.set(vote.paper, [vote]);
  }
  const voters = new Set(newest.map(({ voter }) => voter));
  const totals = new Map<number, number>();
  const pairs = new Map<number, { weight: number; shared: number }>();
  const numbers = new Map([...voters].map((voter, at) => [voter, at]));
  for (const cast of papers.values()) {
    const surprise = surpriseOf(cast.length, voters.size);
    for (const { voter } of cast) totals.set(voter, (totals.get(voter) ?? 0) + surprise);
    addPairs(pairs, cast, { surprise, numberOf: (voter) => numbers.get(voter)! });
  }
  return likenessOf(pairs, { voters: [...voters], totals, invitedBy });
}

/** A choice that everybody makes tells nothing: the log of how rare it is among those who vote at all. */
function surpriseOf(cast: number, voters: number): number {
  return Math.log((1 + voters) / (1 + cast)) + 0.1;
}

/** Two account numbers in one key. */
const PAIR = 2 ** 24;

function addPairs(
  pairs: Map<number, { weight: number; shared: number }>,
  cast: readonly Vote[],
  { surprise, numberOf }: { surprise: number; numberOf(voter: number): number },
): void {
  const reach = cast.length <= ALL_PAIRS_OF ? cast.length : NEIGHBOURS;
  const numbers = cast.map(({ voter }) => numberOf(voter));
  for (let one = 0; one < cast.length; one++) {
    for (let other = one + 1; other < Math.min(cast.length, one + 1 + reach); other++) {
      const apartMs = Math.abs(cast[one]!.atMs - cast[other]!.atMs);
      const closeness = 1 / (1 + apartMs / CLOSE_MS);
      const [a, b] = [numbers[one]!, numbers[other]!];
      const key = a < b ? a * PAIR + b : b * PAIR + a;
      const pair = pairs.get(key);
      if (pair) {
        pair.weight += surprise * closeness;
        pair.shared++;
      } else pairs.set(key, { weight: surprise * closeness, shared: 1 });
    }
  }
}

type Known = {
  /** By their number. */
  voters: readonly number[];
  totals: ReadonlyMap<number, number>;
  invitedBy: ReadonlyMap<number, number>;
};

function likenessOf(
  pairs: ReadonlyMap<number, { weight: number; shared: number }>,
  { voters, totals, invitedBy }: Known,
): Likeness {
  const likeness = new Map<number, Map<number, number>>();
  for (const [key, { weight, shared }] of pairs) {
    if (shared < SHARED_LEAST) continue;
    const a = voters[Math.floor(key / PAIR)]!;
    const b = voters[key % PAIR]!;
    const inCommon = weight / (Math.sqrt(totals.get(a)! * totals.get(b)!) + UNKNOWN);
    const value = scaled(inCommon, areRelated(a, b, invitedBy) ? "invited" : "strangers");
    if (value === 0) continue;
    put(likeness, a, b, value);
    put(likeness, b, a, value);
  }
  return likeness;
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
