import type { Store } from "@paperwire/store";
import { openTestStore } from "@paperwire/store/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashSecret } from "./secrets.ts";
import type { SignInDesk } from "./sign-in-desk.ts";
import { CookieJar, openTestSignIn, TEST_ORIGIN } from "./testing.ts";

describe("signing in by mail link", () => {
  let store: Store;
  let desk: SignInDesk;
  beforeAll(async () => {
    store = await openTestStore(Date.now);
    desk = await openTestSignIn(store);
  });
  afterAll(() => store.close());

  async function signIn(email: string, jar = new CookieJar()) {
    const signedIn = await desk.openLink(await desk.makeLink(email), jar.request());
    jar.take(signedIn?.cookies ?? []);
    return { jar, ...signedIn! };
  }

  it("makes an account at the first link, whose handle says nothing about its address", async () => {
    const first = await signIn("Ada.Lovelace@Example.org");
    expect(first.isNew).toBe(true);
    expect(first.account.handle).toMatch(/^reader-[a-z0-9]{8}$/);
    expect(JSON.stringify(first.account)).not.toMatch(/lovelace|example/i);
    const stored = await store.accounts.findStored(first.account.id);
    expect(stored).toMatchObject({ email: "ada.lovelace@example.org", emailVerified: true, role: "reader", trust: 0 });
    const second = await signIn("ada.lovelace@example.org");
    expect(second.isNew).toBe(false);
    expect(second.account.id).toBe(first.account.id);
  });

  it("lets a link tell whose it is without using it up, and works once", async () => {
    const token = await desk.makeLink("once@example.org");
    expect(await desk.findLink(token)).toBe("once@example.org");
    expect(await desk.findLink(token)).toBe("once@example.org");
    const jar = new CookieJar();
    const both = await Promise.all([desk.openLink(token, jar.request()), desk.openLink(token, jar.request())]);
    expect(both.filter((one) => one !== null)).toHaveLength(1);
    expect(await desk.findLink(token)).toBeNull();
    expect(await desk.openLink(`${token.slice(0, -1)}x`, jar.request())).toBeNull();
  });

  it("opens no link that is too old, not even where its page was shown in time", async () => {
    const token = await desk.makeLink("late@example.org");
    await setExpiry(store, new Date(Date.now() - 1000));
    expect(await desk.findLink(token)).toBeNull();
    expect(await desk.openLink(token, new CookieJar().request())).toBeNull();
    expect(await store.accounts.findByEmail("late@example.org")).toBeNull();
  });

  it("gives a cookie for this host only, which names the account until it is signed out", async () => {
    const { jar, cookies, account } = await signIn("cookie@example.org");
    expect(cookies).toHaveLength(1);
    expect(cookies[0]).toMatch(/^__Host-paperwire\.session_token=/);
    expect(cookies[0]).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax/);
    expect(cookies[0]).not.toMatch(/Domain/i);
    expect(desk.maySpeakFor(jar.request())).toBe(true);
    expect((await desk.accountOf(jar.request()))?.id).toBe(account.id);
    const copy = jar.request();
    jar.take(await desk.signOut(jar.request()));
    expect(jar.names).toEqual([]);
    expect(await desk.accountOf(copy)).toBeUndefined();
  });

  it("keeps nothing in the database that would open a session or a link", async () => {
    const { jar } = await signIn("hash@example.org");
    const token = decodeURIComponent(/session_token=([^;]*)/.exec(jar.header)![1]!).split(".")[0]!;
    const link = await desk.makeLink("hash@example.org");
    const dump = JSON.stringify(await everything(store));
    expect(dump).toContain(hashSecret(token));
    expect(dump).not.toContain(token);
    expect(dump).toContain(hashSecret(link));
    expect(dump).not.toContain(link);
  });

  it("refuses a cookie that was altered, or that somebody chose before", async () => {
    const { jar } = await signIn("fixed@example.org");
    const value = decodeURIComponent(/session_token=([^;]*)/.exec(jar.header)![1]!);
    const name = "__Host-paperwire.session_token";
    const asking = (cookie: string) =>
      desk.accountOf(new Request(TEST_ORIGIN, { headers: { cookie: `${name}=${encodeURIComponent(cookie)}` } }));
    expect(await asking(value)).toBeDefined();
    for (const bad of [
      `x${value}`,
      value.replace(/..$/, ""),
      value.split(".")[0]!,
      "",
      ".",
      `${"a".repeat(32)}.AAAA`,
      "%",
    ]) {
      expect(await asking(bad)).toBeUndefined();
    }
  });

  it("begins another session at each sign-in and ends the one that the browser had", async () => {
    const jar = new CookieJar();
    await signIn("mallory@example.org", jar);
    const planted = jar.request();
    await signIn("victim@example.org", jar);
    expect(await desk.accountOf(planted)).toBeUndefined();
    expect((await desk.accountOf(jar.request()))!.id).toBe(
      (await store.accounts.findByEmail("victim@example.org"))!.id,
    );
  });

  it("lists sessions to their owner, ends one or all, and never somebody else's", async () => {
    const one = await signIn("many@example.org");
    const two = await signIn("many@example.org");
    const other = await signIn("other@example.org");
    const sessions = await store.sessions.list(one.account.id);
    expect(sessions).toHaveLength(2);
    const { sessionId } = (await desk.sessionOf(two.jar.request()))!;
    expect(await store.sessions.end(other.account.id, sessionId)).toBe(false);
    expect(await store.sessions.endAll(one.account.id, sessionId)).toBe(1);
    expect(await desk.accountOf(one.jar.request())).toBeUndefined();
    expect(await desk.accountOf(two.jar.request())).toBeDefined();
    expect(await store.sessions.endAll(one.account.id)).toBe(1);
    expect(await desk.accountOf(two.jar.request())).toBeUndefined();
    expect(await desk.accountOf(other.jar.request())).toBeDefined();
  });
});

async function setExpiry({ authDatabase }: Store, at: Date) {
  const database = authDatabase.kysely as {
    updateTable(table: string): { set(values: object): { execute(): Promise<unknown> } };
  };
  await database.updateTable("verifications").set({ expires_at: at }).execute();
}

async function everything({ authDatabase }: Store) {
  const database = authDatabase.kysely as {
    selectFrom(table: string): { selectAll(): { execute(): Promise<unknown[]> } };
  };
  return Promise.all(["sessions", "verifications"].map((table) => database.selectFrom(table).selectAll().execute()));
}
