/** Walks a list of few documents, which is read whole when it is opened. */
import { readPostings } from "../segment/each-posting.ts";
import { WINDOW } from "../segment/impact-tables.ts";
import { BLOCK } from "../segment/posting-writer.ts";
import type { ListCursor, WeighedList } from "./list-cursor.ts";
import { saturation } from "./score-tables.ts";
import type { WindowSums } from "./window.ts";

/** Room kept from one list to the next. */
const KEPT_MAX = 4_096;
/** Stands behind the documents of a list. */
const NO_DOCUMENT = 0x7fffffff;

export class SparseCursor implements ListCursor {
  bound = 0;
  size = 0;
  /** Rounding up, and one for what is lost in the arithmetic. */
  readonly doubt = 2;
  #documents = new Int32Array(BLOCK + 1);
  #ranks = new Uint8Array(BLOCK + 1);
  #worths = new Int32Array(BLOCK + 1);
  /** First document of the current window, and the postings in it. */
  #from = 0;
  #at = 0;
  #end = 0;
  #count = 0;
  #list: WeighedList | null = null;

  open(list: WeighedList): void {
    const { segment, term, weight, unit, tables } = list;
    const count = segment.dictionary.documents(term);
    if (this.#documents.length <= count) this.#makeRoom(count + 1);
    this.#list = list;
    this.#count = count;
    readPostings(segment, term, this.#documents, this.#ranks);
    for (let at = 0; at < count; at += 1)
      this.#worths[at] = Math.ceil(weight * unit * saturation(tables, this.#ranks[at], this.#documents[at])) + 1;
    this.#documents[count] = NO_DOCUMENT;
    this.#end = 0;
  }

  #makeRoom(room: number): void {
    this.#documents = new Int32Array(room);
    this.#ranks = new Uint8Array(room);
    this.#worths = new Int32Array(room);
  }

  enter(window: number): number {
    this.#from = window * WINDOW;
    const to = this.#from + WINDOW;
    const documents = this.#documents;
    const worths = this.#worths;
    let at = this.#end;
    while (documents[at] < this.#from) at += 1;
    this.#at = at;
    let bound = 0;
    for (; documents[at] < to; at += 1) if (worths[at] > bound) bound = worths[at];
    this.#end = at;
    this.size = at - this.#at;
    this.bound = bound;
    return bound;
  }

  add({ sums }: WindowSums): void {
    for (let at = this.#at; at < this.#end; at += 1) sums[this.#documents[at] - this.#from] += this.#worths[at];
  }

  mark({ sums, marks }: WindowSums, cut: number): void {
    for (let at = this.#at; at < this.#end; at += 1) {
      const place = this.#documents[at] - this.#from;
      sums[place] += this.#worths[at];
      if (sums[place] > cut) marks[place >>> 5] |= 1 << (place & 31);
    }
  }

  take({ sums, places }: WindowSums, cut: number): number {
    let count = 0;
    for (let at = this.#at; at < this.#end; at += 1) {
      const place = this.#documents[at] - this.#from;
      sums[place] += this.#worths[at];
      if (sums[place] <= cut) continue;
      places[count] = place;
      count += 1;
    }
    return count;
  }

  ask({ sums, places }: WindowSums, count: number, least: number): number {
    let at = this.#at;
    let kept = 0;
    for (let index = 0; index < count; index += 1) {
      const place = places[index];
      while (at < this.#end && this.#documents[at] - this.#from < place) at += 1;
      if (at < this.#end && this.#documents[at] - this.#from === place) sums[place] += this.#worths[at];
      if (sums[place] <= least) continue;
      places[kept] = place;
      kept += 1;
    }
    return kept;
  }

  scoreOf(document: number): number {
    const { weight, tables } = this.#list as WeighedList;
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#documents[middle] < document) low = middle + 1;
      else high = middle;
    }
    return this.#documents[low] === document ? weight * saturation(tables, this.#ranks[low], document) : 0;
  }

  close(): void {
    this.#list = null;
    // A long list is read whole only while its impacts are not unpacked.
    if (this.#documents.length > KEPT_MAX) this.#makeRoom(BLOCK + 1);
  }
}
