/** The order in which `trec_eval` ranks hits: score descending, equal scores by document id descending. */

/** A document and its score under one query. */
export interface RunHit {
  readonly id: string;
  readonly score: number;
}

/**
 * How scores are compared. `single` is what `trec_eval` 9 and everything built on it do: they keep the score as a
 * C `float`, so two scores that differ after the seventh digit tie. `double` keeps them apart.
 */
export type ScorePrecision = "single" | "double";

/** The hits in evaluation order, best first; the input is left as it is. */
export function rankHits(hits: readonly RunHit[], precision: ScorePrecision = "single"): RunHit[] {
  const round = precision === "single" ? Math.fround : (score: number) => score;
  return [...hits].sort((a, b) => {
    const scoreA = round(a.score);
    const scoreB = round(b.score);
    if (scoreA !== scoreB) return scoreB > scoreA ? 1 : -1;
    return compareBytes(b.id, a.id);
  });
}

/** Compares two strings as C's `strcmp` compares their UTF-8 bytes, which is by code point, not by UTF-16 unit. */
export function compareBytes(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const unitA = a.charCodeAt(i);
    const unitB = b.charCodeAt(i);
    if (unitA !== unitB) return byteRank(unitA) - byteRank(unitB);
  }
  return a.length - b.length;
}

/** Surrogates (U+D800–DFFF) stand for code points above U+FFFF and so go behind U+E000–FFFF. */
function byteRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}
