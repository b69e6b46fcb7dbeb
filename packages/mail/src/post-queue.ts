/** Sends single mails behind the answer of a page: nobody can tell from its speed whether there was one to send. */
import type { SendResult } from "@paperwire/domain";

export type PostQueue = {
  /** Dropped, and reported, where too many wait already. */
  add(send: () => Promise<SendResult>): void;
  /** Resolves when nothing waits any more. */
  idle(): Promise<void>;
};

/** More waiting than this is an attack, or a mail server that does not answer. */
const WAITING_MAX = 200;
const AT_ONCE = 2;

/** @param onProblem  told why a mail was not accepted; never the address */
export function createPostQueue(onProblem: (reason: string) => void): PostQueue {
  const waiting: (() => Promise<SendResult>)[] = [];
  const running = new Set<Promise<void>>();
  const runNext = () => {
    const send = waiting.shift();
    if (!send) return;
    const run = attempt(send, onProblem).finally(() => {
      running.delete(run);
      runNext();
    });
    running.add(run);
  };
  return {
    add: (send) => {
      if (waiting.length >= WAITING_MAX) {
        onProblem("too many mails wait to be sent; one was dropped");
        return;
      }
      waiting.push(send);
      if (running.size < AT_ONCE) runNext();
    },
    idle: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

async function attempt(send: () => Promise<SendResult>, onProblem: (reason: string) => void): Promise<void> {
  try {
    const result = await send();
    if (result.kind !== "accepted") onProblem(`a mail was not accepted: ${result.reason}`);
  } catch (error) {
    onProblem(error instanceof Error ? error.message : String(error));
  }
}
