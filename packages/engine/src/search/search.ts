/** A page of hits for a query. */
import { allAdmitted, countBits, DOCUMENTS_READ_MAX, eachBit, mark } from "../query/admit.ts";
import { countFacets } from "../query/count-facets.ts";
import { parseQuery } from "../query/parse.ts";
import type { ParsedQuery } from "../query/parsed-query.ts";
import type { Hit, SearchOptions, SearchResult } from "../search-types.ts";
import type { Snapshot } from "../snapshot.ts";
import { type Run, runQuery } from "./run.ts";

const LIMIT_DEFAULT = 10;
const LIMIT_MAX = 1000;
const OFFSET_MAX = 100_000;
/** Up to so many postings all matches are counted even if nobody asked. */
const COUNTED_POSTINGS_MAX = 4_000;

export function searchSnapshot(
  snapshot: Snapshot,
  query: string | ParsedQuery,
  options: SearchOptions = {},
): SearchResult {
  const parsed = typeof query === "string" ? parseQuery(query, snapshot.layout.schema) : query;
  const limit = clamp(options.limit ?? LIMIT_DEFAULT, 1, LIMIT_MAX);
  const offset = clamp(options.offset ?? 0, 0, OFFSET_MAX);
  const filters = [...parsed.filters, ...(options.filters ?? [])];
  const browsing = filters.length > 0 && parsed.clauses.every(({ occur }) => occur === "mustNot");
  const depth = options.facetDepth === undefined || browsing ? null : clamp(options.facetDepth, 1, LIMIT_MAX);
  const run = runQuery(snapshot, parsed, filters, Math.max(offset + limit, depth ?? 0));
  const countsAll = options.facetCounts !== undefined && depth === null;
  const needsAll = countsAll || options.exactTotal === true || browsing;
  const matched = needsAll || isCheap(snapshot, run) ? matchedDocuments(snapshot, run, browsing) : null;
  const hits = browsing
    ? newestFirst(snapshot, matched as Uint32Array[], offset, limit)
    : page(snapshot, run, offset, limit);
  const total = matched === null ? Math.max(atLeast(snapshot, run), offset + hits.length) : sumBits(matched);
  const result: SearchResult = {
    hits,
    total,
    totalIsExact: matched !== null && !run.reading.isCut,
    notes: [...parsed.notes, ...run.notes, ...cutNote(run)],
    query: parsed,
  };
  if (options.facetCounts !== undefined) {
    const counted = depth === null ? (matched as Uint32Array[]) : bestDocuments(snapshot, run, depth);
    result.facetCounts = countFacets(snapshot, counted, options.facetCounts);
  }
  return result;
}

/** Nothing where the run gave the phrase up and said so itself. */
function cutNote(run: Run): string[] {
  if (!run.reading.isCut || run.isRelaxed) return [];
  return [
    `words side by side were looked for in the first ${DOCUMENTS_READ_MAX} documents that have them all, not in the rest`,
  ];
}

function clamp(value: number, low: number, high: number): number {
  return Number.isFinite(value) ? Math.min(high, Math.max(low, Math.floor(value))) : low;
}

/** Scores that are equal in the order's steps may differ in their last digits; none is shown above one before it. */
function page(snapshot: Snapshot, run: Run, offset: number, limit: number): Hit[] {
  let least = Number.POSITIVE_INFINITY;
  const hits: Hit[] = [];
  run.candidates.slice(0, offset + limit).forEach(({ document, score }, rank) => {
    least = Math.min(least, score);
    if (rank >= offset) hits.push({ id: idOf(snapshot, document), score: least });
  });
  return hits;
}

function idOf(snapshot: Snapshot, document: number): string {
  const view = snapshot.viewOf(document);
  return view.segment.id(document - view.base);
}

/** Without words there is no score: what came in last comes first. */
function newestFirst(snapshot: Snapshot, matched: readonly Uint32Array[], offset: number, limit: number): Hit[] {
  const hits: Hit[] = [];
  let left = offset;
  for (let view = snapshot.views.length - 1; view >= 0 && hits.length < limit; view -= 1) {
    const documents: number[] = [];
    eachBit(matched[view], (document) => documents.push(document));
    for (let at = documents.length - 1; at >= 0 && hits.length < limit; at -= 1) {
      if (left > 0) left -= 1;
      else hits.push({ id: snapshot.views[view].segment.id(documents[at]), score: 0 });
    }
  }
  return hits;
}

function isCheap(snapshot: Snapshot, run: Run): boolean {
  let postings = 0;
  for (const term of run.plan.terms) {
    term.numbers.forEach((number, view) => {
      if (number >= 0) postings += snapshot.views[view].segment.dictionary.documents(number);
    });
  }
  return postings <= COUNTED_POSTINGS_MAX;
}

function matchedDocuments(snapshot: Snapshot, run: Run, browsing: boolean): Uint32Array[] {
  const exact = [...run.exact];
  return snapshot.views.map((view, index) => {
    const bits = new Uint32Array(Math.ceil(view.segment.documents / 32));
    if (browsing) bits.fill(0xffffffff);
    else for (const term of run.plan.terms) mark(view, term.key, bits);
    for (const number of exact) {
      const document = number - view.base;
      if (document >= 0 && document < view.segment.documents) bits[document >>> 5] |= 1 << (document & 31);
    }
    const { bits: admitted, accepts } = run.admitted[index];
    const within = admitted ?? allAdmitted(view);
    for (let at = 0; at < bits.length; at += 1) bits[at] &= within[at];
    if (accepts !== null)
      eachBit(bits, (document) => {
        if (!accepts(document)) bits[document >>> 5] &= ~(1 << (document & 31));
      });
    return bits;
  });
}

function bestDocuments(snapshot: Snapshot, run: Run, depth: number): Uint32Array[] {
  const bits = snapshot.views.map((view) => new Uint32Array(Math.ceil(view.segment.documents / 32)));
  for (const { document } of run.candidates.slice(0, depth)) {
    const at = snapshot.views.indexOf(snapshot.viewOf(document));
    const local = document - snapshot.views[at].base;
    bits[at][local >>> 5] |= 1 << (local & 31);
  }
  return bits;
}

/** Without filters at least as many match as hold the most frequent word. */
function atLeast(snapshot: Snapshot, run: Run): number {
  const isFiltered = run.admitted.some(
    ({ bits }, view) => bits !== null && bits !== snapshot.views[view].tombstones?.live,
  );
  if (isFiltered) return run.candidates.length;
  let most = run.candidates.length;
  for (const term of run.plan.terms) most = Math.max(most, term.documents);
  return most;
}

function sumBits(matched: readonly Uint32Array[]): number {
  let total = 0;
  for (const bits of matched) total += countBits(bits);
  return total;
}
