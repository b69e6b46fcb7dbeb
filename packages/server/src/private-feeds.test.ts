import { parseAtomFeed } from "feedsmith";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BASE_URL, NOW_MS, openSite, record, type SiteUnderTest } from "./testing.ts";

let site: SiteUnderTest;
let manage: string;
let subscriberId: string;

beforeAll(async () => {
  site = await openSite([
    record("2503.00001", "Loved", { facts: { keywords: ["ranking"] }, entry: { edition: "2025-03-28", upvotes: 9 } }),
    record("2503.00002", "Liked", { facts: { keywords: ["ranking"] }, entry: { edition: "2025-03-28", upvotes: 5 } }),
    record("2503.00003", "Unseen", { facts: { keywords: ["ranking"] }, entry: { edition: "2025-03-28", upvotes: 1 } }),
    record("2503.00004", "Elsewhere", {
      facts: { keywords: ["optics"] },
      entry: { edition: "2025-03-28", upvotes: 9 },
    }),
    record("2503.00005", "Later", { facts: { keywords: ["ranking"] }, entry: { edition: "2025-03-31", upvotes: 7 } }),
  ]);
  const answer = await site.store.subscribers.request({
    email: "ada@example.org",
    key: "ada@example.org",
    source: "web",
    text: "v1",
  });
  const subscriber = await site.store.subscribers.confirm(answer.mail === "confirm" ? answer.confirmId : "");
  subscriberId = subscriber!.id;
  await site.store.subscribers.setPreferences(subscriberId, {
    ...subscriber!.preferences,
    topics: ["ranking"],
    upvotesMin: 2,
    papersMax: 1,
  });
  const links = await new Promise<string>((resolve) =>
    site.changed(({ mail }) => {
      resolve(mail.links(subscriberId, NOW_MS).manageUrl);
      return {};
    }),
  );
  manage = links.slice(BASE_URL.length);
});
afterAll(() => site.close());

const post = (path: string) => site.app.request(`${BASE_URL}${path}`, { method: "POST" });
const addressOn = async (path: string) =>
  /href="(https:\/\/[^"]+\/feeds\/[\w-]{43})\.atom"/.exec(await site.page(path))?.[1]?.slice(BASE_URL.length);

describe("a private feed", () => {
  it("is made when its reader asks, and holds what they wished for", async () => {
    expect(await addressOn(manage)).toBeUndefined();
    expect((await post(`${manage}/feed`)).headers.get("location")).toBe(`${manage}#feed`);
    const address = (await addressOn(manage))!;
    const feed = parseAtomFeed(await site.page(`${address}.atom`));
    expect(feed.title!.value).toBe("Paperwire: your papers");
    expect(feed.subtitle!.value).toBe(
      "Papers as you wished them: at most 1 a day, with 2 upvotes or more, on ranking.",
    );
    expect(feed.entries!.map(({ title }) => title!.value)).toEqual(["Later", "Loved"]);
    expect((await site.get(`${address}.rss`)).status).toBe(200);
    expect((await site.get(`${address}.json`)).status).toBe(200);
    expect((await site.get(address)).status).toBe(404);
    expect((await site.get(`${address}.bib`)).status).toBe(404);
  });

  it("is kept by no shared cache, found by no crawler, read by no other site's script, and does not name its own address", async () => {
    const address = (await addressOn(manage))!;
    const response = await site.get(`${address}.atom`);
    expect(response.headers.get("cache-control")).toBe("private, no-cache");
    expect(response.headers.get("x-robots-tag")).toBe("noindex, nofollow");
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    expect(await response.text()).not.toContain(address);
    const again = await site.get(`${address}.atom`, { "if-none-match": response.headers.get("etag")! });
    expect(again.status).toBe(304);
  });

  it("leaves no trace of its address in the log or in the database", async () => {
    const address = (await addressOn(manage))!;
    await site.get(`${address}.atom`);
    const token = address.split("/").at(-1)!;
    expect(site.log.join("\n")).toContain("/feeds/:token");
    expect(site.log.join("\n")).not.toContain(token);
    expect(JSON.stringify(await site.store.privateFeeds.findOf(subscriberId))).not.toContain(token);
  });

  it("gets a new address on request, and the old one is like any wrong one", async () => {
    const old = (await addressOn(manage))!;
    await post(`${manage}/feed`);
    const renewed = (await addressOn(manage))!;
    expect(renewed).not.toBe(old);
    const [gone, wrong] = [await site.get(`${old}.atom`), await site.get(`/feeds/${"x".repeat(43)}.atom`)];
    expect([gone.status, wrong.status]).toEqual([404, 404]);
    expect(await gone.text()).toContain("There is no feed at this address");
    expect((await site.get(`${renewed}.atom`)).status).toBe(200);
  });

  it("goes when its reader removes it, or is forgotten", async () => {
    const address = (await addressOn(manage))!;
    await post(`${manage}/feed/remove`);
    expect((await site.get(`${address}.atom`)).status).toBe(404);
    await post(`${manage}/feed`);
    const next = (await addressOn(manage))!;
    await site.store.subscribers.erase(subscriberId);
    expect((await site.get(`${next}.atom`)).status).toBe(404);
    expect((await post(`${manage}/feed`)).status).toBe(404);
  });
});
