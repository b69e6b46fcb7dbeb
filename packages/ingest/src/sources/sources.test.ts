import type { IncomingRecord } from "@paperwire/domain";
import { openTestStore } from "@paperwire/store/testing";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createMemoryTurns, createStoreTurns } from "../polite/host-turns.ts";
import { createPoliteFetcher } from "../polite/polite-fetcher.ts";
import * as faults from "../replay/faults.ts";
import { openReplayServer, type ReplayServer } from "../replay/server.ts";
import {
  aclDoor,
  crossrefDoor,
  doiOf,
  hfDoor,
  openReviewDoor,
  preprintDoor,
  type ReplayWork,
  worksOf,
} from "../replay/works.ts";
import { createAclSource } from "./acl/client.ts";
import { createCrossrefSource } from "./crossref/client.ts";
import { harvestSource, type SourceRequest } from "./harvest-source.ts";
import { createHfSource } from "./hf/client.ts";
import { createOpenReviewSource } from "./openreview/client.ts";
import type { PaperSource } from "./port.ts";
import { createPreprintSource } from "./preprints/client.ts";

type TestStore = Awaited<ReturnType<typeof openTestStore>>;
let store: TestStore;
let server: ReplayServer;
let works: ReplayWork[] = [];
let nowMs = 0;
/** Works of each test are its own in the one store, which takes seconds to open. */
let first = 0;

beforeAll(async () => {
  store = await openTestStore(() => nowMs);
});
afterAll(() => store?.close());
beforeEach(async () => {
  nowMs = Date.UTC(2026, 10, 24, 12);
  first += 100;
  works = [...worksOf("2026-11-20", 7, first), ...worksOf("2026-11-23", 6, first + 50)];
  const told = () => works;
  const doors = {
    hf: hfDoor(told),
    openreview: openReviewDoor(told),
    preprints: preprintDoor(told, 4),
    crossref: crossrefDoor(told),
    acl: aclDoor(told),
  };
  server = await openReplayServer({ doors });
});
afterEach(() => server.close());

const sleep = async (ms: number, signal?: AbortSignal) => {
  signal?.throwIfAborted();
  nowMs += ms;
};
const turns = () => createMemoryTurns({ clock: () => nowMs, sleep });
const fetcher = () => createPoliteFetcher({ name: "The source", turns: turns(), contact: "ops@example.org" });
const limits = { timeoutMs: 150, bodyBytesMax: 1_000_000 };

type Case = {
  open(): PaperSource;
  set(): string;
  idOf(work: ReplayWork): [IncomingRecord["identifiers"][number]["scheme"], string];
  pages: number;
};
const cases: Record<string, Case> = {
  hf: {
    open: () => createHfSource({ fetcherFor: fetcher, ...limits }),
    set: () => `${server.url}/hf`,
    idOf: ({ n }) => ["arxiv", `2611.${String(n).padStart(5, "0")}`],
    // The month, then its days up to tomorrow.
    pages: 7,
  },
  openreview: {
    open: () =>
      createOpenReviewSource({ fetcher: fetcher(), baseUrl: `${server.url}/openreview`, perPage: 5, ...limits }),
    set: () => `Venue.cc/${first}/Conference`,
    idOf: ({ n }) => ["openreview", `note${String(n).padStart(5, "0")}`],
    pages: 4,
  },
  preprints: {
    open: () => createPreprintSource({ fetcher: fetcher(), baseUrl: `${server.url}/preprints`, ...limits }),
    set: () => (first % 200 === 0 ? "biorxiv" : "medrxiv"),
    idOf: (work) => ["doi", doiOf(work)],
    pages: 4,
  },
  crossref: {
    open: () =>
      createCrossrefSource({
        fetcher: fetcher(),
        baseUrl: `${server.url}/crossref`,
        perPage: 4,
        listDois: async (after, limit) =>
          works
            .map(doiOf)
            .filter((doi) => doi > after)
            .sort()
            .slice(0, limit),
        ...limits,
      }),
    set: () => "known",
    idOf: (work) => ["doi", doiOf(work)],
    pages: 4,
  },
  acl: {
    open: () => createAclSource({ fetcher: fetcher(), baseUrl: `${server.url}/acl`, ...limits }),
    set: () => `2026.t${first}`,
    idOf: ({ n }) => ["acl", `2026.t${first}-long.${n}`],
    pages: 1,
  },
};

