/** Headers that keep a page to itself stand on every answer. */
import { hashSecret, newApiToken } from "@paperwire/accounts";
import { expect, it } from "vitest";
import { nameOf, ROUTES } from "./route-table.ts";
import { requestOf, SECRETS, type World } from "./world.ts";

export function headerChecks(open: () => World): void {
  it("lets no page run what is not ours, lie in a frame, or tell others where its reader is", async () => {
    const { site, things, others } = open();
    for (const route of ROUTES) {
      for (const { headers } of [others[0]!, others.at(-1)!]) {
        const answer = await site.app.request(requestOf(route, { things, headers, fields: {} }));
        const said = (name: string) => answer.headers.get(name) ?? "";
        const name = nameOf(route);
        expect([name, said("content-security-policy")]).toEqual([name, expect.stringContaining("default-src 'none'")]);
        expect([name, said("content-security-policy")]).toEqual([name, expect.not.stringContaining("unsafe")]);
        expect([name, said("x-content-type-options")]).toEqual([name, "nosniff"]);
        expect([name, said("referrer-policy")]).toEqual([name, "no-referrer"]);
        if (answer.status === 200) expect([name, said("content-type")]).not.toEqual([name, ""]);
        const origin = said("access-control-allow-origin");
        if (origin !== "")
          expect([name, origin, said("vary")]).toEqual([name, "*", expect.not.stringContaining("Cookie")]);
      }
    }
  });

  it("answers a visitor after A, at the same address, with nothing that is A's", async () => {
    const { site, things, owner, others } = open();
    const token = newApiToken();
    const made = { name: "t", hash: hashSecret(token), scopes: ["read", "vote", "write"] as const, expiresMs: null };
    await site.store.apiTokens.add({ accountId: owner.id, ...made });
    const ways: Record<string, string>[] = [{ cookie: owner.jar.header }, { authorization: `Bearer ${token}` }];
    const found: string[] = [];
    let seen = 0;
    for (const route of ROUTES.filter(({ method, who }) => method === "GET" && who !== "link" && who !== "hook")) {
      for (const headers of ways) {
        const own = await (await site.app.request(requestOf(route, { things, headers }))).text();
        const answer = await site.app.request(requestOf(route, { things, headers: others[0]!.headers }));
        const text = (await answer.text()) + JSON.stringify([...answer.headers]);
        for (const secret of Object.keys(SECRETS)) {
          if (own.includes(secret)) seen++;
          if (text.includes(secret)) found.push(`${secret} at ${route.at}`);
        }
      }
    }
    expect(found).toEqual([]);
    // A sees their own at many of them, else this says nothing.
    expect(seen).toBeGreaterThan(10);
  });

  it("keeps what is one reader's out of every cache", async () => {
    const { site, things, owner, others } = open();
    for (const route of ROUTES.filter(({ method, who }) => method === "GET" && who !== "hook")) {
      for (const headers of [{ cookie: owner.jar.header }, others.at(-1)!.headers]) {
        const answer = await site.app.request(requestOf(route, { things, headers }));
        const text = await answer.text();
        if (!/zq\w+|@owner|@some-/.test(text) || !text.includes("Sign out")) continue;
        expect([route.at, answer.headers.get("cache-control")]).toEqual([route.at, "no-store"]);
        expect([route.at, answer.headers.get("etag")]).toEqual([route.at, null]);
      }
    }
  });
}
