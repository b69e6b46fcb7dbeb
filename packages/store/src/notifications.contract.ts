/** What every database must do for notifications: told once, mailed once, and never more often than wished. */
import { DEFAULT_NOTIFICATION_WISHES, NOTIFICATION_LIMITS } from "@paperwire/domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Store } from "./store.ts";

const HOUR_MS = 3_600_000;

export function describeNotifications(name: string, open: (clock: () => number) => Promise<Store>): void {
  describe(`notifications on ${name}`, () => {
    let store: Store;
    let nowMs = Date.UTC(2025, 2, 28, 12);
    const tell = (accountId: string, once: string, more = {}) =>
      store.notifications.add({
        accountId,
        kind: "reply",
        words: `What happened: ${once}`,
        path: "/",
        actorId: null,
        once,
        byMail: true,
        ...more,
      });
    const account = async (handle: string) => {
      const names = { handle, name: handle, email: `${handle}@example.org`, emailVerified: true };
      await store.accounts.add({ id: `id-${handle}`, ...names });
      return `id-${handle}`;
    };
    const mailed = async () => {
      const bundles = await store.notifications.claimBundles(100);
      for (const { id } of bundles) await store.notifications.markMailed(id);
      return bundles.map(({ account, total }) => [account.email, total]);
    };
    beforeAll(async () => {
      store = await open(() => nowMs);
    });
    afterAll(() => store?.close());

    it("tells one happening once, newest first, and counts what is unread", async () => {
      const ada = await account("ada");
      expect(await tell(ada, "a")).toBe(true);
      expect(await tell(ada, "a")).toBe(false);
      expect(await tell(ada, "b")).toBe(true);
      expect(await tell("nobody", "b")).toBe(false);
      const { items, total } = await store.notifications.list(ada, { limit: 10, offset: 0 });
      expect([total, items.map(({ words }) => words)]).toEqual([2, ["What happened: b", "What happened: a"]]);
      await store.notifications.markRead("id-of-another", { upTo: items[0]!.id });
      expect(await store.notifications.unread(ada)).toBe(2);
      await store.notifications.markRead(ada, { id: items[0]!.id });
      expect(await store.notifications.unread(ada)).toBe(1);
      await tell(ada, "c");
      await store.notifications.markRead(ada, { upTo: items[0]!.id });
      expect(await store.notifications.unread(ada)).toBe(1);
    });

    it("takes back what was undone, unless it was read", async () => {
      const bela = await account("bela");
      await tell(bela, "picked");
      await store.notifications.retract("picked");
      expect(await store.notifications.unread(bela)).toBe(0);
      await tell(bela, "seen");
      const { items } = await store.notifications.list(bela, { limit: 1, offset: 0 });
      await store.notifications.markRead(bela, { id: items[0]!.id });
      await store.notifications.retract("seen");
      expect((await store.notifications.list(bela, { limit: 1, offset: 0 })).total).toBe(1);
    });

    it("keeps the newest of many", async () => {
      const many = await account("many");
      for (let n = 0; n < NOTIFICATION_LIMITS.kept + 3; n++) await tell(many, `n${n}`, { byMail: false });
      const { total } = await store.notifications.list(many, { limit: 1, offset: 0 });
      expect(total).toBe(NOTIFICATION_LIMITS.kept);
    });

    it("goes with the one who caused it", async () => {
      const [gone, told] = [await account("gone"), await account("told")];
      await tell(told, "by gone", { actorId: gone });
      await store.accounts.erase(gone);
      expect(await store.notifications.unread(told)).toBe(0);
    });

    it("puts a day's happenings into one mail, a crash in between changes nothing", async () => {
      nowMs += 100 * HOUR_MS;
      await mailed();
      nowMs += 100 * HOUR_MS;
      const cy = await account("cy");
      await tell(cy, "one");
      nowMs += HOUR_MS / 2;
      await tell(cy, "two");
      expect(await mailed()).toEqual([]);
      nowMs += HOUR_MS / 2;
      // Claimed, and then nothing more is heard of whoever claimed it; meanwhile something new happens.
      const [claimed] = await store.notifications.claimBundles(100);
      await tell(cy, "three");
      const again = await store.notifications.claimBundles(100);
      expect(again).toEqual([claimed]);
      expect(claimed).toMatchObject({ account: { email: "cy@example.org" }, total: 2 });
      await store.notifications.markMailed(claimed!.id);
      nowMs += 23 * HOUR_MS;
      expect(await mailed()).toEqual([]);
      nowMs += HOUR_MS;
      expect(await mailed()).toEqual([["cy@example.org", 1]]);
    });

    it("mails as wished: at once, or never, also what waits already", async () => {
      const dana = await account("dana");
      await store.notifications.setWishes(dana, { ...DEFAULT_NOTIFICATION_WISHES, pace: "at-once" });
      await tell(dana, "one");
      expect(await mailed()).toEqual([["dana@example.org", 1]]);
      await tell(dana, "two");
      expect(await mailed()).toEqual([["dana@example.org", 1]]);
      await tell(dana, "three");
      await store.notifications.setWishes(dana, { ...DEFAULT_NOTIFICATION_WISHES, pace: "never" });
      nowMs += 50 * HOUR_MS;
      expect(await mailed()).toEqual([]);
      expect(await store.notifications.setWishes("nobody", DEFAULT_NOTIFICATION_WISHES)).toBe(false);
      expect(await store.notifications.wishesOf(dana)).toMatchObject({ pace: "never" });
    });
  });
}
