/** Who gathers the documents that the first stage finds worth enough, and says how much is enough. */
import type { SegmentView } from "../snapshot.ts";
import { BestDocuments, type Candidate, SCORE_STEP } from "./best-documents.ts";
import type { ListCursor } from "./list-cursor.ts";
import { Threshold } from "./threshold.ts";

/** Documents come view by view, ascending. Worths are upper bounds of scores, in the units of the sums. */
export interface Collector {
  /** A document must be worth more to get in. */
  readonly needed: number;
  /** Begins with a view, whose lists stay open until the end. */
  enter(view: SegmentView, index: number, cursors: readonly ListCursor[]): void;
  /** @param document  number in the view */
  offer(document: number, worth: number): void;
  /** The best by exact score, best first. */
  finish(): Candidate[];
}

const best = new BestDocuments();
const threshold = new Threshold();

/** Found documents that may be among the best, ascending, and the most each can be worth. */
let documents = new Int32Array(1024);
let worths = new Int32Array(1024);

function exactScore(cursors: readonly ListCursor[], document: number): number {
  let score = 0;
  for (const cursor of cursors) score += cursor.scoreOf(document);
  return score;
}

/** Scores documents when all are found, which are then few. */
export class LateCollector implements Collector {
  readonly #limit: number;
  readonly #views: { base: number; end: number; cursors: readonly ListCursor[] }[] = [];
  #base = 0;
  /** By how much worths can be above scores in the view at hand. */
  #doubt = 0;
  #found = 0;

  constructor(limit: number, unit: number) {
    this.#limit = limit;
    // Scores that differ by less than a step may be equal, and then the lower number is the better one.
    threshold.begin(limit, Math.ceil(SCORE_STEP * unit) + 1);
  }

  get needed(): number {
    return threshold.needed;
  }

  enter({ base, segment }: SegmentView, _index: number, cursors: readonly ListCursor[]): void {
    this.#base = base;
    let doubt = 0;
    for (const cursor of cursors) doubt += cursor.doubt;
    this.#doubt = Math.ceil(doubt);
    // The order of cursors changes while they are walked.
    this.#views.push({ base, end: base + segment.documents, cursors: [...cursors] });
  }

  offer(document: number, worth: number): void {
    threshold.offer(worth - this.#doubt);
    if (this.#found === documents.length) this.#makeRoom();
    documents[this.#found] = this.#base + document;
    worths[this.#found] = worth;
    this.#found += 1;
  }

  /** Lets go of documents that no longer can get in; if too many still can, there is room for twice as many. */
  #makeRoom(): void {
    let kept = 0;
    for (let at = 0; at < this.#found; at += 1) {
      if (worths[at] <= threshold.needed) continue;
      documents[kept] = documents[at];
      worths[kept] = worths[at];
      kept += 1;
    }
    this.#found = kept;
    if (kept * 2 < documents.length) return;
    const before = { documents, worths };
    documents = new Int32Array(before.documents.length * 2);
    worths = new Int32Array(before.worths.length * 2);
    documents.set(before.documents);
    worths.set(before.worths);
  }

  finish(): Candidate[] {
    best.begin(this.#limit);
    let at = 0;
    for (const { base, end, cursors } of this.#views) {
      for (; at < this.#found && documents[at] < end; at += 1)
        if (worths[at] > threshold.needed) best.add(documents[at], exactScore(cursors, documents[at] - base));
    }
    return best.list();
  }
}

/** Scores each document at once, before it is asked whether it is admitted: that takes longer. */
export class EarlyCollector implements Collector {
  readonly #unit: number;
  readonly #accepts: (index: number, document: number) => boolean;
  #index = 0;
  #base = 0;
  #cursors: readonly ListCursor[] = [];

  /** @param accepts  whether a document of a view is admitted, by their numbers */
  constructor(limit: number, unit: number, accepts: (index: number, document: number) => boolean) {
    this.#unit = unit;
    this.#accepts = accepts;
    best.begin(limit);
  }

  get needed(): number {
    return Math.floor(best.needed * this.#unit);
  }

  enter({ base }: SegmentView, index: number, cursors: readonly ListCursor[]): void {
    this.#index = index;
    this.#base = base;
    this.#cursors = [...cursors];
  }

  offer(document: number): void {
    const score = exactScore(this.#cursors, document);
    if (score > best.needed && this.#accepts(this.#index, document)) best.add(this.#base + document, score);
  }

  finish(): Candidate[] {
    return best.list();
  }
}
