/** What collections do, on every database. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COLLECTION_LIMITS } from "./collections.ts";
import type { Store } from "./store.ts";

export function describeCollections(where: string, open: (clock: () => number) => Promise<Store>): void {
  describe(`collections on ${where}`, () => {
    let store: Store;
    let nowMs = Date.UTC(2025, 2, 28, 12);
    const text = { title: "Retrieval", note: "", isPrivate: false };
    const all = { limit: 10, offset: 0 };
    const ids = ["2503.00001", "2503.00002", "2503.00003"];
    beforeAll(async () => {
      store = await open(() => nowMs);
      for (const handle of ["ada", "bo"]) {
        await store.accounts.add({ id: `id-${handle}`, handle, name: handle, email: `${handle}@example.org` });
      }
      await store.papers.takeIn(
        ids.map((value) => ({ identifiers: [{ scheme: "arxiv", value }], facts: { title: `Paper ${value}` } })),
      );
    });
    afterAll(() => store.close());
    const orderOf = async (id: string) => (await store.collections.items(id, all)).map(({ paperId }) => paperId);

    it("keep an order that its owner changes, and each paper once", async () => {
      const id = (await store.collections.add("id-ada", text))!;
      for (const paperId of ids) expect(await store.collections.put("id-ada", id, { paperId })).toBe("done");
      await store.collections.put("id-ada", id, { paperId: ids[0]!, note: "first" });
      await store.collections.put("id-ada", id, { paperId: ids[0]! });
      expect(await orderOf(id)).toEqual(ids);
      expect((await store.collections.items(id, all))[0]!.note).toBe("first");
      await store.collections.move("id-ada", id, { paperId: ids[2]!, to: 2 });
      expect(await orderOf(id)).toEqual([ids[0], ids[2], ids[1]]);
      await store.collections.move("id-ada", id, { paperId: ids[0]!, to: 0 });
      expect(await orderOf(id)).toEqual([ids[0], ids[2], ids[1]]);
      expect(await store.collections.put("id-ada", id, { paperId: "no such" })).toBe("unknown");
      expect(await store.collections.take("id-ada", id, ids[2]!)).toBe(true);
      expect((await store.collections.find(id))!.papers).toBe(2);
    });

    it("are changed by nobody else, and private ones are listed to nobody else", async () => {
      const id = (await store.collections.add("id-ada", { ...text, title: "100% secret", isPrivate: true }))!;
      await store.collections.put("id-ada", id, { paperId: ids[0]! });
      expect(await store.collections.edit("id-bo", id, text)).toBe(false);
      expect(await store.collections.put("id-bo", id, { paperId: ids[1]! })).toBe("unknown");
      expect(await store.collections.take("id-bo", id, ids[0]!)).toBe(false);
      expect(await store.collections.move("id-bo", id, { paperId: ids[0]!, to: 1 })).toBe(false);
      expect(await store.collections.remove("id-bo", id)).toBe(false);
      expect((await store.collections.list({ ...all, papers: [ids[0]!] })).items.map(({ title }) => title)).toEqual([
        "Retrieval",
      ]);
      expect((await store.collections.list({ ...all, of: "id-ada", search: "100%" })).total).toBe(1);
      expect((await store.collections.list({ ...all, owners: ["bo"] })).total).toBe(0);
      expect(JSON.stringify(await store.collections.exportOf("id-ada"))).toContain("100% secret");
    });

    it("give back what was taken out or deleted, at its place and with its note, for a quarter of an hour", async () => {
      const id = (await store.collections.add("id-ada", { ...text, title: "Undone" }))!;
      for (const paperId of ids) await store.collections.put("id-ada", id, { paperId, note: `on ${paperId}` });
      await store.collections.take("id-ada", id, ids[1]!);
      expect(await store.collections.take("id-ada", id, ids[1]!)).toBe(false);
      await store.collections.move("id-ada", id, { paperId: ids[2]!, to: 1 });
      expect(await orderOf(id)).toEqual([ids[2], ids[0]]);
      expect((await store.collections.list({ ...all, papers: [ids[1]!] })).items.map((one) => one.id)).not.toContain(
        id,
      );
      await store.collections.put("id-ada", id, { paperId: ids[1]! });
      expect(await orderOf(id)).toEqual([ids[2], ids[1], ids[0]]);
      expect((await store.collections.items(id, all))[1]!.note).toBe(`on ${ids[1]}`);

      expect(await store.collections.remove("id-ada", id)).toBe(true);
      expect(await store.collections.find(id)).toBeNull();
      expect(await store.collections.put("id-ada", id, { paperId: ids[0]! })).toBe("unknown");
      expect(await store.collections.restore("id-bo", id)).toBe(false);
      expect(await store.collections.restore("id-ada", id)).toBe(true);
      expect((await store.collections.find(id))!.papers).toBe(3);

      await store.collections.take("id-ada", id, ids[0]!);
      await store.collections.remove("id-ada", id);
      nowMs += COLLECTION_LIMITS.undoMs + 1;
      expect(await store.collections.restore("id-ada", id)).toBe(false);
      expect(JSON.stringify(await store.collections.exportOf("id-ada"))).not.toContain("Undone");
      await store.collections.purgeDeleted(nowMs - COLLECTION_LIMITS.undoMs);
      nowMs -= COLLECTION_LIMITS.undoMs + 1;
      expect(await store.collections.restore("id-ada", id)).toBe(false);
    });

    it("follow papers that become one, and go with their owner", async () => {
      const id = (await store.collections.add("id-bo", text))!;
      for (const paperId of ids.slice(1)) await store.collections.put("id-bo", id, { paperId });
      await store.merges.merge({ papers: [ids[1]!, ids[2]!], keep: ids[1]!, evidence: null, by: "test" });
      expect(await orderOf(id)).toEqual([ids[1]]);
      await store.accounts.erase("id-bo");
      expect(await store.collections.find(id)).toBeNull();
    });
  });
}
