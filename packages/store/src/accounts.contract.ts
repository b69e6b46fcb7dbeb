/** What accounts, tokens and wishes for another address do, on every database. */
import type { Kysely } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Store } from "./store.ts";

const HOUR_MS = 3_600_000;

export function describeAccounts(where: string, open: (clock: () => number) => Promise<Store>): void {
  describe(`accounts on ${where}`, () => {
    let store: Store;
    let nowMs = Date.UTC(2025, 2, 28, 12);
    beforeAll(async () => {
      store = await open(() => nowMs);
      for (const [handle, role] of [
        ["ada", "admin"],
        ["bo", "reader"],
        ["cy_", "reader"],
      ] as const) {
        await store.accounts.add({ id: `id-${handle}`, handle, name: handle, email: `${handle}@example.org`, role });
      }
    });
    afterAll(() => store.close());

    it("show an address to those who ask for it by name, and to nobody else", async () => {
      expect(await store.accounts.find("id-ada")).not.toHaveProperty("email");
      expect(await store.accounts.findByHandle("@Ada")).toMatchObject({ id: "id-ada", role: "admin" });
      expect(await store.accounts.findStored("id-ada")).toMatchObject({
        email: "ada@example.org",
        emailVerified: false,
      });
      expect(await store.accounts.findByEmail("ADA@example.org")).toMatchObject({ id: "id-ada" });
      expect(await store.accounts.findByEmail("nobody@example.org")).toBeNull();
    });

    it("are found by a part of handle, name or address, in which signs stand for themselves", async () => {
      const found = async (search: string) =>
        (await store.accounts.list({ limit: 10, offset: 0, search })).items.map(({ handle }) => handle).sort();
      expect(await found("")).toEqual(["ada", "bo", "cy_"]);
      expect(await found("BO@")).toEqual(["bo"]);
      expect(await found("_")).toEqual(["cy_"]);
      expect(await found("%")).toEqual([]);
    });

    it("keep handles apart, also when two ask at once", async () => {
      expect(await store.accounts.rename("id-bo", { handle: "ada", name: "Bo" })).toBe("taken");
      const answers = await Promise.all(
        ["id-bo", "id-cy_"].map((id) => store.accounts.rename(id, { handle: "wanted", name: "W" })),
      );
      expect(answers.sort()).toEqual(["done", "taken"]);
      await store.accounts.rename("id-bo", { handle: "bo", name: "Bo" });
      await store.accounts.rename("id-cy_", { handle: "cy", name: "Cy" });
    });

    it("never lose the last admin, not even when two leave at once", async () => {
      expect(await store.accounts.setRole("id-ada", "reader")).toBe("last-admin");
      expect(await store.accounts.erase("id-ada")).toBe("last-admin");
      expect(await store.accounts.setRole("nobody", "curator")).toBe("unknown");
      expect(await store.accounts.setRole("id-bo", "admin")).toBe("done");
      const both = await Promise.all(["id-ada", "id-bo"].map((id) => store.accounts.setRole(id, "reader")));
      expect(both.sort()).toEqual(["done", "last-admin"]);
      expect(await store.accounts.countAdmins()).toBe(1);
    });

    it("have handles that nobody else gets, neither when they change nor when they are gone", async () => {
      const rename = (id: string, handle: string) => store.accounts.rename(id, { handle, name: handle });
      await store.accounts.add({ id: "id-di", handle: "di", name: "Di", email: "di@example.org" });
      expect(await rename("id-di", "diana")).toBe("done");
      expect(await rename("id-bo", "di")).toBe("taken");
      expect(await store.accounts.findByHandle("di")).toBeNull();
      expect(await store.accounts.findByFormerHandle("@Di")).toMatchObject({ handle: "diana" });
      expect(await store.accounts.knownAmong(["di", "diana", "nobody"])).toEqual(new Set(["di", "diana"]));
      expect(await rename("id-di", "di")).toBe("done");
      expect(await store.accounts.erase("id-di")).toBe("done");
      for (const handle of ["di", "diana"]) {
        expect(await rename("id-bo", handle)).toBe("taken");
        expect(await store.accounts.findByFormerHandle(handle)).toBeNull();
      }
      expect(await store.accounts.knownAmong(["di", "diana"])).toEqual(new Set());
      await store.accounts.add({ id: "id-ed", handle: "reader-abcdefgh", name: "Ed", email: "ed@example.org" });
      for (const at of [1, 2, 3, 4, 5, 6]) expect([at, await rename("id-ed", `ed-${at}`)]).toEqual([at, "done"]);
      expect(await rename("id-ed", "ed-7")).toBe("often");
      expect(await store.accounts.rename("id-ed", { handle: "ed-6", name: "Edward" })).toBe("done");
      await store.accounts.erase("id-ed");
    });

    it("end their sessions where the role changes, and only there", async () => {
      const { kysely } = store.authDatabase as unknown as {
        kysely: Kysely<Record<"sessions", Record<string, string>>>;
      };
      const begin = () =>
        kysely
          .insertInto("sessions")
          .values({ id: "s", token: "t", account_id: "id-fi", expires_at: new Date(nowMs + HOUR_MS).toISOString() })
          .execute();
      await store.accounts.add({ id: "id-fi", handle: "fi", name: "Fi", email: "fi@example.org" });
      await begin();
      await store.accounts.setRole("id-fi", "reader");
      expect(await store.sessions.findAccount("t")).not.toBeNull();
      await store.accounts.setRole("id-fi", "curator");
      expect(await store.sessions.findAccount("t")).toBeNull();
      await begin();
      const act = { act: "set-role", subject: { kind: "account", id: "id-fi" }, reason: "x", role: "reader" } as const;
      const decided = await store.moderation.decide("id-ada", act);
      expect(await store.sessions.findAccount("t")).toBeNull();
      await begin();
      await store.moderation.undo("id-ada", decided!.id);
      expect(await store.sessions.findAccount("t")).toBeNull();
      await store.accounts.setRole("id-fi", "reader");
    });

    it("count what must be rare in the store, by a hash, until the window ends", async () => {
      const limit = { name: "mails", quota: 2, windowSeconds: 60 };
      const take = (of: string) => store.rateWindows.take(limit, of);
      expect([await take("a@b.example"), await take("a@b.example"), await take("a@b.example")]).toEqual([1, 0, -1]);
      expect(await take("c@d.example")).toBe(1);
      expect(await store.rateWindows.take({ ...limit, name: "other" }, "a@b.example")).toBe(1);
      nowMs += 60_000;
      expect(await take("a@b.example")).toBe(1);
      expect((await Promise.all(Array.from({ length: 20 }, () => take("e@f.example")))).sort((a, b) => a - b)[0]).toBe(
        -18,
      );
    });

    it("change their address by a link that holds for a while and works once", async () => {
      const wish = { id: "id-cy_", email: "New@example.org", hash: "h1", untilMs: nowMs + HOUR_MS };
      await store.accounts.askEmailChange({ ...wish, hash: "h0" });
      await store.accounts.askEmailChange(wish);
      expect(await store.accounts.findEmailChange("h0")).toBeNull();
      expect(await store.accounts.findEmailChange("h1")).toMatchObject({
        email: "new@example.org",
        account: { id: "id-cy_" },
      });
      expect(await store.accounts.changeEmail("h1")).toBe("done");
      expect(await store.accounts.changeEmail("h1")).toBeNull();
      expect(await store.accounts.findStored("id-cy_")).toMatchObject({
        email: "new@example.org",
        emailVerified: true,
      });
      // Now that an address is confirmed, it has a say in the next change: either may be first, one alone is not enough.
      for (const order of [
        ["h4", "o4"],
        ["o5", "h5"],
      ] as const) {
        const [last] = [...order].reverse();
        const email = `${order[0]}@example.org`;
        await store.accounts.askEmailChange({ ...wish, email, hash: `h${order[0][1]}`, oldHash: `o${order[0][1]}` });
        expect(await store.accounts.findEmailChange(order[0])).toMatchObject({
          email,
          side: order[0].startsWith("h") ? "new" : "old",
        });
        for (const _ of [1, 2]) expect(await store.accounts.changeEmail(order[0])).toBe("waits");
        expect(await store.accounts.findStored("id-cy_")).not.toMatchObject({ email });
        expect(await store.accounts.changeEmail(last!)).toBe("done");
        expect(await store.accounts.findStored("id-cy_")).toMatchObject({ email });
      }
      await store.accounts.askEmailChange({ ...wish, email: "bo@example.org", hash: "h2" });
      expect(await store.accounts.changeEmail("h2")).toBe("taken");
      await store.accounts.askEmailChange({ ...wish, hash: "h3" });
      nowMs += HOUR_MS + 1;
      expect(await store.accounts.changeEmail("h3")).toBeNull();
    });

    it("have tokens that only their owner revokes, that expire, and that are few", async () => {
      const token = {
        accountId: "id-cy_",
        name: "script",
        hash: "t1",
        scopes: ["read", "vote"] as const,
        expiresMs: null,
      };
      const made = await store.apiTokens.add(token);
      expect(await store.apiTokens.list("id-cy_")).toMatchObject([
        { id: made!.id, name: "script", scopes: ["read", "vote"], lastUsedAt: null, expiresAt: null },
      ]);
      expect(await store.apiTokens.use("t1")).toMatchObject({ account: { id: "id-cy_" }, scopes: ["read", "vote"] });
      expect((await store.apiTokens.list("id-cy_"))[0]!.lastUsedAt).toBe(new Date(nowMs).toISOString());
      await store.apiTokens.add({ ...token, hash: "t2", expiresMs: nowMs + 1 });
      nowMs += 2;
      expect(await store.apiTokens.use("t2")).toBeNull();
      expect(await store.apiTokens.revoke("id-bo", made!.id)).toBe(false);
      expect(await store.apiTokens.revoke("id-cy_", made!.id)).toBe(true);
      expect(await store.apiTokens.use("t1")).toBeNull();
      for (let at = 0; at < 49; at++) await store.apiTokens.add({ ...token, hash: `many-${at}` });
      expect(await store.apiTokens.add({ ...token, hash: "one too many" })).toBeNull();
      await store.apiTokens.revoke("id-cy_", (await store.apiTokens.list("id-cy_"))[0]!.id);
    });

    it("make one thing by a form that is sent twice, at once or later, and know nothing of it where it failed", async () => {
      const token = { accountId: "id-cy_", name: "twice", scopes: ["read"] as const, expiresMs: null };
      const uses = ["salt-1", "salt-2"].map((salt) => ({ hash: "form-1", salt }));
      const [one, two] = await Promise.all(
        uses.map((use, at) => store.apiTokens.add({ ...token, hash: `f${at}`, use })),
      );
      // Whichever was first: the other is told what that one left.
      const salt = one!.before === null ? "salt-1" : "salt-2";
      expect([one!.before, two!.before].filter((before) => before !== null)).toEqual([{ salt, ageMs: 0 }]);
      expect(two!.id).toBe(one!.id);
      const full = { ...token, hash: "f3", use: { hash: "form-3", salt: "salt-3" } };
      expect(await store.apiTokens.add(full)).toBeNull();
      await store.apiTokens.revoke("id-cy_", one!.id);
      expect(await store.apiTokens.add({ ...full, hash: "f4", use: uses[1]! })).toMatchObject({ id: one!.id });
      expect(await store.apiTokens.add(full)).toMatchObject({ before: null });
    });

    it("leave nothing behind, and tell everything before, but no secret", async () => {
      const told = JSON.stringify(await store.accounts.exportData("id-cy_"));
      expect(told).toContain("o5@example.org");
      expect(told).toContain("script");
      expect(told).not.toContain("many-1");
      expect(await store.accounts.erase("id-cy_")).toBe("done");
      expect(await store.accounts.erase("id-cy_")).toBe("unknown");
      expect(await store.apiTokens.list("id-cy_")).toEqual([]);
      expect(await store.apiTokens.use("many-1")).toBeNull();
    });
  });
}
