import { addDays, announcedAtMs, type BatchState, batchState, hasBatch } from "@paperwire/domain";
import { openTestStore } from "@paperwire/store/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createAnnouncementClient } from "./announcements/client.ts";
import { checkAnnouncement } from "./check-announcement.ts";
import { harvestArxiv } from "./harvest-arxiv.ts";
import { createOaiClient } from "./oai/client.ts";
import { createMemoryTurns } from "./polite/host-turns.ts";
import { createPoliteFetcher } from "./polite/polite-fetcher.ts";
import * as faults from "./replay/faults.ts";
import { papersOf } from "./replay/model.ts";
import { type DoorSwitch, openReplayServer, type ReplayServer } from "./replay/server.ts";

const HOUR_MS = 3_600_000;
let server: ReplayServer;
let store: Awaited<ReturnType<typeof openTestStore>>;
let waitedMs = 0;
const turns = createMemoryTurns({ clock: () => waitedMs, sleep: async (ms) => void (waitedMs += ms) });
const fetcher = createPoliteFetcher({ name: "arXiv", turns });

beforeAll(async () => {
  store = await openTestStore();
  server = await openReplayServer({ pageSize: 1_000 });
});
afterAll(async () => {
  await server?.close();
  await store?.close();
});
beforeEach(() => {
  server.faults = [];
  server.papers = [];
  Object.assign(server.switches, { rss: "right", listing: "right" } satisfies Partial<ReplayServer["switches"]>);
});

const client = () =>
  createAnnouncementClient({
    fetcher,
    rssUrl: `${server.url}/rss`,
    listingUrl: `${server.url}/list`,
    timeoutMs: 2_000,
  });

async function check(set: string, day: string, { harvest = false, hours = 14 } = {}) {
  server.today = day;
  const news = harvest
    ? (
        await harvestArxiv({
          source: createOaiClient({ fetcher, baseUrl: `${server.url}/oai` }),
          papers: store.papers,
          marks: store.sources,
          turns,
          set,
          since: addDays(day, -7),
          watch: [day],
        })
      ).news
    : undefined;
  return checkAnnouncement({
    source: client(),
    papers: store.papers,
    sources: store.sources,
    set,
    nowMs: announcedAtMs(day) + hours * HOUR_MS,
    ...(news ? { harvested: news } : {}),
  });
}

async function stateOf(set: string, day: string, hours = 14): Promise<BatchState | null> {
  const batches = await store.sources.listBatches({ first: day, last: day });
  const batch = batches.find((one) => one.set === set);
  const nothing = { reports: [], announced: 0, stored: 0, usual: null };
  return batchState({ ...(batch ?? nothing), day, nowMs: announcedAtMs(day) + hours * HOUR_MS });
}

