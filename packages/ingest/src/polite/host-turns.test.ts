import { openTestStore } from "@paperwire/store/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMemoryTurns, createStoreTurns, type HostTurns, houseOf } from "./host-turns.ts";

let nowMs = 0;
const clock = () => nowMs;
/** Sleeping moves the clock; several sleepers move it only as far as the longest of them needs. */
const sleep = async (ms: number, signal?: AbortSignal) => {
  signal?.throwIfAborted();
  const wake = nowMs + ms;
  await new Promise((resolve) => setImmediate(resolve));
  nowMs = Math.max(nowMs, wake);
};

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  const { openStore } = await import("@paperwire/store");
  store = await openStore({ location: { kind: "embedded", folder: null }, clock });
});
afterAll(() => store?.close());
let holders = 0;
const storeTurns = () =>
  createStoreTurns({ sources: store.sources, clock, sleep, newHolder: () => `holder ${holders++}` });

describe.each<[string, () => [HostTurns, HostTurns]]>([
  ["within a process", () => Array<HostTurns>(2).fill(createMemoryTurns({ clock, sleep })) as [HostTurns, HostTurns]],
  ["over two processes that share a database", () => [storeTurns(), storeTurns()]],
])("turns %s", (name, make) => {
  test("one at a time, three seconds between the end of one and the beginning of the next", async () => {
    const both = make();
    let open = 0;
    let most = 0;
    const spans: [number, number][] = [];
    const work = async () => {
      most = Math.max(most, ++open);
      const began = nowMs;
      await sleep(500);
      open--;
      spans.push([began, nowMs]);
    };
    await Promise.all(Array.from({ length: 8 }, (_, n) => both[n % 2]!.run(`a ${name}`, work)));
    expect(most).toBe(1);
    for (let n = 1; n < spans.length; n++) expect(spans[n]![0] - spans[n - 1]![1]).toBeGreaterThanOrEqual(3_000);
  });

  test("what a source asks to wait holds for everybody, and another host does not wait", async () => {
    const [one, other] = make();
    await one.run(`b ${name}`, async (turn) => turn.postpone(60_000));
    const ended = nowMs;
    await other.run(`c ${name}`, async () => expect(nowMs).toBe(ended));
    await other.run(`b ${name}`, async () => expect(nowMs).toBeGreaterThanOrEqual(ended + 60_000));
  });

  test("work that fails gives its turn back", async () => {
    const [one, other] = make();
    await expect(one.run(`d ${name}`, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(await other.run(`d ${name}`, async () => "next")).toBe("next");
  });

  test("waiting stops when it is told to", async () => {
    const [one, other] = make();
    await one.run(`e ${name}`, async (turn) => turn.postpone(60_000));
    const stop = new AbortController();
    stop.abort(new Error("stopped"));
    await expect(other.run(`e ${name}`, async () => "never", stop.signal)).rejects.toThrow("stopped");
  });
});

test("the turn of a process that was killed ends after two minutes", async () => {
  await store.sources.takeTurn("killed", "a dead process", 120_000);
  const killed = nowMs;
  const waits: number[] = [];
  const turns = createStoreTurns({
    sources: store.sources,
    clock,
    sleep,
    newHolder: () => "next",
    onWait: (_, ms) => waits.push(ms),
  });
  await turns.run("killed", async () => expect(nowMs - killed).toBeLessThanOrEqual(123_000));
  expect(waits[0]).toBe(120_000);
});

test("a long answer keeps its turn while it comes, and knows when it has lost it", async () => {
  const turns = storeTurns();
  await turns.run("long", async (turn) => {
    for (let minute = 0; minute < 10; minute++) {
      nowMs += 60_000;
      await turn.touch();
      expect(await store.sources.takeTurn("long", "greedy", 1_000)).toBeGreaterThan(100_000);
    }
    nowMs += 130_000;
    expect(await store.sources.takeTurn("long", "greedy", 1_000)).toBe(0);
    await expect(turn.touch()).rejects.toThrow("Another process took the turn at long");
  });
});

test("feed, listing, harvest and query API of arXiv are one house", () => {
  const hosts = ["arxiv.org", "rss.arxiv.org", "oaipmh.arxiv.org", "export.arxiv.org"];
  expect(new Set(hosts.map(houseOf))).toEqual(new Set(["arxiv.org"]));
  expect(["notarxiv.org", "127.0.0.1:80", "arxiv.org.example.org"].map(houseOf)).toEqual([
    "notarxiv.org",
    "127.0.0.1:80",
    "arxiv.org.example.org",
  ]);
});
