/** What was merged is told to everybody, and taken back by moderators alone. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { account, accountsByCookie, BASE_URL, openSite, record, type SiteUnderTest } from "../testing.ts";

const ABSTRACT =
  "We ask how patient llamas are and wait for an answer, which takes them four minutes on average, and us longer. ".repeat(
    2,
  );

let open: SiteUnderTest;
let site: SiteUnderTest;
beforeAll(async () => {
  const facts = { abstract: ABSTRACT, authors: [{ name: "Ada Example" }], year: 2025 };
  const named = {
    identifiers: [{ scheme: "doi" as const, value: "10.1/x" }],
    facts: { title: "How Patient Are Llamas?", ...facts },
  };
  open = await openSite([named]);
  await open.takeIn([record("2503.00001", "How patient are llamas? A study", { facts })]);
  const accounts = [account("mo", { role: "moderator" }), account("ada")];
  site = open.changed(() => ({ accounts: accountsByCookie(accounts), pageVersion: { current: () => undefined } }));
});
afterAll(() => open.close());

const send = (path: string, fields: Record<string, string>, as?: string, from = "same-origin") =>
  site.app.request(`${BASE_URL}${path}`, {
    method: "POST",
    headers: { "sec-fetch-site": from, ...(as && { cookie: `reader=${as}` }) },
    body: new URLSearchParams(fields),
  });
const read = async (path: string, as?: string) => (await site.get(path, as ? { cookie: `reader=${as}` } : {})).text();

test("says what was merged and why, without a button for readers", async () => {
  for (const html of [await read("/merges"), await read("/merges", "ada")]) {
    expect(html).toContain("How patient are llamas? A study");
    expect(html).toContain("the same title but for a subtitle; 1 of 1 authors; 100 % of the abstract");
    expect(html).not.toContain("Not the same");
  }
  expect(await site.page("/merges.md")).toContain("is 2503.00001 (the same title but for a subtitle");
  expect(await site.page("/sources")).toContain('href="/merges"');
});

test("a moderator takes it back, once, from this site; then the two are apart for good", async () => {
  const [merge] = (await site.store.merges.list({ limit: 1, offset: 0 })).items;
  const path = `/merges/${merge!.id}/undo`;
  expect(await read("/merges", "mo")).toContain(`action="${path}"`);
  expect((await send(path, {})).status).toBe(401);
  expect((await send(path, {}, "ada")).status).toBe(403);
  expect((await send(path, {}, "mo", "cross-site")).status).toBe(403);
  expect((await send(path, {}, "mo")).headers.get("location")).toBe(`/merges#${merge!.id}`);
  expect((await send(path, {}, "mo")).status).toBe(409);
  expect(await read("/merges", "mo")).toContain("they are two works");
  expect((await send("/merges", { keep: "2503.00001", other: merge!.loser }, "mo")).status).toBe(409);
});

test("a moderator merges by hand, by id or by address", async () => {
  await open.takeIn([record("2503.00002", "Alpacas"), record("2503.00003", "More alpacas")]);
  const wish = { keep: "2503.00003", other: `${BASE_URL}/papers/2503.00002` };
  expect((await send("/merges", wish, "ada")).status).toBe(403);
  expect((await send("/merges", wish, "mo")).status).toBe(303);
  expect((await site.get("/papers/2503.00002")).headers.get("location")).toBe("/papers/2503.00003");
  expect((await send("/merges", { keep: "2503.00003", other: "nonsense" }, "mo")).status).toBe(404);
  expect(await read("/merges")).toContain("decided by a person");
});