test("a day whose feed and listing agree is complete, and its papers are there", async () => {
  server.papers = papersOf("2026-09-22", 6, { category: "cs.IR" });
  expect(await check("cs.IR", "2026-09-22")).toMatchObject({ day: "2026-09-22", added: 6, failed: [] });
  expect(await stateOf("cs.IR", "2026-09-22")).toBe("complete");
  const asked = server.requests.length;
  expect(await check("cs.IR", "2026-09-22")).toMatchObject({ added: 0, updated: 0 });
  // The feed is asked whether it changed.
  expect(server.requests[asked]!.etag).toMatch(/^"/);
  expect(await stateOf("cs.IR", "2026-09-22")).toBe("complete");
});

test("a feed that shares few papers with the listing is provisional, until OAI brings the others", async () => {
  server.papers = papersOf("2026-09-23", 30, { category: "cs.IR", first: 100 });
  server.switches.rss = "short";
  await check("cs.IR", "2026-09-23");
  expect(await stateOf("cs.IR", "2026-09-23")).toBe("provisional");
  await check("cs.IR", "2026-09-23", { harvest: true });
  expect(await stateOf("cs.IR", "2026-09-23")).toBe("complete");
});

test("the state is that of the newest word: stale at six in the morning, complete at ten", async () => {
  server.papers = [
    ...papersOf("2026-09-24", 7, { category: "cs.IR", first: 200 }),
    ...papersOf("2026-09-23", 30, { category: "cs.IR", first: 100 }),
  ];
  server.switches.rss = "stale";
  server.switches.listing = "lag";
  await check("cs.IR", "2026-09-24", { hours: 10 });
  expect(await stateOf("cs.IR", "2026-09-24", 10)).toBe("stale");
  expect(await stateOf("cs.IR", "2026-09-23", 34)).toBe("complete");
  server.switches.rss = "right";
  server.switches.listing = "right";
  await check("cs.IR", "2026-09-24");
  expect(await stateOf("cs.IR", "2026-09-24")).toBe("complete");
});

test("an empty feed of Saturday does not touch Friday's batch", async () => {
  server.papers = papersOf("2026-09-25", 4, { category: "cs.IR", first: 300 });
  await check("cs.IR", "2026-09-25");
  server.today = "2026-09-26";
  const nowMs = announcedAtMs("2026-09-26") + 14 * HOUR_MS;
  await checkAnnouncement({ source: client(), papers: store.papers, sources: store.sources, set: "cs.IR", nowMs });
  expect(await stateOf("cs.IR", "2026-09-25", 38)).toBe("complete");
  expect(await store.sources.listBatches({ first: "2026-09-26", last: "2026-09-26" })).toEqual([]);
});

test("a day on which nobody asked is told of by the harvest, and stays provisional", async () => {
  server.papers = [
    ...papersOf("2026-09-28", 4, { category: "cs.DB", first: 700 }),
    ...papersOf("2026-09-29", 3, { category: "cs.DB", first: 750 }),
  ];
  const { news } = await harvestArxiv({
    source: createOaiClient({ fetcher, baseUrl: `${server.url}/oai` }),
    papers: store.papers,
    marks: store.sources,
    turns,
    set: "cs.DB",
    since: "2026-09-20",
    watch: ["2026-09-28", "2026-09-29"],
  });
  server.today = "2026-09-29";
  const nowMs = announcedAtMs("2026-09-29") + 14 * HOUR_MS;
  await checkAnnouncement({
    source: client(),
    papers: store.papers,
    sources: store.sources,
    set: "cs.DB",
    nowMs,
    harvested: news,
  });
  expect(await stateOf("cs.DB", "2026-09-29")).toBe("complete");
  expect(await stateOf("cs.DB", "2026-09-28", 38)).toBe("provisional");
});

describe("a door that fails is said to have failed, and the other one is heard:", () => {
  test.each([
    ["503", "cs.AI", faults.status(503), "arXiv answers with status 503."],
    ["HTML", "cs.CV", faults.html, 'arXiv answers with "html".'],
    ["cut short", "cs.RO", faults.truncated(0.5), "arXiv's answer is damaged or cut short."],
    [
      "another place",
      "cs.SE",
      faults.redirect("http://[::1]:9/"),
      "arXiv redirects to another place, which is not followed.",
    ],
  ])("%s", async (_, set, fault, reason) => {
    server.papers = papersOf("2026-09-29", 5, { category: set, first: 400 + set.charCodeAt(3) * 10 });
    server.faults = Array.from({ length: reason.includes("redirects") ? 1 : 4 }, () => fault);
    const summary = await check(set, "2026-09-29");
    expect(summary.failed).toEqual([{ door: "rss", reason }]);
    expect(await stateOf(set, "2026-09-29")).toBe("provisional");
    await check(set, "2026-09-29");
    expect(await stateOf(set, "2026-09-29")).toBe("complete");
  });
});

/** The rule in terms of what was broken. The door of OAI is closed in these days. */
function truthOf(rss: DoorSwitch, listing: DoorSwitch): BatchState {
  const whole = [rss, listing].filter((how) => how === "right" || how === "doubled").length;
  if (whole === 2) return "complete";
  if (whole === 1 || rss === "short" || listing === "short") return "provisional";
  return rss === "lag" || rss === "stale" || listing === "lag" || listing === "stale" ? "stale" : "missing";
}

test("every pair of faults, over real requests and a real database, is told rightly", async () => {
  const kinds: DoorSwitch[] = ["right", "lag", "stale", "short", "empty", "silent"];
  const pairs = kinds.flatMap((rss) => kinds.map((listing) => [rss, listing] as const));
  let day = "2026-03-02";
  let first = 1_000;
  let before = papersOf("2026-02-27", 9, { category: "math.KT", first: 900 });
  server.papers = before;
  await check("math.KT", "2026-02-27");
  const said: string[] = [];
  for (const [rss, listing] of pairs) {
    while (!hasBatch(day)) day = addDays(day, 1);
    const today = papersOf(day, 9, { category: "math.KT", first: (first += 10) });
    // Feeds that lag show the batch before, whatever day that was.
    server.papers = [
      ...today,
      ...before.map((paper) => ({ ...paper, announcedOn: addDays(day, new Date(day).getUTCDay() === 1 ? -3 : -1) })),
    ];
    Object.assign(server.switches, { rss, listing });
    await check("math.KT", day);
    const state = await stateOf("math.KT", day);
    if (state !== truthOf(rss, listing)) said.push(`${day} ${rss}+${listing}: ${state}, not ${truthOf(rss, listing)}`);
    // The rest comes later in the day, so that the next feed that lags has nothing new.
    Object.assign(server.switches, { rss: "right", listing: "right" });
    await check("math.KT", day);
    if ((await stateOf("math.KT", day)) !== "complete") said.push(`${day} is not complete in the end`);
    before = today;
    day = addDays(day, 1);
  }
  expect(said).toEqual([]);
});
