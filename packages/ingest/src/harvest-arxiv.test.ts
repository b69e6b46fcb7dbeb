import { openTestStore } from "@paperwire/store/testing";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type HarvestRequest, harvestArxiv } from "./harvest-arxiv.ts";
import { createOaiClient } from "./oai/client.ts";
import { oaiSetOf } from "./oai/sets.ts";
import { createMemoryTurns, createStoreTurns } from "./polite/host-turns.ts";
import { createPoliteFetcher } from "./polite/polite-fetcher.ts";
import * as faults from "./replay/faults.ts";
import { papersOf } from "./replay/model.ts";
import { openReplayServer, type ReplayServer } from "./replay/server.ts";

type TestStore = Awaited<ReturnType<typeof openTestStore>>;
let server: ReplayServer;
let store: TestStore;
let nowMs = 0;
const slept: number[] = [];
const turns = () =>
  createMemoryTurns({
    clock: () => nowMs,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      slept.push(ms);
      nowMs += ms;
    },
  });

/** Each test has a set and papers of its own in the one store, which takes seconds to open. */
let count = 0;
let set = "";
let first = 0;
const newPapers = (day: string, n: number, offset: number) =>
  papersOf(day, n, { category: set, first: first + offset });

beforeAll(async () => {
  store = await openTestStore(() => nowMs);
});
afterAll(() => store?.close());
beforeEach(async () => {
  count++;
  set = `cs.T${String.fromCharCode(97 + (count % 26))}${String.fromCharCode(97 + Math.floor(count / 26))}`;
  first = count * 50;
  // Eight papers of Monday, five of Tuesday: three to a page, so five pages.
  const papers = [...newPapers("2026-11-23", 8, 0), ...newPapers("2026-11-24", 5, 10)];
  server = await openReplayServer({ papers, now: () => Date.UTC(2026, 10, 24, 12) + nowMs });
  slept.length = 0;
  nowMs = 0;
});
afterEach(() => server.close());

function harvest(request: Partial<HarvestRequest> = {}, client: { timeoutMs?: number; bodyBytesMax?: number } = {}) {
  const fetcher = createPoliteFetcher({ name: "arXiv", turns: turns(), contact: "ops@example.org" });
  const source = createOaiClient({ fetcher, baseUrl: `${server.url}/oai`, ...client });
  return harvestArxiv({
    source,
    papers: store.papers,
    marks: store.sources,
    turns: turns(),
    set,
    since: "2026-11-01",
    ...request,
  });
}
const again = () => harvest({ since: undefined });
const stored = async () => (await store.papers.listByIds(allIds())).map(({ paper }) => paper.id).sort();
const allIds = () => server.papers.map(({ id }) => id).sort();
const mark = () => store.sources.findMark("arxiv-oai", set);

/** What every fault must end in. */
async function nothingLostNothingDoubled() {
  expect(await stored()).toEqual(allIds());
  const version = await store.version();
  expect(await again()).toMatchObject({ added: 0, updated: 0 });
  expect(await store.version()).toBe(version);
}

test("reads a list to its end, page by page, three seconds apart, over one connection", async () => {
  const summary = await harvest({ watch: ["2026-11-24"] });
  expect(summary).toMatchObject({ pages: 5, read: 13, listSize: 13, added: 13, newest: "2026-11-24", refused: 0 });
  expect(summary.news.get("2026-11-24")).toHaveLength(5);
  expect(slept).toEqual([3_000, 3_000, 3_000, 3_000]);
  expect(server.mostOpen).toBe(1);
  expect(server.requests[0]).toMatchObject({
    path: `/oai?verb=ListRecords&metadataPrefix=arXivRaw&from=2026-11-01&set=${oaiSetOf(set).replaceAll(":", "%3A")}`,
    userAgent: "Paperwire/0.1 (ops@example.org)",
  });
  expect(await mark()).toEqual({ from: "2026-11-23", isSorted: true });
  const { id, title } = server.papers.at(-1)!;
  expect(await store.papers.find(id)).toMatchObject({
    title,
    abstract: expect.stringMatching(/^We ask question \d+, and answer it with <care> & \$x < \d+\$\.$/),
    publishedAt: "2026-11-23T15:00:00.000Z",
  });
  await nothingLostNothingDoubled();
});

