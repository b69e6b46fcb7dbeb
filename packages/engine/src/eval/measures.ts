/** The measures of one ranked list, by the rules of `trec_eval`: graded gain is linear, relevant means 1 or more. */
import { EvalFormatError } from "./format-error.ts";

/** `ndcg`, `map` and `mrr` go with or without a cutoff; `recall`, `p` and `success` need one. */
export type MeasureKind = "ndcg" | "map" | "mrr" | "recall" | "p" | "success";

export interface Measure {
  /** As written in results: `ndcg@10`, `map`. */
  readonly name: string;
  readonly kind: MeasureKind;
  /** Hits looked at, 1..1,000,000; Infinity where the name has no `@`. */
  readonly cutoff: number;
}

const CUTOFF_MAX = 1_000_000;
const NEEDS_CUTOFF: ReadonlySet<string> = new Set(["recall", "p", "success"]);
const CALCULATE: Record<MeasureKind, (judged: JudgedList, cutoff: number) => number> = {
  ndcg,
  map: averagePrecision,
  mrr: reciprocalRank,
  recall: (judged, cutoff) => (judged.relevant === 0 ? 0 : relevantWithin(judged, cutoff) / judged.relevant),
  p: (judged, cutoff) => relevantWithin(judged, cutoff) / cutoff,
  success: (judged, cutoff) => (relevantWithin(judged, cutoff) > 0 ? 1 : 0),
};

/** One query's ranked list, seen through its judgements. */
export interface JudgedList {
  /** Relevance of each hit, best rank first; 0 for documents that nobody judged. */
  readonly gains: readonly number[];
  /** Relevances above 0 in the judgements, highest first: the ideal list. */
  readonly ideal: readonly number[];
  /** Documents judged 1 or more, retrieved or not. */
  readonly relevant: number;
}

/**
 * Reads a measure's name, upper or lower case.
 * @throws EvalFormatError an unknown kind, a missing or impossible cutoff
 */
export function parseMeasure(name: string): Measure {
  const [kind, cutoffField, ...rest] = name.trim().toLowerCase().split("@");
  const refuse = (reason: string) => new EvalFormatError({ file: `measure "${name}"`, line: 0, reason });
  if (!Object.hasOwn(CALCULATE, kind) || rest.length > 0) {
    throw refuse(`there is ${Object.keys(CALCULATE).join(", ")}, with @number for a cutoff`);
  }
  if (cutoffField === undefined) {
    if (NEEDS_CUTOFF.has(kind)) throw refuse(`needs a cutoff, such as ${kind}@10`);
    return { name: kind, kind: kind as MeasureKind, cutoff: Infinity };
  }
  const cutoff = Number(cutoffField);
  if (!/^\d+$/.test(cutoffField) || cutoff < 1 || cutoff > CUTOFF_MAX) throw refuse(`cutoff must be 1..${CUTOFF_MAX}`);
  return { name: `${kind}@${cutoff}`, kind: kind as MeasureKind, cutoff };
}

/** @param ranked document ids, best first, each at most once */
export function judgeList(ranked: readonly string[], judged: ReadonlyMap<string, number>): JudgedList {
  const gains = ranked.map((id) => Math.max(0, judged.get(id) ?? 0));
  const ideal = [...judged.values()].filter((relevance) => relevance > 0).sort((a, b) => b - a);
  return { gains, ideal, relevant: ideal.length };
}

/** @returns 0..1; 0 where the query has no relevant document */
export function measureList(judged: JudgedList, measure: Measure): number {
  return CALCULATE[measure.kind](judged, measure.cutoff);
}

function ndcg(judged: JudgedList, cutoff: number): number {
  const best = discountedGain(judged.ideal, cutoff);
  return best === 0 ? 0 : discountedGain(judged.gains, cutoff) / best;
}

function discountedGain(gains: readonly number[], cutoff: number): number {
  let sum = 0;
  for (let i = 0; i < gains.length && i < cutoff; i++) {
    if (gains[i] > 0) sum += gains[i] / Math.log2(i + 2);
  }
  return sum;
}

/** Divides by all relevant documents, also where the cutoff is below their number: `map_cut` of `trec_eval`. */
function averagePrecision(judged: JudgedList, cutoff: number): number {
  if (judged.relevant === 0) return 0;
  let found = 0;
  let sum = 0;
  for (let i = 0; i < judged.gains.length && i < cutoff; i++) {
    if (judged.gains[i] > 0) sum += ++found / (i + 1);
  }
  return sum / judged.relevant;
}

function reciprocalRank(judged: JudgedList, cutoff: number): number {
  const first = judged.gains.findIndex((gain) => gain > 0);
  return first === -1 || first >= cutoff ? 0 : 1 / (first + 1);
}

function relevantWithin(judged: JudgedList, cutoff: number): number {
  let found = 0;
  for (let i = 0; i < judged.gains.length && i < cutoff; i++) if (judged.gains[i] > 0) found += 1;
  return found;
}
