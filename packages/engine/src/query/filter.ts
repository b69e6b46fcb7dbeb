/** Facet filters on one segment. */
import type { FacetColumn } from "../segment/facet-columns.ts";
import type { SegmentView, Snapshot } from "../snapshot.ts";
import type { Filter } from "./parsed-query.ts";

/** Clears the bits of documents outside the filter. A facet the schema lacks holds for no document. */
export function applyFilter(snapshot: Snapshot, view: SegmentView, filter: Filter, admitted: Uint32Array): void {
  const passes = filterTest(snapshot, view, filter);
  for (let word = 0; word < admitted.length; word += 1) {
    for (let rest = admitted[word]; rest !== 0; rest &= rest - 1) {
      const bit = 31 - Math.clz32(rest & -rest);
      if (!passes((word << 5) + bit)) admitted[word] &= ~(1 << bit);
    }
  }
}

function filterTest(snapshot: Snapshot, view: SegmentView, filter: Filter): (document: number) => boolean {
  const index = snapshot.layout.facets.indexOf(filter.facet);
  const column = index < 0 ? undefined : view.segment.facets[index];
  if (column === undefined) return () => false;
  if ("is" in filter) return (document) => column.flag(document) === filter.is;
  if ("anyOf" in filter) return keywordTest(column, filter.anyOf);
  if ("noneOf" in filter) {
    const isOneOf = keywordTest(column, filter.noneOf);
    return (document) => !isOneOf(document);
  }
  const min = filter.min ?? Number.NEGATIVE_INFINITY;
  const max = filter.max ?? Number.POSITIVE_INFINITY;
  return (document) => {
    const value = column.number(document);
    return value >= min && value <= max;
  };
}

function keywordTest(column: FacetColumn, values: readonly string[]): (document: number) => boolean {
  const wanted = new Set(values.map((value) => String(value).toLowerCase()));
  const numbers = (column.meta.values ?? []).map((value) => wanted.has(value.toLowerCase()));
  return (document) => {
    let found = false;
    column.keywords(document, (value) => {
      found ||= numbers[value];
    });
    return found;
  };
}