describe.each(Object.entries(cases))("%s", (name, { open, set, idOf, pages }) => {
  const harvest = (request: Partial<SourceRequest> = {}) =>
    harvestSource({
      source: open(),
      papers: store.papers,
      marks: store.sources,
      turns: turns(),
      set: set(),
      since: "2026-11-20",
      nowMs: Date.UTC(2026, 10, 24, 12),
      ...request,
    });
  const again = () => harvest({ since: undefined });
  /** Asking the store whether it knows the paper changes nothing: an older word that is the same. */
  const stored = async () => {
    const known: number[] = [];
    for (const work of works) {
      const [scheme, value] = idOf(work);
      const [listed] = await store.papers.listByTitle(work.title);
      if (!listed) continue;
      const record: IncomingRecord = {
        identifiers: [{ scheme, value }],
        facts: { title: work.title },
        asOf: "1990-01-01T00:00:00.000Z",
      };
      expect(await store.papers.takeIn([record])).toEqual(["unchanged"]);
      known.push(work.n);
    }
    return known;
  };
  async function nothingLostNothingDoubled() {
    const count = await store.papers.count();
    expect(await stored()).toEqual(works.map(({ n }) => n));
    expect(await store.papers.count()).toBe(count);
    expect(await again()).toMatchObject({ added: 0, updated: 0 });
    for (const { title } of works) expect(await store.papers.listByTitle(title)).toHaveLength(1);
  }

  test("reads its list to the end, page by page, politely", async () => {
    const summary = await harvest();
    expect(summary).toMatchObject({ added: 13, refused: 0, pages, share: 1 });
    expect(summary).not.toHaveProperty("stopped");
    expect(server.mostOpen).toBe(1);
    expect(server.requests[0]!.userAgent).toBe("Paperwire/0.1 (ops@example.org)");
    const { paper } = (await store.papers.listByTitle(works[0]!.title))[0]!;
    expect(paper.abstract).toMatch(/^We ask question \d+ and answer it with care & patience\./);
    expect(paper.authors).toEqual([{ name: "Ada A. Author" }, { name: `Ben van Bauer${works[0]!.n}` }]);
    await nothingLostNothingDoubled();
  });

  test("the next run takes what is new and what changed", async () => {
    await harvest();
    works.push(...worksOf("2026-11-24", 2, first + 80));
    works[12] = { ...works[12]!, title: `A better title ${first} ${name}`, day: "2026-11-24" };
    const summary = await again();
    expect(summary.added).toBe(2);
    expect(summary.updated).toBe(1);
    await nothingLostNothingDoubled();
  });

  test("503 with Retry-After, 429, a broken connection, half an answer, a page instead of data", async () => {
    server.faults = [faults.status(503, { "retry-after": "42" }), faults.status(429), faults.broken];
    expect(await harvest()).not.toHaveProperty("stopped");
    server.faults = [faults.truncated(), faults.html, faults.wrongEncoding];
    await harvest();
    await nothingLostNothingDoubled();
  });

  test.each([
    ["half an answer", () => faults.truncated(), /damaged/],
    ["a page instead of data", () => faults.html, /answers with/],
    ["an endless body", () => faults.endless, /more than 1,000,000 bytes|answers with "OAI-PMH"/],
    ["a slow drip", () => faults.drip, "The source did not answer within 150 ms."],
    [
      "a redirect to loopback",
      () => faults.redirect("http://127.0.0.1:1/x"),
      "The source redirects to another place, which is not followed.",
    ],
    [
      "a redirect to link-local",
      () => faults.redirect("http://169.254.169.254/latest"),
      "The source redirects to another place, which is not followed.",
    ],
    [
      "a wait for tomorrow",
      () => faults.status(503, { "retry-after": "86400" }),
      "The source answers with status 503. It asks to wait 86,400 s.",
    ],
  ])("%s, for good: it ends, says why, and the next run goes on", async (_, fault, stopped) => {
    server.faults = Array.from({ length: 8 }, fault);
    const summary = await harvest();
    if (typeof stopped === "string") expect(summary.stopped).toBe(stopped);
    else expect(summary.stopped).toMatch(stopped);
    server.faults = [];
    expect(await harvest()).not.toHaveProperty("stopped");
    await nothingLostNothingDoubled();
  });

  test("stopped by hand after any page, it goes on behind it", async () => {
    for (let page = 1; page <= pages; page++) {
      const stop = new AbortController();
      const run = harvest({ signal: stop.signal, onProgress: () => stop.abort(new Error("stopped by hand")) });
      if (page < pages) await expect(run).rejects.toThrow("stopped by hand");
      else await run;
    }
    const asked = server.requests.map(({ path }) => path);
    expect(new Set(asked).size).toBe(asked.length);
    await nothingLostNothingDoubled();
  });

  test("two workers at once: the second waits, and no page is fetched twice", async () => {
    let done: Promise<unknown> = Promise.resolve();
    let holders = 0;
    const shared = createStoreTurns({
      sources: store.sources,
      clock: () => nowMs,
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
          response.writeHead(200, { "content-type": "application/json" }).end(right);
        },
      ];
    });
    const one = harvest({ turns: shared });
    done = one;
    await began;
    const other = harvest({ turns: shared, since: undefined });
    expect([(await one).added, (await other).added]).toEqual([13, 0]);
    await nothingLostNothingDoubled();
  });

  // The Anthology's papers have no shape to miss: see acl/acl.test.ts for what is refused there.
  if (name !== "acl") {
    test("an item that is broken is refused, and the others come", async () => {
      // Servers of daily papers are asked for the month first.
      const pass: (typeof server.faults)[number] = (response, _, right) => void response.end(right);
      server.faults = [
        ...(name === "hf" ? [pass] : []),
        (response, _, right) => {
          const broken = right.replace(/"title":(?:"[^"]*"|\[[^\]]*\]|\{[^}]*\})/, '"title":12');
          response.writeHead(200, { "content-type": "application/json" }).end(broken);
        },
      ];
      const summary = await harvest();
      expect(summary).toMatchObject({ added: 12, refused: 1 });
      expect(summary.refusals[0]!.reason).toMatch(/title/);
    });
  }

  test("a set that is none is refused before anything is asked", async () => {
    await expect(harvest({ set: "no such thing!" })).rejects.toThrow(/"no such thing!"/);
    expect(server.requests).toEqual([]);
  });

  // The API of the daily papers has no word for it.
  if (name !== "hf") {
    test("what was taken back says so", async () => {
      works[0] = { ...works[0]!, takenBack: true };
      await harvest();
      const [listed] = await store.papers.listByTitle(works[0].title);
      // A submission that was withdrawn from a conference is no withdrawn paper: only a note says it.
      if (name === "openreview") expect(listed!.paper.note).toBe("Submitted to ICLR 2026 Conference, withdrawn.");
      else expect(listed!.paper.notices).toMatchObject([{ kind: name === "preprints" ? "withdrawn" : "retracted" }]);
    });
  }
});

