import { type Account, readCommentBody } from "@paperwire/domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { XSS_PAYLOADS } from "../hostile/xss-payloads.ts";
import { account, accountsByCookie, BASE_URL, openSite, record, type SiteUnderTest } from "../testing.ts";

const PAPER = "2503.00001";

describe("comments on the site", () => {
  let site: SiteUnderTest;
  const accounts: Account[] = [account("ada"), account("bela"), account("newcomer", { trust: 0 })];
  accounts.push(account("mo", { role: "moderator" }));
  const said: string[] = [];
  beforeAll(async () => {
    const open = await openSite([record(PAPER, "A paper"), record("2503.00002", "Another")]);
    for (const { id, handle, name, role, trust } of accounts) {
      await open.store.accounts.add({ id, handle, name, role, trust, email: `${handle}@example.org` });
    }
    site = open.changed(() => ({
      accounts: accountsByCookie(accounts),
      pageVersion: { current: () => undefined },
      onComment: async ({ comment, handles }) => void said.push(`${comment.body} → ${handles.join()}`),
    }));
  });
  afterAll(() => site.close());

  const send = (path: string, fields: Record<string, string>, { as, site: from = "same-origin" }: Sending = {}) =>
    site.app.request(`${BASE_URL}${path}`, {
      method: "POST",
      headers: { "sec-fetch-site": from, ...(as && { cookie: `reader=${as}` }) },
      body: new URLSearchParams(fields),
    });
  type Sending = { as?: string; site?: string };
  const write = async (as: string, body: string, parent = "") => {
    const answer = await send("/comments", { paper: PAPER, body, parent }, { as });
    return /#comment-(\w+)$/.exec(answer.headers.get("location") ?? "")?.[1] ?? `${answer.status}`;
  };
  const pageFor = async (as?: string) =>
    (await site.get(`/papers/${PAPER}`, as ? { cookie: `reader=${as}` } : {})).text();

  it("are written, answered and shown to everybody, the answer inside its thread", async () => {
    const first = await write("ada", "I like **this**, @bela");
    const answer = await write("bela", "So do I", first);
    const html = await pageFor();
    expect(html).toContain("Comments (2)");
    expect(html).toContain('I like <strong>this</strong>, <a href="/@bela" rel="nofollow ugc noopener">@bela</a>');
    expect(html.indexOf(`comment-${answer}`)).toBeGreaterThan(html.indexOf(`comment-${first}`));
    expect(html).toContain("/sign-in?next=");
    expect(html).not.toContain("<textarea");
    expect(said).toContain("I like **this**, @bela → bela");
    expect((await site.get(`/comments/${answer}`)).headers.get("location")).toBe(`/papers/${PAPER}#comment-${answer}`);
  });

  it("come with the API only when asked for, in the shape its clients know", async () => {
    const plain = (await (await site.get(`/api/papers/${PAPER}`)).json()) as Record<string, unknown>;
    expect(plain).not.toHaveProperty("comments");
    const asked = (await (await site.get(`/api/papers/${PAPER}?field=comments`)).json()) as { comments: unknown[] };
    expect(asked.comments[0]).toMatchObject({
      type: "comment",
      author: { user: "ada" },
      data: { edited: false, hidden: false, latest: { raw: "I like **this**, @bela" } },
      replies: [{ author: { user: "bela" } }],
    });
  });

  it("lead to whom they call after that person took another handle, and to nobody once they are gone", async () => {
    const { accounts: stored } = site.store;
    await stored.add({ id: "id-old", handle: "old-name", name: "Old", email: "old@example.org" });
    await write("ada", "Thanks, @old-name");
    await stored.rename("id-old", { handle: "new-name", name: "New" });
    expect(await pageFor()).toContain('<a href="/@old-name" rel="nofollow ugc noopener">@old-name</a>');
    expect((await site.get("/@old-name")).headers.get("location")).toBe("/@new-name");
    await stored.erase("id-old");
    expect(await pageFor()).toContain("Thanks, @old-name");
    expect(await pageFor()).not.toContain("/@old-name");
  });

  it("are written by programs with a session of this site, and refused without", async () => {
    const ask = (path: string, as?: string, from = "same-origin") =>
      site.app.request(`${BASE_URL}/api/papers/${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", "sec-fetch-site": from, ...(as && { cookie: `reader=${as}` }) },
        body: JSON.stringify({ comment: "by a program" }),
      });
    expect((await ask("2503.00002/comment")).status).toBe(401);
    expect((await ask("2503.00002/comment", "ada", "cross-site")).status).toBe(403);
    const made = (await (await ask("2503.00002/comment", "ada")).json()) as { id: string };
    expect(made).toMatchObject({ hidden: false, url: `${BASE_URL}/comments/${made.id}` });
    expect((await ask(`2503.00002v1/comment/${made.id}/reply`, "bela")).status).toBe(200);
    expect(await site.store.comments.listOf("2503.00002")).toMatchObject([{ parentId: null }, { parentId: made.id }]);
  });

  it("are a feed in three forms, without what does not show", async () => {
    const feed = await site.get(`/papers/${PAPER}/comments.atom`);
    expect(feed.headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
    const text = await feed.text();
    expect(text).toContain(`href="${BASE_URL}/comments/`);
    expect(text).toContain("I like");
    const again = await site.get(`/papers/${PAPER}/comments.atom`, { "if-none-match": feed.headers.get("etag")! });
    expect(again.status).toBe(304);
    expect((await site.get(`/papers/${PAPER}/comments.rss`)).status).toBe(200);
    const json = (await (await site.get(`/papers/${PAPER}/comments.json`)).json()) as { items: object[] };
    expect(json.items[0]).toHaveProperty("content_html");
    expect((await site.get("/papers/nowhere/comments.atom")).status).toBe(404);
    const page = await (await site.get(`/papers/${PAPER}`)).text();
    expect(page).toContain(`type="application/atom+xml" title="Comments on this paper"`);
  });

  it("are refused to visitors, to other sites' forms, and empty, and nothing is kept", async () => {
    const before = (await site.store.comments.listOf(PAPER)).length;
    expect((await send("/comments", { paper: PAPER, body: "x" })).status).toBe(401);
    expect((await send("/comments", { paper: PAPER, body: "x" }, { as: "ada", site: "cross-site" })).status).toBe(403);
    expect((await send("/comments", { paper: PAPER, body: " " }, { as: "ada" })).status).toBe(400);
    expect((await send("/comments", { paper: "nowhere", body: "x" }, { as: "ada" })).status).toBe(404);
    expect((await site.store.comments.listOf(PAPER)).length).toBe(before);
  });

  it("come back with every word where they cannot be sent, and with the reason", async () => {
    const words = "Words <b>that</b> took an hour";
    const kept = "Words &lt;b>that&lt;/b> took an hour</textarea>";
    const gone = await write("bela", "soon gone");
    await send(`/comments/${gone}/delete`, {}, { as: "bela" });
    const id = await write("ada", "as it was");
    const edited = `/comments/${id}/edit`;
    await send(edited, { body: "as it is now", edits: "0" }, { as: "ada" });
    const cases: [string, Record<string, string>, Sending, number, string][] = [
      ["/comments", { paper: PAPER }, {}, 401, "Sign in in another window"],
      ["/comments", { paper: PAPER, parent: gone }, { as: "ada" }, 409, "is not there any more"],
      ["/comments", { paper: "nowhere" }, { as: "ada" }, 404, "no such paper"],
      ["/comments/preview", { paper: "nowhere" }, { as: "ada" }, 404, "no such paper"],
      [edited, { edits: "0" }, { as: "ada" }, 409, "as it is now"],
    ];
    for (const [path, fields, sending, status, told] of cases) {
      const answer = await send(path, { ...fields, body: words }, sending);
      const text = await answer.text();
      expect([path, answer.status, text.includes(kept), text.includes(told)]).toEqual([path, status, true, true]);
      expect(answer.headers.get("cache-control")).toBe("no-store");
    }
    const alone = await send("/comments", { paper: PAPER, parent: gone, body: words }, { as: "ada" });
    const form = await alone.text();
    expect(form).toContain("Sent from here it stands by itself.");
    expect(form).not.toContain('name="parent"');
    // The form that comes back knows what was changed meanwhile.
    const again = await (await send(edited, { body: words, edits: "0" }, { as: "ada" })).text();
    expect(again).toContain('name="edits" value="1"');
    const foreign = await send("/comments", { paper: PAPER, body: words }, { site: "cross-site" });
    expect([foreign.status, (await foreign.text()).includes(kept)]).toEqual([403, false]);
    const others = await send(edited, { body: words, edits: "1" }, { as: "bela" });
    expect([others.status, (await others.text()).includes("as it is now")]).toEqual([404, false]);
  });

  it("can be looked at before they are sent, as a page and as JSON", async () => {
    const fields = { paper: PAPER, body: "*soon* <b>" };
    const page = await send("/comments/preview", fields, { as: "ada" });
    expect(await page.text()).toContain("<em>soon</em> &lt;b&gt;");
    const json = await site.app.request(`${BASE_URL}/comments/preview`, {
      method: "POST",
      headers: { "sec-fetch-site": "same-origin", cookie: "reader=ada", accept: "application/json" },
      body: new URLSearchParams(fields),
    });
    expect(await json.json()).toEqual({ html: "<p><em>soon</em> &lt;b&gt;</p>" });
  });

  it("are changed by their author alone, and what they said before stays readable", async () => {
    const id = await write("ada", "Frist");
    expect((await site.get(`/comments/${id}/edit`, { cookie: "reader=bela" })).status).toBe(404);
    expect((await send(`/comments/${id}/edit`, { body: "mine now", edits: "0" }, { as: "bela" })).status).toBe(404);
    expect((await send(`/comments/${id}/edit`, { body: "First", edits: "0" }, { as: "ada" })).status).toBe(303);
    expect((await send(`/comments/${id}/edit`, { body: "late", edits: "0" }, { as: "ada" })).status).toBe(409);
    const history = await (await site.get(`/comments/${id}/history`)).text();
    expect(history).toContain("Frist");
    expect(history).toContain("First");
  });

  it("are deleted with a way back, and nobody reads their words meanwhile", async () => {
    const id = await write("ada", "regretted words");
    expect((await send(`/comments/${id}/delete`, {}, { as: "bela" })).status).toBe(404);
    expect(await (await send(`/comments/${id}/delete`, {}, { as: "ada" })).text()).toContain("Put it back");
    for (const as of [undefined, "ada", "bela", "mo"]) expect(await pageFor(as)).not.toContain("regretted words");
    expect((await site.get(`/comments/${id}/history`)).status).toBe(404);
    await send(`/comments/${id}/restore`, {}, { as: "ada" });
    expect(await pageFor()).toContain("regretted words");
  });

  it("of new accounts with links are seen by their author and moderators alone, who are told so", async () => {
    const id = await write("newcomer", "look: https://example.org/offer");
    for (const as of [undefined, "bela"]) expect(await pageFor(as)).not.toContain("example.org/offer");
    expect((await site.get(`/comments/${id}`)).status).toBe(404);
    expect((await site.get(`/comments/${id}/history`, { cookie: "reader=bela" })).status).toBe(404);
    expect(await pageFor("newcomer")).toContain("Waits for a moderator: only you");
    expect(await pageFor("mo")).toContain("example.org/offer");
    const api = await (await site.get(`/api/papers/${PAPER}?field=comments`)).text();
    expect(api).not.toContain("example.org/offer");
  });

  it("get reactions, which are taken back by the same button", async () => {
    const id = await write("ada", "react to me");
    const path = `/comments/${id}/reactions`;
    expect((await send(path, { on: "👍" }, { as: "bela" })).status).toBe(303);
    expect(await pageFor("bela")).toContain('aria-label="agree, 1 reader"');
    await send(path, { off: "👍" }, { as: "bela" });
    expect(await pageFor("bela")).not.toContain("agree, 1 reader");
    expect((await send(path, { on: "<script>" }, { as: "bela" })).status).toBe(400);
  });

  it("turn up in the page as text, whatever is in them", async () => {
    for (const [at, payload] of XSS_PAYLOADS.entries()) {
      if (at % 10 !== 0) continue;
      const body = readCommentBody(payload);
      const paper = "2503.00002";
      await site.store.comments.add({ paperId: paper, parentId: null, accountId: "id-of-ada", body, hold: null });
    }
    const html = await (await site.get("/papers/2503.00002")).text();
    const talk = html.slice(html.indexOf('<section class="talk"'), html.indexOf("</main>"));
    expect(talk).not.toMatch(/<(?:script|img|svg|iframe|style|object|embed|form|input|link|meta|base)\b/i);
    expect(talk).not.toMatch(/<[^>]*\son[a-z]+=/i);
    expect(talk).not.toMatch(/<a [^>]*href="\s*(?:javascript|data|vbscript):/i);
  });
});
