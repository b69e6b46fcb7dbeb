/**
 * BM25F with one saturation over all text fields: a word in the title counts as several in the abstract, then saturates.
 *
 *     score(d, q) = Σ weight(t) · idf(t) · f / (f + k1 · (1 - b + b · |d| / average))
 *
 * f is the weighted frequency of t in d, |d| the weighted length.
 * @source Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009
 */

export const K1 = 1.2;
export const B = 0.75;

/** Never negative, as in Lucene. @param documents  how many hold the term, 0..total */
export function idf(documents: number, total: number): number {
  return Math.log(1 + (total - documents + 0.5) / (documents + 0.5));
}

/** k1 · (1 - b + b · length / average) for every length up to `longest`; computed once per state of the index. */
export function lengthFactors(average: number, longest: number): Float64Array {
  const factors = new Float64Array(longest + 1);
  for (let length = 0; length <= longest; length += 1) factors[length] = K1 * (1 - B + (B * length) / average);
  return factors;
}

/**
 * Impacts belong to the average length of their own segment. If the average has grown since, a document counts as
 * relatively shorter and is worth more, at most so many times as much; if it has fallen, less, at least so many times.
 */
export type Drift = { most: number; least: number };

export function impactDrift(pivot: number, average: number): Drift {
  const ratio = average / pivot;
  return { most: Math.max(1, ratio), least: Math.min(1, ratio) };
}
