/** How often each facet value occurs among the documents found. */
import type { FacetCount } from "../search-types.ts";
import type { Snapshot } from "../snapshot.ts";
import { eachBit } from "./admit.ts";

const VALUES_MAX = 100;

/** @param matched  per segment one bit per document found */
export function countFacets(
  snapshot: Snapshot,
  matched: readonly Uint32Array[],
  names: readonly string[],
): Record<string, FacetCount[]> {
  const counted: Record<string, FacetCount[]> = {};
  for (const name of names) {
    const index = snapshot.layout.facets.indexOf(name);
    const counts = new Map<string, number>();
    if (index >= 0) snapshot.views.forEach((_, view) => countInView(snapshot, view, index, matched[view], counts));
    const list = [...counts].map(([value, count]) => ({ value, count }));
    counted[name] = list.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, VALUES_MAX);
  }
  return counted;
}

function countInView(
  snapshot: Snapshot,
  view: number,
  index: number,
  matched: Uint32Array,
  counts: Map<string, number>,
): void {
  const column = snapshot.views[view].segment.facets[index];
  const values = column.meta.values ?? [];
  const perValue = new Uint32Array(values.length);
  const count = (value: string, times: number): void => {
    if (times > 0) counts.set(value, (counts.get(value) ?? 0) + times);
  };
  let flags = 0;
  const numbers = new Map<number, number>();
  eachBit(matched, (document) => {
    if (column.meta.column === "keyword") column.keywords(document, (value) => (perValue[value] += 1));
    else if (column.meta.column === "flag") flags += column.flag(document) ? 1 : 0;
    else {
      const number = column.number(document);
      if (!Number.isNaN(number)) numbers.set(number, (numbers.get(number) ?? 0) + 1);
    }
  });
  values.forEach((value, at) => count(value, perValue[at]));
  count("true", flags);
  for (const [number, times] of numbers) count(String(number), times);
}