test("a cursor that another version saved begins the list anew", async () => {
  const { open, set } = cases["openreview"]!;
  const mark = { from: "2026-11-20", cursor: { page: "seven" } };
  await store.sources.saveMark({ source: "openreview", set: set(), mark });
  const summary = await harvestSource({
    source: open(),
    papers: store.papers,
    marks: store.sources,
    turns: turns(),
    set: set(),
    nowMs,
  });
  expect(summary).toMatchObject({ added: 13 });
});

test("a collection that did not change is not sent again", async () => {
  const { open, set } = cases["acl"]!;
  const request = { source: open(), papers: store.papers, marks: store.sources, turns: turns(), set: set(), nowMs };
  await harvestSource(request);
  expect(await harvestSource(request)).toMatchObject({ read: 0, added: 0 });
  expect(server.requests.at(-1)!.etag).toMatch(/^"\d+"$/);
});

test("the last day of a month ends a followed server's list in the next month, which is empty", async () => {
  nowMs = Date.UTC(2026, 10, 30, 12);
  works = worksOf("2026-11-29", 5, first);
  const { open, set } = cases["hf"]!;
  const shares: (number | null)[] = [];
  const onProgress = ({ share }: { share: number | null }) => shares.push(share);
  const request = { source: open(), papers: store.papers, marks: store.sources, turns: turns(), set: set(), nowMs };
  const summary = await harvestSource({ ...request, since: "2026-11-29", onProgress });
  expect(summary).toMatchObject({ added: 5, refused: 0, share: 1 });
  // Before the month is known to be there, its days, and the month after it.
  expect(shares).toEqual([0, 1 / 3, 2 / 3, 1]);
});
