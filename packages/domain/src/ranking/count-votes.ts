/** Which votes a paper's place rests on: one per person, none of its authors, less of the new, one of those who are one. */
import type { TrustLevel } from "../account.ts";
import type { VoteCounts } from "./candidate.ts";
import { independence, type Likeness } from "./likeness.ts";

export type Voter = { voter: number; trust: TrustLevel; isAuthor: boolean };

/** What the vote of an account that nobody knows yet counts; it counts whole once the account is known. */
const NEW_ACCOUNT = 0.5;

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
  let heldAlike = 0;
  others.forEach(({ trust }, at) => {
    const worth = trust === 0 ? NEW_ACCOUNT : 1;
    heldNew += 1 - worth;
    heldAlike += worth * (1 - shares[at]!);
  });
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
