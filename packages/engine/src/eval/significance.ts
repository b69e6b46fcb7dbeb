/** Whether one run beats another by more than chance: paired randomisation, bootstrap interval, Holm, wins and losses. */
import type { Random } from "./random.ts";

const ROUNDS = 10_000;
/** Differences of sums that are equal on paper may differ by rounding; 1e-12 is far below one query's share. */
const ROUNDING = 1e-12;

export interface PairedTest {
  /** Mean of a − b. */
  readonly difference: number;
  /** Two-sided; never 0: the smallest value is 1 / (rounds + 1). */
  readonly p: number;
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
}

/**
 * Swaps the two systems' values per query at random and counts how often the difference is at least as large.
 * @param a values per query of one system
 * @param b values of the other, same queries in the same order
 * @param options rounds 10,000 unless told
 * @throws RangeError the lists differ in length
 * @source Smucker, Allan, Carterette, CIKM 2007; the +1 of Phipson & Smyth, 2010
 */
export function comparePaired(
  a: readonly number[],
  b: readonly number[],
  options: { random: Random; rounds?: number },
): PairedTest {
  if (a.length !== b.length) throw new RangeError(`paired lists differ in length: ${a.length} and ${b.length}`);
  const rounds = options.rounds ?? ROUNDS;
  const differences = a.map((value, i) => value - b[i]);
  const observed = sum(differences);
  const moving = differences.filter((difference) => difference !== 0);
  let asLarge = 0;
  for (let round = 0; round < rounds; round++) {
    let total = 0;
    for (const difference of moving) total += options.random() < 0.5 ? difference : -difference;
    if (Math.abs(total) >= Math.abs(observed) - ROUNDING) asLarge += 1;
  }
  return {
    difference: a.length === 0 ? 0 : observed / a.length,
    p: (asLarge + 1) / (rounds + 1),
    wins: differences.filter((difference) => difference > 0).length,
    losses: differences.filter((difference) => difference < 0).length,
    ties: a.length - moving.length,
  };
}

/**
 * Percentile bootstrap interval of a mean.
 * @param options confidence 0..1, 0.95 unless told; rounds 10,000 unless told
 * @source Efron & Tibshirani, 1993, chapter 13
 */
export function bootstrapInterval(
  values: readonly number[],
  options: { random: Random; rounds?: number; confidence?: number },
): { low: number; mean: number; high: number } {
  if (values.length === 0) return { low: 0, mean: 0, high: 0 };
  const rounds = options.rounds ?? ROUNDS;
  const tail = (1 - (options.confidence ?? 0.95)) / 2;
  const means = new Float64Array(rounds);
  for (let round = 0; round < rounds; round++) {
    let total = 0;
    for (let i = 0; i < values.length; i++) total += values[Math.floor(options.random() * values.length)];
    means[round] = total / values.length;
  }
  means.sort();
  const at = (share: number) => means[Math.min(rounds - 1, Math.max(0, Math.round(share * (rounds - 1))))];
  return { low: at(tail), mean: sum(values) / values.length, high: at(1 - tail) };
}

/**
 * Adjusts the p values of several comparisons made at once.
 * @returns in the order given, each 0..1 and not below the value given
 * @source Holm, Scandinavian Journal of Statistics 6, 1979
 */
export function adjustHolm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((i, j) => pValues[i] - pValues[j]);
  const adjusted: number[] = Array.from({ length: pValues.length }, () => 1);
  let floor = 0;
  order.forEach((index, rank) => {
    floor = Math.max(floor, Math.min(1, pValues[index] * (pValues.length - rank)));
    adjusted[index] = floor;
  });
  return adjusted;
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
