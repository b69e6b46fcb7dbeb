/** What every database must do for comments: keep the words, their history, and nothing once they are taken back. */
import { COMMENT_LIMITS } from "@paperwire/domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Store } from "./store.ts";

const PAPER = "2503.00001";

export function describeComments(name: string, open: (clock: () => number) => Promise<Store>): void {
  describe(`comments on ${name}`, () => {
    let store: Store;
    let nowMs = Date.UTC(2025, 2, 28, 12);
    const writer = async (handle: string) => {
      await store.accounts.add({ id: `id-${handle}`, handle, name: handle, email: `${handle}@example.org` });
      return `id-${handle}`;
    };
    const write = (accountId: string, body: string, more: { parentId?: string; hold?: string } = {}) =>
      store.comments.add({ paperId: PAPER, parentId: null, hold: null, accountId, body, ...more });
    const bodies = async () => (await store.comments.listOf(PAPER)).map(({ body }) => body);
    let ada: string;
    beforeAll(async () => {
      store = await open(() => nowMs);
      const identifiers = [{ scheme: "arxiv" as const, value: PAPER }];
      await store.papers.takeIn([
        { identifiers, facts: { title: "A" }, entry: { edition: "2025-03-28", numComments: 2 } },
      ]);
      ada = await writer("ada");
    });
    afterAll(() => store?.close());

    it("keeps words and their author, counts them where papers are listed, and moves the activity", async () => {
      const before = await store.activity();
      const first = await write(ada, "First **words**");
      const answer = await write(await writer("bela"), "An answer", { parentId: first.id });
      expect(await store.comments.listOf(PAPER)).toEqual([first, answer]);
      expect(first).toMatchObject({ author: { handle: "ada", role: "reader" }, state: "shown", edits: 0 });
      expect(await store.activity()).toBeGreaterThan(before);
      const [listed] = await store.papers.listByIds([PAPER]);
      expect(listed).toMatchObject({ commentsHere: 2, entry: { numComments: 4 } });
    });

    it("counts neither what is held nor what is gone", async () => {
      const held = await write(ada, "held", { hold: "a link" });
      expect(held).toMatchObject({ state: "held", reason: "a link" });
      const [listed] = await store.papers.listByIds([PAPER]);
      expect(listed?.commentsHere).toBe(2);
      expect(await store.comments.setState(held.id, { from: "held", to: "shown", reason: null })).toBe(true);
      expect(await store.comments.setState(held.id, { from: "held", to: "hidden", reason: "x" })).toBe(false);
      expect(await store.comments.find(held.id)).toMatchObject({ state: "shown", reason: null });
    });

    it("keeps every text that was replaced, and lets only one of two editors win", async () => {
      const { id } = await write(ada, "one");
      const both = await Promise.all([
        store.comments.edit(id, { body: "two", edits: 0, hold: null }),
        store.comments.edit(id, { body: "zwei", edits: 0, hold: null }),
      ]);
      expect(both.filter((one) => one === null)).toHaveLength(1);
      await store.comments.edit(id, { body: "three", edits: 1, hold: "a link" });
      expect(await store.comments.find(id)).toMatchObject({ body: "three", edits: 2, state: "held" });
      expect((await store.comments.history(id)).map(({ number }) => number)).toEqual([1, 2]);
      expect((await store.comments.history(id))[0]?.body).toBe("one");
    });

    it("sets a reaction once and takes it back", async () => {
      const { id } = await write(ada, "liked");
      const mine = { commentId: id, accountId: ada, reaction: "👍" as const };
      await store.comments.react({ ...mine, on: true });
      await store.comments.react({ ...mine, on: true });
      await store.comments.react({ ...mine, accountId: "id-bela", on: true });
      const ofThis = async (reader?: string) =>
        (await store.comments.reactionsOf(PAPER, reader)).filter(({ commentId }) => commentId === id);
      expect(await ofThis(ada)).toEqual([{ commentId: id, reaction: "👍", count: 2, mine: true }]);
      expect(await ofThis()).toEqual([{ commentId: id, reaction: "👍", count: 2, mine: false }]);
      await store.comments.react({ ...mine, on: false });
      expect(await ofThis(ada)).toEqual([{ commentId: id, reaction: "👍", count: 1, mine: false }]);
    });

    it("lets go of the words of a deleted comment once nobody can put it back", async () => {
      const { id } = await write(ada, "regret");
      await store.comments.edit(id, { body: "regret more", edits: 0, hold: null });
      await store.comments.setState(id, { from: "shown", to: "deleted", reason: null });
      expect(await store.comments.purgeDeleted(nowMs - COMMENT_LIMITS.undoMs)).toBe(0);
      expect((await store.comments.find(id))?.body).toBe("regret more");
      nowMs += COMMENT_LIMITS.undoMs + 1;
      expect(await store.comments.purgeDeleted(nowMs - COMMENT_LIMITS.undoMs)).toBe(1);
      expect((await store.comments.find(id))?.body).toBe("");
      expect(await store.comments.history(id)).toEqual([]);
    });

    it("knows how much an account wrote lately, and all of it for its own eyes", async () => {
      nowMs += 3_600_000;
      const since = nowMs - 1;
      await write(ada, "just now");
      expect(await store.comments.countBy(ada, since)).toMatchObject({ count: 1 });
      expect(JSON.stringify(await store.comments.exportOf(ada))).toContain("just now");
      expect(JSON.stringify(await store.comments.exportOf("id-bela"))).not.toContain("just now");
    });

    it("keeps the same words once, however often and at the same moment they are sent, but not for ever", async () => {
      const again = () => write(ada, "said once");
      const ids = (await Promise.all([again(), again(), again()])).map(({ id }) => id);
      expect(new Set(ids).size).toBe(1);
      expect((await write(ada, "said once", { parentId: ids[0]! })).id).not.toBe(ids[0]);
      await store.comments.setState(ids[0]!, { from: "shown", to: "deleted", reason: null });
      const after = await again();
      expect(after.id).not.toBe(ids[0]);
      nowMs += COMMENT_LIMITS.twinMs + 1;
      expect((await again()).id).not.toBe(after.id);
    });

    it("shows the newest where there are more than a page", async () => {
      const cy = await writer("cy");
      for (let at = 0; at < 5; at++) await write(cy, `number ${at}`);
      expect((await bodies()).slice(-5)).toEqual(["number 0", "number 1", "number 2", "number 3", "number 4"]);
    });

    it("empties what an account wrote when the account goes, and keeps the answers of others", async () => {
      const dana = await writer("dana");
      const secret = await write(dana, "a secret of Dana");
      await store.comments.edit(secret.id, { body: "another secret", edits: 0, hold: null });
      const answer = await write(ada, "an answer to Dana", { parentId: secret.id });
      const before = await store.activity();
      await store.accounts.erase(dana);
      expect(await store.comments.find(secret.id)).toMatchObject({ author: null, body: "", state: "deleted" });
      expect(await store.comments.history(secret.id)).toEqual([]);
      expect((await store.comments.find(answer.id))?.body).toBe("an answer to Dana");
      expect(await store.activity()).toBeGreaterThan(before);
    });
  });
}
