import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSite, record, type SiteUnderTest } from "./testing.ts";

const RECORDS = Array.from({ length: 30 }, (_, at) =>
  record(`2503.${10_000 + at}`, `Paper number ${at}`, {
    facts: { abstract: "Words enough to be worth the packing. ".repeat(10), authors: [{ name: "Ada Example" }] },
    entry: { edition: "2025-03-28", upvotes: at },
  }),
);
const FORM = { "content-type": "application/x-www-form-urlencoded" };

let site: SiteUnderTest;
beforeAll(async () => {
  site = await openSite(RECORDS);
});
afterAll(() => site.close());

describe("finished pages", () => {
  it("are answered with 304 to whoever has them", async () => {
    const first = await site.get("/date/2025-03-28");
    const etag = first.headers.get("etag")!;
    expect(etag).toMatch(/^W\/"/);
    const again = await site.get("/date/2025-03-28", { "if-none-match": etag });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe("");
    expect(again.headers.get("etag")).toBe(etag);
    expect(first.headers.get("cache-control")).toBe("public, no-cache");
  });

  it("are packed for the first reader already, in the form that was asked for", async () => {
    const packed = await site.get("/week/2025-W13", { "accept-encoding": "gzip, br" });
    expect(packed.headers.get("content-encoding")).toBe("br");
    expect((await packed.arrayBuffer()).byteLength).toBeLessThan(6_000);
    expect((await site.get("/week/2025-W13")).headers.get("content-encoding")).toBeNull();
    const other = await site.get("/week/2025-W13", { "accept-encoding": "gzip" });
    expect(other.headers.get("content-encoding")).toBe("gzip");
  });

  it("show what the store holds as soon as its version is another", async () => {
    expect(await site.page("/date/2025-03-28")).not.toContain("A late arrival");
    await site.takeIn([record("2503.77777", "A late arrival", { entry: { edition: "2025-03-28", upvotes: 1 } })]);
    expect(await site.page("/date/2025-03-28")).toContain("A late arrival");
  });

  it("are made once for all who ask at the same time, and then not again", async () => {
    let asked = 0;
    const busy = site.changed(({ discovery }) => ({
      discovery: {
        ...discovery,
        editionOf: (date) => {
          asked++;
          return discovery.editionOf(date);
        },
      },
    }));
    const answers = await Promise.all(Array.from({ length: 20 }, () => busy.page("/date/2025-03-28")));
    expect(new Set(answers).size).toBe(1);
    await busy.page("/date/2025-03-28");
    expect(asked).toBe(1);
    await busy.page("/date/2025-03-28.md");
    expect(asked).toBe(2);
  });

  it("differ by form, and say so", async () => {
    const html = await site.get("/date/2025-03-28");
    const markdown = await site.get("/date/2025-03-28", { accept: "text/markdown" });
    expect(html.headers.get("vary")).toBe("Accept, Accept-Encoding, Cookie");
    expect(await markdown.text()).not.toBe(await html.text());
    expect(html.headers.get("link")).toContain('</date/2025-03-28.md>; rel="alternate"; type="text/markdown"');
  });

  it("answer HEAD without a body", async () => {
    const head = await site.app.request("/date/2025-03-28", { method: "HEAD" });
    expect(head.status).toBe(200);
    expect(await head.text()).toBe("");
  });
});

describe("headers", () => {
  it.each(["/", "/papers/2503.10001", "/nowhere", "/healthz", "/api/daily_papers", "/robots.txt"])(
    "keep %s to itself",
    async (path) => {
      const { headers } = await site.get(path);
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("content-security-policy")).not.toContain("unsafe");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("strict-transport-security")).toContain("max-age=31536000");
      expect(headers.get("x-request-id")).toMatch(/^r-[0-9a-z]+$/);
    },
  );

  it("promise TLS only where there is some", async () => {
    const plain = site.changed(({ settings }) => ({
      settings: { ...settings, baseUrl: "http://localhost:3000" },
    }));
    expect((await plain.get("/")).headers.get("strict-transport-security")).toBeNull();
  });

  it("let assets be kept forever, under the names the page gives them", async () => {
    const [, path] = /href="(\/assets\/site[^"]+)"/.exec(await site.page("/"))!;
    const asset = await site.get(path!, { "accept-encoding": "br" });
    expect(asset.headers.get("cache-control")).toContain("immutable");
    expect(asset.headers.get("content-encoding")).toBe("br");
  });
});

