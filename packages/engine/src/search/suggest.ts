/** What somebody who is typing may want: names, titles and words that go on like this. */

import { fieldKind } from "../schema.ts";
import type { Suggestion, SuggestOptions } from "../search-types.ts";
import { eachPosting } from "../segment/each-posting.ts";
import { nameWordKey } from "../segment/term-keys.ts";
import { isLive, type Snapshot } from "../snapshot.ts";
import { analyze, type Word } from "../text/analyze.ts";
import { fold } from "../text/fold.ts";
import { STOP_WORDS } from "../text/stop-words.ts";
import { searchSnapshot } from "./search.ts";

const LIMIT_DEFAULT = 8;
const LIMIT_MAX = 50;
const PREFIX_CHARS_MAX = 200;
/** Terms looked at behind a prefix, and documents behind a first name. */
const TERMS_MAX = 4_000;
const DOCUMENTS_MAX = 500;
/** The same behind each of the first names that an unfinished word may become. */
const GUESSED_DOCUMENTS_MAX = 16;
const TITLES_MAX = 3;
/** So many of these are looked at, the most frequent ones. */
const FIRST_NAMES_MAX = 6;
const FIRST_NAME_CHARS_MIN = 2;

export function suggestFrom(snapshot: Snapshot, prefix: string, options: SuggestOptions = {}): Suggestion[] {
  const limit = Math.min(LIMIT_MAX, Math.max(1, Math.floor(options.limit ?? LIMIT_DEFAULT) || 1));
  const typed = String(prefix).slice(0, PREFIX_CHARS_MAX);
  const words = analyze(typed);
  if (words.length === 0) return [];
  const completed = completeWord(snapshot, words, typed, limit);
  const names = completeName(snapshot, words, limit);
  const titles = findTitles(snapshot, words, completed, limit);
  const half = Math.ceil(limit / 2);
  return [...names.slice(0, half), ...titles.slice(0, TITLES_MAX), ...completed.map((word) => word.suggestion)].slice(
    0,
    limit,
  );
}

type Completed = { suggestion: Suggestion & { kind: "word" }; word: string };

/** Most frequent words that begin with the last word typed. */
function completeWord(snapshot: Snapshot, words: readonly Word[], typed: string, limit: number): Completed[] {
  const last = words[words.length - 1];
  if (/\s$/.test(typed) || last.form.length < 2) return [];
  const counts = new Map<string, number>();
  const seen = new Set<number>();
  for (const view of snapshot.views) {
    const { dictionary } = view.segment;
    let looked = 0;
    const from = commonStart(last.form, last.stem);
    dictionary.walk(dictionary.lowerBound(from), (key, term) => {
      looked += 1;
      if (!key.startsWith(from) || looked > TERMS_MAX) return false;
      const number = view.toGlobal === null ? term : view.toGlobal[term];
      const documents = snapshot.documents[number];
      if (documents < 2 || seen.has(number)) return true;
      seen.add(number);
      const shown = dictionary.shown(term);
      if (shown.startsWith(last.form)) counts.set(shown, (counts.get(shown) ?? 0) + documents);
      return true;
    });
  }
  const before = typed.slice(0, last.start);
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, limit)
    .map(([word, count]) => ({ word, suggestion: { kind: "word", text: before + word, count } }));
}

/** Stems and forms begin alike: "retrieva" is looked for under "retriev". */
function commonStart(form: string, stem: string): string {
  let same = 0;
  while (same < form.length && form[same] === stem[same]) same += 1;
  return form.slice(0, Math.max(1, Math.min(same, form.length - (form.length > 4 ? 1 : 0))));
}

function completeName(snapshot: Snapshot, words: readonly Word[], limit: number): Suggestion[] {
  const forms = words.map((word) => word.form);
  const found = new Map<string, { field: string; text: string; count: number }>();
  const seen = new Set<number>();
  snapshot.layout.otherFields.forEach((field, number) => {
    if (fieldKind(snapshot.layout.schema, field) !== "name") return;
    for (const view of snapshot.views) {
      const take = (term: number): void => {
        const number = view.toGlobal === null ? term : view.toGlobal[term];
        if (seen.has(number)) return;
        seen.add(number);
        const text = view.segment.dictionary.shown(term);
        const known = found.get(text) ?? { field, text, count: 0 };
        known.count += snapshot.documents[number];
        found.set(text, known);
      };
      bySurname(view.segment, number, forms, take);
      if (forms.length === 1 || found.size === 0) byFirstName(view.segment, number, forms, take);
    }
  });
  return [...found.values()]
    .filter((name) => name.count > 0)
    .sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1))
    .slice(0, limit)
    .map((name) => ({ kind: "name", ...name }));
}

type ViewSegment = Snapshot["views"][number]["segment"];

