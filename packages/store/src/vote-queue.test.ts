import { expect, it } from "vitest";
import { createVoteQueue, VOTES_AT_ONCE, type VoteAct } from "./vote-queue.ts";

const act = (n: number): VoteAct => ({ accountId: `a${n}`, paperId: "p", upvoted: true });

it("writes one by one when it is quiet, together when it is not, in the order in which they came", async () => {
  const batches: string[][] = [];
  const queue = createVoteQueue(async (acts) => {
    batches.push(acts.map(({ accountId }) => accountId));
    await Promise.resolve();
    return acts.map(({ accountId }) => accountId);
  });
  expect(await queue.add(act(0))).toBe("a0");
  const wanted = Array.from({ length: VOTES_AT_ONCE + 7 }, (_, n) => act(n));
  expect(await Promise.all(wanted.map((one) => queue.add(one)))).toEqual(wanted.map(({ accountId }) => accountId));
  expect(batches.map(({ length }) => length)).toEqual([1, 1, VOTES_AT_ONCE, 6]);
});

it("tells everybody of a batch that it failed, and goes on", async () => {
  let broken = true;
  const queue = createVoteQueue(async (acts) => {
    await Promise.resolve();
    if (broken) throw new Error("gone");
    return acts.map(() => "done");
  });
  const answers = await Promise.allSettled([queue.add(act(1)), queue.add(act(2)), queue.add(act(3))]);
  expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  broken = false;
  expect(await queue.add(act(4))).toBe("done");
});

it("refuses what nobody could wait for", async () => {
  const queue = createVoteQueue(() => new Promise<string[]>(() => undefined));
  const first = queue.add(act(0));
  for (let n = 0; n < 20_000; n++) void queue.add(act(n));
  await expect(queue.add(act(1))).rejects.toThrow("Too many vote");
  void first;
});
