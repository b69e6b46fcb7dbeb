/** The small tables from which the score of a posting is worked out. */
import { toImpact } from "../segment/impact-tables.ts";
import type { Segment } from "../segment/segment.ts";
import { B, K1 } from "./formula.ts";

/** Frequencies by rank of code, factors by length, lengths by document: score = f / (f + factors[lengths[d]]). */
export type ScoreTables = {
  frequencies: Float64Array;
  factors: Float64Array;
  lengths: Uint16Array;
  /** The factor of a length when the impacts were made: `base` + `slope` times the length. */
  base: number;
  slope: number;
  /** All frequencies, ascending, each once. */
  ascending: Float64Array;
};

/** Text terms are scored by field weights and length, names and identifiers by their count alone. */
export type SegmentScoring = { text: ScoreTables; other: ScoreTables };

/** @param byCode  weighted frequency of each code, see `Layout` */
export function scoringOf(segment: Segment, byCode: Float64Array, factors: Float64Array): SegmentScoring {
  const { codes, pivot } = segment.meta;
  const { lengths } = segment.parts.tables;
  const text = Float64Array.from(codes, (raw) => byCode[raw]);
  const other = Float64Array.from(codes);
  return {
    text: {
      frequencies: text,
      factors,
      lengths,
      base: K1 * (1 - B),
      slope: (K1 * B) / pivot,
      ascending: ascending(text),
    },
    other: {
      frequencies: other,
      factors: constantFactors(factors.length),
      lengths,
      base: K1,
      slope: 0,
      ascending: ascending(other),
    },
  };
}

function ascending(frequencies: Float64Array): Float64Array {
  return Float64Array.from(new Set(frequencies)).sort();
}

/**
 * The frequency from which the impact of a posting was made, or -1 where two are so high that they have the same.
 * @param impact  of a posting in a document of this length
 */
export function frequencyOf({ ascending, base, slope }: ScoreTables, impact: number, length: number): number {
  const factor = base + slope * length;
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (toImpact(ascending[middle] / (ascending[middle] + factor)) < impact) low = middle + 1;
    else high = middle;
  }
  const above = low + 1 < ascending.length ? ascending[low + 1] : 0;
  return toImpact(above / (above + factor)) === impact ? -1 : ascending[low];
}

/** The score of one posting before the weight of its term, 0..1. */
export function saturation(tables: ScoreTables, rank: number, document: number): number {
  const frequency = tables.frequencies[rank];
  return frequency / (frequency + tables.factors[tables.lengths[document]]);
}

let constants: Float64Array = new Float64Array(0);

function constantFactors(length: number): Float64Array {
  if (constants.length < length) constants = new Float64Array(length).fill(K1);
  return constants;
}
