/** Votes from the reader's side: by form, by program, seen on pages, and not from anywhere else. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { account, accountsByCookie, BASE_URL, NOW_MS, openSite, record, type SiteUnderTest } from "./testing.ts";

const OWN = { "sec-fetch-site": "same-origin" };
const ada = account("ada");
const quiet = account("quiet", { suspendedUntil: new Date(NOW_MS + 1_000) });

describe("a vote", () => {
  let open: SiteUnderTest;
  let site: SiteUnderTest;
  beforeAll(async () => {
    open = await openSite([
      record("2503.00001", "Paper one", { entry: { edition: "2025-03-28", upvotes: 4 } }),
      record("2503.00002", "Paper two"),
      { ...record("hep-th/9901001", "An old paper") },
    ]);
    for (const { id, handle } of [ada, quiet, account("bela")]) {
      await open.store.accounts.add({ id, handle, name: handle, email: `${handle}@example.org` });
    }
    site = open.changed(() => ({ accounts: accountsByCookie([ada, quiet, account("bela")]) }));
  });
  beforeEach(async () => {
    for (const { id } of [ada, account("bela")]) await open.store.upvotes.removeAll(id);
  });
  afterAll(() => open.close());

  const send = (method: string, path: string, { as, headers = {}, form }: Sending = {}) =>
    site.app.request(BASE_URL + path, {
      method,
      headers: { ...OWN, ...(as && { cookie: `reader=${as}` }), ...headers },
      ...(form && { body: new URLSearchParams(form) }),
    });
  type Sending = { as?: string; headers?: Record<string, string>; form?: Record<string, string> };

  it("by form leads back to the card, which shows it pressed, to the voter alone", async () => {
    const back = "/date/2025-03-28#paper-2503.00001";
    const answer = await send("POST", "/papers/2503.00001/upvote", { as: "ada", form: { upvote: "on", back } });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, back]);
    const own = await (await site.get("/date/2025-03-28", { cookie: "reader=ada" })).text();
    expect(own).toContain('value="off" aria-pressed="true"');
    expect(own).toContain("5 upvotes: 1 here, 4 at the source");
    expect(own).toContain('id="paper-2503.00001"');
    expect(own).toContain('data-api="/api/papers/2503.00001/upvote"');
    const other = await (await site.get("/date/2025-03-28", { cookie: "reader=bela" })).text();
    expect(other).toContain('<b data-count="5">5</b>');
    expect(other).not.toContain('aria-pressed="true"');
    await send("POST", "/papers/2503.00001/upvote", { as: "ada", form: { upvote: "off", back } });
    expect(await open.store.upvotes.count("2503.00001")).toMatchObject({ here: 0, total: 4 });
  });

  it("leads nowhere else, whatever the form says", async () => {
    const form = { upvote: "on", back: "//evil.example/" };
    const answer = await send("POST", "/papers/2503.00001v2/upvote", { as: "ada", form });
    expect(answer.headers.get("location")).toBe("/papers/2503.00001v2");
    expect(await open.store.upvotes.count("2503.00001")).toMatchObject({ here: 1 });
  });

  it("of a visitor waits for them to sign in, and is finished by one button", async () => {
    const answer = await send("POST", "/papers/2503.00001/upvote", { form: { upvote: "on", back: "/search?q=x#a" } });
    const wanted = decodeURIComponent(answer.headers.get("location")!.replace("/sign-in?next=", ""));
    expect(wanted).toBe("/papers/2503.00001/upvote?back=%2Fsearch%3Fq%3Dx%23a");
    const page = await (await site.get(wanted, { cookie: "reader=ada" })).text();
    expect(page).toContain('name="back" value="/search?q=x#a"');
    expect(page).toContain("Paper one");
    expect(await open.store.upvotes.count("2503.00001")).toMatchObject({ here: 0 });
    expect((await site.get(wanted)).headers.get("location")).toMatch(/^\/sign-in\?next=/);
  });

  it("by program answers the counts, twice the same, and takes back", async () => {
    const vote = (method: string, id: string) => send(method, `/api/papers/${id}/upvote`, { as: "ada" });
    for (const _ of [1, 2]) {
      const answer = await vote("POST", "2503.00001");
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(await answer.json()).toEqual({ id: "2503.00001", upvoted: true, upvotes: 5, upvotesHere: 1 });
    }
    expect(await (await site.get("/api/papers/2503.00001")).json()).toMatchObject({ upvotes: 5, upvotesHere: 1 });
    expect(await (await vote("DELETE", "2503.00001")).json()).toMatchObject({ upvoted: false, upvotes: 4 });
    expect(await (await vote("POST", "hep-th/9901001")).json()).toMatchObject({ id: "hep-th/9901001", upvotes: 1 });
    expect((await vote("POST", "2503.99999")).status).toBe(404);
  });

  it("comes from a person who may, from our own page", async () => {
    const path = "/api/papers/2503.00001/upvote";
    expect((await send("POST", path)).status).toBe(401);
    expect((await send("POST", path, { as: "quiet" })).status).toBe(403);
    const foreign = { "sec-fetch-site": "cross-site" };
    expect((await send("POST", path, { as: "ada", headers: foreign })).status).toBe(403);
    expect((await send("DELETE", path, { as: "ada", headers: foreign })).status).toBe(403);
    const form = { upvote: "on" };
    expect((await send("POST", "/papers/2503.00001/upvote", { as: "ada", headers: foreign, form })).status).toBe(403);
    expect(await open.store.upvotes.count("2503.00001")).toMatchObject({ here: 0 });
  });

  it("by token needs one that is for votes, and then no page of ours", async () => {
    const path = "/api/papers/2503.00001/upvote";
    const by = (scopes: ("read" | "vote")[]) =>
      open.changed(() => ({
        accounts: { maySpeakFor: () => true, accountOf: async () => ({ ...ada, scopes }) },
      }));
    const ask = (scopes: ("read" | "vote")[]) =>
      by(scopes).app.request(BASE_URL + path, { method: "POST", headers: { authorization: "Bearer x" } });
    expect((await ask(["read"])).status).toBe(403);
    expect((await ask(["read", "vote"])).status).toBe(200);
  });

  it("cannot be had by the thousand", async () => {
    const fast = open.changed(() => ({ accounts: accountsByCookie([ada]) }));
    const vote = () =>
      fast.app.request(`${BASE_URL}/papers/2503.00001/upvote`, {
        method: "POST",
        headers: { ...OWN, cookie: "reader=ada" },
        body: new URLSearchParams({ upvote: "on" }),
      });
    const answers = await Promise.all(Array.from({ length: 310 }, vote));
    expect(answers.filter(({ status }) => status === 429).length).toBe(10);
  });

  it("is no page for visitors to wait for: theirs says nothing of anybody", async () => {
    const page = await site.page("/date/2025-03-28");
    expect(page).toContain('action="/papers/2503.00001/upvote"');
    expect(page).toContain('name="back" value="/date/2025-03-28#paper-2503.00001"');
    expect(page).not.toContain("data-api");
  });
});
