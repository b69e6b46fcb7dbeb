/** What another site's page can make a browser send changes nothing here. */
import { expect, it } from "vitest";
import { changes, nameOf, ROUTES } from "./route-table.ts";
import { requestOf, type World } from "./world.ts";

/** What a browser, or a program with a stolen cookie, can say about where a request comes from. */
const ELSEWHERE: readonly Readonly<Record<string, string>>[] = [
  { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site", origin: "https://evil.papers.example.org" },
  { "sec-fetch-site": "none" },
  { origin: "https://evil.example" },
  { origin: "null" },
  { origin: "http://papers.example.org" },
  { origin: "https://papers.example.org.evil.example" },
  { origin: "https://papers.example.org@evil.example" },
  { origin: "https://papers.example.org:8443" },
  { referer: "https://papers.example.org/" },
  {},
];

/** Forms that a page can send anywhere without asking first. */
const SIMPLE_TYPES = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"];

export function csrfChecks(open: () => World): void {
  it("refuses a change that another site's page sends, and nothing changes", async () => {
    const { site, things, owner, snapshot } = open();
    const before = await snapshot();
    const wrong: string[] = [];
    for (const route of ROUTES.filter((one) => changes(one) && one.who !== "link" && one.who !== "hook")) {
      for (const from of ELSEWHERE) {
        const headers = { cookie: owner.jar.header };
        const { status } = await site.app.request(requestOf(route, { things, headers, from }));
        if (status !== 403) wrong.push(`${nameOf(route)} with ${JSON.stringify(from)}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(await snapshot()).toBe(before);
  });

  it("takes JSON only where it says so, even from our own pages", async () => {
    const { site, things, owner, snapshot } = open();
    const before = await snapshot();
    const wrong: string[] = [];
    for (const route of ROUTES.filter((one) => one.json && one.fields)) {
      for (const type of SIMPLE_TYPES) {
        const headers = { cookie: owner.jar.header, "content-type": type };
        const { status } = await site.app.request(requestOf(route, { things, headers }));
        if (status < 400) wrong.push(`${nameOf(route)} as ${type}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(await snapshot()).toBe(before);
  });

  it("believes a token alone: the cookie beside it counts for nothing", async () => {
    const { site, things, owner } = open();
    const route = ROUTES.find(({ path }) => path === "/api/papers/:id/upvote")!;
    for (const authorization of ["Bearer pw_wrong", "Bearer hf_of-another-service"]) {
      const headers = { cookie: owner.jar.header, authorization };
      expect((await site.app.request(requestOf(route, { things, headers }))).status).toBe(401);
    }
  });

  it("lets no other site read with a reader's cookies", async () => {
    const { site, things, owner } = open();
    for (const route of ROUTES) {
      const headers = { cookie: owner.jar.header, origin: "https://evil.example" };
      const request = new Request(requestOf({ ...route, method: "GET" }, { things, headers }).url, {
        method: "OPTIONS",
        headers: { ...headers, "access-control-request-method": route.method },
      });
      const asked = await site.app.request(request);
      expect([nameOf(route), asked.headers.get("access-control-allow-credentials")]).toEqual([nameOf(route), null]);
      expect([nameOf(route), asked.headers.get("access-control-allow-headers")]).toEqual([nameOf(route), null]);
    }
  });
}
