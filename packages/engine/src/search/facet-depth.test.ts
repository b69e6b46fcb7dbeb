import { expect, it } from "vitest";
import { createIndex } from "../index.ts";

it("counts facets among the best hits where a depth is given, among all otherwise", () => {
  const index = createIndex({ fields: { text: { weight: 1 } }, facets: { topics: "keyword" } });
  index.upsert([
    { id: "best", fields: { text: "sparse sparse retrieval" }, facets: { topics: ["search"] } },
    { id: "good", fields: { text: "sparse retrieval of many other things" }, facets: { topics: ["search", "things"] } },
    ...Array.from({ length: 20 }, (_, n) => ({
      id: `weak-${n}`,
      fields: { text: `retrieval and ${"filler ".repeat(20)}` },
      facets: { topics: ["filler"] },
    })),
  ]);
  const options = { limit: 1, facetCounts: ["topics"] };
  const deep = index.search("sparse retrieval", { ...options, facetDepth: 2 });
  expect(deep.facetCounts?.topics).toEqual([
    { value: "search", count: 2 },
    { value: "things", count: 1 },
  ]);
  expect(deep.hits.map((hit) => hit.id)).toEqual(["best"]);
  expect(index.search("sparse retrieval", options).facetCounts?.topics?.[0]).toEqual({ value: "filler", count: 20 });
});
