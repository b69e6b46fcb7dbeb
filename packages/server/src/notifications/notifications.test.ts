/** Notifications as their reader meets them: in the masthead, in the list, and out by a link in a mail. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { account, accountsByCookie, BASE_URL, NOW_MS, openSite, record, type SiteUnderTest } from "../testing.ts";

const OWN = { "sec-fetch-site": "same-origin" };
const people = [account("ada", { trust: 2 }), account("bela"), account("cy", { role: "curator" })];

describe("notifications", () => {
  let open: SiteUnderTest;
  let site: SiteUnderTest;
  beforeAll(async () => {
    const facts = { publishedAt: "2025-03-30T10:00:00.000Z" };
    open = await openSite([record("2503.00001", "A picked paper", { facts })]);
    for (const { id, handle, trust } of people) {
      await open.store.accounts.add({ id, handle, name: handle, email: `${handle}@example.org`, trust });
    }
    site = open.changed(() => ({ accounts: accountsByCookie(people) }));
  });
  afterAll(() => open.close());

  const post = (as: string | null, path: string, form: Record<string, string> = {}, headers: object = OWN) =>
    site.app.request(BASE_URL + path, {
      method: "POST",
      headers: { ...headers, ...(as && { cookie: `reader=${as}` }) },
      body: new URLSearchParams(form),
    });
  const page = async (as: string, path = "/notifications") => (await site.get(path, { cookie: `reader=${as}` })).text();

  it("tell a sender of the pick, in the masthead and in the list, and nobody else", async () => {
    await post("ada", "/submit/2503.00001", { note: "" });
    await post("cy", "/desk/2025-03-31/papers/2503.00001", { act: "pick" });
    const list = await page("ada");
    expect(list).toContain("A curator picked “A picked paper” for the edition of 31 March 2025.");
    expect(list).toContain('<b class="badge">1</b>');
    // Also on pages that no cache knows of.
    for (const path of ["/collections", "/claims", "/submit"]) {
      expect([path, (await page("ada", path)).includes('<b class="badge">1</b>')]).toEqual([path, true]);
    }
    expect(await page("bela")).toContain("Nothing yet");
    expect(await page("bela", "/about")).not.toContain("badge");
    expect(await site.page("/about")).not.toContain("/notifications");
  });

  it("are marked as read by their reader, who goes on to what they are about", async () => {
    const { items } = await open.store.notifications.list("id-of-ada", { limit: 1, offset: 0 });
    const { id } = items[0]!;
    await post("bela", "/notifications/read", { id });
    await post("bela", "/notifications/read", { upto: id });
    expect(await open.store.notifications.unread("id-of-ada")).toBe(1);
    const opened = await post("ada", "/notifications/read", { id, next: "/papers/2503.00001" });
    expect(opened.headers.get("location")).toBe("/papers/2503.00001");
    expect(await page("ada")).not.toContain("badge");
    const away = await post("ada", "/notifications/read", { id, next: "https://evil.example/" });
    expect(away.headers.get("location")).toBe("/notifications");
  });

  it("come as wished", async () => {
    const form = { pace: "at-once", "site-pick": "on", "mail-reply": "on", role: "admin" };
    await post("ada", "/notifications/wishes", form);
    expect(await open.store.notifications.wishesOf("id-of-ada")).toEqual({
      pace: "at-once",
      hidden: ["reply", "mention", "claim", "submission"],
      unmailed: ["mention", "claim", "pick", "submission", "moderation"],
    });
    expect((await post("ada", "/notifications/wishes", form, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await post(null, "/notifications/wishes", form)).status).toBe(401);
  });

  it("are switched off from a mail by one press, and by nothing less", async () => {
    const { tokens } = mailDeskOf(site);
    const token = tokens.sign({ purpose: "quiet", subject: "id-of-ada", expiresMs: NOW_MS + 1_000 });
    const path = `/notifications/mail-off/${token}`;
    expect(await site.page(path)).toContain("No more of these mails");
    expect((await open.store.notifications.wishesOf("id-of-ada")).pace).toBe("at-once");
    // A mail program sends it without cookie and origin.
    expect((await post(null, path, { "List-Unsubscribe": "One-Click" }, {})).status).toBe(200);
    expect((await open.store.notifications.wishesOf("id-of-ada")).pace).toBe("never");
    const other = tokens.sign({ purpose: "manage", subject: "id-of-bela", expiresMs: NOW_MS + 1_000 });
    expect((await post(null, `/notifications/mail-off/${other}`, {}, {})).status).toBe(404);
    expect((await site.get(`/notifications/mail-off/${token.slice(0, -1)}x`)).status).toBe(404);
  });
});

/** The site's own desk, whose tokens its pages read. */
function mailDeskOf(site: SiteUnderTest) {
  let mail: { tokens: { sign(token: { purpose: "quiet" | "manage"; subject: string; expiresMs: number }): string } };
  site.changed((parts) => {
    mail = parts.mail;
    return {};
  });
  return mail!;
}
