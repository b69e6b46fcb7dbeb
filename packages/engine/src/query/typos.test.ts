/** A misspelt word is compared with each word of the index once, however many segments hold it. */
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createIndex, type IndexedDocument } from "../index.ts";
import { Dictionary } from "../segment/dictionary.ts";
import { distance, isOneMistake } from "./typos.ts";

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

it("prefers the more frequent of two words that are as near to the form as to the stem", () => {
  const index = createIndex({ fields: { title: { weight: 1 } } });
  const titled = (count: number, title: string): IndexedDocument[] =>
    Array.from({ length: count }, (_, at) => ({ id: `${title}${at}`, fields: { title } }));
  index.upsert([...titled(3, "Transformers"), ...titled(2, "Transforms")]);
  expect(index.search("tranformer").hits).toHaveLength(3);
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

describe("edits", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 7 });
  it("are counted as their definition says, up to a limit", () => {
    const counted = (a: string, b: string): number => {
      const cost = (i: number, j: number): number => {
        if (i === 0 || j === 0) return i + j;
        const last = [cost(i - 1, j) + 1, cost(i, j - 1) + 1, cost(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)];
        if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) last.push(cost(i - 2, j - 2) + 1);
        return Math.min(...last);
      };
      return cost(a.length, b.length);
    };
    const short = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 5 });
    fc.assert(
      fc.property(short, short, fc.integer({ min: 0, max: 5 }), (a, b, limit) => {
        expect(distance(a, b, limit)).toBe(Math.min(counted(a, b), limit + 1));
      }),
      { numRuns: 2_000 },
    );
  });
  it("are told to be one without counting", () => {
    fc.assert(
      fc.property(word, word, (a, b) => isOneMistake(a, b) === (distance(a, b, 9) === 1)),
      { numRuns: 5_000 },
    );
  });
});
