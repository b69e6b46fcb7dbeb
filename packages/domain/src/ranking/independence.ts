/** What each vote on one paper counts, given whom its voter acts as one with: one divided by how many it stands for. */
import type { Likeness, Pairs } from "./likeness.ts";

/**
 * A lab of half a dozen is no crowd: so many others who look alike by what they choose alone are free. What is over it counts by
 * its pairs, which grow with its square; at so much over it as much as the same number of accounts that are alike in time, too.
 */
const COMPANY = { free: 3, even: 1.5 } as const;

/** So many others of the same mind leave a vote a third of its weight. */
const FALL = 1.7;

/**
 * A voter who is like nobody else on this paper counts 1, whoever else joins in; one in company of n surely alike e^(-n / 1.7).
 * @param voters  who voted for the paper, each once
 * @returns 0..1, in the order of `voters`
 */
export function independence(voters: readonly number[], { pairs, crowds }: Likeness): number[] {
  const here = new Set(voters);
  return voters.map((voter) => {
    const crowd = Math.max(0, company(voter, here, crowds) - COMPANY.free);
    return Math.exp(-(company(voter, here, pairs) + (crowd * crowd) / COMPANY.even) / FALL);
  });
}

function company(voter: number, here: ReadonlySet<number>, known: Pairs): number {
  let sum = 0;
  for (const [other, value] of known.get(voter) ?? []) if (here.has(other)) sum += value;
  return sum;
}
