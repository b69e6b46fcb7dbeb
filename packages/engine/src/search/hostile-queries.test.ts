/** Whatever is typed is answered, with work that is bounded. */
import { expect, it } from "vitest";
import { createIndex, type Schema } from "../index.ts";
import { QUERY_LIMITS } from "../query/parsed-query.ts";

const schema: Schema = {
  fields: { title: { weight: 2.5 }, abstract: { weight: 1 }, authors: { weight: 1, kind: "name" } },
  facets: { day: "number" },
  operators: { author: { type: "field", field: "authors" }, after: { type: "after", facet: "day" } },
};
/** Work is counted, not timed; that it takes less than 50 ms is shown by `bench/engine-hostile.mjs`. */
const WORDS_MAX = 4_000;

const queries: Record<string, string> = {
  "ten thousand words": Array.from({ length: 10_000 }, (_, at) => `word${at}`).join(" "),
  "ten thousand different misspelt words": Array.from(
    { length: 10_000 },
    (_, at) => `retrievsl${"abcdefghij"[at % 10]}`,
  ).join(" "),
  "nested quotes and brackets": '("[{'.repeat(5_000),
  "only operators": 'author: after: title: - + "" author:"" after:yesterday '.repeat(100),
  "minus signs": "-".repeat(50_000),
  "control characters": "\u0000\u0001\u0002 retrieval \u0007\u001b[31m",
  "lone surrogates": "\ud800 \udfff retrieval \ud83d",
  "a megabyte": "a".repeat(1_000_000),
  "capital letters without end": "ACGT".repeat(2_000),
  "marks of index keys": "\u00010ada \u0002x \u0003lund",
  "names of object properties": "__proto__ constructor toString hasOwnProperty __proto__:x constructor:y",
  "a formula without end": `$${"\\frac{".repeat(2_000)}`,
};

it("answers every odd query without an exception and with bounded work", () => {
  const index = createIndex(schema);
  index.upsert(
    Array.from({ length: 500 }, (_, at) => ({
      id: `p${at}`,
      fields: {
        title: `Retrieval number ${at}`,
        abstract: "A paper about retrieval and its words.",
        authors: ["Ada Lund"],
      },
    })),
  );
  index.search("warm up");
  for (const [name, query] of Object.entries(queries)) {
    const { hits, notes, query: read } = index.search(query);
    index.suggest(query);
    const words = read.clauses.reduce((sum, clause) => sum + clause.words.length, 0);
    const spellings = read.clauses.reduce((sum, { words }) => sum + words.flatMap((word) => word.extras).length, 0);
    const isBounded =
      read.text.length <= QUERY_LIMITS.chars &&
      read.clauses.length <= QUERY_LIMITS.clauses &&
      words + spellings <= WORDS_MAX &&
      read.notes.length <= QUERY_LIMITS.notes;
    expect(`${name}: ${isBounded}`).toBe(`${name}: true`);
    expect(Array.isArray(hits) && notes.every((note) => note.length < 200)).toBe(true);
  }
});

it("takes in empty, huge and odd documents whole", () => {
  const index = createIndex(schema);
  index.upsert([
    { id: "empty", fields: {} },
    { id: "huge", fields: { title: "huge", abstract: "lorem ipsum dolor ".repeat(100_000) } },
    { id: "wide", fields: { title: "wide", abstract: Array.from({ length: 80_000 }, (_, at) => `w${at}`).join(" ") } },
    { id: "gene", fields: { title: "gene", abstract: "ACGT".repeat(10_000) } },
    { id: "odd", fields: { title: "\u0000\ud800 \u0001odd", authors: ["", " ", "\u0003"] }, facets: { day: 0 } },
    { id: "__proto__", fields: { title: "proto odd" } },
  ]);
  expect(index.size).toBe(6);
  expect(
    index
      .search("odd")
      .hits.map((hit) => hit.id)
      .sort(),
  ).toEqual(["__proto__", "odd"]);
  expect(index.search("lorem").hits[0].id).toBe("huge");
  expect(index.search('"w10 w11"').hits[0].id).toBe("wide");
});
