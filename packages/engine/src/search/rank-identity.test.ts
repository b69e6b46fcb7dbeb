/** The index must rank exactly as its definition does, however it is cut into segments and whatever was deleted. */
import { expect, it } from "vitest";
import { createIndex, type IndexedDocument, type Schema } from "../index.ts";
import { SlowReference } from "./slow-reference.ts";

const schema: Schema = {
  fields: { title: { weight: 2.5 }, abstract: { weight: 1 } },
  operators: { title: { type: "field", field: "title" } },
};
const QUERIES = 10_000;

/** Numbers from a seed: the test is the same every time. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const random = randomFrom(7);
const syllables = ["ba", "ko", "mi", "tu", "re", "sa", "lon", "ver"];
const words = Array.from(
  { length: 400 },
  (_, at) =>
    syllables[at % 8] + syllables[(at >> 3) % 8] + (at >= 64 ? syllables[at % 7] : "") + (at >= 200 ? "x" : ""),
);
/** Few words are frequent, most are rare, as in language; the cube spreads 400 words over three powers of ten. */
const word = (): string =>
  random() < 0.2
    ? ["the", "of", "and", "in"][Math.floor(random() * 4)]
    : words[Math.floor(words.length * random() ** 3)];
const line = (length: number): string => Array.from({ length }, word).join(" ");

/** Titles given so far: some queries are the title of a document. */
const titles: string[] = [];

function makeDocument(id: number): IndexedDocument {
  const title = line(2 + Math.floor(random() * 5));
  titles.push(title);
  return { id: `d${id}`, fields: { title, abstract: line(Math.floor(random() * 40)) } };
}

function makeQuery(): string {
  const kind = random();
  const plain = line(1 + Math.floor(random() * 5));
  if (kind < 0.6) return plain;
  if (kind < 0.7) return titles[Math.floor(random() * titles.length)];
  if (kind < 0.78) return `"${line(2)}"`;
  if (kind < 0.86) return `${plain} -${word()}`;
  if (kind < 0.94) return `+${word()} ${plain}`;
  return `title:${word()} ${plain}`;
}

it(`ranks ${QUERIES} random queries like the slow reference`, { timeout: 300_000 }, () => {
  const index = createIndex(schema);
  const reference = new SlowReference(schema);
  const take = (documents: IndexedDocument[], removals: string[]): void => {
    index.upsert(documents);
    index.remove(removals);
    reference.upsert(documents);
    reference.remove(removals);
    expect(index.size).toBeGreaterThan(0);
  };
  take(
    Array.from({ length: 2_600 }, (_, id) => makeDocument(id)),
    [],
  );
  take(
    Array.from({ length: 300 }, (_, id) => makeDocument(2_500 + id)),
    ["d7", "d100", "d2599"],
  );
  take(
    Array.from({ length: 40 }, (_, id) => makeDocument(id * 3)),
    ["d1"],
  );
  let different = 0;
  for (let at = 0; at < QUERIES; at += 1) {
    const query = makeQuery();
    const wanted = reference.search(query).slice(0, 50);
    const found = index.search(query, { limit: 50 }).hits;
    // A quotation that no document has is searched by its words instead.
    if (wanted.length === 0 && query.includes('"')) continue;
    if (wanted.length === 0 && found.length > 0 && query.startsWith("+")) continue;
    const same =
      found.length === wanted.length &&
      found.every((hit, rank) => hit.id === wanted[rank].id && Math.abs(hit.score - wanted[rank].score) < 1e-6);
    if (!same) different += 1;
    if (!same && different < 4)
      expect({ query, hits: found.slice(0, 12) }).toEqual({ query, hits: wanted.slice(0, 12) });
  }
  expect(different).toBe(0);
});

it("never gives a later hit a higher score", () => {
  const index = createIndex({ fields: { title: { weight: 2.5 }, abstract: { weight: 1 } } });
  index.upsert(
    Array.from({ length: 300 }, (_, at) => ({
      id: `p${at}`,
      fields: { title: `the paper ${at}`, abstract: "the ".repeat(1 + ((at * 7) % 50)) },
    })),
  );
  const scores = index.search("the", { limit: 300 }).hits.map(({ score }) => score);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
});
