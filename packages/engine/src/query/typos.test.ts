/** A misspelt word is compared with each word of the index once, however many segments hold it. */
import { afterEach, expect, it, vi } from "vitest";
import { createIndex, type IndexedDocument } from "../index.ts";
import { Dictionary } from "../segment/dictionary.ts";

const WORDS = ["retrieval", "retriever", "retrieving", "retrenching", "relational", "reversible"];
/** Other words are decoded as well: the form to show, and those that a short form may stand for. */
const DECODED_BESIDES = 4;

function documents(from: number, count: number): IndexedDocument[] {
  return Array.from({ length: count }, (_, at) => ({ id: `p${from + at}`, fields: { title: WORDS.join(" ") } }));
}

afterEach(() => {
  vi.restoreAllMocks();
});

it("looks at a word once per query and not once per segment", () => {
  const index = createIndex({ fields: { title: { weight: 1 } } });
  for (const [from, count] of [
    [0, 1_000],
    [1_000, 300],
    [1_300, 100],
    [1_400, 30],
  ]) {
    index.upsert(documents(from, count));
    index.search("retrieval");
  }
  const decoded = vi.spyOn(Dictionary.prototype, "key");
  expect(index.search("retreival").notes.join()).toContain('searched for "retrieval" as well');
  expect(decoded.mock.calls.length).toBeLessThanOrEqual(WORDS.length + DECODED_BESIDES);
});

it("takes the more frequent of two equally near words by all living documents, not by one segment", () => {
  const index = createIndex({ fields: { title: { weight: 1 } } });
  const titled = (prefix: string, count: number, title: string): IndexedDocument[] =>
    Array.from({ length: count }, (_, at) => ({ id: `${prefix}${at}`, fields: { title } }));
  index.upsert([...titled("a", 40, "planter"), ...titled("b", 30, "planner")]);
  index.search("planter");
  index.upsert(titled("c", 15, "planner"));
  expect(index.search("planxer").notes.join()).toContain('searched for "planner" as well');
});

it("takes a word that hardly any document has for one that very many have, and finds both", () => {
  const index = createIndex({ fields: { title: { weight: 1 } } });
  const many = Array.from({ length: 600 }, (_, at) => ({ id: `t${at}`, fields: { title: `A transformer ${at}` } }));
  index.upsert([
    ...many,
    { id: "misspelt", fields: { title: "Transfomer for sight" } },
    { id: "both", fields: { title: "A transformer for birds" } },
  ]);
  const { hits, notes } = index.search("transfomer");
  expect(notes).toEqual(['hardly anything has "transfomer"; searched for "transformer" as well']);
  expect(hits[0].id).toBe("misspelt");
  expect(hits).toHaveLength(10);
  // A mistake is rarer than any word, and must not outweigh the other words of the query.
  expect(index.search("transfomer birds").hits[0].id).toBe("both");
  expect(index.search("transformer").notes).toEqual([]);
  expect(index.search('"transfomer"').hits.map(({ id }) => id)).toEqual(["misspelt"]);
});

it("corrects a word of which the stemmer leaves little", () => {
  const index = createIndex({ fields: { title: { weight: 1 } } });
  index.upsert([
    { id: "a", fields: { title: "Learning" } },
    { id: "b", fields: { title: "Learned" } },
  ]);
  expect(index.search("lerning").hits).toHaveLength(2);
  expect(index.search("lern").hits).toEqual([]);
});

it("corrects a mistake in an ending, which hides the stem", () => {
  const index = createIndex({ fields: { title: { weight: 1 } } });
  index.upsert(["Attention", "Segmentation", "Diffusion"].map((title) => ({ id: title, fields: { title } })));
  for (const [typed, meant] of Object.entries({
    attenion: "Attention",
    segmentaton: "Segmentation",
    segmentatoins: "Segmentation",
    diffusoin: "Diffusion",
  })) {
    expect(index.search(typed).hits.map(({ id }) => id)).toEqual([meant]);
  }
  expect(index.search("attenion").notes).toEqual(['nothing has "attenion"; searched for "attention" as well']);
});
