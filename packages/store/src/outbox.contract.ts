/** What every database must do for single messages: none is lost, none is claimed twice, none is kept for longer than needed. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { NewPost } from "./outbox-store.ts";
import type { Store } from "./store.ts";

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2025, 2, 28, 12);

export function describeOutbox(name: string, open: (clock: () => number) => Promise<Store>): void {
  describe(`the outbox on ${name}`, () => {
    let store: Store;
    let nowMs = START_MS;
    let tests = 0;
    beforeAll(async () => {
      store = await open(() => nowMs);
    });
    beforeEach(async () => {
      nowMs += 100 * HOUR_MS;
      await store.outbox.releaseOlderThan(HOUR_MS);
    });
    afterAll(() => store?.close());

    /** Each test has a channel of its own. */
    const newChannel = () => `mail ${++tests}`;
    const post = (channel: string, change: Partial<NewPost> = {}): NewPost => ({
      channel,
      recipient: "ada@example.org",
      message: { subject: "Sign in", text: "a secret link" },
      inDoubt: "stop",
      expiresMs: nowMs + HOUR_MS,
      ...change,
    });

    it("hands a message out once, and forgets its words once it is sent", async () => {
      const channel = newChannel();
      const id = await store.outbox.put(post(channel));
      const [claimed, ...more] = await store.outbox.claim({ channel, limit: 10 });
      expect(more).toEqual([]);
      expect(claimed).toEqual({
        id,
        recipient: "ada@example.org",
        message: { subject: "Sign in", text: "a secret link" },
        putMs: nowMs,
        expiresMs: nowMs + HOUR_MS,
        attempts: 1,
      });
      expect(await store.outbox.claim({ channel, limit: 10 })).toEqual([]);
      await store.outbox.end([{ id: id!, state: "sent", reason: "250 ok" }]);
      expect(await store.outbox.count(channel)).toMatchObject({ sent: 1, waiting: 0 });
      expect(await store.outbox.resolve(id!, "again")).toBe(false);
      expect(await store.outbox.recipientOf(id!)).toBe("ada@example.org");
    });

    it("claims what is due, oldest first, and never the same for two", async () => {
      const channel = newChannel();
      const ids = [];
      for (let n = 0; n < 30; n++) ids.push(await store.outbox.put(post(channel)));
      await store.outbox.put(post(channel, { dueMs: nowMs + HOUR_MS / 2 }));
      const claims = await Promise.all([1, 2, 3, 4].map(() => store.outbox.claim({ channel, limit: 10 })));
      expect(claims.flatMap((one) => one.map(({ id }) => id)).sort()).toEqual(ids);
      expect(await store.outbox.nextDue(channel)).toBe(nowMs + HOUR_MS / 2);
    });

    it("does not send what has expired", async () => {
      const channel = newChannel();
      await store.outbox.put(post(channel, { expiresMs: nowMs + 1 }));
      nowMs += HOUR_MS;
      expect(await store.outbox.claim({ channel, limit: 10 })).toEqual([]);
      expect(await store.outbox.count(channel)).toMatchObject({ skipped: 1 });
    });

    it("sends again by itself only what may come twice, when a process was lost", async () => {
      const channel = newChannel();
      const again = await store.outbox.put(post(channel, { inDoubt: "again" }));
      const stop = await store.outbox.put(post(channel, { expiresMs: nowMs + 9 * HOUR_MS }));
      await store.outbox.claim({ channel, limit: 10 });
      nowMs += HOUR_MS / 2;
      expect(await store.outbox.releaseOlderThan(HOUR_MS)).toEqual({ waiting: 0, doubtful: 0 });
      expect(await store.outbox.releaseOlderThan(HOUR_MS / 4)).toEqual({ waiting: 1, doubtful: 1 });
      expect((await store.outbox.claim({ channel, limit: 10 })).map(({ id }) => id)).toEqual([again]);
      expect((await store.outbox.listDoubtful(100)).map(({ id }) => id)).toContain(stop);
      expect(await store.outbox.resolve(stop!, "again")).toBe(true);
      const [claimed] = await store.outbox.claim({ channel, limit: 10 });
      expect(claimed).toMatchObject({ id: stop, attempts: 2, message: { text: "a secret link" } });
    });

    it("waits as long as it is told after a failure", async () => {
      const channel = newChannel();
      const id = await store.outbox.put(post(channel));
      await store.outbox.claim({ channel, limit: 1 });
      await store.outbox.end([{ id: id!, state: "waiting", reason: "450 later\0", dueMs: nowMs + 1000 }]);
      expect(await store.outbox.claim({ channel, limit: 1 })).toEqual([]);
      nowMs += 1000;
      expect(await store.outbox.claim({ channel, limit: 1 })).toMatchObject([{ id, attempts: 2 }]);
    });

    it("takes what may be put in once only once, even when it is long forgotten", async () => {
      const channel = newChannel();
      const once = `edition 2025-03-28 to ${channel}`;
      const id = await store.outbox.put(post(channel, { once }));
      expect(await store.outbox.put(post(channel, { once }))).toBeNull();
      await store.outbox.claim({ channel, limit: 1 });
      await store.outbox.end([{ id: id!, state: "sent", reason: "" }]);
      nowMs += 1000 * HOUR_MS;
      await store.outbox.tidy(HOUR_MS);
      expect(await store.outbox.put(post(channel, { once }))).toBeNull();
    });

    it("forgets what ended long ago, and everything for one recipient", async () => {
      const channel = newChannel();
      const id = await store.outbox.put(post(channel));
      await store.outbox.claim({ channel, limit: 1 });
      await store.outbox.end([{ id: id!, state: "refused", reason: "550" }]);
      await store.outbox.put(post(channel, { recipient: "eve@example.org" }));
      nowMs += HOUR_MS;
      await store.outbox.tidy(HOUR_MS / 2);
      expect(await store.outbox.recipientOf(id!)).toBeNull();
      expect(await store.outbox.forget("eve@example.org")).toBe(1);
      expect(await store.outbox.count(channel)).toMatchObject({ waiting: 0, refused: 0 });
    });

    it("refuses what is too long", async () => {
      const channel = newChannel();
      await expect(store.outbox.put(post(channel, { message: { text: "x".repeat(300_000) } }))).rejects.toThrow(
        RangeError,
      );
    });
  });
}
