import { hashSecret } from "@paperwire/accounts";
import { openTestSignIn } from "@paperwire/accounts/testing";
import { createPost } from "@paperwire/mail";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DOOR_LIMIT, LINK_LIMIT } from "../account/account-parts.ts";
import { type AccountSite, type Browser, openAccountSite } from "../account/testing.ts";
import { createApp } from "../app.ts";
import { GUESS_LIMIT } from "../refuse-guessing.ts";
import { BASE_URL } from "../testing.ts";
import { countingStore } from "./counting-store.ts";
import { leakChecks } from "./leak.checks.ts";

const SIGN_IN_LINK = /papers\.example\.org(\/sign-in\/link\/\S+)/;
const EMAIL_LINK = /papers\.example\.org(\/settings\/email\/\S+)/;
const COOKIE = "__Host-paperwire.session_token";

describe("the doors", () => {
  let site: AccountSite;
  beforeAll(async () => {
    site = await openAccountSite();
  });
  afterAll(() => site?.close());

  const isIn = async ({ get }: Pick<Browser, "get">) => (await get("/settings")).status === 200;
  const mailed = async (email: string) => {
    await site.visitor().post("/sign-in", { email });
    return site.linkTo(email, SIGN_IN_LINK);
  };

  describe("sessions", () => {
    it("never take over an id that was there before, and end the one of whoever sat here", async () => {
      const planted = await site.signedIn("mallory@example.org");
      const before = planted.jar.header;
      // The cookie that an attacker put into this browser, and one that nobody made.
      for (const cookie of [before, `${COOKIE}=chosen-by-somebody.c2ln`]) {
        const link = await mailed("victim@example.org");
        const answer = await site.app.request(BASE_URL + link, {
          method: "POST",
          headers: { "sec-fetch-site": "same-origin", cookie },
        });
        const [made] = answer.headers.getSetCookie().filter((one) => one.startsWith(COOKIE));
        expect(made!.split(";")[0]).not.toBe(cookie);
        expect(made).toMatch(/; HttpOnly/i);
        expect(made).toMatch(/; Secure/i);
        expect(made).toMatch(/; SameSite=Lax/i);
        expect(made).toMatch(/; Path=\//i);
        expect(made).not.toMatch(/; Domain=/i);
        const settings = await site.get("/settings", { cookie });
        expect(settings.status).toBe(303);
      }
      expect(await isIn(planted)).toBe(false);
    });

    it("end with another role, with another account's visit, and for good", async () => {
      const admin = await site.signedIn("root@example.org", { handle: "root-1", role: "admin" });
      const cy = await site.signedIn("cy@example.org", { handle: "cy" });
      await admin.post("/admin/accounts/role", { id: cy.id, role: "curator", reason: "Elected." });
      expect(await isIn(cy)).toBe(false);
      expect(await isIn(admin)).toBe(true);
    });

    it("end everywhere at once, also on pages that were seen before", async () => {
      const [one, two] = [await site.signedIn("dee@example.org"), await site.signedIn("dee@example.org")];
      const pages = ["/", "/papers/2503.00001", "/collections", "/settings", "/notifications"];
      for (const path of pages) expect(await two.page(path)).toContain("Sign out");
      await one.post("/settings/sessions/end-all");
      for (const path of pages) {
        const answer = await two.get(path);
        const text = await answer.text();
        expect([path, text.includes("Sign out"), text.includes("reader-")]).toEqual([path, false, false]);
      }
      expect((await two.post("/papers/2503.00001/upvote", { upvote: "on" })).headers.get("location")).toMatch(
        /^\/sign-in/,
      );
    });

    it("die with their account, and so do its tokens and links", async () => {
      const eve = await site.signedIn("eve@example.org", { handle: "eve" });
      const token = await makeToken(eve);
      await eve.post("/settings/email", { email: "eve2@example.org" });
      const [change, link] = [await site.linkTo("eve2@example.org", EMAIL_LINK), await mailed("eve@example.org")];
      const other = await site.signedIn("eve@example.org");
      expect((await eve.post("/settings/delete", { handle: "eve" })).status).toBe(200);
      expect(await isIn(other)).toBe(false);
      expect((await byToken(token)).status).toBe(401);
      expect((await site.visitor().post(change)).status).toBe(404);
      // The link still proves who reads the mailbox: it makes a new account, with nothing of the old one.
      const again = site.visitor();
      expect((await again.post(link)).headers.get("location")).toBe("/welcome?next=%2F");
      expect((await again.post("/welcome", { handle: "eve", name: "" })).status).toBe(409);
    });

    it("do not believe a cookie that was cut, lengthened, signed by another, or is another's", async () => {
      const fay = await site.signedIn("fay@example.org");
      const [name, value] = fay.jar.header.split(/=(.*)/s) as [string, string];
      const [token, signature] = decodeURIComponent(value).split(/\.(?=[^.]*$)/) as [string, string];
      const forged = [
        token,
        `${token}.`,
        `.${signature}`,
        `${token}x.${signature}`,
        `${token.slice(0, -1)}.${signature}`,
        `${token}.${signature.slice(0, -4)}`,
        `${token}.${Buffer.alloc(32).toString("base64")}`,
        `${hashSecret(token)}.${signature}`,
        "a".repeat(10_000),
        "%",
        "",
      ];
      for (const one of forged) {
        const answer = await site.get("/settings", { cookie: `${name}=${encodeURIComponent(one)}` });
        expect([one.slice(0, 60), answer.status]).toEqual([one.slice(0, 60), 303]);
      }
      expect((await site.get("/settings", { cookie: `${name}=%` })).status).toBe(303);
    });
  });

  const makeToken = async (browser: Browser) =>
    /pw_[\w-]{40,}/.exec(
      await (await browser.post("/settings/tokens", { name: "t", scope: "vote", days: "30" })).text(),
    )![0];
  const byToken = (token: string, from = "192.0.2.1") =>
    site.app.request(`${BASE_URL}/api/papers/2503.00001/upvote`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "x-forwarded-for": from },
    });

  describe("links and tokens", () => {
    it("are used once, also by many at once", async () => {
      const link = await mailed("gus@example.org");
      const answers = await Promise.all(Array.from({ length: 8 }, () => site.visitor().post(link)));
      expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 404)).toHaveLength(7);
    });

    it("are for one thing: none opens another door", async () => {
      const hal = await site.signedIn("hal@example.org", { handle: "hal" });
      await hal.post("/settings/email", { email: "hal2@example.org" });
      const change = (await site.linkTo("hal2@example.org", EMAIL_LINK)).split("/").at(-1)!;
      const link = (await mailed("hal@example.org")).split("/").at(-1)!;
      const { tokens } = site.parts.mail;
      const expiresMs = Date.now() + 3_600_000;
      const quiet = tokens.sign({ purpose: "quiet", subject: hal.id, expiresMs });
      const manage = tokens.sign({ purpose: "manage", subject: hal.id, expiresMs });
      const secrets = { change, link, quiet, manage, api: await makeToken(hal), id: hal.id };
      const doors: Record<string, string> = {
        "/sign-in/link/": "link",
        "/settings/email/": "change",
        "/first-admin/": "",
        "/subscription/": "",
        "/subscription/confirm/": "",
        "/unsubscribe/": "",
        "/notifications/mail-off/": "quiet",
        "/invited/": "",
      };
      for (const [door, fits] of Object.entries(doors)) {
        for (const [kind, secret] of Object.entries(secrets)) {
          const { status } = await site.visitor().get(door + secret);
          expect([door, kind, status === 200]).toEqual([door, kind, kind === fits]);
        }
      }
    });

    it("stop working when revoked, at once", async () => {
      const ivy = await site.signedIn("ivy@example.org", { handle: "ivy" });
      const token = await makeToken(ivy);
      expect((await byToken(token)).status).toBe(200);
      const [made] = await site.store.apiTokens.list(ivy.id);
      await ivy.post("/settings/tokens/revoke", { id: made!.id });
      expect((await byToken(token)).status).toBe(401);
    });
  });

  describe("guessing", () => {
    const from = (address: string) => ({ "x-forwarded-for": address, "sec-fetch-site": "same-origin" });
    const secretPaths = [
      "/subscription/",
      "/settings/email/",
      "/sign-in/link/",
      "/first-admin/",
      "/subscription/confirm/",
      "/feeds/",
    ];

    it.each(secretPaths)("at %s ends after so many misses, for that address and not for others", async (path) => {
      const address = `192.0.2.${secretPaths.indexOf(path) + 10}`;
      const statuses: number[] = [];
      for (let at = 0; at <= GUESS_LIMIT.quota; at++) {
        statuses.push((await site.get(`${path}${String(at).padStart(43, "x")}.atom`, from(address))).status);
      }
      expect(statuses.at(-1)).toBe(429);
      expect(new Set(statuses.slice(0, DOOR_LIMIT.quota))).toEqual(new Set([404]));
      expect((await site.get(`${path}xyz`, from("198.51.100.7"))).status).toBe(404);
      expect((await site.get("/", from(address))).status).toBe(200);
    });

    it("of tokens ends as well, and a client that shows another service's is not counted", async () => {
      for (let at = 0; at < GUESS_LIMIT.quota; at++) expect((await byToken(`pw_${at}`, "192.0.2.99")).status).toBe(401);
      expect((await byToken("pw_next", "192.0.2.99")).status).toBe(429);
      const elsewhere = { authorization: "Bearer hf_x", ...from("192.0.2.98") };
      for (let at = 0; at <= GUESS_LIMIT.quota; at++) {
        expect((await site.get("/api/papers/9999.00000", elsewhere)).status).toBe(404);
      }
    });

    it("does not begin again with a restart: mails to one address are counted in the store", async () => {
      const email = "flooded@example.org";
      for (let at = 0; at < LINK_LIMIT.quota; at++) await site.visitor().post("/sign-in", { email });
      const restarted = createApp(site.parts);
      const headers = { "sec-fetch-site": "same-origin" };
      const body = new URLSearchParams({ email });
      expect((await restarted.request(`${BASE_URL}/sign-in`, { method: "POST", headers, body })).status).toBe(303);
      await site.posted();
      expect(site.mails.filter(({ to }) => to === email)).toHaveLength(LINK_LIMIT.quota);
    });
  });

  describe("who asks whether an address has an account", () => {
    const WHO = ["known", "suspended", "deleted", "subscribed", "bounced", "never"];
    beforeAll(async () => {
      for (const who of WHO.slice(0, 3)) await site.signedIn(`${who}@example.org`, { handle: `the-${who}` });
      const suspended = (await site.store.accounts.findByEmail("suspended@example.org"))!;
      const deleted = (await site.store.accounts.findByEmail("deleted@example.org"))!;
      await site.store.moderation.decide(suspended.id, {
        act: "suspend",
        subject: { kind: "account", id: suspended.id },
        reason: "x",
        days: 7,
      });
      await site.store.accounts.erase(deleted.id);
      await site.store.suppressions.add("bounced@example.org", "bounced");
      const asked = { email: "subscribed@example.org", key: "subscribed@example.org", source: "web", text: "v" };
      const answer = await site.store.subscribers.request(asked);
      await site.store.subscribers.confirm(answer.mail === "confirm" ? answer.confirmId : "");
    });

    it.each(["/sign-in", "/subscribe", "/settings/email"])(
      "at %s gets the same answer, for the same work in the store",
      async (path) => {
        const { store, calls } = countingStore(site.store);
        const { mail, clock } = site.parts;
        const post = createPost({ outbox: store.outbox, desk: mail, clock, onProblem: () => undefined });
        const signIn = await openTestSignIn(store);
        const app = createApp({ ...site.parts, store, post, signIn, accounts: signIn });
        const answers = [];
        for (const [at, who] of WHO.entries()) {
          const asker = await site.signedIn(`asker${path.length}-${at}@example.org`);
          const headers = {
            "sec-fetch-site": "same-origin",
            cookie: asker.jar.header,
            "x-forwarded-for": `203.0.113.${at}`,
          };
          const body = new URLSearchParams({ email: `${who}@example.org` });
          calls.length = 0;
          const mailsBefore = site.mails.length;
          const answer = await app.request(BASE_URL + path, { method: "POST", headers, body });
          await post.idle();
          expect(calls.filter((call) => call === "outbox.put").length).toBeGreaterThan(0);
          if (who === "never" && path !== "/subscribe") expect(site.mails.length).toBeGreaterThan(mailsBefore);
          const said = [...answer.headers].filter(([name]) => name !== "x-request-id");
          answers.push([
            answer.status,
            said,
            await answer.text(),
            calls.filter((call) => !/^outbox\.(?:claim|end)$/.test(call)),
          ]);
        }
        for (const answer of answers) expect(answer).toEqual(answers[0]);
      },
    );
  });

  leakChecks(() => site);
});
