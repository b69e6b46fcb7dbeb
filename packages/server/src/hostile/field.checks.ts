/** What a form or a body says beyond its fields is not heard, and no text makes the site stumble. */
import { expect, it } from "vitest";
import { changes, nameOf, ROUTES, type Route } from "./route-table.ts";
import { requestOf, type World } from "./world.ts";

/** What somebody would like to set who guesses the names of our columns. */
const EXTRA: Readonly<Record<string, string>> = {
  role: "admin",
  trust: "2",
  isAdmin: "true",
  admin: "1",
  verified: "true",
  emailVerified: "true",
  email_verified: "true",
  weight: "1000",
  upvotes: "1000",
  createdAt: "1970-01-01T00:00:00Z",
  created_at: "1970-01-01T00:00:00Z",
  suspendedUntil: "",
  invitesStopped: "",
  orcid: "0000-0002-1825-0097",
  state: "shown",
  hold: "",
  scopes: "write",
  expiresMs: "0",
  accountId: "{account}",
  account_id: "{account}",
  userId: "{account}",
  by: "{account}",
  author: "{account}",
  owner: "{handle}",
  hash: "x",
  __proto__: "x",
  "constructor[prototype][isAdmin]": "true",
  "role[]": "admin",
};

/** They end the session with which the others are tried, and take no fields. */
const ENDS = new Set(["/settings/sessions/end-all", "/sign-out"]);
const mine = (route: Route) =>
  changes(route) && (route.who === "reader" || route.who === "everybody") && !ENDS.has(route.path);

const ODD = [
  "a\0b",
  "\ud800",
  "\u202e",
  "%",
  "%00",
  "__proto__",
  "constructor",
  "'; drop table papers; --",
  "😀".repeat(3_000),
];

export function fieldChecks(open: () => World): void {
  it("hears nothing that a form says beyond its own fields", async () => {
    const { site, things, snapshot } = open();
    const attacker = await site.signedIn("attacker@example.org", { handle: "attacker" });
    const own = await site.store.comments.add({
      paperId: things["paper"]!,
      parentId: null,
      accountId: attacker.id,
      body: "Own words",
      hold: null,
    });
    const [before, of] = [await site.store.accounts.findStored(attacker.id), await snapshot()];
    const names = { ...things, comment: own.id };
    for (const route of ROUTES.filter(mine)) {
      const extra = Object.entries(EXTRA).filter(([name]) => !(name in (route.fields ?? {})));
      const fields = { ...Object.fromEntries(extra), ...route.fields };
      Object.defineProperty(fields, "__proto__", { value: { isAdmin: "true", role: "admin" }, enumerable: true });
      const headers = { cookie: attacker.jar.header };
      const asking = { things: names, headers, fields, query: Object.fromEntries(extra) };
      await site.app.request(requestOf(route, asking));
      const { handle: _h, name: _n, ...after } = (await site.store.accounts.findStored(attacker.id))!;
      expect([nameOf(route), { ...before, ...after }]).toEqual([nameOf(route), before]);
      expect([nameOf(route), await snapshot()]).toEqual([nameOf(route), of]);
      expect("isAdmin" in {}).toBe(false);
    }
    const tokens = await site.store.apiTokens.list(attacker.id);
    expect(tokens.map(({ scopes }) => scopes)).toEqual([["read"]]);
    expect(tokens[0]!.expiresAt).not.toBeNull();
  });

  it("stumbles over no text, in no place: whatever is sent, the answer is not that something broke", async () => {
    const { site, things, others } = open();
    const { headers } = others.at(-1)!;
    const wrong: string[] = [];
    const probe = async (route: Route, asking: Omit<Parameters<typeof requestOf>[1], "headers">, what: string) => {
      const { status } = await site.app.request(requestOf(route, { ...asking, headers }));
      site.passTime(30_000);
      if (status >= 500) wrong.push(`${nameOf(route)} with ${JSON.stringify(what.slice(0, 40))}: ${status}`);
    };
    for (const route of ROUTES.filter(({ path }) => !ENDS.has(path))) {
      for (const odd of ODD) {
        const strange = encodeURIComponent(odd.isWellFormed() ? odd : "\ufffd").replace("%25", "%");
        const at = route.at.replace(/\{\w+\}/g, strange);
        if (at !== route.at) await probe({ ...route, at }, { things }, `at ${at}`);
        const query = Object.fromEntries((route.asks ?? []).map((name) => [name, odd]));
        if (route.asks) await probe(route, { things, query }, `?${odd}`);
        for (const name of Object.keys(route.fields ?? {})) {
          await probe(route, { things, fields: { ...route.fields, [name]: odd } }, `${name}=${odd}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
}
