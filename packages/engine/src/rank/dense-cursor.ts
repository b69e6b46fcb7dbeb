/** Walks a list that is kept by windows, each posting with its impact. */
import {
  IMPACT_MAX,
  type ImpactTables,
  LOW_BITS,
  LOW_SHIFT,
  PLACE_MASK,
  WINDOW_BITS,
  windowsOf,
} from "../segment/impact-tables.ts";
import type { ListCursor, WeighedList } from "./list-cursor.ts";
import { frequencyOf } from "./score-tables.ts";
import { addDense, askDense, markDense, takeDense, type WindowSums } from "./window.ts";

/** The low bits of an impact, all set: bounds know the high ones only. */
const LOW_FULL = 2 ** LOW_BITS - 1;

/** What a cursor looks at before it is opened. */
const NO_TABLES: ImpactTables = {
  places: new Uint16Array(0),
  highs: new Uint8Array(0),
  starts: new Uint32Array(0),
  maxima: new Uint8Array(0),
  listAt: new Int32Array(0),
};

export class DenseCursor implements ListCursor {
  bound = 0;
  size = 0;
  doubt = 0;
  #tables: ImpactTables = NO_TABLES;
  #firstStart = 0;
  #firstMaximum = 0;
  /** What one step of impact is worth. */
  #step = 0;
  #at = 0;
  #end = 0;
  #list: WeighedList | null = null;

  /** @param impacts  of the segment */
  open(list: WeighedList, impacts: ImpactTables): void {
    const { segment, term, weight, unit, drift } = list;
    const { lists } = segment.parts.tables;
    const windows = windowsOf(segment.documents);
    const number = impacts.listAt[lists[term]];
    this.#list = list;
    this.#tables = impacts;
    this.#firstStart = number * (windows + 1);
    this.#firstMaximum = number * windows;
    this.#step = Math.ceil((weight * unit * drift.most) / IMPACT_MAX);
    // Impact and step are rounded up by less than one each.
    this.doubt = weight * unit * (drift.most - drift.least) + this.#step + IMPACT_MAX;
  }

  enter(window: number): number {
    const { starts, maxima } = this.#tables;
    this.#at = starts[this.#firstStart + window];
    this.#end = starts[this.#firstStart + window + 1];
    this.size = this.#end - this.#at;
    const most = (maxima[this.#firstMaximum + window] << LOW_BITS) | LOW_FULL;
    this.bound = this.size === 0 ? 0 : this.#step * most;
    return this.bound;
  }

  add({ sums }: WindowSums): void {
    addDense(this.#tables, this.#at, this.#end, this.#step, sums);
  }

  mark(window: WindowSums, cut: number): void {
    markDense(this.#tables, this.#at, this.#end, this.#step, window, cut);
  }

  take(window: WindowSums, cut: number): number {
    return takeDense(this.#tables, this.#at, this.#end, this.#step, window, cut);
  }

  ask(window: WindowSums, count: number, least: number): number {
    return askDense(this.#tables, this.#at, this.#end, this.#step, window, count, least);
  }

  /** The impact and the length of the document tell the frequency; where two are so high that they have one impact, it is read. */
  scoreOf(document: number): number {
    const impact = this.#impactIn(document);
    if (impact === 0) return 0;
    const { segment, term, weight, tables } = this.#list as WeighedList;
    const length = tables.lengths[document];
    let frequency = frequencyOf(tables, impact, length);
    if (frequency < 0) frequency = tables.frequencies[segment.rankIn(document, term)];
    return (weight * frequency) / (frequency + tables.factors[length]);
  }

  /** 0 for a document without the term. */
  #impactIn(document: number): number {
    const { starts, places, highs } = this.#tables;
    const start = this.#firstStart + (document >>> WINDOW_BITS);
    const place = document & PLACE_MASK;
    const end = starts[start + 1];
    let low = starts[start];
    let high = end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((places[middle] & PLACE_MASK) < place) low = middle + 1;
      else high = middle;
    }
    const isThere = low < end && (places[low] & PLACE_MASK) === place;
    return isThere ? (highs[low] << LOW_BITS) | (places[low] >>> LOW_SHIFT) : 0;
  }

  close(): void {
    this.#list = null;
    this.#tables = NO_TABLES;
  }
}
