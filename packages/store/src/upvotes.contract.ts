/** What every database must do for votes: each counted once, whoever asks at the same moment. */
import type { IncomingRecord } from "@paperwire/domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Store } from "./store.ts";

const DAY = "2025-03-28";

function paper(id: string, entry?: IncomingRecord["entry"]): IncomingRecord {
  return { identifiers: [{ scheme: "arxiv", value: id }], facts: { title: `Paper ${id}` }, ...(entry && { entry }) };
}

export function describeUpvotes(name: string, open: () => Promise<Store>): void {
  describe(`upvotes on ${name}`, () => {
    let store: Store;
    const voter = async (handle: string) => {
      await store.accounts.add({ id: `id-${handle}`, handle, name: handle, email: `${handle}@example.org` });
      return `id-${handle}`;
    };
    beforeAll(async () => {
      store = await open();
      await store.papers.takeIn([
        paper("2503.00001", { edition: DAY, upvotes: 2, position: 1 }),
        paper("2503.00002", { edition: DAY, upvotes: 1, position: 2 }),
        paper("2503.00003"),
      ]);
    });
    afterAll(() => store?.close());

    it("counts a person once, however often they click, and not at all once taken back", async () => {
      const ada = await voter("ada");
      expect(await store.upvotes.add(ada, "2503.00003")).toEqual({ here: 1, brought: 0, total: 1 });
      expect(await store.upvotes.add(ada, "2503.00003")).toEqual({ here: 1, brought: 0, total: 1 });
      expect(await store.upvotes.votedAmong(ada, ["2503.00001", "2503.00003"])).toEqual(new Set(["2503.00003"]));
      expect(await store.upvotes.remove(ada, "2503.00003")).toMatchObject({ here: 0 });
      expect(await store.upvotes.remove(ada, "2503.00003")).toMatchObject({ here: 0 });
      expect((await store.upvotes.listByAccount(ada, { limit: 10, offset: 0 })).items).toEqual([]);
    });

    it("adds to what the source brought, wherever the count is shown, and moves the activity", async () => {
      const bela = await voter("bela");
      const before = await store.activity();
      expect(await store.upvotes.add(bela, "2503.00001")).toEqual({ here: 1, brought: 2, total: 3 });
      expect(await store.activity()).toBeGreaterThan(before);
      const [listed] = await store.papers.listByIds(["2503.00001"]);
      expect(listed).toMatchObject({ upvotesHere: 1, entry: { upvotes: 3, upvotesHere: 1 } });
      expect(await store.papers.editionsOf("2503.00001")).toMatchObject([{ upvotes: 3, upvotesHere: 1 }]);
      // The source says its own number again, and ours stays beside it.
      await store.papers.takeIn([paper("2503.00001", { edition: DAY, upvotes: 5 })]);
      expect(await store.upvotes.count("2503.00001")).toEqual({ here: 1, brought: 5, total: 6 });
      await store.papers.takeIn([paper("2503.00001", { edition: DAY, upvotes: 2 })]);
    });

    it("lets votes move a paper past another, in the day and in the week", async () => {
      for (const handle of ["cy", "dana", "eve"]) await store.upvotes.add(await voter(handle), "2503.00002");
      expect(await store.upvotes.place()).toBeGreaterThan(0);
      expect(await store.upvotes.place()).toBe(0);
      for (const order of ["edition", "upvotes"] as const) {
        const range = { first: DAY, last: DAY };
        const { items } = await store.editions.listEntries({ range, order, limit: 10, offset: 0 });
        expect(items.map(({ paper: { id }, entry: { place, upvotes } }) => ({ id, place, upvotes }))).toEqual([
          { id: "2503.00002", place: 1, upvotes: 4 },
          { id: "2503.00001", place: 2, upvotes: 3 },
        ]);
      }
    });

    it("answers null for what is not there", async () => {
      expect(await store.upvotes.add("id-ada", "2503.99999")).toBeNull();
      expect(await store.upvotes.add("nobody", "2503.00001")).toBeNull();
      expect(await store.upvotes.remove("id-ada", "2503.99999")).toBeNull();
      expect(await store.upvotes.count("2503.99999")).toBeNull();
    });

    it("counts exactly when many vote, vote twice and take back at the same moment", async () => {
      await store.papers.takeIn([paper("2503.00004", { edition: DAY, position: 3 })]);
      const crowd: string[] = [];
      for (let n = 0; n < 40; n++) crowd.push(await voter(`crowd-${n}`));
      const acts = crowd.flatMap((id, n) => [
        store.upvotes.add(id, "2503.00004"),
        store.upvotes.add(id, "2503.00004"),
        ...(n % 4 === 0 ? [store.upvotes.place()] : []),
      ]);
      const takeIn = store.papers.takeIn([paper("2503.00005", { edition: DAY, position: 4 })]);
      await Promise.all([...acts, takeIn]);
      expect(await store.upvotes.count("2503.00004")).toMatchObject({ here: 40 });
      await Promise.all(crowd.slice(0, 10).map((id) => store.upvotes.remove(id, "2503.00004")));
      expect(await store.upvotes.count("2503.00004")).toMatchObject({ here: 30 });
      await store.upvotes.removeAll(crowd[39]!);
      await store.upvotes.place();
      expect((await store.papers.editionsOf("2503.00004"))[0]).toMatchObject({ place: 1, upvotes: 29 });
    });
  });
}
