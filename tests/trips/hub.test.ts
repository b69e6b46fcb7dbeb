/** A paper comes in, and a WebSub subscriber has it without having looked: through a hub on loopback that trusts nobody. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createPostForm } from "@paperwire/ingest";
import { parseAtomFeed } from "feedsmith";
import { expect, test } from "vitest";
import { tellHub } from "../../packages/cli/src/tell-hub.ts";
import { startSiteOf } from "../clients/running-site.ts";

const COALESCED_MS = 10_000;
const LIMIT_MS = 60_000;

const paper = (id: string, title: string) => ({
  identifiers: [{ scheme: "arxiv" as const, value: id }],
  facts: { title, keywords: ["ranking"] },
  entry: { edition: "2026-05-29" },
});

type Delivery = { topic: string; titles: string[] };

/**
 * On `publish` it fetches the topic itself and looks whether the feed names this hub and, as itself, the very topic: only
 * then is anything delivered. @source WebSub (W3C 2018), sections 4 and 7
 */
async function openVerifyingHub() {
  const delivered: Delivery[] = [];
  const distrusted: string[] = [];
  let url = "";
  const server: Server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    const fields = new URLSearchParams(body);
    const topic = fields.get("hub.url") ?? "";
    const answer = await fetch(topic);
    const link = answer.headers.get("link") ?? "";
    const text = await answer.text();
    const trusted =
      fields.get("hub.mode") === "publish" &&
      request.headers["content-type"] === "application/x-www-form-urlencoded" &&
      link.includes(`<${url}>; rel="hub"`) &&
      link.includes(`<${topic}>; rel="self"`) &&
      text.includes(url) &&
      text.includes(topic);
    if (!trusted) distrusted.push(`${topic} ${link}`);
    else if (topic.endsWith(".atom")) {
      delivered.push({ topic, titles: (parseAtomFeed(text).entries ?? []).map(({ title }) => title!.value) });
    }
    response.writeHead(trusted ? 204 : 400).end();
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    delivered,
    distrusted,
    close: () => new Promise<void>((done) => server.close(() => done())),
  };
}

test(
  "a hub that verifies delivers a new paper to the subscribers of its feeds",
  async () => {
    const hub = await openVerifyingHub();
    let version = 0;
    let nowMs = Date.UTC(2026, 5, 1, 12);
    const site = await startSiteOf(
      async (store) => {
        await store.papers.takeIn([paper("2605.00001", "There before")]);
      },
      { settings: { hubUrl: hub.url }, pageVersion: { current: () => String(version) }, clock: () => nowMs },
    );
    try {
      const round = () =>
        tellHub({
          store: site.store,
          hubUrl: hub.url,
          baseUrl: site.address,
          clock: () => nowMs,
          post: createPostForm(),
        });
      await round();
      await site.store.papers.takeIn([paper("2605.00002", "News")]);
      version++;
      await round();
      nowMs += COALESCED_MS;
      expect(hub.delivered).toEqual([]);
      expect(await round()).toMatchObject({ told: 6 });
      expect(hub.distrusted).toEqual([]);
      const titles = ["There before", "News"];
      expect(hub.delivered.map(({ topic }) => topic.slice(site.address.length))).toEqual([
        "/latest.atom",
        "/topics/ranking.atom",
      ]);
      for (const one of hub.delivered) expect(one.titles.toSorted()).toEqual(titles.toSorted());
    } finally {
      await site.close();
      await hub.close();
    }
  },
  LIMIT_MS,
);