/** Whole names are kept surname first: "lun", "ada lun", "lund a". */
function bySurname(segment: ViewSegment, field: number, forms: readonly string[], take: (term: number) => void): void {
  const last = forms[forms.length - 1];
  for (const surname of new Set([last, forms[0]])) {
    const prefix = `\u0003${String.fromCharCode(48 + field)}${surname}`;
    const others = forms.filter((form) => form !== surname);
    let looked = 0;
    segment.dictionary.walk(segment.dictionary.lowerBound(prefix), (key, term) => {
      looked += 1;
      if (!key.startsWith(prefix) || looked > TERMS_MAX) return false;
      const parts = key.slice(2).split(" ");
      if (others.every((form) => parts.some((part) => part.startsWith(form)))) take(term);
      return true;
    });
  }
}

/** A first name leads to documents, and these to their names. */
function byFirstName(
  segment: ViewSegment,
  field: number,
  forms: readonly string[],
  take: (term: number) => void,
): void {
  const low = segment.dictionary.lowerBound(`\u0003${String.fromCharCode(48 + field)}`);
  const high = segment.dictionary.lowerBound(`\u0003${String.fromCharCode(49 + field)}`);
  const seen = new Set<number>();
  const { terms, documentsMax } = firstNames(segment, field, forms);
  for (const first of terms) {
    let looked = 0;
    eachPosting(segment, first, (document) => {
      looked += 1;
      if (looked > documentsMax) return;
      const { entries, to } = segment.bag(document);
      for (let at = 0; at < to; at += 1) {
        const name = entries[at] & 0xffffff;
        if (name >= high) break;
        if (name < low || seen.has(name)) continue;
        const parts = segment.dictionary.key(name).slice(2).split(" ");
        if (parts[0].startsWith(forms[0]) || !forms.every((form) => parts.some((part) => part.startsWith(form))))
          continue;
        seen.add(name);
        take(name);
      }
    });
  }
}

/** The first word typed as a word of names; where it is the only one and none yet, those that it may become. */
function firstNames(
  segment: ViewSegment,
  field: number,
  forms: readonly string[],
): { terms: number[]; documentsMax: number } {
  const { dictionary } = segment;
  const prefix = nameWordKey(field, forms[0]);
  const whole = dictionary.find(prefix);
  if (whole >= 0) return { terms: [whole], documentsMax: DOCUMENTS_MAX };
  const found: number[] = [];
  if (forms.length === 1 && forms[0].length >= FIRST_NAME_CHARS_MIN) {
    dictionary.walk(dictionary.lowerBound(prefix), (key, term) => {
      if (!key.startsWith(prefix) || found.length >= TERMS_MAX) return false;
      found.push(term);
      return true;
    });
  }
  const byCount = found.sort((a, b) => dictionary.documents(b) - dictionary.documents(a));
  return { terms: byCount.slice(0, FIRST_NAMES_MAX), documentsMax: GUESSED_DOCUMENTS_MAX };
}

/** Documents whose title begins with the words typed, the last one perhaps unfinished. */
function findTitles(
  snapshot: Snapshot,
  words: readonly Word[],
  completed: readonly Completed[],
  limit: number,
): Suggestion[] {
  if (snapshot.layout.textFields.length === 0 || words.every((word) => STOP_WORDS.has(word.form))) return [];
  const whole = words.map((word) => word.form).join(" ");
  const before = whole.slice(0, whole.length - words[words.length - 1].form.length);
  const queries = new Set([whole, ...completed.slice(0, 2).map(({ word }) => before + word)]);
  const stems = words.map((word) => word.stem);
  const found: string[] = [];
  for (const query of queries) {
    for (const { id } of searchSnapshot(snapshot, query.replace(/["“”:+-]/g, " "), { limit: 20 }).hits) {
      if (!found.includes(id) && titleBegins(snapshot, id, stems, words[words.length - 1].form)) found.push(id);
    }
  }
  return found.slice(0, limit).map((id) => ({ kind: "document", id }));
}

function titleBegins(snapshot: Snapshot, id: string, stems: readonly string[], unfinished: string): boolean {
  const place = snapshot.locate(id);
  if (place === null || !isLive(place.view.tombstones, place.document)) return false;
  const { segment } = place.view;
  const fields = snapshot.layout.textFields.length;
  if (segment.fieldLengths[place.document * fields] < stems.length) return false;
  const line = segment.readLine(place.document, fields);
  return stems.every((stem, at) => {
    const term = line[at];
    const key = segment.dictionary.key(term);
    return (
      key === stem ||
      (at === stems.length - 1 &&
        (key.startsWith(unfinished) || fold(segment.dictionary.shown(term)).startsWith(unfinished)))
    );
  });
}