describe("subscribing", () => {
  const post = (email: string, headers: Record<string, string>) =>
    site.app.request("https://papers.example.org/subscribe", {
      method: "POST",
      headers: { ...FORM, ...headers },
      body: new URLSearchParams({ email }).toString(),
    });

  it("answers the same whether the address was known or not", async () => {
    const first = await post("reader@example.org", { "sec-fetch-site": "same-origin" });
    const second = await post(" Reader@example.org ", { origin: "https://papers.example.org" });
    for (const answer of [first, second]) {
      expect(answer.status).toBe(303);
      expect(answer.headers.get("location")).toBe("/subscribe/thanks");
    }
    expect(await site.page("/subscribe/thanks")).toContain("confirm");
  });

  it.each([
    [{ "sec-fetch-site": "cross-site" }],
    [{ "sec-fetch-site": "same-site" }],
    [{ origin: "https://elsewhere.example" }],
    [{ origin: "null" }],
    [{}],
  ])("refuses a form from elsewhere: %j", async (headers) => {
    expect((await post("reader@example.org", headers)).status).toBe(403);
  });

  it.each([
    "",
    "nobody",
    "a@b",
    "a b@example.org",
    `${"x".repeat(300)}@example.org`,
    "a@example.org\nBcc: b@example.org",
  ])("refuses %j as an address", async (email) => {
    const fresh = site.changed(() => ({}));
    const answer = await fresh.app.request("/subscribe", {
      method: "POST",
      headers: { ...FORM, "sec-fetch-site": "same-origin" },
      body: new URLSearchParams({ email }).toString(),
    });
    expect(answer.status).toBe(400);
  });

  it("stops after a number of tries from one address, and says when to come back", async () => {
    const fresh = site.changed(() => ({}));
    const tries = [];
    for (let at = 0; at < 11; at++) {
      tries.push(
        await fresh.app.request("/subscribe", {
          method: "POST",
          headers: { ...FORM, "sec-fetch-site": "same-origin" },
          body: `email=reader${at}@example.org`,
        }),
      );
    }
    expect(tries.map((answer) => answer.status)).toEqual([...Array<number>(10).fill(303), 429]);
    expect(tries.at(-1)!.headers.get("retry-after")).toBe("3600");
  });

  it("refuses a body that is too long", async () => {
    const answer = await post("x".repeat(100_000), { "sec-fetch-site": "same-origin" });
    expect(answer.status).toBe(413);
  });

  it("writes no address and no query into the log", async () => {
    await site.get("/search?q=secretwords");
    await site.get("/authors/Ada%20Example");
    await post("hidden@example.org", { "sec-fetch-site": "same-origin" });
    expect(site.log.length).toBeGreaterThan(0);
    expect(site.log.join("")).not.toMatch(/secretwords|hidden|Ada/);
  });
});

describe("when something breaks", () => {
  it("shows a number instead of the internals, and writes them down", async () => {
    const broken = site.changed(({ discovery }) => ({
      discovery: { ...discovery, latestEdition: () => Promise.reject(new Error("password=hunter2")) },
    }));
    const answer = await broken.get("/");
    const html = await answer.text();
    expect(answer.status).toBe(500);
    expect(html).not.toContain("hunter2");
    expect(html).toContain(answer.headers.get("x-request-id")!);
    expect(broken.log.join("")).toContain("hunter2");
  });

  it("tells programs in JSON", async () => {
    const answer = await site.get("/api/nothing");
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({ error: "There is no such address in this API." });
  });
});

describe("for operators", () => {
  it("is alive, is ready, and says how far the index is", async () => {
    expect(await (await site.get("/healthz")).text()).toBe("ok\n");
    const ready = await site.get("/readyz");
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ ready: true, database: "ok", index: { complete: true } });
  });

  it("is not ready without its database", async () => {
    const broken = site.changed(({ store }) => ({
      store: { ...store, ping: () => Promise.reject(new Error("gone")) },
    }));
    expect((await broken.get("/readyz")).status).toBe(503);
  });

  it("counts requests by route pattern, never by address", async () => {
    await site.get("/papers/2503.10001");
    const text = await (await site.get("/metrics")).text();
    expect(text).toMatch(/paperwire_http_requests_total\{route="\/papers\/:id[^"]*",method="GET",status="200"\} [1-9]/);
    expect(text).toContain("paperwire_papers 31");
    expect(text).not.toContain("2503.");
  });
});
