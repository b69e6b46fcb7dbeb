/** The terms of documents come back as they were, whether written document by document or term by term. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { BagReader, BagScatter, type BagTables, BagWriter } from "./bags.ts";
import { allocatePlain } from "./bytes.ts";

const BLOCK = 128;

/** Entries per document, ascending by term. @param terms  how many there are; the first ones are frequent */
function madeBags(terms: number, documents: number, ranks: number, seed: number): number[][] {
  let state = seed;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return Array.from({ length: documents }, () => {
    const bag = new Map<number, number>();
    for (let left = random(60); left > 0; left -= 1) {
      const term = random(2) === 0 ? random(Math.min(terms, 40)) * Math.floor(terms / 40 || 1) : random(terms);
      bag.set(Math.min(terms - 1, term), random(ranks));
    }
    return [...bag].sort((a, b) => a[0] - b[0]).map(([term, rank]) => (term | (rank << 24)) >>> 0);
  });
}

function countsOf(bags: readonly number[][], terms: number): Int32Array {
  const counts = new Int32Array(terms);
  for (const entry of bags.flat()) counts[entry & 0xffffff] += 1;
  return counts;
}

function written(bags: readonly number[][], terms: number): BagTables {
  const writer = new BagWriter(countsOf(bags, terms), bags.length, allocatePlain);
  for (const bag of bags) {
    for (const entry of bag) writer.add(entry & 0xffffff, entry >>> 24);
    writer.endDocument();
  }
  return writer.finish(allocatePlain);
}

function scattered(bags: readonly number[][], terms: number, starts: Uint32Array): BagTables {
  const scatter = new BagScatter(countsOf(bags, terms), starts, allocatePlain);
  for (let term = 0; term < terms; term += 1) {
    const holders = bags.flatMap((bag, document) =>
      bag.filter((entry) => (entry & 0xffffff) === term).map((entry) => [document, entry >>> 24]),
    );
    for (let from = 0; from < holders.length; from += BLOCK) {
      const block = holders.slice(from, from + BLOCK);
      const documents = Int32Array.from(block, ([document]) => document);
      scatter.add(
        term,
        documents,
        Uint8Array.from(block, ([, rank]) => rank),
        block.length,
      );
    }
  }
  return scatter.finish(allocatePlain);
}

const readAll = (tables: BagTables, documents: number): number[][] => {
  const reader = new BagReader(tables);
  return Array.from({ length: documents }, (_, document) => {
    const { entries, from, to } = reader.read(document);
    return [...entries.subarray(from, to)];
  });
};

it("comes back, whatever the numbers and ranks", () => {
  const shape = fc.record({
    terms: fc.integer({ min: 1, max: 400 }),
    documents: fc.integer({ min: 0, max: 80 }),
    ranks: fc.integer({ min: 1, max: 256 }),
    seed: fc.integer({ min: 0, max: 2 ** 31 }),
  });
  fc.assert(
    fc.property(shape, ({ terms, documents, ranks, seed }) => {
      const bags = madeBags(terms, documents, ranks, seed);
      const tables = written(bags, terms);
      expect(readAll(tables, documents)).toEqual(bags);
      expect(scattered(bags, terms, tables.starts)).toEqual(tables);
    }),
    { numRuns: 60 },
  );
});

it("comes back across distances that do not fit into one slot", () => {
  const far = [3, 70_000, 200_000, 200_001, 16_000_000];
  const bags = [far, [16_000_001], [], far.map((term) => (term | (200 << 24)) >>> 0)];
  const counts = new Int32Array(16_000_002).fill(1);
  // The first ten thousand are frequent, so that two of them may be too far apart for one slot.
  for (let term = 0; term < 10_000; term += 1) counts[term] = 100;
  const spread = [0, 4_095, 4_096, 9_999, 10_050].map((term) => (term | (15 << 24)) >>> 0);
  const writer = new BagWriter(counts, bags.length + 1, allocatePlain);
  for (const bag of [...bags, spread]) {
    for (const entry of bag) writer.add(entry & 0xffffff, entry >>> 24);
    writer.endDocument();
  }
  expect(readAll(writer.finish(allocatePlain), bags.length + 1)).toEqual([...bags, spread]);
});
