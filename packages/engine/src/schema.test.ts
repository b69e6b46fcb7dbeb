/** What cannot be a schema or a document is refused with a sentence, also where no compiler looks at it. */
import { expect, it } from "vitest";
import { createIndex, InvalidInputError, type Schema } from "./index.ts";

const title = { weight: 1 };

function refusal(schema: unknown): string {
  try {
    createIndex(schema as Schema);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidInputError);
    return (error as Error).message;
  }
  return "";
}

it.each([
  ["no schema", undefined, "engine: a schema is an object with fields"],
  ["no fields", {}, "engine: a schema is an object with fields"],
  ["a field without options", { fields: { title: null } }, 'engine: schema: field "title" has no options'],
  [
    "a weight that is text",
    { fields: { title: { weight: "1" } } },
    'engine: schema: the weight of field "title" is above 0 and at most 20, not 1',
  ],
  [
    "a kind that nobody knows",
    { fields: { title: { weight: 1, kind: "string" } } },
    'engine: schema: the kind of field "title" is text, name or identifier, not "string"',
  ],
  [
    "a facet of a kind that nobody knows",
    { fields: { title }, facets: { day: "date" } },
    'engine: schema: facet "day" is number, keyword or flag, not "date"',
  ],
  [
    "an operator of a type that nobody knows",
    { fields: { title }, operators: { in: { type: "text", field: "title" } } },
    'engine: operator "in": the type is field, keyword, has, after, before or range, not "text"',
  ],
  [
    "an operator that nobody can type",
    { fields: { title }, operators: { Title: { type: "field", field: "title" } } },
    'engine: operator "Title": a name is a small letter and up to 30 small letters, digits and _',
  ],
  [
    "a word behind has: that nobody can type",
    { fields: { title }, facets: { code: "flag" }, operators: { has: { type: "has", flags: { Code: "code" } } } },
    'engine: operator "has": the words of its flags are in small letters, not "Code"',
  ],
  [
    "no words behind has:",
    { fields: { title }, operators: { has: { type: "has" } } },
    'engine: operator "has": "flags" is not an object',
  ],
])("refuses a schema with %s", (_, schema, message) => {
  expect(refusal(schema)).toBe(message);
});

it("refuses what is no list of documents or ids, and says what came instead of a document", () => {
  const index = createIndex({ fields: { title } });
  const upsert = index.upsert as (documents: unknown) => void;
  const remove = index.remove as (ids: unknown) => void;
  expect(() => upsert({ id: "a", fields: {} })).toThrow("engine: upsert takes a list of documents");
  expect(() => remove("a")).toThrow("engine: remove takes a list of ids");
  expect(() => upsert([null])).toThrow("engine: a document is an object, not null");
  expect(() => upsert([["a"]])).toThrow("engine: a document is an object, not a list");
});

it("takes documents as they were handed in, whatever becomes of the objects", () => {
  const index = createIndex({ fields: { title }, facets: { topics: "keyword" } });
  const document = { id: "", fields: { title: [""] }, facets: { topics: ["x"] } };
  for (const id of ["one", "two"]) {
    document.id = id;
    document.fields.title[0] = `paper ${id}`;
    index.upsert([document]);
  }
  document.fields = { title: [] };
  document.facets.topics.push("y");
  expect(index.search("paper one").hits[0].id).toBe("one");
  expect(index.search("two", { facetCounts: ["topics"] })).toMatchObject({
    hits: [{ id: "two" }],
    facetCounts: { topics: [{ value: "x", count: 1 }] },
  });
});
