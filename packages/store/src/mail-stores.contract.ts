/** What every database must do for mail: subscribing, digests, and deliveries that are made once. */
import { DEFAULT_PREFERENCES, type Digest } from "@paperwire/domain";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "./store.ts";

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2025, 2, 28, 12);

const digest = (name: string): Digest => ({
  name,
  cadence: "daily",
  range: { first: name, last: name },
  items: [],
  total: 3,
  corrections: [],
});

export function describeMailStores(name: string, open: (clock: () => number) => Promise<Store>): void {
  describe(`mail in the store on ${name}`, () => {
    let store: Store;
    let nowMs = START_MS;
    beforeAll(async () => {
      store = await open(() => nowMs);
    });
    beforeEach(() => {
      nowMs += 100 * HOUR_MS;
    });
    afterAll(() => store?.close());

    const ask = (email: string) =>
      store.subscribers.request({ email, key: email.toLowerCase(), source: "web", text: "v1" });
    const confirmed = async (email: string) => {
      const answer = await ask(email);
      return (await store.subscribers.confirm(answer.mail === "confirm" ? answer.confirmId : ""))!;
    };
    const written = async (day: string, emails: string[], dueMs = 0) => {
      await store.digests.add(digest(day));
      const subscribers = [];
      for (const email of emails) subscribers.push(await confirmed(email));
      expect(
        await store.deliveries.add(
          day,
          subscribers.map(({ id }) => ({ subscriberId: id, dueMs })),
        ),
      ).toBe(emails.length);
      return subscribers;
    };

    it("tells a changed feed once however often it changed, and again where it changed while it was told", async () => {
      const { hubPings } = store;
      await hubPings.add(["/latest.atom", "/latest.rss"], nowMs + 10_000);
      await hubPings.add(["/latest.atom"], nowMs + 60_000);
      expect(await hubPings.claim(10)).toEqual([]);
      nowMs += 10_000;
      const claimed = await hubPings.claim(10);
      expect(claimed.map(({ path, attempts }) => [path, attempts])).toEqual([
        ["/latest.atom", 1],
        ["/latest.rss", 1],
      ]);
      expect(await hubPings.claim(10)).toEqual([]);
      nowMs += 1_000;
      await hubPings.add(["/latest.atom"], nowMs);
      for (const ping of claimed) await hubPings.drop(ping);
      expect(await hubPings.count()).toBe(1);
      const [again] = await hubPings.claim(10);
      expect(again?.path).toBe("/latest.atom");
      await hubPings.retry(again!, nowMs + 5_000);
      expect(await hubPings.claim(10)).toEqual([]);
      nowMs += 5_000;
      expect((await hubPings.claim(10))[0]?.attempts).toBe(2);
      // Its process dies here.
      nowMs += 300_000;
      const [taken] = await hubPings.claim(10);
      expect(taken?.attempts).toBe(3);
      await hubPings.drop(taken!);
      expect(await hubPings.count()).toBe(0);
    });

    it("keeps one private feed for each subscriber, found by the hash of its token only while it is the newest", async () => {
      const [one, other] = [await confirmed("feed@example.org"), await confirmed("feed2@example.org")];
      const renew = (id: string, of: { id: string }) =>
        store.privateFeeds.renew({ id, tokenHash: `hash of ${id}`, subscriberId: of.id });
      await renew("a", one);
      await renew("b", other);
      await renew("c", one);
      expect(await store.privateFeeds.findByToken("hash of a")).toBeNull();
      expect(await store.privateFeeds.findOf(one.id)).toEqual({
        id: "c",
        tokenHash: "hash of c",
        subscriberId: one.id,
        madeAt: new Date(nowMs).toISOString(),
      });
      expect(await store.subscribers.exportData(one.id)).toMatchObject({ private_feed_made_at: expect.any(String) });
      await store.subscribers.erase(one.id);
      expect(await store.privateFeeds.findByToken("hash of c")).toBeNull();
      await store.privateFeeds.remove(other.id);
      expect(await store.privateFeeds.findOf(other.id)).toBeNull();
    });

    it("confirms once, within two days, and keeps the proof", async () => {
      const answer = await ask("Once@example.org");
      if (answer.mail !== "confirm") throw new Error("no confirmation");
      expect(await store.subscribers.findToConfirm(answer.confirmId)).toMatchObject({
        state: "pending",
        preferences: DEFAULT_PREFERENCES,
      });
      const subscriber = (await store.subscribers.confirm(answer.confirmId))!;
      expect(subscriber).toMatchObject({
        email: "Once@example.org",
        state: "confirmed",
        confirmedAt: new Date(nowMs).toISOString(),
      });
      expect(await store.subscribers.confirm(answer.confirmId)).toBeNull();
      expect(await ask("once@example.org")).toEqual({
        mail: "known",
        subscriberId: subscriber.id,
        email: "Once@example.org",
      });
      const late = await ask("late@example.org");
      nowMs += 48 * HOUR_MS;
      expect(await store.subscribers.confirm(late.mail === "confirm" ? late.confirmId : "")).toBeNull();
      const kept = (await store.subscribers.exportData(subscriber.id)) as { consent: object[]; deliveries: object[] };
      expect(kept.consent).toMatchObject([
        { source: "web", text: "v1", asked: expect.any(String) },
        { confirmed: expect.any(String) },
      ]);
    });

    it("sends an address at most three mails a day, whoever asks, with one and the same link", async () => {
      const answers = [];
      for (let n = 0; n < 5; n++) answers.push(await ask("often@example.org"));
      expect(answers.map((one) => one.mail)).toEqual(["confirm", "confirm", "confirm", "none", "none"]);
      expect(new Set(answers.map((one) => (one.mail === "confirm" ? one.confirmId : null))).size).toBe(2);
      nowMs += 25 * HOUR_MS;
      expect((await ask("often@example.org")).mail).toBe("confirm");
    });

    it("lets go: leaving needs a new confirmation, erasing forgets, suppressing outlives both", async () => {
      const subscriber = await confirmed("leaver@example.org");
      expect(await store.subscribers.leave(subscriber.id)).toBe(true);
      expect(await store.subscribers.leave(subscriber.id)).toBe(true);
      expect(await store.subscribers.find(subscriber.id)).toMatchObject({ state: "left" });
      expect((await confirmed("leaver@example.org")).id).toBe(subscriber.id);
      await store.suppressions.add("leaver@example.org", "complaint");
      expect(await store.subscribers.erase(subscriber.id)).toBe(true);
      expect(await store.subscribers.find(subscriber.id)).toBeNull();
      expect(await store.subscribers.exportData(subscriber.id)).toBeNull();
      expect(await store.suppressions.has("leaver@example.org")).toBe(true);
      expect((await ask("leaver@example.org")).mail).toBe("none");
      await store.suppressions.remove("leaver@example.org");
      expect((await ask("leaver@example.org")).mail).toBe("confirm");
    });

    it("keeps wishes and pages through those who confirmed in time", async () => {
      const a = await confirmed("weekly-a@example.org");
      const b = await confirmed("weekly-b@example.org");
      const preferences = { ...DEFAULT_PREFERENCES, cadence: "weekly" as const, topics: ["cs.cv"] };
      for (const { id } of [a, b]) expect(await store.subscribers.setPreferences(id, preferences)).toBe(true);
      const page = (after: string, limit: number) =>
        store.subscribers.listConfirmed({
          cadence: "weekly",
          confirmedBy: new Date(nowMs).toISOString(),
          after,
          limit,
        });
      const first = await page("", 1);
      expect(first).toMatchObject([{ preferences }]);
      expect((await page(first[0]!.id, 5)).map((one) => one.id)).toEqual(
        [a.id, b.id].filter((id) => id !== first[0]!.id),
      );
      const before = new Date(START_MS).toISOString();
      expect(
        await store.subscribers.listConfirmed({ cadence: "weekly", confirmedBy: before, after: "", limit: 5 }),
      ).toEqual([]);
    });

    it("freezes a digest", async () => {
      const first = await store.digests.add(digest("2025-03-01"));
      const second = await store.digests.add({ ...digest("2025-03-01"), total: 99 });
      expect(second).toEqual(first);
      expect(first.digest).toEqual(digest("2025-03-01"));
      await store.digests.setPaused("2025-03-01", "too many failures");
      expect((await store.digests.list({ cadence: "daily", limit: 5 }))[0]).toMatchObject({
        paused: "too many failures",
      });
      expect(await store.digests.find("2025-03-02")).toBeNull();
    });

    it("writes a delivery down once, and gives it to one taker only", async () => {
      const [one, two] = await written("2025-03-03", ["d1@example.org", "d2@example.org"], nowMs);
      const again = [one!, two!].map(({ id }) => ({ subscriberId: id, dueMs: nowMs }));
      expect(await store.deliveries.add("2025-03-03", again)).toBe(0);
      const claims = await Promise.all([1, 2, 3].map(() => store.deliveries.claim({ digest: "2025-03-03", limit: 1 })));
      expect(
        claims
          .flat()
          .map((claim) => claim.email)
          .sort(),
      ).toEqual(["d1@example.org", "d2@example.org"]);
      expect(await store.deliveries.claim({ digest: "2025-03-03", limit: 5 })).toEqual([]);
      const [first, second] = claims.flat();
      await store.deliveries.end([
        { id: first!.id, state: "sent", reason: "250 ok" },
        { id: second!.id, state: "waiting", reason: "451 later", dueMs: nowMs + HOUR_MS },
      ]);
      expect(await store.deliveries.count("2025-03-03")).toMatchObject({ sent: 1, waiting: 1, sending: 0 });
      expect(await store.deliveries.nextDue("2025-03-03")).toBe(nowMs + HOUR_MS);
      nowMs += HOUR_MS;
      expect(await store.deliveries.claim({ digest: "2025-03-03", limit: 5 })).toMatchObject([
        { id: second!.id, attempts: 2 },
      ]);
    });

    it("suppresses an address after one hard bounce or complaint, or five soft ones in a month", async () => {
      const days = ["2025-01-06", "2025-01-07", "2025-01-08", "2025-01-09", "2025-01-10"];
      const [hard, soft] = await written(days[0]!, ["hard@example.org", "soft@example.org"]);
      const ids = new Map<string, string>();
      for (const [index, day] of days.entries()) {
        if (index > 0) {
          await store.digests.add(digest(day));
          await store.deliveries.add(day, [{ subscriberId: soft!.id, dueMs: 0 }]);
        }
        for (const one of await store.deliveries.claim({ digest: day, limit: 9 })) {
          ids.set(`${day} ${one.email}`, one.id);
          await store.deliveries.end([{ id: one.id, state: "sent", reason: "250" }]);
        }
      }
      const report = (day: string, email: string, kind: "hard" | "soft" | "complaint") =>
        store.deliveries.bounce({ id: ids.get(`${day} ${email}`)!, kind, reason: "550" });
      expect(await report(days[0]!, "hard@example.org", "hard")).toBe("suppressed");
      expect(await store.subscribers.find(hard!.id)).toMatchObject({ suppressed: "hard: 550" });
      const answers = [];
      for (const day of days) answers.push(await report(day, "soft@example.org", "soft"));
      expect(answers).toEqual(["noted", "noted", "noted", "noted", "suppressed"]);
      // The same report once more counts once.
      expect(await store.deliveries.count(days[1]!)).toMatchObject({ refused: 1 });
      expect(await store.deliveries.bounce({ id: "01JQ0000000000000000000000", kind: "hard", reason: "" })).toBe(
        "unknown",
      );
    });

    it("skips those who left meanwhile, however many they are", async () => {
      const [a, b, c] = await written("2025-03-04", ["l1@example.org", "l2@example.org", "l3@example.org"]);
      await store.subscribers.leave(a!.id);
      await store.suppressions.add("l2@example.org", "bounced");
      expect((await store.deliveries.claim({ digest: "2025-03-04", limit: 1 })).map((one) => one.subscriberId)).toEqual(
        [c!.id],
      );
      expect(await store.deliveries.count("2025-03-04")).toMatchObject({ skipped: 2, sending: 1 });
      await store.subscribers.erase(b!.id);
      expect(await store.deliveries.count("2025-03-04")).toMatchObject({ skipped: 1 });
    });

    it("doubts what a lost process held, until a person says what became of it", async () => {
      await written("2025-03-05", ["x1@example.org", "x2@example.org"]);
      await store.deliveries.claim({ digest: "2025-03-05", limit: 5 });
      expect(await store.deliveries.doubtOlderThan(HOUR_MS)).toBeLessThanOrEqual(2);
      expect(await store.deliveries.count("2025-03-05")).toMatchObject({ sending: 2, doubt: 0 });
      nowMs += HOUR_MS + 1;
      expect(await store.deliveries.doubtOlderThan(HOUR_MS)).toBe(2);
      const doubtful = (await store.deliveries.listDoubtful(50)).filter((one) => one.digest === "2025-03-05");
      expect(doubtful.map((one) => one.email)).toEqual(["x1@example.org", "x2@example.org"]);
      // A late word of the lost process changes nothing any more.
      await store.deliveries.end([{ id: doubtful[0]!.id, state: "sent", reason: "late" }]);
      expect(await store.deliveries.claim({ digest: "2025-03-05", limit: 5 })).toEqual([]);
      expect(await store.deliveries.resolve(doubtful[0]!.id, "sent")).toBe(true);
      expect(await store.deliveries.resolve(doubtful[1]!.id, "again")).toBe(true);
      expect(await store.deliveries.resolve(doubtful[1]!.id, "again")).toBe(false);
      expect((await store.deliveries.claim({ digest: "2025-03-05", limit: 5 })).map((one) => one.email)).toEqual([
        "x2@example.org",
      ]);
      expect(await store.deliveries.resend("2025-03-05", "x1@example.org")).toBe(true);
      expect(await store.deliveries.resend("2025-03-05", "nobody@example.org")).toBe(false);
      expect(await store.deliveries.count("2025-03-05")).toMatchObject({ waiting: 1, sending: 1 });
    });
  });
}
