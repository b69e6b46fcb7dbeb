/** Measures of an order: how near to the truth it is. Ties count as chance would have it, so a constant gains nothing. */

/** Kendall's tau-b between two lists of values. @returns 0 where either is constant */
export function kendallTau(a, b) {
  let [same, tiedA, tiedB, pairs] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    for (let j = i + 1; j < a.length; j++) {
      const [x, y] = [Math.sign(a[i] - a[j]), Math.sign(b[i] - b[j])];
      pairs++;
      same += x * y;
      if (x === 0) tiedA++;
      if (y === 0) tiedB++;
    }
  }
  const scale = Math.sqrt((pairs - tiedA) * (pairs - tiedB));
  return scale === 0 ? 0 : same / scale;
}

/** nDCG at a depth; papers of equal score share the mean gain of their places. */
export function ndcg(scores, gains, depth) {
  const order = scores.map((score, at) => ({ score, gain: gains[at] })).sort((a, b) => b.score - a.score);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && order[end].score === order[start].score) end++;
    const shared = order.slice(start, end).reduce((sum, { gain }) => sum + gain, 0) / (end - start);
    for (let at = start; at < end; at++) order[at] = { ...order[at], gain: shared };
    start = end;
  }
  const best = dcg(
    [...gains].sort((a, b) => b - a),
    depth,
  );
  return best === 0
    ? 1
    : dcg(
        order.map(({ gain }) => gain),
        depth,
      ) / best;
}

function dcg(gains, depth) {
  return gains.slice(0, depth).reduce((sum, gain, at) => sum + gain / Math.log2(at + 2), 0);
}

export function mean(values) {
  return values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
}

/** @param share 0..1 */
export function quantile(values, share) {
  if (values.length === 0) return null;
  return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
}
