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

/** Student's t at 97.5 % for 1 to 30 degrees of freedom; beyond, the normal's. */
const T = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/** Half the width of the 95 % interval of a mean. */
export function interval(values) {
  const count = values.length;
  if (count < 2) return Number.NaN;
  const middle = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (count - 1);
  return (T[count - 2] ?? 1.96) * Math.sqrt(variance / count);
}

/** @param share 0..1 */
export function quantile(values, share) {
  if (values.length === 0) return null;
  return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
}
