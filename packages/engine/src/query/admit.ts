/** Which documents a query admits: living, inside the filters, with what must be there and without what must not. */

import type { Admission } from "../rank/window.ts";
import { fieldKind } from "../schema.ts";
import { fromCode } from "../segment/codes.ts";
import { eachPosting } from "../segment/each-posting.ts";
import { KEY_CHARS_MAX } from "../segment/segment-builder.ts";
import { identifierKey, nameWordKey } from "../segment/term-keys.ts";
import type { SegmentView, Snapshot } from "../snapshot.ts";
import { identifierForms } from "../text/identifiers.ts";
import { applyFilter } from "./filter.ts";
import type { Clause, Filter, ParsedQuery, QueryWord } from "./parsed-query.ts";
import { phraseInName, phraseInText } from "./phrase.ts";

/** Documents read for one query to see whether words stand side by side; each takes 3 to 4 microseconds. */
export const DOCUMENTS_READ_MAX = 5_000;

/** How many documents may still be read, and whether there were more to read. */
export type Reading = { left: number; isCut: boolean };

export function newReading(): Reading {
  return { left: DOCUMENTS_READ_MAX, isCut: false };
}

/** Documents a clause holds for, and those that have to be read to know. */
type Holding = { sure: Uint32Array; doubts: { bits: Uint32Array; holds: (document: number) => boolean }[] };

/**
 * @param reading  is used up as documents are asked about; a document that may not be read counts as without the phrase
 * @returns per segment
 */
export function admittedDocuments(
  snapshot: Snapshot,
  parsed: ParsedQuery,
  filters: readonly Filter[],
  reading: Reading,
): Admission[] {
  const clauses = conditionsOf(parsed);
  return snapshot.views.map((view): Admission => {
    if (clauses.length === 0 && filters.length === 0) return { bits: view.tombstones?.live ?? null, accepts: null };
    const bits = allAdmitted(view);
    for (const filter of filters) applyFilter(snapshot, view, filter, bits);
    const open: { wanted: boolean; holding: Holding }[] = [];
    for (const clause of clauses) {
      const holding = holdingOf(snapshot, view, clause, bits);
      const wanted = clause.occur === "must";
      narrow(bits, holding, wanted);
      if (holding.doubts.length > 0) open.push({ wanted, holding });
    }
    if (open.length === 0) return { bits, accepts: null };
    const settled = new Uint32Array(bits.length);
    const accepts = (document: number): boolean => {
      if (isSet(settled, document)) return isSet(bits, document);
      set(settled, document);
      if (open.every(({ wanted, holding }) => holds(holding, document, reading) === wanted)) return true;
      bits[document >>> 5] &= ~(1 << (document & 31));
      return false;
    };
    return { bits, accepts };
  });
}

const isSet = (bits: Uint32Array, document: number): boolean => ((bits[document >>> 5] >>> (document & 31)) & 1) === 1;

function set(bits: Uint32Array, document: number): void {
  bits[document >>> 5] |= 1 << (document & 31);
}

/** Leaves only documents that the clause may admit. */
function narrow(bits: Uint32Array, { sure, doubts }: Holding, wanted: boolean): void {
  for (let at = 0; at < bits.length; at += 1) {
    let may = sure[at];
    if (wanted) for (const doubt of doubts) may |= doubt.bits[at];
    bits[at] &= wanted ? may : ~may;
  }
}

function holds({ sure, doubts }: Holding, document: number, reading: Reading): boolean {
  if (isSet(sure, document)) return true;
  return doubts.some((doubt) => {
    if (!isSet(doubt.bits, document)) return false;
    if (reading.left === 0) {
      reading.isCut = true;
      return false;
    }
    reading.left -= 1;
    return doubt.holds(document);
  });
}

/** What must and must not be there, each condition once: typing it again changes nothing. */
function conditionsOf(parsed: ParsedQuery): Clause[] {
  const conditions = new Map<string, Clause>();
  for (const clause of parsed.clauses) {
    if (clause.occur === "should") continue;
    const words = clause.words.map((word) => `${word.stem} ${word.form}`);
    conditions.set(JSON.stringify([clause.occur, clause.field, words]), clause);
  }
  return [...conditions.values()];
}

/** One bit for every living document. */
export function allAdmitted(view: SegmentView): Uint32Array {
  const { documents } = view.segment;
  const bits = new Uint32Array(Math.ceil(documents / 32));
  if (view.tombstones !== null) bits.set(view.tombstones.live);
  else bits.fill(0xffffffff);
  if (documents % 32 !== 0) bits[bits.length - 1] &= (1 << (documents % 32)) - 1;
  return bits;
}

