/** The share of each field: quality is taken to be alike in all fields, so each has as much of the best as of the papers. */

/** What a paper's own merits say, before age and whatever somebody chose on purpose. */
export type Judged = { field: string; score: number };

/** Papers of each field in the days that are ranked, also of those that were not compared. */
export type FieldPapers = ReadonlyMap<string, number>;

/**
 * How far a score is moved to what its place within its field leads one to expect. Up to a half, a paper that gains more
 * never falls behind another for it: what it gains itself is at least what it lends to the others.
 */
const SHARE_MOST = 0.5;
/** A field with so many papers is moved by half of `SHARE_MOST`: of a few papers it is no wonder if all are good, or none. */
const PAPERS_KNOWN = 5;

/** Differences below a billionth are no differences; whole numbers add up to the same in any order. */
const NANO = 1e9;

/**
 * The jth best of a field's n papers is expected to do as well as the paper at place j·N/n of all N: the same quantile of one
 * distribution. Part of the difference to its score is added:
 *
 *   SHARE_MOST · n / (n + PAPERS_KNOWN) · (expected − score), in nats, between the scores of the first and the last paper
 *
 * What makes a whole field look better or worse than it is, moves all of it, and is halved; the order within a field stays,
 * and a list of one field stays as it is. Equal scores of a field share their middle place; between two places lies a line.
 * It depends on nothing but places, so the sum can be sorted once, and the pages of a list fit together.
 * @param papers  all that are ranked, in any order
 * @param of      papers of each field; by default those that are ranked. Fewer than these are not believed
 * @returns a part of the score of one of `papers`; 0 where it stands as expected
 * @source calibration (Steck, “Calibrated recommendations”, RecSys 2018) by quantile normalisation (Bolstad et al.,
 *   Bioinformatics 19, 2003), shrunk
 */
export function fieldShare(papers: readonly Judged[], of: FieldPapers = new Map()): (paper: Judged) => number {
  const scores = falling(papers);
  const fields = new Map(
    [...Map.groupBy(papers, ({ field }) => field)].map(([field, own]) => [
      field,
      { scores: falling(own), papers: Math.max(own.length, of.get(field) ?? 0) },
    ]),
  );
  let total = 0;
  for (const field of fields.values()) total += field.papers;
  return ({ field, score }) => {
    const own = fields.get(field)!;
    const known = nanos(score);
    const expected = scoreAt(scores, (middlePlace(own.scores, known) * total) / own.papers - 0.5);
    const strength = (SHARE_MOST * own.papers) / (own.papers + PAPERS_KNOWN);
    return Math.round(strength * (expected - known)) / NANO;
  };
}

const nanos = (score: number) => Math.round(score * NANO);

function falling(papers: readonly Judged[]): Float64Array {
  return Float64Array.from(papers, ({ score }) => -nanos(score))
    .sort()
    .map((score) => -score);
}

/** Of a score among falling ones: 0.5 for the first, 1.5 for the second; of equal ones the mean. */
function middlePlace(scores: Float64Array, score: number): number {
  const above = countWhere(scores, (one) => one > score);
  return (above + countWhere(scores, (one) => one >= score)) / 2;
}

/** Of the first ones that are so; all that are so come first. */
function countWhere(scores: Float64Array, isSo: (score: number) => boolean): number {
  let [low, high] = [0, scores.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isSo(scores[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param place from 0, also between two; what lies outside is the first or the last. */
function scoreAt(scores: Float64Array, place: number): number {
  const last = scores.length - 1;
  const above = Math.min(last, Math.max(0, Math.floor(place)));
  const between = Math.min(1, Math.max(0, place - above));
  const higher = scores[above]!;
  return higher + between * (scores[Math.min(last, above + 1)]! - higher);
}
