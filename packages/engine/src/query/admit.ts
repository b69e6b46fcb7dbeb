/** Which documents a query admits: living, inside the filters, with what must be there and without what must not. */

import type { Admitted } from "../rank/window.ts";
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

/** @returns per segment one bit per document, or null where the query admits all */
export function admittedDocuments(snapshot: Snapshot, parsed: ParsedQuery, filters: readonly Filter[]): Admitted[] {
  const clauses = conditionsOf(parsed);
  return snapshot.views.map((view) => {
    if (clauses.length === 0 && filters.length === 0) return view.tombstones?.live ?? null;
    const admitted = allAdmitted(view);
    for (const filter of filters) applyFilter(snapshot, view, filter, admitted);
    for (const clause of clauses) applyClause(snapshot, view, clause, admitted);
    return admitted;
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

function applyClause(snapshot: Snapshot, view: SegmentView, clause: Clause, admitted: Uint32Array): void {
  const holds = documentsWith(snapshot, view, clause, admitted);
  if (clause.occur === "must") for (let at = 0; at < admitted.length; at += 1) admitted[at] &= holds[at];
  else for (let at = 0; at < admitted.length; at += 1) admitted[at] &= ~holds[at];
}

/** Documents that hold all words of a clause side by side; only those in `within` are looked at closely. */
function documentsWith(snapshot: Snapshot, view: SegmentView, clause: Clause, within: Uint32Array): Uint32Array {
  const { layout } = snapshot;
  const holds = new Uint32Array(within.length);
  const textual = clause.field === null || fieldKind(layout.schema, clause.field) === "text";
  if (textual && layout.textFields.length > 0) orInto(holds, inText(snapshot, view, clause, within));
  layout.otherFields.forEach((name, field) => {
    if (clause.field !== null && clause.field !== name) return;
    if (fieldKind(layout.schema, name) === "name") orInto(holds, inNames(view, clause, field, within));
    else
      for (const form of identifierForms(clause.words.map((word) => word.form).join(" ")))
        mark(view, identifierKey(field, form), holds);
  });
  return holds;
}

function inText(snapshot: Snapshot, view: SegmentView, clause: Clause, within: Uint32Array): Uint32Array {
  const { textFields } = snapshot.layout;
  const field = clause.field === null ? -1 : textFields.indexOf(clause.field);
  const holds = allWords(view, clause.words, (word) => word.stem, within);
  const terms = clause.words.map((word) => view.segment.dictionary.find(word.stem));
  if (field < 0 && clause.words.length === 1) return holds;
  if (clause.words.length === 1) return restrictToField(snapshot, view, terms[0], field, holds);
  eachBit(holds, (document) => {
    if (!phraseInText(snapshot.layout, view.segment, document, terms, field))
      holds[document >>> 5] &= ~(1 << (document & 31));
  });
  return holds;
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

function inNames(view: SegmentView, clause: Clause, field: number, within: Uint32Array): Uint32Array {
  const holds = allWords(view, clause.words, (word) => nameWordKey(field, word.form), within);
  if (clause.words.length === 1) return holds;
  const forms = clause.words.map((word) => word.form);
  eachBit(holds, (document) => {
    if (!phraseInName(view.segment, document, field, forms)) holds[document >>> 5] &= ~(1 << (document & 31));
  });
  return holds;
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
