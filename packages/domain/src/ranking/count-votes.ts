/** Which votes a paper's place rests on: one per person, none of its authors, less of the new, little of those who vote as one. */
import type { TrustLevel } from "../account.ts";
import type { VoteCounts } from "./candidate.ts";
import { independence } from "./independence.ts";
import type { Likeness } from "./likeness.ts";

export type Voter = { voter: number; trust: TrustLevel; isAuthor: boolean };

/** What the vote of an account that nobody knows yet counts; it counts whole once the account is known. */
const NEW_ACCOUNT = 0.5;

/** Votes that count less than this are taken together … */
const ALIKE_BELOW = 0.5;
/** … and what they come to is rounded down to this: among papers nobody voted for, a hundredth of a vote would pass them all. */
const STEP = 0.5;

/**
 * @param brought  votes that sources told of: nobody here can look into them
 * @param voters   our own readers who voted for the paper
 */
export function countVotes(brought: number, voters: readonly Voter[], likeness: Likeness): VoteCounts {
  const others = voters.filter(({ isAuthor }) => !isAuthor);
  const shares = independence(
    others.map(({ voter }) => voter),
    likeness,
  );
  let heldNew = 0;
  let [whole, own, alike] = [0, 0, 0];
  others.forEach(({ trust }, at) => {
    const worth = trust === 0 ? NEW_ACCOUNT : 1;
    const counted = worth * shares[at]!;
    heldNew += 1 - worth;
    whole += worth;
    if (shares[at]! < ALIKE_BELOW) alike += counted;
    else own += counted;
  });
  const heldAlike = whole - own - Math.floor(alike / STEP) * STEP;
  return {
    shown: brought + voters.length,
    here: voters.length,
    byAuthors: voters.length - others.length,
    heldNew,
    heldAlike: rounded(heldAlike),
  };
}

/** Six digits: enough for any order, and the same on every machine. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