test("the next run takes what is new and what changed, and nothing else", async () => {
  await harvest();
  server.papers.push(...newPapers("2026-11-25", 2, 20));
  server.papers[0] = { ...server.papers[0]!, title: "A better title", datestamp: "2026-11-25" };
  expect(await again()).toMatchObject({ added: 2, updated: 1 });
  expect(server.requests.at(-1)!.path).toContain("2026-11-23");
  await nothingLostNothingDoubled();
});

test("deleted and withdrawn papers that are known say so; unknown ones do not come", async () => {
  await harvest();
  server.papers[0] = { ...server.papers[0]!, isDeleted: true, datestamp: "2026-11-25" };
  const second = server.papers[1]!;
  server.papers[1] = {
    ...second,
    versions: [...second.versions, { date: "2026-11-24T12:00:00Z", sourceType: "I" }],
    datestamp: "2026-11-25",
  };
  server.papers.push({ ...newPapers("2026-11-25", 1, 30)[0]!, isDeleted: true });
  expect(await again()).toMatchObject({ added: 0, updated: 2, withdrawn: 3 });
  expect(await store.papers.find(server.papers[0]!.id)).toMatchObject({
    note: "Withdrawn on arXiv.",
    abstract: /We ask/,
  });
  expect((await store.papers.find(second.id))!.note).toBe("Withdrawn on arXiv.");
  expect(await store.papers.find(server.papers.at(-1)!.id)).toBeNull();
  expect(await again()).toMatchObject({ updated: 0 });
});

test("a set that was never harvested needs a day to begin", async () => {
  await expect(again()).rejects.toThrow("was never harvested");
  expect(server.requests).toHaveLength(0);
});

