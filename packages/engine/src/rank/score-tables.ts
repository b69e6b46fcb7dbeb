/** The small tables from which the score of a posting is worked out. */
import type { Segment } from "../segment/segment.ts";
import { K1 } from "./formula.ts";

/** Frequencies by rank of code, factors by length, lengths by document: score = f / (f + factors[lengths[d]]). */
export type ScoreTables = { frequencies: Float64Array; factors: Float64Array; lengths: Uint16Array };

/** Text terms are scored by field weights and length, names and identifiers by their count alone. */
export type SegmentScoring = { text: ScoreTables; other: ScoreTables };

/** @param byCode  weighted frequency of each code, see `Layout` */
export function scoringOf(segment: Segment, byCode: Float64Array, factors: Float64Array): SegmentScoring {
  const { codes } = segment.meta;
  const { lengths } = segment.parts.tables;
  return {
    text: { frequencies: Float64Array.from(codes, (raw) => byCode[raw]), factors, lengths },
    other: { frequencies: Float64Array.from(codes), factors: constantFactors(factors.length), lengths },
  };
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
