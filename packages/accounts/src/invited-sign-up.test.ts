import type { InviteMode } from "@paperwire/domain";
import type { Store } from "@paperwire/store";
import { openTestStore } from "@paperwire/store/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashSecret } from "./secrets.ts";
import { CookieJar, openTestSignIn } from "./testing.ts";

const DAY_MS = 86_400_000;

describe("signing up by an invitation", () => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore(Date.now);
    await store.accounts.add({ id: "id-host", handle: "host", name: "Host", email: "host@example.org", trust: 2 });
  });
  afterAll(() => store.close());

  async function invite(token: string): Promise<string> {
    await store.invites.make({
      accountId: "id-host",
      hash: hashSecret(token),
      note: "",
      expiresMs: Date.now() + DAY_MS,
      most: 100,
      sinceMs: 0,
    });
    return token;
  }

  async function signIn(mode: InviteMode, email: string, by: { invite?: string; exempt?: boolean } = {}) {
    const desk = await openTestSignIn(store, { invites: mode });
    return desk.openLink(await desk.makeLink(email), new CookieJar().request(), by);
  }
  const stateOf = async (token: string) => ((await store.invites.findOpen(hashSecret(token))) ? "open" : "gone");

  it("is how new accounts come where invitations are required, and each works once", async () => {
    const token = await invite("first-token-of-the-test");
    await expect(signIn("required", "new@example.org")).rejects.toThrow("invitation");
    await expect(signIn("required", "new@example.org", { invite: "wrong" })).rejects.toThrow("invitation");
    expect(await store.accounts.findByEmail("new@example.org")).toBeNull();
    const first = await signIn("required", "new@example.org", { invite: token });
    expect(first).toMatchObject({ isNew: true });
    expect((await store.invites.treeOf(first!.account.id)).above).toMatchObject([{ handle: "host" }]);
    expect(await stateOf(token)).toBe("gone");
    await expect(signIn("required", "other@example.org", { invite: token })).rejects.toThrow("invitation");
    expect(await signIn("required", "new@example.org")).toMatchObject({ isNew: false });
  });

  it("is a way among others where it is open, and nothing where it is off", async () => {
    const token = await invite("second-token-of-the-test");
    expect(await signIn("off", "off@example.org", { invite: token })).toMatchObject({ isNew: true });
    expect(await stateOf(token)).toBe("open");
    expect(await signIn("open", "plain@example.org", { invite: "wrong" })).toMatchObject({ isNew: true });
    expect(await signIn("open", "plain@example.org", { invite: token })).toMatchObject({ isNew: false });
    expect(await stateOf(token)).toBe("open");
    await signIn("open", "guest@example.org", { invite: token });
    expect(await stateOf(token)).toBe("gone");
  });

  it("lets two who open one link at once make one account", async () => {
    const token = await invite("third-token-of-the-test");
    const both = await Promise.allSettled(
      ["left@example.org", "right@example.org"].map((email) => signIn("required", email, { invite: token })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("asks nothing of the first administrator", async () => {
    expect(await signIn("required", "root@example.org", { exempt: true })).toMatchObject({ isNew: true });
  });
});
