import { hashSecret } from "@paperwire/accounts";
import { parseName } from "@paperwire/domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { XSS_PAYLOADS } from "../hostile/xss-payloads.ts";
import { browserName } from "./settings-pages.tsx";
import { type AccountSite, BASE_URL, formKeyIn, openAccountSite } from "./testing.ts";

const EMAIL_LINK = /papers\.example\.org(\/settings\/email\/\S+)/;

describe("the settings", () => {
  let site: AccountSite;
  beforeAll(async () => {
    site = await openAccountSite();
  });
  afterAll(() => site.close());

  it("lead visitors to sign in, and back", async () => {
    for (const path of ["/settings", "/settings/sign-in", "/settings/tokens", "/settings/data", "/admin/accounts"]) {
      const answer = await site.visitor().get(path);
      expect(answer.headers.get("location")).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
    }
  });

  it("change names, and never what a form has no business with", async () => {
    const ada = await site.signedIn("ada@example.org", { handle: "ada" });
    const answer = await ada.post("/settings", {
      handle: "ada-2",
      name: "Ada",
      role: "admin",
      trust: "2",
      email: "evil@example.org",
      id: "other",
    });
    expect(answer.headers.get("location")).toBe("/settings?said=saved");
    expect(await site.store.accounts.findStored(ada.id)).toMatchObject({
      handle: "ada-2",
      name: "Ada",
      role: "reader",
      trust: 0,
      email: "ada@example.org",
    });
    await site.signedIn("bo@example.org", { handle: "bo" });
    expect((await ada.post("/settings", { handle: "bo", name: "" })).status).toBe(409);
    await ada.post("/settings", { handle: "ada-3", name: "Ada" });
    expect((await site.visitor().get("/@ada-2")).headers.get("location")).toBe("/@ada-3");
  });

  it("change the address once both mailboxes agree, and tell nobody whose an address is", async () => {
    const cy = await site.signedIn("cy@example.org");
    await site.signedIn("taken@example.org");
    const asked = await cy.post("/settings/email", { email: "cy2@example.org" });
    const link = await site.linkTo("cy2@example.org", EMAIL_LINK);
    const agree = await site.linkTo("cy@example.org", EMAIL_LINK);
    const email = async () => (await site.store.accounts.findStored(cy.id))!.email;
    expect(await site.visitor().page(link)).toContain("cy2@example.org");
    // Whoever found the browser open has their own mailbox, and cannot take the account along.
    for (const _ of [1, 2]) expect(await (await site.visitor().post(link)).text()).toContain("The other mailbox");
    expect(await email()).toBe("cy@example.org");
    expect(await site.visitor().page(agree)).toContain("cy@example.org signs nobody in any more");
    expect((await site.visitor().post(agree)).status).toBe(200);
    expect(await email()).toBe("cy2@example.org");
    for (const used of [link, agree]) expect((await site.visitor().post(used)).status).toBe(404);
    await site.posted();
    expect(site.mails.filter(({ to }) => to === "cy@example.org")).toHaveLength(2);
    const again = await cy.post("/settings/email", { email: "taken@example.org" });
    expect([again.status, again.headers.get("location")]).toEqual([asked.status, asked.headers.get("location")]);
    await site.posted();
    expect(site.mails.findLast(({ to }) => to === "taken@example.org")!.text).not.toMatch(EMAIL_LINK);
  });

  it("sign out one browser or all, and never somebody else's", async () => {
    const one = await site.signedIn("dee@example.org");
    const two = await site.signedIn("dee@example.org");
    const other = await site.signedIn("eve@example.org");
    const [session] = await site.store.sessions.list(one.id);
    expect((await other.post("/settings/sessions/end", { id: session!.id })).status).toBe(404);
    await one.post("/settings/sessions/end-all");
    for (const browser of [one, two]) expect((await browser.get("/settings")).status).toBe(303);
    expect((await other.get("/settings")).status).toBe(200);
  });

  it("make tokens that are shown once, do what they are for, and end when revoked", async () => {
    const fay = await site.signedIn("fay@example.org");
    const page = await (await fay.post("/settings/tokens", { name: "script", scope: "vote", days: "30" })).text();
    const token = /pw_[\w-]{40,}/.exec(page)![0];
    expect(await fay.page("/settings/tokens")).not.toContain(token);
    const by = (path: string, method = "POST") =>
      site.app.request(BASE_URL + path, { method, headers: { authorization: `Bearer ${token}` } });
    expect((await by("/api/papers/2503.00001/upvote")).status).toBe(200);
    expect(await site.store.upvotes.count("2503.00001")).toMatchObject({ here: 1 });
    for (const path of ["/settings", "/settings/delete", "/settings/tokens", "/settings/email"]) {
      expect([path, (await by(path)).status >= 400]).toEqual([path, true]);
    }
    expect((await by("/settings/data.json", "GET")).status).not.toBe(200);
    const [made] = await site.store.apiTokens.list(fay.id);
    const other = await site.signedIn("gus@example.org");
    expect((await other.post("/settings/tokens/revoke", { id: made!.id })).status).toBe(404);
    await fay.post("/settings/tokens/revoke", { id: made!.id });
    const revoked = await by("/api/papers/2503.00001/upvote");
    expect([revoked.status, await revoked.json()]).toEqual([401, { error: expect.stringContaining("it was revoked") }]);
    const bare = await site.app.request(`${BASE_URL}/api/papers/2503.00001/upvote`, { method: "POST" });
    expect([bare.status, await bare.json()]).toEqual([401, { error: expect.stringContaining("show a token") }]);
    expect(site.log.join("\n")).not.toContain(token);
  });

  it("make one token by a form that is sent twice, and show the same one to the last press", async () => {
    const two = await site.signedIn("two@example.org");
    const send = async (fields: Record<string, string>) => (await two.post("/settings/tokens", fields)).text();
    const tokenIn = (page: string) => /pw_[\w-]{40,}/.exec(page)?.[0];
    const fields = {
      name: "script",
      scope: "read",
      days: "30",
      "form-key": formKeyIn(await two.page("/settings/tokens")),
    };
    const [first, again] = await Promise.all([send(fields), send(fields)]);
    expect(tokenIn(first)).toBeDefined();
    expect(tokenIn(again)).toBe(tokenIn(first));
    const [made, ...more] = await site.store.apiTokens.list(two.id);
    expect(more).toEqual([]);
    expect((await site.store.apiTokens.use(hashSecret(tokenIn(first)!)))?.account.id).toBe(two.id);
    // Whoever goes back and types something else means another one.
    expect(tokenIn(await send({ ...fields, name: "another" }))).not.toBe(tokenIn(first));
    await two.post("/settings/tokens/revoke", { id: made!.id });
    const late = await send(fields);
    expect(late).toContain("made its token before");
    expect([tokenIn(late), (await site.store.apiTokens.list(two.id)).length]).toEqual([undefined, 1]);
  });

  it("hand out everything that is kept, without secrets, and delete it at once", async () => {
    const hal = await site.signedIn("hal@example.org", { handle: "hal" });
    await hal.post("/papers/2503.00002/upvote", { upvote: "on" });
    const data = await (await hal.get("/settings/data.json")).text();
    expect(data).toContain("hal@example.org");
    expect(data).toContain("2503.00002");
    expect(data).not.toMatch(/"(?:token|hash|password)":"[^"]/);
    expect((await hal.post("/settings/delete", { handle: "somebody" })).status).toBe(400);
    expect((await hal.post("/settings/delete", { handle: "hal" })).status).toBe(200);
    expect(hal.jar.names).toEqual([]);
    expect(await site.store.accounts.find(hal.id)).toBeNull();
    expect(await site.store.upvotes.count("2503.00002")).toMatchObject({ here: 0 });
  });

  it("let administrators give roles, and nobody else, and keep the last of them", async () => {
    const admin = await site.signedIn("root@example.org", { handle: "root-1", role: "admin" });
    const ivy = await site.signedIn("ivy@example.org", { handle: "ivy" });
    expect((await ivy.get("/admin/accounts")).status).toBe(403);
    expect((await ivy.post("/admin/accounts/role", { id: ivy.id, role: "admin", reason: "x" })).status).toBe(403);
    expect(await admin.page("/admin/accounts?q=ivy")).toContain("ivy@example.org");
    expect((await admin.post("/admin/accounts/role", { id: ivy.id, role: "curator", reason: "" })).status).toBe(400);
    await admin.post("/admin/accounts/role", { id: ivy.id, role: "curator", reason: "Picks well." });
    expect((await site.store.accounts.find(ivy.id))!.role).toBe("curator");
    expect((await site.store.moderation.logOf(ivy.id))[0]).toMatchObject({ act: "set-role", reason: "Picks well." });
    const step = { id: admin.id, role: "reader", reason: "x" };
    expect((await admin.post("/admin/accounts/role", step)).status).toBe(403);
    expect((await admin.post("/settings/delete", { handle: "root-1" })).status).toBe(409);
    expect((await admin.get("/settings")).status).toBe(200);
  });

  it("come back with what was typed and what is wrong with it, at the field", async () => {
    const jo = await site.signedIn("jo@example.org", { handle: "jo" });
    await site.signedIn("kim@example.org", { handle: "kim" });
    const words = { handle: 'a"b', name: "Jo <i>", email: "no address", scope: "write", days: "30" };
    const cases: [string, Record<string, string>, number, string, string][] = [
      ["/settings", words, 400, "handle", "A handle has"],
      ["/settings", { ...words, handle: "kim" }, 409, "handle", "@kim is taken"],
      ["/settings", { handle: "jo", name: "n".repeat(81) }, 400, "name", "at most 80"],
      ["/settings/email", words, 400, "email", "not an e-mail address"],
      ["/settings/tokens", { ...words, name: " " }, 400, "name", "what the token is for"],
      ["/settings/delete", { handle: "joe" }, 400, "handle", "Nothing was deleted"],
      ["/welcome", { ...words, next: "/search?q=x" }, 400, "handle", "A handle has"],
    ];
    for (const [path, fields, status, field, message] of cases) {
      const answer = await jo.post(path, fields);
      const html = await answer.text();
      expect([path, answer.status]).toEqual([path, status]);
      expect(html).toMatch(new RegExp(`name="${field}"[^>]*aria-describedby="problem" aria-invalid="true"`));
      expect(html).toMatch(new RegExp(`id="problem" role="alert">[^<]*${message}`));
    }
    const kept = await (await jo.post("/welcome", { ...words, next: "/search?q=x" })).text();
    expect(kept).toContain('value="a&quot;b"');
    expect(kept).toContain('value="Jo &lt;i>"');
    expect(kept).toContain('value="/search?q=x"');
    expect(await (await jo.post("/settings/tokens", { ...words, name: " " })).text()).toMatch(
      /value="write" selected[\s\S]*value="30" selected/,
    );
    expect(await site.store.accounts.findByHandle("jo")).not.toBeNull();
  });

  it("say on the page of the thing why it cannot end, and where to ask for another link", async () => {
    const lu = await site.signedIn("lu@example.org", { handle: "lu" });
    for (const path of ["sessions/end", "passkeys/remove", "logins/remove", "tokens/revoke"]) {
      const answer = await lu.post(`/settings/${path}`, { id: "nothing" });
      expect([path, answer.status]).toEqual([path, 404]);
      expect(await answer.text()).toMatch(/aria-current="page"[\s\S]*id="problem" role="alert"/);
    }
    const gone = await site.visitor().get("/settings/email/nothing");
    expect([gone.status, await gone.text()]).toEqual([
      404,
      expect.stringContaining('<a href="/settings">Settings</a>'),
    ]);
  });

  it("show hostile names as the text they are", async () => {
    const joe = await site.signedIn("joe@example.org", { handle: "joe" });
    const admin = await site.signedIn("root@example.org");
    for (const payload of XSS_PAYLOADS) {
      const name = parseName(payload.slice(0, 80));
      await site.store.accounts.rename(joe.id, { handle: "joe", name });
      for (const page of [await joe.page("/settings"), await admin.page("/admin/accounts?q=joe")]) {
        if (/[<"]/.test(name)) expect(page).not.toContain(name);
      }
    }
  });
});

it.each([
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone"],
  ["curl/8", "A browser"],
])("knows the browser of %s", (userAgent, name) => {
  expect(browserName(userAgent)).toBe(name);
});
