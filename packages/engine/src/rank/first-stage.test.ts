/** What the first stage is built from does what a plain list and a plain map do, and leaves out work that cannot matter. */
import fc from "fast-check";
import { afterEach, expect, it, vi } from "vitest";
import { createIndex } from "../index.ts";
import { WINDOW } from "../segment/impact-tables.ts";
import { BestDocuments, byScore, type Candidate } from "./best-documents.ts";
import { DenseCursor } from "./dense-cursor.ts";
import { Evidence } from "./evidence.ts";
import { SparseCursor } from "./sparse-cursor.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

it("keeps the best documents like a sorted list, equals by number, whatever was kept before", () => {
  const best = new BestDocuments();
  const scores = fc.array(
    fc.integer({ min: 1, max: 12 }).map((step) => step / 4),
    { maxLength: 80 },
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), scores, (limit, all) => {
      best.begin(limit);
      const candidates: Candidate[] = all.map((score, document) => ({ document, score }));
      for (const { document, score } of candidates) best.add(document, score);
      expect(best.list()).toEqual([...candidates].sort(byScore).slice(0, limit));
    }),
  );
});

it("sums by term like a map, and is empty again after clear", () => {
  const evidence = new Evidence();
  const entries = fc.array(fc.tuple(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 1, max: 9 })), {
    maxLength: 4_000,
    size: "max",
  });
  fc.assert(
    fc.property(entries, (all) => {
      evidence.clear();
      const sums = new Map<number, number>();
      evidence.reserve(all.length);
      for (const [number, value] of all) {
        evidence.add(number, value);
        sums.set(number, (sums.get(number) ?? 0) + value);
      }
      const found = Array.from({ length: evidence.count }, (_, at) => [evidence.numbers[at], evidence.sums[at]]);
      expect(found).toEqual([...sums]);
    }),
    { numRuns: 30 },
  );
});

it("passes over windows in which no document can get in", () => {
  const index = createIndex({ fields: { title: { weight: 1 } } });
  const windows = 10;
  index.upsert(
    Array.from({ length: WINDOW * windows }, (_, at) => ({
      id: `p${at}`,
      fields: { title: at % 100 === 0 && at < WINDOW ? "attention sparse" : `attention ${at % 7}` },
    })),
  );
  index.search("warm up");
  const entered = vi.spyOn(DenseCursor.prototype, "enter");
  const added = [DenseCursor, SparseCursor].flatMap(({ prototype }) => [
    vi.spyOn(prototype, "add"),
    vi.spyOn(prototype, "mark"),
    vi.spyOn(prototype, "take"),
  ]);
  expect(index.search("sparse attention").hits.map((hit) => hit.id)).toEqual(
    Array.from({ length: 10 }, (_, at) => `p${at * 100}`),
  );
  expect(entered.mock.calls.length).toBe(windows);
  // Both lists are added in the first window, and nothing afterwards.
  expect(added.reduce((calls, { mock }) => calls + mock.calls.length, 0)).toBeLessThanOrEqual(2);
});

it("lets go of every list it opened, or an old segment would stay in memory", () => {
  const index = createIndex({ fields: { title: { weight: 1 } } });
  index.upsert(
    Array.from({ length: 400 }, (_, at) => ({
      id: `p${at}`,
      fields: { title: at % 9 === 0 ? "attention sparse" : "attention" },
    })),
  );
  const opened = [vi.spyOn(DenseCursor.prototype, "open"), vi.spyOn(SparseCursor.prototype, "open")];
  const closed = [vi.spyOn(DenseCursor.prototype, "close"), vi.spyOn(SparseCursor.prototype, "close")];
  index.search("sparse attention");
  expect(opened.map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  expect(closed.map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
});
