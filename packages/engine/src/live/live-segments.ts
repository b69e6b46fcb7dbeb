/** The changing list of segments behind an index: takes in changes, buries old versions, merges small segments. */
import type { IndexedDocument } from "../schema.ts";
import type { Allocate } from "../segment/bytes.ts";
import type { Layout } from "../segment/layout.ts";
import { openSearchable } from "../segment/open-segment.ts";
import type { Segment } from "../segment/segment.ts";
import { SegmentBuilder } from "../segment/segment-builder.ts";
import { bury, isLive, type SnapshotPart, type Tombstones } from "../snapshot.ts";
import { Analyzer } from "../text/analyze.ts";
import { type CountChanges, LivingCounts } from "./living-counts.ts";
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
  readonly #counts = new LivingCounts();
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
    // Keys given out are never given out again: a file may still bear one.
    this.#nextKey = Math.max(this.#nextKey, ...segments.map((segment) => segment.key + 1));
  }

  /**
   * The parts of a snapshot of the list as it is now, how many term numbers they use, and how many living documents hold
   * each of these terms. The counts change with the next call.
   */
  snapshotParts(): { parts: SnapshotPart[]; terms: number; documents: Uint32Array } {
    const mappings = this.#numbering.number(this.#segments.map(({ segment }) => segment));
    const parts = this.#segments.map(({ segment, tombstones }, at) => ({
      segment,
      tombstones,
      toGlobal: mappings[at],
    }));
    const terms = this.#numbering.total;
    this.#counts.update(parts, terms, this.#numbering.generation);
    return { parts, terms, documents: this.#counts.counts };
  }

  /** What has changed in the counts since this was last called. */
  takeCountChanges(): CountChanges {
    return this.#counts.takeChanges();
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
    const { bytes, bags } = builder.finish(this.#allocate);
    const segment = openSearchable(bytes, this.#layout, this.#allocate, bags);
    this.#segments.push({ key: this.newKey(), segment, tombstones: null });
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
  mergeOnce(busy: ReadonlySet<number> = new Set()): boolean {
    const due = this.dueMerge(busy);
    if (due === null) return false;
    const { bytes, bags } = mergeSegments(due, this.#layout, this.#allocate);
    this.replace(due, openSearchable(bytes, this.#layout, this.#allocate, bags), this.newKey());
    return true;
  }

  /** A key for a segment that is made elsewhere. */
  newKey(): number {
    this.#nextKey += 1;
    return this.#nextKey - 1;
  }

  /**
   * The longest run at the end that is worth one segment, or a segment with too many deleted documents.
   * @param busy  keys of segments that are being merged and have to stay out of it
   */
  dueMerge(busy: ReadonlySet<number> = new Set()): readonly LiveSegment[] | null {
    const free = this.#segments.slice(this.#segments.findLastIndex(({ key }) => busy.has(key)) + 1);
    let behind = 0;
    let from = -1;
    for (let at = free.length - 1; at >= 0; at -= 1) {
      const count = livingIn(free[at]);
      if (behind > 0 && behind >= count * MERGE_SHARE && behind + count <= MERGE_DOCUMENTS_MAX) from = at;
      behind += count;
      if (behind > MERGE_DOCUMENTS_MAX) break;
    }
    if (from >= 0) return free.slice(from);
    const worn = free.find((live) => livingIn(live) < live.segment.documents * (1 - DEAD_SHARE_MAX));
    return worn === undefined ? null : [worn];
  }

  /**
   * Puts a merged segment in the place of those it was made from, which stand side by side. What was deleted from them
   * since is deleted from it.
   * @param before  the segments as they were when the merge began
   */
  replace(before: readonly LiveSegment[], merged: Segment, key: number): void {
    const now = new Map(this.#segments.map((live) => [live.key, live]));
    const dead: number[] = [];
    let number = 0;
    for (const { key: oldKey, segment, tombstones } of before) {
      const current = now.get(oldKey);
      for (let document = 0; document < segment.documents; document += 1) {
        if (!isLive(tombstones, document)) continue;
        if (current === undefined || !isLive(current.tombstones, document)) dead.push(number);
        number += 1;
      }
    }
    const keys = new Set(before.map((live) => live.key));
    const at = this.#segments.findIndex((live) => keys.has(live.key));
    const left = this.#segments.filter((live) => !keys.has(live.key));
    const tombstones = dead.length === 0 ? null : bury(merged, null, dead, this.#allocate);
    if (dead.length < merged.documents) left.splice(at, 0, { key, segment: merged, tombstones });
    this.#segments = left;
  }
}

function livingIn({ segment, tombstones }: LiveSegment): number {
  return segment.documents - (tombstones?.deadCount ?? 0);
}
