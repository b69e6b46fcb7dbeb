/** Words side by side are looked for in few documents where few are enough, and in a bounded number where none are. */
import { afterEach, expect, it, vi } from "vitest";
import { createIndex, type Index, type Schema } from "../index.ts";
import { DOCUMENTS_READ_MAX } from "../query/admit.ts";
import { Segment } from "../segment/segment.ts";

const schema: Schema = {
  fields: { title: { weight: 2.5 }, abstract: { weight: 1 } },
  facets: { even: "flag" },
  operators: { title: { type: "field", field: "title" } },
};
/** Short forms are learnt from a few documents more. */
const READ_BESIDES = 50;
const MANY = DOCUMENTS_READ_MAX + 1_000;

function indexOf(count: number, abstractOf: (at: number) => string): Index {
  const index = createIndex(schema);
  index.upsert(
    Array.from({ length: count }, (_, at) => ({
      id: `p${at}`,
      fields: { title: `Paper ${at}`, abstract: abstractOf(at) },
      facets: { even: at % 2 === 0 },
    })),
  );
  index.search("warm up");
  return index;
}

afterEach(() => {
  vi.restoreAllMocks();
});

it("reads few documents for a phrase that most of them have", () => {
  const index = indexOf(3_000, () => "sparse attention in long texts");
  const read = vi.spyOn(Segment.prototype, "readLine");
  const { hits } = index.search('"sparse attention"');
  expect(hits.map((hit) => hit.id)).toEqual(Array.from({ length: 10 }, (_, at) => `p${at}`));
  expect(read.mock.calls.length).toBeLessThan(300);
});

it("reads no more documents than it may, says so, and calls no total exact", () => {
  const index = indexOf(MANY, (at) =>
    at === 40 || at === MANY - 1 ? "sparse attention in long texts" : "attention that is sparse in long texts",
  );
  const read = vi.spyOn(Segment.prototype, "readLine");
  for (const options of [{}, { exactTotal: true }, { facetCounts: ["even"] }]) {
    read.mockClear();
    const { hits, totalIsExact, notes } = index.search('"sparse attention"', options);
    expect(hits.map((hit) => hit.id)).toEqual(["p40"]);
    expect(totalIsExact).toBe(false);
    expect(notes.join()).toContain(`first ${DOCUMENTS_READ_MAX} documents`);
    expect(read.mock.calls.length).toBeLessThanOrEqual(DOCUMENTS_READ_MAX + READ_BESIDES);
  }
});

it("gives up a quotation that none of the documents read has, and searches for its words", () => {
  const index = indexOf(MANY, () => "attention that is sparse in long texts");
  const { hits, notes } = index.search('"sparse attention"');
  expect(hits).toHaveLength(10);
  expect(notes).toEqual([
    `none of the first ${DOCUMENTS_READ_MAX} documents with these words has them side by side; searched for the single words`,
  ]);
});

it("counts and explains exactly what has the phrase, and leaves out what must not have it", () => {
  const index = indexOf(600, (at) => (at % 3 === 0 ? "sparse attention in texts" : "attention sparse in texts"));
  const found = index.search('"sparse attention"', { exactTotal: true, facetCounts: ["even"] });
  expect(found.total).toBe(200);
  expect(found.totalIsExact).toBe(true);
  expect(found.facetCounts?.even).toEqual([{ value: "true", count: 100 }]);
  expect(index.search('attention -"sparse attention"', { exactTotal: true }).total).toBe(400);
  expect(index.explain('"sparse attention"', "p3")).not.toBeNull();
  expect(index.explain('"sparse attention"', "p4")).toBeNull();
});
