/** Votes that arrive while others are being written are written together: one commit, one flush, many acknowledgements. */
import { type PaperId, tooMany } from "@paperwire/domain";

export type VoteAct = { accountId: string; paperId: PaperId; upvoted: boolean };

/** Acts of one transaction, and acts that may wait for theirs. */
export const VOTES_AT_ONCE = 500;
const VOTES_WAITING = 20_000;

export type VoteQueue<T> = { add(act: VoteAct): Promise<T> };

type Waiting<T> = { act: VoteAct; resolve(answer: T): void; reject(error: unknown): void };

/**
 * @param write takes 1..`VOTES_AT_ONCE` acts in the order in which they came, in one transaction, and answers each
 */
export function createVoteQueue<T>(write: (acts: readonly VoteAct[]) => Promise<readonly T[]>): VoteQueue<T> {
  let waiting: Waiting<T>[] = [];
  let writing = false;
  const drain = async () => {
    writing = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, VOTES_AT_ONCE);
      waiting = waiting.slice(VOTES_AT_ONCE);
      try {
        const answers = await write(batch.map(({ act }) => act));
        for (const [at, { resolve }] of batch.entries()) resolve(answers[at]!);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    writing = false;
  };
  return {
    add: (act) =>
      new Promise((resolve, reject) => {
        if (waiting.length >= VOTES_WAITING)
          return reject(tooMany("Too many vote at this moment. Try again in a second."));
        waiting.push({ act, resolve, reject });
        if (!writing) void drain();
      }),
  };
}
