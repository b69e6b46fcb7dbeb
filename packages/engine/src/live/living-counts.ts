/** How many living documents hold each term of an index, kept up to date change by change. */
import type { Segment } from "../segment/segment.ts";
import type { SnapshotPart, Tombstones } from "../snapshot.ts";

/** More numbers than there are terms, so that a few new ones need no new memory. */
const SPARE_SHARE = 0.25;

/** What changed since the last time: all counts, or those of some terms (a term may come more than once). */
export type CountChanges = { all: Uint32Array } | { terms: Uint32Array; documents: Uint32Array };

export class LivingCounts {
  #counts = new Uint32Array(0);
  #known = new Map<Segment, SnapshotPart>();
  #numbering = -1;
  #changed: number[] | null = null;

  /** By number in the snapshot; changes with the next {@link update}. */
  get counts(): Uint32Array {
    return this.#counts;
  }

  /**
   * @param numbers  how many terms are numbered
   * @param numbering  changes when terms have got other numbers
   */
  update(parts: readonly SnapshotPart[], numbers: number, numbering: number): void {
    if (numbering !== this.#numbering) {
      this.#numbering = numbering;
      this.#known.clear();
      this.#counts.fill(0);
      this.#changed = null;
    }
    this.#reserve(numbers);
    const gone = new Map(this.#known);
    for (const part of parts) {
      const before = gone.get(part.segment);
      gone.delete(part.segment);
      if (before === undefined) this.#addSegment(part, 1);
      this.#bury(part, before?.tombstones ?? null, part.tombstones);
    }
    for (const part of gone.values()) {
      this.#bury(part, part.tombstones, null);
      this.#addSegment(part, -1);
    }
    this.#known = new Map(parts.map((part) => [part.segment, part]));
  }

  /** Changes since this was last called. */
  takeChanges(): CountChanges {
    const changed = this.#changed;
    this.#changed = [];
    // Past this, all of them are the shorter message.
    if (changed === null || changed.length > this.#counts.length / 2) return { all: this.#counts.slice() };
    const terms = Uint32Array.from(changed);
    return { terms, documents: terms.map((term) => this.#counts[term]) };
  }

  #reserve(numbers: number): void {
    if (numbers <= this.#counts.length) return;
    const larger = new Uint32Array(Math.ceil(numbers * (1 + SPARE_SHARE)));
    larger.set(this.#counts);
    this.#counts = larger;
  }

  #addSegment({ segment, toGlobal }: SnapshotPart, sign: number): void {
    for (let term = 0; term < segment.terms; term += 1)
      this.#add(toGlobal === null ? term : toGlobal[term], sign * segment.dictionary.documents(term));
  }

  /** Takes away the terms of documents that died, and brings back those of documents that live again. */
  #bury({ segment, toGlobal }: SnapshotPart, before: Tombstones | null, now: Tombstones | null): void {
    if (before === now) return;
    for (let word = 0; word * 32 < segment.documents; word += 1) {
      const livedBefore = before === null ? -1 : before.live[word];
      const livesNow = now === null ? -1 : now.live[word];
      for (let turned = livedBefore ^ livesNow; turned !== 0; turned &= turned - 1) {
        const bit = turned & -turned;
        const document = (word << 5) + 31 - Math.clz32(bit);
        // Behind the last document stands nothing.
        if (document >= segment.documents) break;
        const { entries, to } = segment.bag(document);
        const sign = (livesNow & bit) === 0 ? -1 : 1;
        for (let at = 0; at < to; at += 1) {
          const term = entries[at] & 0xffffff;
          this.#add(toGlobal === null ? term : toGlobal[term], sign);
        }
      }
    }
  }

  #add(number: number, documents: number): void {
    this.#counts[number] += documents;
    this.#changed?.push(number);
  }
}
