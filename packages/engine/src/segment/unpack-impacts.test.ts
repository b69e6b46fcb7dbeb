/** What the first stage reads says the same as the lists it was unpacked from. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findBest, type ScoredTerm } from "../rank/first-stage.ts";
import { frequencyOf, scoringOf } from "../rank/score-tables.ts";
import { Snapshot } from "../snapshot.ts";
import { allocatePlain } from "./bytes.ts";
import { IMPACT_MAX, toImpact, WINDOW } from "./impact-tables.ts";
import { layoutOf } from "./layout.ts";
import { openSegment } from "./open-segment.ts";
import type { Segment } from "./segment.ts";
import { SegmentBuilder } from "./segment-builder.ts";
import { unpackImpacts } from "./unpack-impacts.ts";

const layout = layoutOf({ fields: { title: { weight: 2.5 }, text: { weight: 1 } } });
const WORDS = ["net", "graph", "kernel", "prior", "token", "sparse"];

/** Word number n stands in every (n + 1)th document, oftener where the number is round. */
function build(documents: number): Segment {
  const builder = new SegmentBuilder(layout);
  for (let at = 0; at < documents; at += 1) {
    const words = WORDS.filter((_, number) => at % (number + 1) === 0);
    const text = words.map((word, number) => `${word} `.repeat(1 + (at % (number + 3)))).join("");
    builder.add({
      id: `d${at}`,
      fields: { title: at % 11 === 0 ? words.join(" ") : "", text: `${text} of ${"x ".repeat(at % 40)}` },
    });
  }
  return openSegment(builder.finish(allocatePlain).bytes, layout, allocatePlain);
}

const segment = build(WINDOW + 900);
const counts = Uint32Array.from({ length: segment.terms }, (_, term) => segment.dictionary.documents(term));
const snapshot = new Snapshot(layout, [{ segment, tombstones: null, toGlobal: null }], segment.terms, counts);

function best(words: readonly string[], weights: readonly number[], limit: number) {
  const terms = words.map((key, at): ScoredTerm => {
    const number = segment.dictionary.find(key);
    return { key, weight: weights[at], numbers: [number], documents: counts[number] };
  });
  return findBest(snapshot, terms, [{ bits: null, accepts: null }], limit);
}

describe("impacts", () => {
  it("give the same documents and scores as the lists they were made from", () => {
    const query = fc.record({
      words: fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 1 }),
      weights: fc.array(fc.double({ min: 0.01, max: 9, noNaN: true }), { minLength: 6, maxLength: 6 }),
      limit: fc.integer({ min: 1, max: 300 }),
    });
    const unpacked = unpackImpacts(segment, layout, allocatePlain);
    expect(unpacked.starts.length).toBeGreaterThan(WORDS.length * 2);
    fc.assert(
      fc.property(query, ({ words, weights, limit }) => {
        segment.parts.impacts = null;
        const packed = best(words, weights, limit);
        segment.parts.impacts = unpacked;
        const hits = best(words, weights, limit);
        expect(hits.map(({ document }) => document)).toEqual(packed.map(({ document }) => document));
        hits.forEach(({ score }, at) => expect(score).toBeCloseTo(packed[at].score, 9));
      }),
      { numRuns: 150 },
    );
  });

  it("tell the frequency they were made from, or that two have the same", () => {
    const { text, other } = scoringOf(segment, layout.frequencies, snapshot.factors);
    for (const tables of [text, other]) {
      for (const frequency of tables.ascending) {
        for (const length of [0, 1, 7, 60, 300, 5_000, 65_535]) {
          const impact = toImpact(frequency / (frequency + (tables.base + tables.slope * length)));
          const told = frequencyOf(tables, impact, length);
          const same = tables.ascending.filter(
            (one) => toImpact(one / (one + (tables.base + tables.slope * length))) === impact,
          );
          expect(told).toBe(same.length === 1 ? frequency : -1);
        }
      }
    }
  });

  it("are whole numbers from 1 on, never below what they stand for", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1, noNaN: true }), (worth) => {
        const impact = toImpact(worth);
        expect(impact).toBeGreaterThanOrEqual(1);
        expect(impact / IMPACT_MAX).toBeGreaterThanOrEqual(worth);
      }),
    );
  });
});
