/** Headers that keep a page to itself stand on every answer. */
import { expect, it } from "vitest";
import { nameOf, ROUTES } from "./route-table.ts";
import { requestOf, type World } from "./world.ts";

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
