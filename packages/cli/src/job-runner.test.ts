import { upstream } from "@paperwire/domain";
import { openTestStore } from "@paperwire/store/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createJobRunner } from "./job-runner.ts";
import type { SourceJob } from "./source-jobs.ts";

type TestStore = Awaited<ReturnType<typeof openTestStore>>;
let store: TestStore;
let nowMs = Date.UTC(2026, 10, 24, 12);
let number = 0;
let name = "";
const ended: string[] = [];
const errors: string[] = [];

beforeAll(async () => {
  store = await openTestStore(() => nowMs);
});
afterAll(() => store?.close());
beforeEach(() => {
  name = `job ${++number}`;
  ended.length = 0;
  errors.length = 0;
});

const job = (run: SourceJob["run"]): SourceJob => ({ name, plan: async () => ({ kind: "hours", hours: 3 }), run });
const runner = (one: SourceJob, holder = "one") =>
  createJobRunner({
    jobs: [one],
    store,
    clock: () => nowMs,
    holder,
    onEnd: (_, outcome) => ended.push(outcome),
    onError: (_, error) => errors.push((error as Error).message),
  });
const HOUR = 3_600_000;

test("a job runs when it is due, and says what came of it and when it is due again", async () => {
  let runs = 0;
  const one = runner(job(async () => `run ${++runs}`));
  await one.round();
  await one.round();
  expect(runs).toBe(1);
  expect(await store.jobs.find(name)).toMatchObject({
    outcome: "run 1",
    error: null,
    nextAt: "2026-11-24T15:00:00.000Z",
  });
  nowMs += 3 * HOUR;
  await one.round();
  expect(ended).toEqual(["run 1", "run 2"]);
});

test("of two processes one does it, once", async () => {
  let runs = 0;
  let done = () => {};
  const hung = new Promise<void>((resolve) => {
    done = resolve;
  });
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const work = job(async () => {
    runs++;
    begin();
    await hung;
    return "done";
  });
  const first = runner(work, "one").round();
  await begun;
  await runner(work, "two").round();
  done();
  await first;
  await runner(work, "two").round();
  expect(runs).toBe(1);
});

test("what fails is told, and tried again after a while, not at once", async () => {
  let runs = 0;
  const one = runner(
    job(async () => {
      if (++runs < 3) throw upstream("the source is silent");
      return "done";
    }),
  );
  await one.round();
  await one.round();
  expect([runs, errors]).toEqual([1, ["the source is silent"]]);
  expect(await store.jobs.find(name)).toMatchObject({ error: "the source is silent", failures: 1 });
  nowMs += HOUR / 6;
  await one.round();
  nowMs += HOUR / 3;
  await one.round();
  expect(await store.jobs.find(name)).toMatchObject({ outcome: "done", error: null, failures: 0 });
});

test("a process that was killed keeps nobody waiting for longer than its lease", async () => {
  await store.sources.takeTurn(`job ${name}`, "killed", 120_000);
  await store.jobs.begin(name);
  const one = runner(job(async () => "done"));
  await one.round();
  expect(ended).toEqual([]);
  nowMs += 120_000;
  await one.round();
  expect(ended).toEqual(["done"]);
});

test("a site that stops tells its job to, waits for it, and calls that no failure", async () => {
  const one = runner(
    job(
      (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason));
        }),
    ),
  );
  const round = one.round();
  while ((await store.jobs.find(name))?.beganAt == null) await new Promise((resolve) => setImmediate(resolve));
  await one.stop();
  await round;
  expect(errors).toEqual([]);
  expect(await store.jobs.find(name)).toMatchObject({ error: null, endedAt: null });
  // The lease was given back: whoever starts next goes on at once.
  await runner(
    job(async () => "done"),
    "two",
  ).round();
  expect(ended).toEqual(["done"]);
});
