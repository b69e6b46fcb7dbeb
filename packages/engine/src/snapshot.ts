/** One state of an index: segments, what was deleted from them, and the figures of the whole that scores depend on. */

import { type Drift, idf, impactDrift, lengthFactors } from "./rank/formula.ts";
import { type SegmentScoring, scoringOf } from "./rank/score-tables.ts";
import type { Allocate } from "./segment/bytes.ts";
import type { Layout } from "./segment/layout.ts";
import type { Segment } from "./segment/segment.ts";
import { FIRST_WORD_KEY } from "./segment/term-keys.ts";
import { STOP_WORDS } from "./text/stop-words.ts";
import { wordStem } from "./text/word-stem.ts";

/** The deleted documents of one segment. Immutable: more deletions make a new one. */
export type Tombstones = {
  /** One bit per document, set while it lives. */
  live: Uint32Array;
  deadCount: number;
  /** Weighted words in the deleted documents. */
  deadLength: number;
};

/** A segment inside a snapshot. Document numbers of the snapshot are `base` + number in the segment. */
export type SegmentView = {
  segment: Segment;
  base: number;
  tombstones: Tombstones | null;
  scoring: SegmentScoring;
  /** Terms from this number on are words of the text, those before are names, identifiers and marks. */
  firstWord: number;
  /** Number of each term in the snapshot; null where it is the number in the segment. */
  toGlobal: Uint32Array | null;
};

/** What a snapshot is made of, in the order of document numbers. */
export type SnapshotPart = Pick<SegmentView, "segment" | "tombstones" | "toGlobal">;

/** Deletes documents of a segment. @param documents  distinct, living */
export function bury(
  segment: Segment,
  before: Tombstones | null,
  documents: readonly number[],
  allocate: Allocate,
): Tombstones {
  const live = new Uint32Array(allocate(Math.ceil(segment.documents / 32) * 4));
  if (before === null) live.fill(0xffffffff);
  else live.set(before.live);
  const { lengths } = segment.parts.tables;
  let deadLength = before?.deadLength ?? 0;
  for (const document of documents) {
    live[document >>> 5] &= ~(1 << (document & 31));
    deadLength += lengths[document];
  }
  return { live, deadCount: (before?.deadCount ?? 0) + documents.length, deadLength };
}

export function isLive(tombstones: Tombstones | null, document: number): boolean {
  return tombstones === null || ((tombstones.live[document >>> 5] >>> (document & 31)) & 1) === 1;
}

/** Numbers of the empty words in a segment; looked up once, since segments outlive snapshots. */
const emptyTermsIn = new WeakMap<Segment, readonly number[]>();

/** Numbers in the segment of stop words and single letters. */
export function emptyTermsOf(segment: Segment): readonly number[] {
  const known = emptyTermsIn.get(segment);
  if (known !== undefined) return known;
  const keys = new Set("abcdefghijklmnopqrstuvwxyz0123456789");
  for (const word of STOP_WORDS) keys.add(wordStem(word));
  const terms = [...keys].map((key) => segment.dictionary.find(key)).filter((term) => term >= 0);
  emptyTermsIn.set(segment, terms);
  return terms;
}

/** Immutable; searches hold on to the one they began with. */
export class Snapshot {
  readonly layout: Layout;
  readonly views: readonly SegmentView[];
  /** Living documents. */
  readonly size: number;
  /** Average weighted length of the living documents. */
  readonly average: number;
  /** See {@link lengthFactors}. */
  readonly factors: Float64Array;
  /** Upper bound of the global term numbers. */
  readonly terms: number;
  /** How many living documents hold each term, by global number. Belongs to the newest snapshot: it changes with the next. */
  readonly documents: Uint32Array;
  #added: Map<number, { view: number; term: number }> | null = null;
  #empty: Set<number> | null = null;

  /**
   * @param terms  numbers in use by `toGlobal` of all parts
   * @param documents  how many living documents hold each of these, at least `terms` numbers
   */
  constructor(layout: Layout, parts: readonly SnapshotPart[], terms: number, documents: Uint32Array) {
    this.layout = layout;
    this.documents = documents;
    let size = 0;
    let length = 0;
    let longest = 0;
    for (const view of parts) {
      const { meta } = view.segment;
      size += meta.documents - (view.tombstones?.deadCount ?? 0);
      length += meta.lengthSum - (view.tombstones?.deadLength ?? 0);
      longest = Math.max(longest, meta.lengthMax);
    }
    this.size = size;
    this.average = size === 0 ? 1 : Math.max(1, length / size);
    this.factors = lengthFactors(this.average, longest);
    this.terms = terms;
    let base = 0;
    this.views = parts.map((part) => {
      const scoring = scoringOf(part.segment, layout.frequencies, this.factors);
      const view = { ...part, base, scoring, firstWord: part.segment.dictionary.lowerBound(FIRST_WORD_KEY) };
      base += part.segment.documents;
      return view;
    });
  }

  /** Works out now what the first search would have to. */
  warm(): void {
    if (this.views.length === 0) return;
    this.#empty ??= this.#listEmpty();
  }

  /** Number of the term in each segment (-1 where absent) and of the living documents that hold it. */
  find(key: string): { numbers: number[]; documents: number } {
    let documents = 0;
    const numbers = this.views.map((view) => {
      const term = view.segment.dictionary.find(key);
      if (term >= 0) documents = this.livingWith(view, term);
      return term;
    });
    return { numbers, documents };
  }

  /** How many living documents, of all segments, hold a term of one of them. */
  livingWith({ toGlobal }: SegmentView, term: number): number {
    return this.documents[toGlobal === null ? term : toGlobal[term]];
  }

  /** Key of a term by global number. */
  key(number: number): string {
    const first = this.views[0].segment;
    if (number < first.terms) return first.dictionary.key(number);
    this.#added ??= this.#listAdded();
    const place = this.#added.get(number);
    return place === undefined ? "" : this.views[place.view].segment.dictionary.key(place.term);
  }

  #listAdded(): Map<number, { view: number; term: number }> {
    const added = new Map<number, { view: number; term: number }>();
    this.views.forEach(({ toGlobal }, view) => {
      if (toGlobal === null) return;
      for (let term = 0; term < toGlobal.length; term += 1) {
        if (toGlobal[term] >= this.views[0].segment.terms) added.set(toGlobal[term], { view, term });
      }
    });
    return added;
  }

  /** Global numbers of terms that say nothing about a subject: stop words and single letters. */
  get emptyTerms(): ReadonlySet<number> {
    this.#empty ??= this.#listEmpty();
    return this.#empty;
  }

  #listEmpty(): Set<number> {
    const empty = new Set<number>();
    for (const { segment, toGlobal } of this.views) {
      for (const term of emptyTermsOf(segment)) empty.add(toGlobal === null ? term : toGlobal[term]);
    }
    return empty;
  }

  idf(documents: number): number {
    return idf(documents, this.size);
  }

  /** Factors on the impacts of a view. */
  drift(view: SegmentView): Drift {
    return impactDrift(view.segment.meta.pivot, this.average);
  }

  /** Where a document is, or null. */
  locate(id: string): { view: SegmentView; document: number } | null {
    for (let at = this.views.length - 1; at >= 0; at -= 1) {
      const view = this.views[at];
      const document = view.segment.find(id);
      if (document >= 0 && isLive(view.tombstones, document)) return { view, document };
    }
    return null;
  }

  viewOf(number: number): SegmentView {
    let at = this.views.length - 1;
    while (this.views[at].base > number) at -= 1;
    return this.views[at];
  }
}
