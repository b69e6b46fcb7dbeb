/** What invitations and their tree do, on every database. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Store } from "./store.ts";

const DAY_MS = 86_400_000;

export function describeInvites(where: string, open: (clock: () => number) => Promise<Store>): void {
  describe(`invitations on ${where}`, () => {
    let store: Store;
    let nowMs = Date.UTC(2025, 2, 28, 12);
    let made = 0;
    beforeAll(async () => {
      store = await open(() => nowMs);
      for (const handle of ["ada", "bo", "cy", "di", "eve", "mod"]) {
        await store.accounts.add({
          id: `id-${handle}`,
          handle,
          name: handle,
          email: `${handle}@example.org`,
          trust: 1,
        });
      }
    });
    afterAll(() => store.close());

    const make = (accountId: string, { days = 7, most = 5 } = {}) =>
      store.invites.make({
        accountId,
        hash: `hash-${++made}`,
        note: "Come",
        expiresMs: nowMs + days * DAY_MS,
        most,
        sinceMs: nowMs - 30 * DAY_MS,
      });
    const invite = async (host: string, guest: string) => {
      await make(host);
      const held = await store.invites.hold(`hash-${made}`, nowMs + 60_000);
      await store.invites.use(held!, guest);
    };

    it("are open until they are used, once, and a link in use is nobody else's", async () => {
      const one = (await make("id-ada"))!;
      const hash = `hash-${made}`;
      expect(await store.invites.list("id-ada")).toMatchObject([
        { id: one.id, state: "open", note: "Come", usedBy: null },
      ]);
      expect(await store.invites.findOpen(hash)).toMatchObject({ handle: "ada", note: "Come" });
      expect(await store.invites.findOpen("hash-0")).toBeNull();
      const holds = await Promise.all([1, 2, 3].map(() => store.invites.hold(hash, nowMs + 60_000)));
      expect(holds.filter((id) => id !== null)).toEqual([one.id]);
      nowMs += 60_001;
      expect(await store.invites.hold(hash, nowMs + 60_000)).toBe(one.id);
      await store.invites.release(one.id);
      expect(await store.invites.hold(hash, nowMs + 60_000)).toBe(one.id);
      const before = await store.activity();
      await store.invites.use(one.id, "id-bo");
      expect(await store.activity()).toBeGreaterThan(before);
      expect(await store.invites.findOpen(hash)).toBeNull();
      expect(await store.invites.hold(hash, nowMs + 60_000)).toBeNull();
      expect(await store.invites.list("id-ada")).toMatchObject([{ state: "used", usedBy: "bo" }]);
    });

    it("are limited also where many are made at once", async () => {
      const all = await Promise.all(Array.from({ length: 6 }, () => make("id-di", { most: 3 })));
      expect(all.filter((one) => one !== null)).toHaveLength(3);
      const [first] = await store.invites.list("id-di");
      expect(await store.invites.revoke("id-ada", first!.id)).toBe(false);
      expect(await store.invites.revoke("id-di", first!.id)).toBe(true);
      expect(await store.invites.revoke("id-di", first!.id)).toBe(false);
      const limit = { most: 3, sinceMs: nowMs - 30 * DAY_MS };
      expect(await store.invites.reopen("id-ada", first!.id, limit)).toBe(false);
      expect(await store.invites.reopen("id-di", first!.id, limit)).toBe(true);
      expect(await store.invites.revoke("id-di", first!.id)).toBe(true);
      expect(await make("id-di", { most: 3 })).not.toBeNull();
      expect(await store.invites.reopen("id-di", first!.id, limit)).toBe(false);
    });

    it("end with their time, or with their maker's right", async () => {
      await make("id-cy", { days: 1 });
      const hash = `hash-${made}`;
      const decision = { subject: { kind: "account" as const, id: "id-cy" }, reason: "Sold links" };
      const entry = await store.moderation.decide("id-mod", { act: "stop-invites", ...decision });
      expect(await store.accounts.find("id-cy")).toMatchObject({ invitesStopped: true });
      expect(await store.invites.findOpen(hash)).toBeNull();
      expect(await store.invites.hold(hash, nowMs + 60_000)).toBeNull();
      await store.moderation.undo("id-mod", entry!.id);
      expect(await store.accounts.find("id-cy")).not.toHaveProperty("invitesStopped");
      expect(await store.invites.findOpen(hash)).not.toBeNull();
      await store.moderation.decide("id-mod", { act: "suspend", days: 1, ...decision });
      expect(await store.invites.findOpen(hash)).toBeNull();
      nowMs += 2 * DAY_MS;
      expect(await store.invites.findOpen(hash)).toBeNull();
      expect(await store.invites.list("id-cy")).toMatchObject([{ state: "expired" }]);
      nowMs += 31 * DAY_MS;
      await make("id-cy");
      expect(await store.invites.list("id-cy")).toMatchObject([{ state: "open" }]);
    });

    it("grow a tree that keeps its shape when somebody leaves, and each comes by one only", async () => {
      await invite("id-bo", "id-cy");
      await invite("id-cy", "id-eve");
      await invite("id-ada", "id-eve");
      const { items, total } = await store.invites.listTrees({ limit: 10, offset: 0 });
      expect(total).toBe(1);
      expect(items.map(({ handle }) => handle)).toEqual(["ada", "bo", "cy", "eve"]);
      const eve = await store.invites.treeOf("id-eve");
      expect(eve.above.map(({ handle }) => handle)).toEqual(["ada", "bo", "cy"]);
      await store.accounts.erase("id-cy");
      const after = await store.invites.treeOf("id-bo");
      expect(after.below.map(({ handle }) => handle)).toEqual(["bo", null, "eve"]);
      expect(await store.invites.treeOf("id-mod")).toEqual({ above: [], below: [] });
      expect(JSON.stringify(items)).not.toContain("example.org");
    });

    it("relate accounts for the finder of rings, also where who invited them is gone", async () => {
      await invite("id-mod", "id-di");
      await store.papers.takeIn([{ identifiers: [{ scheme: "doi", value: "10.1/x" }], facts: { title: "X" } }]);
      const id = (await store.papers.findByIdentifier({ scheme: "doi", value: "10.1/x" }))!;
      for (const voter of ["id-di", "id-eve"]) await store.upvotes.add(voter, id);
      const votes = await store.trending.listNewestVotes(10);
      const hosts = new Map(votes.map(({ accountId, invitedBy }) => [accountId, invitedBy]));
      expect(hosts.get("id-di")).toBe("id-mod");
      expect(hosts.get("id-eve")).toMatch(/^[0-9A-Z]{26}$/);
    });
  });
}
