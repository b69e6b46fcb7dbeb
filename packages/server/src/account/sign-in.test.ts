import { openFirstAdmin } from "@paperwire/accounts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nextPath } from "./sign-in-routes.tsx";
import { type AccountSite, openAccountSite } from "./testing.ts";

const LINK = /papers\.example\.org(\/sign-in\/link\/\S+)/;

describe("signing in on the site", () => {
  let site: AccountSite;
  beforeAll(async () => {
    site = await openAccountSite();
  });
  afterAll(() => site.close());

  it("goes by mail from any page and back to it, by a button that scanners do not press", async () => {
    const browser = site.visitor();
    expect(await browser.page("/papers/2503.00001")).toContain('href="/sign-in?next=%2Fpapers%2F2503.00001"');
    const asked = await browser.post("/sign-in", { email: "ada@example.org", next: "/papers/2503.00001" });
    expect(asked.headers.get("location")).toBe("/sign-in/sent");
    const link = await site.linkTo("ada@example.org", LINK);
    for (const _ of [1, 2]) expect(await browser.page(link)).toContain("ada@example.org");
    expect(browser.jar.names).toEqual([]);
    const done = await browser.post(link);
    expect(done.headers.get("location")).toBe("/welcome?next=%2Fpapers%2F2503.00001");
    expect(await browser.page("/welcome")).toContain('value="ada"');
    const named = await browser.post("/welcome", { handle: "Ada", name: "Ada L.", next: "/papers/2503.00001" });
    expect(named.headers.get("location")).toBe("/papers/2503.00001");
    expect(await browser.page("/papers/2503.00001")).toContain("@ada");
    expect(await site.visitor().page("/papers/2503.00001")).not.toContain("@ada");
    expect((await browser.post(link)).status).toBe(404);
    await browser.post("/sign-out");
    expect(await browser.page("/papers/2503.00001")).toContain("Sign in");
  });

  it("tells nobody whether an address is known", async () => {
    await site.signedIn("known@example.org");
    const answers = [];
    for (const email of ["known@example.org", "unknown@example.org"]) {
      const answer = await site.visitor().post("/sign-in", { email });
      answers.push([answer.status, answer.headers.get("location"), await answer.text()]);
    }
    expect(answers[0]).toEqual(answers[1]);
    await site.posted();
    const [known, unknown] = ["known", "unknown"].map((who) =>
      site.mails.findLast(({ to }) => to === `${who}@example.org`)!.text.replace(LINK, ""),
    );
    expect(known).toBe(unknown);
  });

  it("mails one address five times an hour, whoever asks, and answers the same afterwards", async () => {
    const email = "flooded@example.org";
    const answers = [];
    for (let at = 0; at < 7; at++) answers.push((await site.visitor().post("/sign-in", { email })).status);
    await site.posted();
    expect(new Set(answers)).toEqual(new Set([303]));
    expect(site.mails.filter(({ to }) => to === email)).toHaveLength(5);
  });

  it("refuses forms of other sites, at every door", async () => {
    const link = (await site.signedIn("csrf@example.org")).get;
    expect(link).toBeDefined();
    const foreign: Record<string, string>[] = [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: "https://evil.example" },
      {},
    ];
    for (const headers of foreign) {
      for (const path of [
        "/sign-in",
        "/sign-in/link/x",
        "/sign-out",
        "/welcome",
        "/first-admin/x",
        "/passkeys/sign-in",
      ]) {
        expect([path, (await site.visitor().post(path, { email: "x@example.org" }, headers)).status]).toEqual([
          path,
          403,
        ]);
      }
    }
  });

  it("comes back with what was typed and what is wrong with it, and lets ask for another link", async () => {
    const browser = site.visitor();
    const fields = { email: "ada at example.org", next: "/search?q=x", invite: "" };
    const answer = await browser.post("/sign-in", fields);
    const html = await answer.text();
    expect(answer.status).toBe(400);
    expect(html).toMatch(/value="ada at example.org"[^>]*aria-describedby="problem" aria-invalid="true"/);
    expect(html).toMatch(/id="problem" role="alert">That is not an e-mail address/);
    expect(html).toContain('name="next" value="/search?q=x"');
    for (const send of [browser.get, browser.post]) {
      const gone = await send("/sign-in/link/nothing?next=%2Ftrending", { "sec-fetch-site": "same-origin" });
      const page = await gone.text();
      expect(gone.status).toBe(404);
      expect(page).toMatch(/role="alert">This link does not work any more/);
      expect(page).toContain('name="next" value="/trending"');
      expect(page).toContain("Mail me a link");
    }
  });

  it("logs neither links nor addresses", async () => {
    const browser = site.visitor();
    await browser.post("/sign-in", { email: "logged@example.org" });
    const link = await site.linkTo("logged@example.org", LINK);
    await browser.page(link);
    await browser.post(link);
    await browser.get("/settings");
    const log = site.log.join("\n");
    expect(log).not.toContain(link.split("/").at(-1)!);
    expect(log).not.toContain("logged@example.org");
    expect(log).not.toContain(browser.jar.header.split("=")[1]!.slice(0, 20));
  });

  it("makes the first administrator by the printed link, once", async () => {
    const first = openFirstAdmin(site.store);
    const old = await first.makeLink();
    const token = await first.makeLink();
    expect((await site.visitor().get(`/first-admin/${old}`)).status).toBe(404);
    const browser = site.visitor();
    expect(await browser.page(`/first-admin/${token}`)).toContain("Become administrator");
    expect((await browser.post(`/first-admin/${token}`, { email: "root@example.org" })).headers.get("location")).toBe(
      "/welcome",
    );
    expect((await site.store.accounts.findByEmail("root@example.org"))!.role).toBe("admin");
    expect((await site.visitor().post(`/first-admin/${token}`, { email: "evil@example.org" })).status).toBe(404);
    expect(await site.store.accounts.findByEmail("evil@example.org")).toBeNull();
    expect(await first.makeLink()).toBeNull();
  });
});

describe("the way back after signing in", () => {
  it.each([
    ["/papers/2503.00001?x=1#c", "/papers/2503.00001?x=1#c"],
    ["//evil.example", "/"],
    ["/\\evil.example", "/"],
    ["https://evil.example/", "/"],
    ["javascript:alert(1)", "/"],
    ["/\t/evil.example", "/"],
    ["/sign-in?next=/sign-in", "/"],
    ["/sign-out", "/"],
    ["/auth/callback/github", "/"],
    [undefined, "/"],
    ["", "/"],
  ])("of %j is %j", (typed, path) => {
    expect(nextPath(typed)).toBe(path);
  });
});
