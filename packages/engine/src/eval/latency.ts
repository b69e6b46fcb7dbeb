/** Percentiles of measured times. */

export interface LatencySummary {
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** @param timesMs measured times, any order; no time gives zeros */
export function summariseLatency(timesMs: readonly number[]): LatencySummary {
  const sorted = Float64Array.from(timesMs).sort();
  const mean = timesMs.length === 0 ? 0 : sorted.reduce((total, time) => total + time, 0) / sorted.length;
  return { meanMs: mean, p50Ms: percentile(sorted, 0.5), p99Ms: percentile(sorted, 0.99) };
}

/**
 * The smallest measured value that is not below the given share of all of them (nearest rank): a time that happened.
 * @param sorted ascending
 * @param share 0..1
 */
export function percentile(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return 0;
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
