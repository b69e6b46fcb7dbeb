/** The public door: what a search finds, in which order, and that nothing typed can break it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createIndex,
  highlight,
  type IndexedDocument,
  InvalidInputError,
  parseQuery,
  type Schema,
  snippet,
} from "./index.ts";

const schema: Schema = {
  fields: {
    title: { weight: 2 },
    abstract: { weight: 1 },
    authors: { weight: 1, kind: "name" },
    arxiv: { weight: 1, kind: "identifier" },
  },
  facets: { day: "number", topics: "keyword", code: "flag" },
  operators: {
    author: { type: "field", field: "authors" },
    title: { type: "field", field: "title" },
    after: { type: "after", facet: "day" },
    before: { type: "before", facet: "day" },
    has: { type: "has", flags: { code: "code" } },
    topic: { type: "keyword", facet: "topics" },
  },
};

const papers: IndexedDocument[] = [
  {
    id: "a",
    fields: {
      title: "Late interaction retrieval with small encoders",
      abstract: "We compress token vectors and keep the quality of late-interaction models.",
      authors: ["Ada Lund", "Bo Müller"],
      arxiv: "2401.00001v2",
    },
    facets: { day: 20240105, topics: ["cs.IR", "cs.CL"], code: true },
  },
  {
    id: "b",
    fields: {
      title: "Sparse retrieval",
      abstract: "Sparse retrieval needs no encoder at query time. Retrieval of passages by impact.",
      authors: ["Cleo Park"],
      arxiv: "2402.00002",
    },
    facets: { day: 20240210, topics: ["cs.IR"], code: false },
  },
  {
    id: "c",
    fields: {
      title: "A survey of sparse retrieval and its late cousins",
      abstract: "A survey.",
      authors: ["Ada Lund"],
      arxiv: "cs/9901001v1",
    },
    facets: { day: 19990110, topics: "cs.DL" },
  },
  { id: "d", fields: { title: "To be or not to be", abstract: "About nothing in particular." } },
];

function filled() {
  const index = createIndex(schema);
  index.upsert(papers);
  return index;
}
const ids = (query: string): string[] =>
  filled()
    .search(query)
    .hits.map((hit) => hit.id);

describe("search", () => {
  it("puts the exact title first, whatever its case", () => {
    expect(ids("sparse RETRIEVAL")[0]).toBe("b");
    expect(ids("to be or not to be")).toEqual(["d"]);
  });
  it("finds an arXiv id with and without its version, as a word and as an address", () => {
    for (const query of ["2401.00001", "2401.00001v2", "arXiv:2401.00001", "https://arxiv.org/abs/2401.00001v2"]) {
      expect(`${query}: ${ids(query)[0]}`).toBe(`${query}: a`);
    }
    expect(ids("2402.00002v7")[0]).toBe("b");
    for (const query of [
      "https://doi.org/10.48550/arXiv.2401.00001",
      "10.48550/arXiv.2401.00001v3",
      "https://huggingface.co/papers/2401.00001",
      "https://www.alphaxiv.org/abs/2401.00001v2",
      "https://export.arxiv.org/pdf/2401.00001v2.pdf",
    ])
      expect(`${query}: ${ids(query)[0]}`).toBe(`${query}: a`);
    expect(ids("cs/9901001")[0]).toBe("c");
  });
  it("takes phrases and plus as required, minus as excluded", () => {
    expect(ids('"late interaction"')).toEqual(["a"]);
    expect(ids("retrieval -sparse")).toEqual(["a"]);
    expect(ids("+survey retrieval")).toEqual(["c"]);
  });
  it("reads the schema's operators", () => {
    expect(ids("author:lund").sort()).toEqual(["a", "c"]);
    expect(ids("author:muller")).toEqual(["a"]);
    expect(ids("retrieval has:code")).toEqual(["a"]);
    expect(ids("retrieval after:2024-02")).toEqual(["b"]);
    expect(ids("retrieval before:2024").sort()).toEqual(["c"]);
    expect(ids("topic:cs.ir").sort()).toEqual(["a", "b"]);
    expect(ids("retrieval -topic:cs.ir")).toEqual(["c"]);
    expect(ids("retrieval -author:muller").sort()).toEqual(["b", "c"]);
    expect(ids("title:encoders")).toEqual(["a"]);
  });
  it("takes a sign in front of an operator or a quotation that begins with a digit", () => {
    const index = filled();
    index.upsert([{ id: "d", fields: { title: "3D retrieval" } }]);
    const found = (query: string) => index.search(query).hits.map((hit) => hit.id);
    expect(found("retrieval -title:3d")).not.toContain("d");
    expect(found('retrieval -"3D retrieval"').sort()).toEqual(["a", "b", "c"]);
  });
  it("counts facets over all matches, pages, and filters by options", () => {
    const result = filled().search("retrieval", { limit: 1, facetCounts: ["topics", "code"] });
    expect(result.total).toBe(3);
    expect(result.facetCounts?.["topics"][0]).toEqual({ value: "cs.IR", count: 2 });
    expect(result.facetCounts?.["code"]).toEqual([{ value: "true", count: 1 }]);
    const second = filled().search("retrieval", { limit: 1, offset: 1 });
    expect(second.hits[0].id).not.toBe(result.hits[0].id);
    expect(
      filled()
        .search("retrieval", { filters: [{ facet: "day", min: 20240101, max: 20240131 }] })
        .hits.map((hit) => hit.id),
    ).toEqual(["a"]);
  });
  it("replaces and removes documents", () => {
    const index = filled();
    index.upsert([{ id: "b", fields: { title: "Something else" } }]);
    index.remove(["c", "unknown"]);
    expect(index.size).toBe(3);
    expect(index.search("sparse").hits).toEqual([]);
    expect(index.search("something").hits.map((hit) => hit.id)).toEqual(["b"]);
  });
  it("refuses odd documents whole and says which", () => {
    const index = filled();
    const odd: IndexedDocument[] = [
      { id: "x", fields: { title: "fine" } },
      { id: "y", fields: { nope: "?" } },
    ];
    expect(() => index.upsert(odd)).toThrow(InvalidInputError);
    expect(index.size).toBe(4);
  });
  it("never throws, whatever is typed", () => {
    const index = filled();
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[a-c "'\\:()+$-]{0,60}$/)), (query) => {
        const result = index.search(query);
        for (const hit of result.hits) expect(hit.score).toBeGreaterThan(0);
        index.suggest(query);
        index.explain(query, "a");
        snippet(papers[0].fields["abstract"] as string, result.query, { maxChars: 40 });
      }),
      { numRuns: 500 },
    );
  });
  it("explains a score in parts that add up", () => {
    const index = filled();
    for (const query of ["sparse retrieval", "late interaction", "author:lund survey", "2401.00001"]) {
      for (const hit of index.search(query).hits) {
        const explanation = index.explain(query, hit.id);
        const total = explanation?.parts.reduce((sum, part) => sum + part.value, 0);
        expect(Math.abs((total ?? 0) - hit.score)).toBeLessThan(1e-6);
        expect(explanation?.score).toBeCloseTo(hit.score, 6);
      }
    }
    expect(index.explain("sparse", "a")).toBeNull();
  });
});

describe("suggest", () => {
  it("completes authors and titles", () => {
    expect(filled().suggest("ada")[0]).toEqual({ kind: "name", field: "authors", text: "Ada Lund", count: 2 });
    expect(filled().suggest("late inter")).toContainEqual({ kind: "document", id: "a" });
  });
  it("completes first names that are not finished", () => {
    const ada = { kind: "name", field: "authors", text: "Ada Lund", count: 2 };
    expect(filled().suggest("ad")).toContainEqual(ada);
    expect(filled().suggest("cle")).toContainEqual({ kind: "name", field: "authors", text: "Cleo Park", count: 1 });
    expect(filled().suggest("a")).not.toContainEqual(ada);
  });
});

describe("passages", () => {
  it("joins to the unchanged text and marks what was asked for", () => {
    const text = `${"Nothing to see here. ".repeat(40)}Then sparse vectors appear. ${"More of the same. ".repeat(40)}`;
    const found = snippet(text, parseQuery("sparse vector", schema), { maxChars: 80 });
    const joined = found.parts.map((part) => part.text).join("");
    expect(text).toContain(joined);
    expect(joined.length).toBeLessThanOrEqual(80);
    expect(found.parts.filter((part) => part.highlight).map((part) => part.text)).toEqual(["sparse", "vectors"]);
    expect([found.startsInside, found.endsInside]).toEqual([true, true]);
  });
  it("cuts between characters, and at the usual length where it is told none", () => {
    const none = parseQuery("sparse", schema);
    for (const text of ["🙂".repeat(300), `a${"🙂".repeat(300)}`, `${"🙂".repeat(300)} sparse ${"🙂".repeat(300)}`]) {
      for (const maxChars of [40, 41]) {
        const passage = snippet(text, none, { maxChars }).parts.map((part) => part.text);
        expect(passage.every((part) => part.isWellFormed())).toBe(true);
      }
    }
    const { parts } = snippet("many words ".repeat(100), none, { maxChars: Number.NaN });
    expect(parts.map((part) => part.text).join("").length).toBeLessThanOrEqual(240);
  });
  it("marks whole titles", () => {
    const marked = highlight("GPT-4 and retrieving", parseQuery("gpt4 retrieval", schema)).filter(
      (part) => part.highlight,
    );
    expect(marked.map((part) => part.text)).toEqual(["GPT", "retrieving"]);
  });
});
