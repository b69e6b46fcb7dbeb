/** Common numbers for the terms of several segments, kept while segments come and go. */
import { type Allocate, decodeUtf8 } from "../segment/bytes.ts";
import type { Segment } from "../segment/segment.ts";

/** Numbers that no segment uses any more are given up when they are more than this share of all. */
const WASTE_SHARE_MAX = 0.5;
/** A segment with less than this part of the first one's terms looks them up one by one. */
const WALK_SHARE = 16;

/** Terms of the first segment keep their own numbers; those that only others have get further ones. */
export class TermNumbering {
  readonly #allocate: Allocate;
  #first: Segment | null = null;
  #added = new Map<string, number>();
  #mappings = new Map<Segment, Uint32Array>();
  #total = 0;
  #generation = 0;

  constructor(allocate: Allocate) {
    this.#allocate = allocate;
  }

  /** Numbers in use, spare ones included. */
  get total(): number {
    return this.#total;
  }

  /** Goes up when terms have got other numbers. */
  get generation(): number {
    return this.#generation;
  }

  /** The numbers of each segment's terms; null for the first, whose numbers are its own. */
  number(segments: readonly Segment[]): (Uint32Array | null)[] {
    if (segments[0] !== this.#first || this.#isWasteful(segments)) this.#restart(segments[0] ?? null);
    const mappings = segments.map((segment, at) =>
      at === 0 ? null : (this.#mappings.get(segment) ?? this.#map(segment)),
    );
    const current = new Set(segments);
    for (const segment of this.#mappings.keys()) if (!current.has(segment)) this.#mappings.delete(segment);
    return mappings;
  }

  #isWasteful(segments: readonly Segment[]): boolean {
    let used = segments[0]?.terms ?? 0;
    for (const segment of segments.slice(1)) used += segment.terms;
    return this.#total > 1000 && used < this.#total * (1 - WASTE_SHARE_MAX);
  }

  #restart(first: Segment | null): void {
    this.#generation += 1;
    this.#first = first;
    this.#added = new Map();
    this.#mappings = new Map();
    this.#total = first?.terms ?? 0;
  }

  #map(segment: Segment): Uint32Array {
    const mapping = new Uint32Array(this.#allocate(segment.terms * 4));
    const first = this.#first as Segment;
    if (segment.terms * WALK_SHARE < first.terms) {
      segment.dictionary.walk(0, (key, term) => {
        const known = first.dictionary.find(key);
        mapping[term] = known < 0 ? this.#numberOf(key) : known;
        return true;
      });
    } else this.#walkBeside(first, segment, mapping);
    this.#mappings.set(segment, mapping);
    return mapping;
  }

  /** Both dictionaries are in one order: a walk through both is faster than looking up every term. */
  #walkBeside(first: Segment, segment: Segment, mapping: Uint32Array): void {
    const known = first.dictionary.cursor();
    const cursor = segment.dictionary.cursor();
    let isMore = known.next();
    while (cursor.next()) {
      let order = isMore ? known.compare(cursor) : 1;
      while (order < 0) {
        isMore = known.next();
        order = isMore ? known.compare(cursor) : 1;
      }
      mapping[cursor.id] = order === 0 ? known.id : this.#numberOf(decodeUtf8(cursor.key, 0, cursor.length));
    }
  }

  /** The number of a term that the first segment does not have. */
  #numberOf(key: string): number {
    const known = this.#added.get(key);
    if (known !== undefined) return known;
    this.#added.set(key, this.#total);
    this.#total += 1;
    return this.#total - 1;
  }
}
