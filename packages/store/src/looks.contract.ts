/** What counts of looks do, on every database. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Store } from "./store.ts";

const HOUR_MS = 3_600_000;

export function describeLooks(where: string, open: (clock: () => number) => Promise<Store>): void {
  describe(`looks on ${where}`, () => {
    let store: Store;
    let nowMs = Date.UTC(2025, 2, 28, 12);
    const ids = ["2503.00001", "2503.00002"];
    beforeAll(async () => {
      store = await open(() => nowMs);
      await store.papers.takeIn(
        ids.map((value) => ({ identifiers: [{ scheme: "arxiv" as const, value }], facts: { title: value } })),
      );
    });
    afterAll(() => store.close());

    it("are added up by paper and place, and searches are counted apart", async () => {
      const [one, two] = ids as [string, string];
      const add = (
        paperId: string,
        bucket: number,
        count: number,
        surface: "front" | "trending" | "search" = "front",
      ) => store.looks.add([{ paperId, surface, bucket, count }]);
      await store.looks.add([
        { paperId: one, surface: "front", bucket: 0, count: 2 },
        { paperId: one, surface: "front", bucket: 0, count: 1 },
        { paperId: "gone", surface: "front", bucket: 0, count: 1 },
      ]);
      await add(one, 0, 4);
      await add(one, 0, 5, "trending");
      await add(one, 3, 1);
      await add(two, 1, 7, "search");
      nowMs += HOUR_MS;
      await add(one, 0, 10);
      const expected = [
        { paperId: one, bucket: 0, count: 22 },
        { paperId: one, bucket: 3, count: 1 },
      ];
      expect(await store.looks.listFor(ids)).toEqual(expected);
      nowMs += 4 * 24 * HOUR_MS;
      await store.looks.thin();
      await store.looks.thin();
      expect(await store.looks.listFor(ids)).toEqual(expected);
      nowMs += 61 * 24 * HOUR_MS;
      await store.looks.thin();
      expect(await store.looks.listFor(ids)).toEqual([]);
    });
  });
}
