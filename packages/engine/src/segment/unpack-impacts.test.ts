/** What the first stage reads says the same as the lists it was unpacked from. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TermNumbering } from "../live/term-numbering.ts";
import { findBest, type ScoredTerm } from "../rank/first-stage.ts";
import { B, impactDrift, K1 } from "../rank/formula.ts";
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

/** Word number n stands in every (n + 1)th document, oftener where the number is round. @param padding  of longer documents */
function build(documents: number, padding: number): Segment {
  const builder = new SegmentBuilder(layout);
  for (let at = 0; at < documents; at += 1) {
    const words = WORDS.filter((_, number) => at % (number + 1) === 0);
    const text = words.map((word, number) => `${word} `.repeat(1 + (at % (number + 3)))).join("");
    const fields = { title: at % 11 === 0 ? words.join(" ") : "", text: `${text} ${"x ".repeat(at % padding)}` };
    builder.add({ id: `${padding}-${at}`, fields });
  }
  return openSegment(builder.finish(allocatePlain).bytes, layout, allocatePlain);
}

/** The average length of all is far from that of either, and impacts were made by their own. */
const numbering = new TermNumbering(allocatePlain);
const segments = [build(WINDOW + 900, 400), build(1_500, 40)];
const toGlobal = numbering.number(segments);
const counts = new Uint32Array(numbering.total);
segments.forEach((segment, at) => {
  for (let term = 0; term < segment.terms; term += 1)
    counts[toGlobal[at]?.[term] ?? term] += segment.dictionary.documents(term);
});
const parts = segments.map((segment, at) => ({ segment, tombstones: null, toGlobal: toGlobal[at] }));
const snapshot = new Snapshot(layout, parts, numbering.total, counts);
const everything = segments.map(() => ({ bits: null, accepts: null }));

function best(words: readonly string[], weights: readonly number[], limit: number) {
  const terms = words.map((key, at): ScoredTerm => {
    const { numbers, documents } = snapshot.find(key);
    return { key, weight: weights[at], numbers, documents };
  });
  return findBest(snapshot, terms, everything, limit);
}

describe("impacts", () => {
  it("give the same documents and scores as the lists they were made from", () => {
    const query = fc.record({
      words: fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 1 }),
      weights: fc.array(fc.double({ min: 0.01, max: 9, noNaN: true }), { minLength: 6, maxLength: 6 }),
      limit: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 6_000 })),
    });
    const unpacked = segments.map((segment) => unpackImpacts(segment, layout, allocatePlain));
    for (const { starts } of unpacked) expect(starts.length).toBeGreaterThanOrEqual(WORDS.length * 2);
    fc.assert(
      fc.property(query, ({ words, weights, limit }) => {
        for (const segment of segments) segment.parts.impacts = null;
        const packed = best(words, weights, limit);
        segments.forEach((segment, at) => {
          segment.parts.impacts = unpacked[at];
        });
        const hits = best(words, weights, limit);
        expect(hits.map(({ document }) => document)).toEqual(packed.map(({ document }) => document));
        hits.forEach(({ score }, at) => expect(score).toBeCloseTo(packed[at].score, 9));
      }),
      { numRuns: 150 },
    );
  });

  it("tell the frequency they were made from, or that two have the same", () => {
    const { text, other } = scoringOf(segments[0], layout.frequencies, snapshot.factors);
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

  it("bound what a posting is worth when the average length is another", () => {
    const average = fc.double({ min: 1, max: 900, noNaN: true });
    const posting = fc.record({ frequency: fc.double({ min: 0.1, max: 90, noNaN: true }), length: fc.nat(5_000) });
    fc.assert(
      fc.property(average, average, posting, (pivot, now, { frequency, length }) => {
        const worth = (mean: number) => frequency / (frequency + K1 * (1 - B + (B * length) / mean));
        const { most, least } = impactDrift(pivot, now);
        expect(worth(now)).toBeLessThanOrEqual(worth(pivot) * most * (1 + 1e-12));
        expect(worth(now)).toBeGreaterThanOrEqual(worth(pivot) * least * (1 - 1e-12));
      }),
    );
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
