/** Filters, facet counts, totals, pages and explanations of random collections, against plain loops over the documents. */

import fc from "fast-check";
import { expect, it } from "vitest";
import { createIndex, type Filter, type IndexedDocument, type Schema } from "../index.ts";

const schema: Schema = {
  fields: { title: { weight: 2.5 }, abstract: { weight: 1 }, authors: { weight: 1, kind: "name" } },
  facets: { day: "number", score: "number", topics: "keyword", code: "flag" },
};
const WORDS = ["graph", "sparse", "video", "protein", "token", "robot", "policy", "speech"];
const TOPICS = ["cs.CL", "cs.CV", "stat.ML", "q-bio"];

const document = fc.record({
  title: fc.array(fc.constantFrom(...WORDS), { maxLength: 4 }),
  abstract: fc.array(fc.constantFrom(...WORDS), { maxLength: 12 }),
  day: fc.option(fc.integer({ min: 20_200_101, max: 20_251_231 }), { nil: undefined }),
  score: fc.option(fc.double({ min: -5, max: 5, noNaN: true }), { nil: undefined }),
  topics: fc.uniqueArray(fc.constantFrom(...TOPICS), { maxLength: 3 }),
  code: fc.option(fc.boolean(), { nil: undefined }),
});
const filter: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({ facet: fc.constantFrom("day"), min: fc.integer({ min: 20_200_101, max: 20_251_231 }) }),
  fc.record({ facet: fc.constantFrom("score"), max: fc.double({ min: -5, max: 5, noNaN: true }) }),
  fc.record({
    facet: fc.constant("topics"),
    anyOf: fc.uniqueArray(fc.constantFrom(...TOPICS, "CS.CL", "none"), { maxLength: 2 }),
  }),
  fc.record({
    facet: fc.constant("topics"),
    noneOf: fc.uniqueArray(fc.constantFrom(...TOPICS, "CS.CL", "none"), { maxLength: 2 }),
  }),
  fc.record({ facet: fc.constant("code"), is: fc.boolean() }),
);

type Made = typeof document extends fc.Arbitrary<infer T> ? T : never;

function toDocument(made: Made, at: number): IndexedDocument {
  const facets: Record<string, number | boolean | string[]> = { topics: made.topics };
  if (made.day !== undefined) facets["day"] = made.day;
  if (made.score !== undefined) facets["score"] = made.score;
  if (made.code !== undefined) facets["code"] = made.code;
  return { id: `p${at}`, fields: { title: made.title.join(" "), abstract: made.abstract.join(" ") }, facets };
}

function passes(made: Made, one: Filter): boolean {
  if ("is" in one) return (made.code === true) === one.is;
  const isOneOf = (values: readonly string[]) =>
    made.topics.some((topic) => values.some((value) => value.toLowerCase() === topic.toLowerCase()));
  if ("anyOf" in one) return isOneOf(one.anyOf);
  if ("noneOf" in one) return !isOneOf(one.noneOf);
  const value = one.facet === "day" ? made.day : made.score;
  return value !== undefined && value >= (one.min ?? -Infinity) && value <= (one.max ?? Infinity);
}

it("finds, counts and explains what plain loops find", () => {
  fc.assert(
    fc.property(
      fc.array(document, { maxLength: 80 }),
      fc.array(filter, { maxLength: 2 }),
      fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 20 }),
      (made, filters, words, size) => {
        const index = createIndex(schema);
        for (let at = 0; at < made.length; at += size) {
          index.upsert(made.slice(at, at + size).map((one, offset) => toDocument(one, at + offset)));
          expect(index.size).toBe(Math.min(made.length, at + size));
        }
        const matching = made
          .map((one, at) => ({ one, id: `p${at}` }))
          .filter(({ one }) => words.some((word) => one.title.includes(word) || one.abstract.includes(word)))
          .filter(({ one }) => filters.every((each) => passes(one, each)));
        const result = index.search(words.join(" "), { limit: 100, filters, facetCounts: ["topics", "code"] });
        expect(result.hits.map((hit) => hit.id).sort()).toEqual(matching.map(({ id }) => id).sort());
        expect([result.total, result.totalIsExact]).toEqual([matching.length, true]);
        for (const { value, count } of result.facetCounts?.["topics"] ?? []) {
          expect(count).toBe(matching.filter(({ one }) => one.topics.includes(value)).length);
        }
        const withCode = matching.filter(({ one }) => one.code === true).length;
        expect(result.facetCounts?.["code"] ?? []).toEqual(withCode === 0 ? [] : [{ value: "true", count: withCode }]);
        const pages = [0, 1, 2, 3].flatMap(
          (page) => index.search(words.join(" "), { limit: 7, offset: page * 7, filters }).hits,
        );
        expect(pages).toEqual(result.hits.slice(0, 28));
        for (const hit of result.hits.slice(0, 3)) {
          expect(index.explain(words.join(" "), hit.id, { filters })?.score).toBeCloseTo(hit.score, 6);
        }
      },
    ),
    { numRuns: 300 },
  );
});

it("explains every hit by parts that add up to its score", () => {
  fc.assert(
    fc.property(
      fc.array(document, { minLength: 1, maxLength: 60 }),
      fc.array(fc.constantFrom(...WORDS, "the", "gpt4"), { minLength: 1, maxLength: 6 }),
      (made, words) => {
        const index = createIndex(schema);
        index.upsert(made.map(toDocument));
        const query = words.join(" ");
        for (const hit of index.search(query, { limit: 100 }).hits) {
          const explanation = index.explain(query, hit.id);
          const sum = explanation?.parts.reduce((total, part) => total + part.value, 0) ?? Number.NaN;
          expect(Math.abs(sum - hit.score)).toBeLessThan(1e-6);
          expect(Math.abs((explanation?.score ?? Number.NaN) - hit.score)).toBeLessThan(1e-6);
        }
      },
    ),
    { numRuns: 200 },
  );
});

it("leaves words out of what filters alone bring", () => {
  const index = createIndex({
    fields: { title: { weight: 1 } },
    facets: { code: "flag" },
    operators: { has: { type: "has", flags: { code: "code" } } },
  });
  index.upsert([
    { id: "a", fields: { title: "A survey" }, facets: { code: true } },
    { id: "b", fields: { title: "A method" }, facets: { code: true } },
    { id: "c", fields: { title: "Another method" } },
  ]);
  const { hits, total, notes } = index.search("has:code -survey");
  expect([hits, total, notes]).toEqual([[{ id: "b", score: 0 }], 1, []]);
});
