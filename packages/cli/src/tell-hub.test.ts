/** News for the hub: coalesced, told at least once, given up within limits. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createPostForm } from "@paperwire/ingest";
import type { Store } from "@paperwire/store";
import { openTestStore } from "@paperwire/store/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tellHub } from "./tell-hub.ts";

const BASE_URL = "https://papers.example.org";
const SECOND_MS = 1_000;

type Hub = { url: string; told: URLSearchParams[]; answers: (status: number) => void; close(): Promise<void> };

/** A hub that notes what it is told, and answers as a test wants. */
async function openHub(): Promise<Hub> {
  const told: URLSearchParams[] = [];
  let status = 204;
  const server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += part));
    request.on("end", () => {
      if (status < 300) told.push(new URLSearchParams(body));
      response.writeHead(status, status === 429 ? { "retry-after": "120" } : {}).end("as the test wants\n");
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    told,
    answers: (next) => (status = next),
    close: () => new Promise((done) => server.close(() => done())),
  };
}

const paper = (id: string, title: string, topic = "ranking") => ({
  identifiers: [{ scheme: "arxiv" as const, value: id }],
  facts: { title, keywords: [topic] },
  entry: { edition: "2025-03-28" },
});

describe("the hub", () => {
  let store: Store;
  let hub: Hub;
  let nowMs = Date.UTC(2025, 2, 28, 12);
  const round = (extra: object = {}) =>
    tellHub({ store, hubUrl: hub.url, baseUrl: BASE_URL, clock: () => nowMs, post: createPostForm(), ...extra });

  beforeEach(async () => {
    store = await openTestStore(() => nowMs);
    hub = await openHub();
    await store.papers.takeIn([paper("2503.00001", "There from the start")]);
    await round();
  });
  afterEach(async () => {
    await hub.close();
    await store.close();
  });

  it("is told of every feed that a new paper is in, once for changes that come together", async () => {
    await store.papers.takeIn([paper("2503.00002", "First")]);
    await round();
    await store.papers.takeIn([paper("2503.00003", "Second")]);
    nowMs += 5 * SECOND_MS;
    expect(await round()).toMatchObject({ told: 0 });
    nowMs += 5 * SECOND_MS;
    expect(await round()).toEqual({ told: 6, putOff: 0, givenUp: [] });
    expect(hub.told.map((fields) => fields.get("hub.url"))).toEqual(
      [
        "/latest.atom",
        "/latest.json",
        "/latest.rss",
        "/topics/ranking.atom",
        "/topics/ranking.json",
        "/topics/ranking.rss",
      ].map((path) => BASE_URL + path),
    );
    expect(hub.told.every((fields) => fields.get("hub.mode") === "publish")).toBe(true);
    nowMs += 3_600 * SECOND_MS;
    expect(await round()).toMatchObject({ told: 0 });
  });

  it("is told nothing of what was there before it was asked for, nor after a restore", async () => {
    nowMs += 60 * SECOND_MS;
    expect(await round()).toMatchObject({ told: 0 });
    await store.settings.set("epoch", "another");
    await store.papers.takeIn([paper("2503.00009", "Restored")]);
    await round();
    expect(await store.hubPings.count()).toBe(0);
  });

  it("is told again later when it is down, at its own pace when it says one", async () => {
    hub.answers(503);
    await store.papers.takeIn([paper("2503.00004", "Patience")]);
    await round();
    nowMs += 10 * SECOND_MS;
    expect(await round()).toMatchObject({ told: 0, putOff: 6 });
    hub.answers(429);
    nowMs += 30 * SECOND_MS;
    expect(await round()).toMatchObject({ putOff: 6 });
    hub.answers(202);
    nowMs += 119 * SECOND_MS;
    expect(await round()).toMatchObject({ told: 0 });
    nowMs += SECOND_MS;
    expect(await round()).toMatchObject({ told: 6 });
  });

  it("is given up on a clear no, and after eight attempts", async () => {
    hub.answers(400);
    await store.papers.takeIn([paper("2503.00005", "No")]);
    await round();
    nowMs += 10 * SECOND_MS;
    const refused = await round();
    expect(refused.givenUp[0]).toEqual({ path: "/latest.atom", reason: "400: as the test wants" });
    await hub.close();
    await store.papers.takeIn([paper("2503.00006", "Nobody")]);
    await round();
    let given = 0;
    for (let attempt = 1; attempt <= 8; attempt++) {
      expect(await store.hubPings.count()).toBe(6);
      nowMs += 3_600 * SECOND_MS;
      given = (await round()).givenUp.length;
    }
    expect([given, await store.hubPings.count()]).toEqual([6, 0]);
    hub = await openHub();
  });

  it("hears of it from the next process when one dies in between", async () => {
    await store.papers.takeIn([paper("2503.00007", "Crash")]);
    await round();
    nowMs += 10 * SECOND_MS;
    const dying = new AbortController();
    dying.abort();
    expect(await round({ signal: dying.signal })).toMatchObject({ told: 0 });
    nowMs += 300 * SECOND_MS;
    expect(await round()).toMatchObject({ told: 6 });
  });

  it("is not asked at an address inside the network", async () => {
    const post = createPostForm({ resolve: async () => [{ address: "10.0.0.7", family: 4 }] });
    await expect(post(new URL("http://hub.example.org/"), {})).rejects.toThrow();
    await expect(post(new URL("http://169.254.169.254/"), {})).rejects.toThrow();
  });
});
