/** The changing list of segments behind an index: takes in changes, buries old versions, merges small segments. */
import type { IndexedDocument } from "../schema.ts";
import type { Allocate } from "../segment/bytes.ts";
import type { Layout } from "../segment/layout.ts";
import { openSegment } from "../segment/open-segment.ts";
import type { Segment } from "../segment/segment.ts";
import { SegmentBuilder } from "../segment/segment-builder.ts";
import { bury, isLive, type SnapshotPart, type Tombstones } from "../snapshot.ts";
import { Analyzer } from "../text/analyze.ts";
import { mergeSegments } from "./merge-segments.ts";
import { TermNumbering } from "./term-numbering.ts";

/** A segment of the list; `key` stays the same for as long as its bytes do. */
export type LiveSegment = { key: number; segment: Segment; tombstones: Tombstones | null };

/** A new segment is written after so many documents or words, whichever comes first. */
const SEGMENT_DOCUMENTS_MAX = 2 ** 18;
const SEGMENT_TOKENS_MAX = 2 ** 26;
/** The segments behind one are merged with it when they hold at least this share of its documents. */
const MERGE_SHARE = 0.5;
/** More than this share of deleted documents and a segment is written anew. */
const DEAD_SHARE_MAX = 0.3;
const MERGE_DOCUMENTS_MAX = SEGMENT_DOCUMENTS_MAX;

export class LiveSegments {
  readonly #layout: Layout;
  readonly #allocate: Allocate;
  readonly #analyzer = new Analyzer();
  readonly #numbering: TermNumbering;
  #segments: LiveSegment[] = [];
  #nextKey = 1;

  constructor(layout: Layout, allocate: Allocate) {
    this.#layout = layout;
    this.#allocate = allocate;
    this.#numbering = new TermNumbering(allocate);
  }

  get segments(): readonly LiveSegment[] {
    return this.#segments;
  }

  /** Segments read from disk, in order, before anything else. */
  restore(segments: readonly LiveSegment[]): void {
    this.#segments = [...segments];
    this.#nextKey = Math.max(0, ...segments.map((segment) => segment.key)) + 1;
  }

  /** The parts of a snapshot of the list as it is now, and how many term numbers they use. */
  snapshotParts(): { parts: SnapshotPart[]; terms: number } {
    const mappings = this.#numbering.number(this.#segments.map(({ segment }) => segment));
    const parts = this.#segments.map(({ segment, tombstones }, at) => ({
      segment,
      tombstones,
      toGlobal: mappings[at],
    }));
    return { parts, terms: this.#numbering.total };
  }

  /** Takes in documents with distinct ids, replacing older ones, and removes `removals`. Documents must have been checked. */
  apply(upserts: readonly IndexedDocument[], removals: readonly string[]): void {
    const gone = new Set(removals);
    for (const document of upserts) gone.add(document.id);
    this.#bury(gone);
    let builder = new SegmentBuilder(this.#layout, this.#analyzer);
    for (const document of upserts) {
      builder.add(document);
      if (builder.documents >= SEGMENT_DOCUMENTS_MAX || builder.tokens >= SEGMENT_TOKENS_MAX) {
        this.#append(builder);
        builder = new SegmentBuilder(this.#layout, this.#analyzer);
      }
    }
    if (builder.documents > 0) this.#append(builder);
  }

  #append(builder: SegmentBuilder): void {
    const { bytes, known } = builder.finish(this.#allocate);
    const segment = openSegment(bytes, this.#layout, this.#allocate, known);
    this.#segments.push({ key: this.#nextKey++, segment, tombstones: null });
  }

  #bury(ids: ReadonlySet<string>): void {
    if (this.#segments.length === 0) return;
    const dead = new Map<LiveSegment, number[]>();
    for (const id of ids) {
      for (const live of this.#segments) {
        const document = live.segment.find(id);
        if (document < 0 || !isLive(live.tombstones, document)) continue;
        const list = dead.get(live) ?? [];
        list.push(document);
        dead.set(live, list);
      }
    }
    this.#segments = this.#segments
      .map((live) => {
        const documents = dead.get(live);
        return documents === undefined
          ? live
          : { ...live, tombstones: bury(live.segment, live.tombstones, documents, this.#allocate) };
      })
      .filter((live) => livingIn(live) > 0);
  }

  /** One merge if one is due. @returns whether the list changed; call again until it did not */
  mergeOnce(): boolean {
    const range = this.#dueRange();
    if (range === null) return false;
    const { from, to } = range;
    const { bytes, known } = mergeSegments(this.#segments.slice(from, to), this.#layout, this.#allocate);
    const segment = openSegment(bytes, this.#layout, this.#allocate, known);
    this.#segments.splice(from, to - from, { key: this.#nextKey++, segment, tombstones: null });
    return true;
  }

  /** The longest run at the end that is worth one segment, or a segment with too many deleted documents. */
  #dueRange(): { from: number; to: number } | null {
    const counts = this.#segments.map(livingIn);
    let behind = 0;
    let from = -1;
    for (let at = counts.length - 1; at >= 0; at -= 1) {
      if (behind > 0 && behind >= counts[at] * MERGE_SHARE && behind + counts[at] <= MERGE_DOCUMENTS_MAX) from = at;
      behind += counts[at];
      if (behind > MERGE_DOCUMENTS_MAX) break;
    }
    if (from >= 0) return { from, to: counts.length };
    const worn = this.#segments.findIndex(({ segment }, at) => counts[at] < segment.documents * (1 - DEAD_SHARE_MAX));
    return worn < 0 ? null : { from: worn, to: worn + 1 };
  }
}

function livingIn({ segment, tombstones }: LiveSegment): number {
  return segment.documents - (tombstones?.deadCount ?? 0);
}