describe("nothing is lost, nothing doubled, and it is said what happened:", () => {
  test("pages that overlap", async () => {
    server.switches.overlap = 2;
    expect(await harvest()).toMatchObject({ added: 13, unchanged: 8 });
    await nothingLostNothingDoubled();
  });

  test("tokens that are forgotten", async () => {
    server.switches.expireTokens = true;
    expect(await harvest()).toMatchObject({ stopped: "arXiv forgot its place in the list 4 times." });
    // It goes on from the newest day it has seen, so it comes to the end by itself.
    expect(await again()).not.toHaveProperty("stopped");
    await nothingLostNothingDoubled();
  });

  test("a server's clock that is two days ahead, or behind", async () => {
    for (const days of [2, -2]) {
      server.switches.clockSkewMs = days * 86_400_000;
      await harvest();
      expect(await mark()).toEqual({ from: "2026-11-23", isSorted: true });
    }
    await nothingLostNothingDoubled();
  });

  test("503 with Retry-After, 429, and a connection that breaks", async () => {
    server.faults = [faults.status(503, { "retry-after": "42" }), faults.status(429), faults.broken];
    expect(await harvest()).toMatchObject({ added: 13 });
    expect(slept.slice(0, 3)).toEqual([42_000, 12_000, 24_000]);
    await nothingLostNothingDoubled();
  });

  test.each([
    ["an answer cut short", faults.truncated()],
    ["HTML instead of XML", faults.html],
    ["an encoding that is not the one declared", faults.wrongEncoding],
    ["entities that grow", faults.entities],
    ["a single answer of another encoding that is declared", faults.latin1],
  ])("%s", async (_, fault) => {
    server.faults = [(response, request, right) => fault(response, request, right)];
    expect(await harvest()).not.toHaveProperty("stopped");
    expect(await stored()).toEqual(allIds());
  });

  test.each([
    ["an answer cut short, for good", () => faults.truncated(), "arXiv's answer is damaged or cut short.", true],
    ["HTML, for good", () => faults.html, 'arXiv answers with "html".', false],
    ["an endless body", () => faults.endless, "arXiv's answer has more than 1,000,000 bytes.", false],
    [
      "a small body that unpacks to a large one",
      () => faults.bomb(5_000_000),
      "arXiv's answer has more than 1,000,000 bytes.",
      false,
    ],
    ["a slow drip", () => faults.drip, "arXiv did not answer within 150 ms.", false],
    [
      "a redirect to loopback",
      () => faults.redirect("http://127.0.0.1:1/x"),
      "arXiv redirects to another place, which is not followed.",
      false,
    ],
    [
      "a redirect to link-local",
      () => faults.redirect("http://169.254.169.254/latest"),
      "arXiv redirects to another place, which is not followed.",
      false,
    ],
    [
      "a wait for tomorrow",
      () => faults.status(503, { "retry-after": "86400" }),
      "arXiv answers with status 503. It asks to wait 86,400 s.",
      false,
    ],
  ])("%s", async (_, fault, stopped, some) => {
    server.faults = Array.from({ length: 8 }, fault);
    const summary = await harvest({}, { timeoutMs: 150, bodyBytesMax: 1_000_000 });
    expect(summary).toMatchObject({ stopped });
    expect((await stored()).length > 0).toBe(some && summary.added > 0);
    server.faults = [];
    expect(await harvest()).not.toHaveProperty("stopped");
    await nothingLostNothingDoubled();
  });

  test("a list that goes round in a circle", async () => {
    let first = "";
    const circle: (typeof server.faults)[number] = (response, _, right) => {
      first ||= right;
      response.writeHead(200, { "content-type": "text/xml" }).end(first);
    };
    server.faults = Array.from({ length: 9 }, () => circle);
    expect((await harvest()).stopped).toBe("arXiv's list goes round in a circle.");
  });

  test("stopped by hand after any page, and killed between any two transactions", async () => {
    for (let pages = 0; pages < 5; pages++) {
      const stop = new AbortController();
      const asked = server.requests.length;
      const run = harvest({
        signal: stop.signal,
        onProgress: () => {
          if (server.requests.length >= asked + 1) stop.abort(new Error("stopped by hand"));
        },
      });
      if (pages < 4) await expect(run).rejects.toThrow("stopped by hand");
      else await run.catch(() => undefined);
      // Each run does one page and goes on behind it.
      expect((await stored()).length).toBe(Math.min(3 * (pages + 1), 13));
    }
    await harvest();
    await nothingLostNothingDoubled();
  });

  test("two workers at once: the second waits, and fetches no page that the first has", async () => {
    let done: Promise<unknown> = Promise.resolve();
    let holders = 0;
    const shared = createStoreTurns({
      sources: store.sources,
      clock: () => nowMs,
      // Whoever has to wait does so until the other one is done.
      sleep: async (ms) => {
        await done;
        nowMs += ms;
      },
      newHolder: () => `worker ${holders++}`,
    });
    const began = new Promise<void>((resolve) => {
      server.faults = [
        (response, _, right) => {
          resolve();
          response.writeHead(200, { "content-type": "text/xml" }).end(right);
        },
      ];
    });
    const one = harvest({ turns: shared });
    done = one;
    await began;
    const other = harvest({ turns: shared, since: undefined });
    expect([(await one).added, (await other).added]).toEqual([13, 0]);
    const tokens = server.requests.map(({ path }) => path).filter((path) => path.includes("resumptionToken"));
    expect(tokens.length).toBeGreaterThan(4);
    expect(new Set(tokens).size).toBe(tokens.length);
    await nothingLostNothingDoubled();
  });

  test("a list of which only a part was read says nothing of a day", async () => {
    const watch = ["2026-11-24"];
    server.faults = [
      (response, _, right) => void response.writeHead(200, { "content-type": "text/xml" }).end(right),
      ...Array.from({ length: 4 }, () => faults.html),
    ];
    expect((await harvest({ watch })).news.size).toBe(0);
    expect((await harvest({ watch })).news.size).toBe(0);
    expect((await harvest({ watch })).news.get("2026-11-24")).toHaveLength(5);
  });

  test("a store that fails in the middle", async () => {
    let calls = 0;
    const papers: HarvestRequest["papers"] = {
      find: (id) => store.papers.find(id),
      takeIn: (records, saved) => {
        if (++calls === 3) throw new Error("the disk is full");
        return store.papers.takeIn(records, saved);
      },
    };
    await expect(harvest({ papers })).rejects.toThrow("the disk is full");
    expect(await stored()).toHaveLength(6);
    expect(await harvest()).toMatchObject({ added: 7 });
    await nothingLostNothingDoubled();
  });
});
