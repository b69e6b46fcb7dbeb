/** Two systems on the same queries: how far apart, how sure, and who wins where. */
import type { Random } from "./random.ts";
import { bootstrapInterval, comparePaired, type PairedTest } from "./significance.ts";

/** Query id → measure name → value, as {@link measureRun} and {@link evaluateSearch} give it. */
export type PerQuery = ReadonlyMap<string, Readonly<Record<string, number>>>;

export interface ComparedRuns extends PairedTest {
  readonly queries: number;
  /** Holds the true mean of a − b in 95 of 100 such samples of queries. */
  readonly interval: { readonly low: number; readonly high: number };
  /** Queries on which the two differ, the largest difference first, ids and a − b. */
  readonly differences: readonly { readonly query: string; readonly difference: number }[];
}

/**
 * Compares one measure over the queries that both have.
 * @param measure a name that both were measured by, such as `ndcg@10`
 * @param options random decides over the 10,000 draws of the test and of the interval
 * @throws RangeError a query lacks the measure
 */
export function compareRuns(
  pair: { a: PerQuery; b: PerQuery },
  measure: string,
  options: { random: Random },
): ComparedRuns {
  const shared = [...pair.a.keys()].filter((query) => pair.b.has(query));
  const valuesOf = (perQuery: PerQuery) => shared.map((query) => readMeasure(perQuery, query, measure));
  const a = valuesOf(pair.a);
  const b = valuesOf(pair.b);
  const { low, high } = bootstrapInterval(
    a.map((value, at) => value - b[at]),
    options,
  );
  const differences = shared
    .map((query, at) => ({ query, difference: a[at] - b[at] }))
    .filter(({ difference }) => difference !== 0)
    .sort((x, y) => Math.abs(y.difference) - Math.abs(x.difference));
  return { ...comparePaired(a, b, options), queries: shared.length, interval: { low, high }, differences };
}

function readMeasure(perQuery: PerQuery, query: string, measure: string): number {
  const value = perQuery.get(query)?.[measure];
  if (value === undefined) throw new RangeError(`query "${query}" was not measured by "${measure}"`);
  return value;
}
