/** Signing in by a real OpenID Connect provider on this machine; its pages are walked as a browser would. */

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Store } from "@paperwire/store";
import { openTestStore } from "@paperwire/store/testing";
import { Provider } from "oidc-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashSecret } from "./secrets.ts";
import type { SignInDesk } from "./sign-in-desk.ts";
import { CookieJar, openTestSignIn, TEST_ORIGIN } from "./testing.ts";

describe("signing in by an OpenID Connect issuer", () => {
  let store: Store;
  let server: Server;
  let desk: SignInDesk;
  let issuer: string;
  /** What the issuer says of the person who signs in there. */
  let claims = { sub: "", email: "", email_verified: true, name: "Ada Example" };

  beforeAll(async () => {
    store = await openTestStore(Date.now);
    let provider: Provider;
    server = createServer((request, response) => provider.callback()(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    provider = new Provider(issuer, {
      clients: [
        {
          client_id: "paperwire",
          client_secret: "a secret of the test",
          redirect_uris: [`${TEST_ORIGIN}/auth/callback/oidc`],
        },
      ],
      claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
      conformIdTokenClaims: false,
      findAccount: async (_context: unknown, sub: string) => ({
        accountId: sub,
        claims: async () => ({ ...claims, sub }),
      }),
      cookies: { keys: ["a key of the test"] },
      pkce: { required: () => true },
    });
    desk = await openTestSignIn(store, {
      providers: { oidc: { clientId: "paperwire", clientSecret: "a secret of the test", issuer, name: "Test House" } },
    });
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    await store.close();
  });

  /** From our button to the address that the issuer sends the browser back to. */
  async function atIssuer(url: string): Promise<string> {
    const cookies = new Map<string, string>();
    let next = url;
    for (let step = 0; step < 12; step++) {
      if (next.startsWith(TEST_ORIGIN)) return next;
      const isForm = next.includes("/interaction/");
      const prompt = isForm ? await (await ask(next, cookies)).text() : "";
      const name = /name="prompt" value="(\w+)"/.exec(prompt)?.[1] ?? "login";
      const body = new URLSearchParams({ prompt: name, login: claims.sub, password: "x" });
      const answer = await ask(next, cookies, isForm ? { method: "POST", body } : {});
      next = new URL(answer.headers.get("location") ?? "", next).href;
    }
    throw new Error("the issuer leads nowhere");
  }

  async function ask(url: string, cookies: Map<string, string>, init: RequestInit = {}): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(url, { ...init, headers: { cookie }, redirect: "manual" });
    for (const one of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(one)!;
      cookies.set(name!, value!);
    }
    return answer;
  }

  async function signIn(jar: CookieJar, { link = false, invite = "", at = desk } = {}): Promise<string> {
    const started = await at.startProvider({
      provider: "oidc",
      request: jar.request("/sign-in/with/oidc", { method: "POST", headers: { origin: TEST_ORIGIN } }),
      next: `${TEST_ORIGIN}/next`,
      welcome: `${TEST_ORIGIN}/welcome`,
      failed: `${TEST_ORIGIN}/failed`,
      link,
      invite,
    });
    jar.take(started!.cookies);
    const back = await atIssuer(started!.url);
    const done = await at.finishProvider(jar.request(back.slice(TEST_ORIGIN.length)));
    jar.take(done.headers.getSetCookie());
    return done.headers.get("location")!.slice(TEST_ORIGIN.length);
  }

  it("is finished by the browser that began it, once, and by no other", async () => {
    claims = { ...claims, sub: "mallory-1", email: "mallory@example.org" };
    const mallory = new CookieJar();
    const started = await desk.startProvider({
      provider: "oidc",
      request: mallory.request("/sign-in/with/oidc", { method: "POST", headers: { origin: TEST_ORIGIN } }),
      next: `${TEST_ORIGIN}/next`,
      welcome: `${TEST_ORIGIN}/welcome`,
      failed: `${TEST_ORIGIN}/failed`,
      link: false,
    });
    mallory.take(started!.cookies);
    const back = (await atIssuer(started!.url)).slice(TEST_ORIGIN.length);
    // Sent to a victim, the way back would sign them in as mallory.
    for (const path of [
      back,
      back.replace(/state=[^&]+/, "state=guessed"),
      back.replace(/code=[^&]+/, "code=guessed"),
    ]) {
      const victim = new CookieJar();
      const answer = await desk.finishProvider(victim.request(path));
      victim.take(answer.headers.getSetCookie());
      expect(answer.headers.get("location")).toMatch(/error/);
      expect(await desk.accountOf(victim.request())).toBeUndefined();
    }
    const own = await desk.finishProvider(mallory.request(back));
    mallory.take(own.headers.getSetCookie());
    const again = new CookieJar();
    again.take(started!.cookies);
    again.take((await desk.finishProvider(again.request(back))).headers.getSetCookie());
    expect(await desk.accountOf(again.request())).toBeUndefined();
  });

  it("makes an account at the first time, and knows it the next", async () => {
    claims = { ...claims, sub: "ada-1", email: "ada@example.org" };
    const jar = new CookieJar();
    expect(await signIn(jar)).toBe("/welcome");
    const first = await desk.accountOf(jar.request());
    expect(first).toMatchObject({ name: "Ada Example", role: "reader" });
    const again = new CookieJar();
    expect(await signIn(again)).toBe("/next");
    expect((await desk.accountOf(again.request()))!.id).toBe(first!.id);
  });

  it("carries an invitation there and back, and wants one where they are required", async () => {
    claims = { ...claims, sub: "cy-1", email: "cy@example.org" };
    const at = await openTestSignIn(store, {
      invites: "required",
      providers: { oidc: { clientId: "paperwire", clientSecret: "a secret of the test", issuer, name: "Test House" } },
    });
    const jar = new CookieJar();
    expect(await signIn(jar, { at })).toBe("/sign-in?error=invitation_wanted");
    expect(await store.accounts.findByEmail("cy@example.org")).toBeNull();
    await store.accounts.add({ id: "id-host", handle: "host", name: "Host", email: "host@example.org", trust: 2 });
    const invite = "a-token-of-the-test-for-cy";
    const expiresMs = Date.now() + 60_000;
    const wish = { accountId: "id-host", hash: hashSecret(invite), note: "", expiresMs, most: 5, sinceMs: 0 };
    await store.invites.make(wish);
    expect(await signIn(jar, { at, invite })).toBe("/welcome");
    expect(jar.names.filter((name) => name.includes("invite"))).toEqual([]);
    const cy = (await store.accounts.findByEmail("cy@example.org"))!;
    expect((await store.invites.treeOf(cy.id)).above).toMatchObject([{ handle: "host" }]);
    expect(await store.invites.list("id-host")).toMatchObject([{ state: "used" }]);
  });

  it("joins nobody's account for the sake of an address, but does for its owner", async () => {
    claims = { ...claims, sub: "bo-1", email: "bo@example.org" };
    const jar = new CookieJar();
    const known = await desk.openLink(await desk.makeLink("bo@example.org"), jar.request());
    jar.take(known!.cookies);
    const stranger = new CookieJar();
    expect(await signIn(stranger)).toBe("/failed?error=account_not_linked");
    expect(await desk.accountOf(stranger.request())).toBeUndefined();
    expect(await signIn(jar, { link: true })).toBe("/next");
    expect(await store.sessions.listLogins(known!.account.id)).toMatchObject([{ provider: "oidc", subject: "bo-1" }]);
    const later = new CookieJar();
    expect(await signIn(later)).toBe("/next");
    expect((await desk.accountOf(later.request()))!.id).toBe(known!.account.id);
  });
});