/** Documents that hold all words of a clause, side by side if there are several; only those in `within` matter. */
function holdingOf(snapshot: Snapshot, view: SegmentView, clause: Clause, within: Uint32Array): Holding {
  const { layout } = snapshot;
  const holding: Holding = { sure: new Uint32Array(within.length), doubts: [] };
  const textual = clause.field === null || fieldKind(layout.schema, clause.field) === "text";
  if (textual && layout.textFields.length > 0) inText(snapshot, view, clause, within, holding);
  layout.otherFields.forEach((name, field) => {
    if (clause.field !== null && clause.field !== name) return;
    if (fieldKind(layout.schema, name) === "name") inNames(view, clause, field, within, holding);
    else
      for (const form of identifierForms(clause.words.map((word) => word.form).join(" ")))
        mark(view, identifierKey(field, form), holding.sure);
  });
  return holding;
}

function inText(
  snapshot: Snapshot,
  view: SegmentView,
  clause: Clause,
  within: Uint32Array,
  { sure, doubts }: Holding,
): void {
  const { textFields } = snapshot.layout;
  const field = clause.field === null ? -1 : textFields.indexOf(clause.field);
  const bits = allWords(view, clause.words, (word) => word.stem, within);
  const terms = clause.words.map((word) => view.segment.dictionary.find(word.stem));
  if (terms.length > 1) {
    doubts.push({
      bits,
      holds: (document) => phraseInText(snapshot.layout, view.segment, document, terms, field),
    });
  } else orInto(sure, field < 0 ? bits : restrictToField(snapshot, view, terms[0], field, bits));
}

function restrictToField(
  snapshot: Snapshot,
  view: SegmentView,
  term: number,
  field: number,
  holds: Uint32Array,
): Uint32Array {
  const inField = new Uint32Array(holds.length);
  if (term < 0) return inField;
  const ranks = view.segment.meta.codes.map((raw) => fromCode(raw, snapshot.layout.caps)[field] > 0);
  eachPosting(view.segment, term, (document, rank) => {
    if (ranks[rank]) inField[document >>> 5] |= 1 << (document & 31);
  });
  return inField;
}

function inNames(
  view: SegmentView,
  clause: Clause,
  field: number,
  within: Uint32Array,
  { sure, doubts }: Holding,
): void {
  const bits = allWords(view, clause.words, (word) => nameWordKey(field, word.form), within);
  if (clause.words.length === 1) {
    orInto(sure, bits);
    return;
  }
  const forms = clause.words.map((word) => word.form);
  doubts.push({ bits, holds: (document) => phraseInName(view.segment, document, field, forms) });
}

function allWords(
  view: SegmentView,
  words: readonly QueryWord[],
  keyOf: (word: QueryWord) => string,
  within: Uint32Array,
): Uint32Array {
  const holds = within.slice();
  for (const key of new Set(words.map(keyOf))) {
    const one = new Uint32Array(within.length);
    mark(view, key, one);
    for (let at = 0; at < holds.length; at += 1) holds[at] &= one[at];
  }
  return holds;
}

/** Sets the bits of all documents that hold a term. */
export function mark(view: SegmentView, key: string, bits: Uint32Array): void {
  const term = view.segment.dictionary.find(key.slice(0, KEY_CHARS_MAX));
  if (term < 0) return;
  eachPosting(view.segment, term, (document) => {
    bits[document >>> 5] |= 1 << (document & 31);
  });
}

function orInto(bits: Uint32Array, more: Uint32Array): void {
  for (let at = 0; at < bits.length; at += 1) bits[at] |= more[at];
}

export function eachBit(bits: Uint32Array, visit: (document: number) => void): void {
  for (let word = 0; word < bits.length; word += 1) {
    for (let rest = bits[word]; rest !== 0; rest &= rest - 1) visit((word << 5) + 31 - Math.clz32(rest & -rest));
  }
}

export function countBits(bits: Uint32Array): number {
  let count = 0;
  for (let word = 0; word < bits.length; word += 1) {
    let value = bits[word];
    value -= (value >>> 1) & 0x55555555;
    value = (value & 0x33333333) + ((value >>> 2) & 0x33333333);
    count += Math.imul((value + (value >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return count;
}
