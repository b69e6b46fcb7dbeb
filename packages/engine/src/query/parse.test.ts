/** Whatever cannot be used of a query is named in a note. */
import { expect, it } from "vitest";
import { createIndex, type Schema } from "../index.ts";
import { parseQuery } from "./parse.ts";

const schema: Schema = {
  fields: { title: { weight: 2 }, authors: { weight: 1, kind: "name" }, arxiv: { weight: 1, kind: "identifier" } },
  facets: { day: "number", topics: "keyword" },
  operators: {
    author: { type: "field", field: "authors" },
    id: { type: "field", field: "arxiv" },
    after: { type: "after", facet: "day" },
    topic: { type: "keyword", facet: "topics" },
  },
};

it.each([
  ["author:", '"author:" wants its value right behind it; read as a word'],
  ["after: 2024", '"after:" wants its value right behind it; read as a word'],
  ['author:""', '"author:""" was not understood and was ignored'],
  ['id:""', '"id:""" was not understood and was ignored'],
  ["author:(", '"author:(" was not understood and was ignored'],
  ["topic:,", '"topic:," was not understood and was ignored'],
  ["after:2024-13", '"after:2024-13" was not understood and was ignored'],
  ["after:2025-02-30", '"after:2025-02-30" was not understood and was ignored'],
  ["after:2025-02-29", '"after:2025-02-29" was not understood and was ignored'],
  ["after:20250431", '"after:20250431" was not understood and was ignored'],
  ["-after:2024", '"-after:2024" was not understood and was ignored'],
  ["graphs NOT sparse", '"NOT" was ignored; a minus in front of a word leaves it out'],
  ["graphs - sparse", "minus without a word was ignored"],
  ["graphs + sparse", "plus without a word was ignored"],
  ['"', "there is no word to search for"],
  ["((((", "there is no word to search for"],
  ["🙂 *", "there is no word to search for"],
  ["-sparse", "a query needs a word that is wanted, not only words that are not"],
])("says of %j what was not used", (query, note) => {
  expect(parseQuery(query, schema).notes).toEqual([note]);
});

it.each([
  "",
  "  ",
  "sparse graphs",
  '"sparse graphs"',
  "author:lund",
  "topic:cs.CL",
  "-topic:cs.CL",
  "after:2024-02-29",
  "after:2000-02-29",
  "foo: a bar",
  "graphs AND trees OR sets",
  "In ten years: what an author: can do for topic: models of a language with many words",
])("has nothing to say of %j", (query) => {
  expect(parseQuery(query, schema).notes).toEqual([]);
});

it("says that words which must be there are nowhere together, and phrases nowhere side by side", () => {
  const index = createIndex(schema);
  index.upsert([
    { id: "a", fields: { title: "Sparse walks on trees" } },
    { id: "b", fields: { title: "Dense graphs" } },
  ]);
  expect(index.search("+sparse +graphs").notes).toEqual([
    "no document has all these words; searched for the single words",
  ]);
  expect(index.search('"sparse graphs"').notes).toEqual([
    "nothing has these words side by side; searched for the single words",
  ]);
});
