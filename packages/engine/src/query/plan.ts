/** From a parsed query to the terms to score, with their weights in this state of the index. */

import type { ScoredTerm } from "../rank/first-stage.ts";
import { fieldKind } from "../schema.ts";
import type { ScorePart } from "../search-types.ts";
import { KEY_CHARS_MAX } from "../segment/segment-builder.ts";
import { identifierKey } from "../segment/term-keys.ts";
import type { Snapshot } from "../snapshot.ts";
import { analyze } from "../text/analyze.ts";
import { identifierForms } from "../text/identifiers.ts";
import { STOP_WORDS } from "../text/stop-words.ts";
import { longFormOf } from "./acronyms.ts";
import type { ParsedQuery } from "./parsed-query.ts";
import { correctTerm } from "./typos.ts";
import { VARIANT_WEIGHT, type Wish, wishesOf } from "./wishes.ts";

/** A term with what is said about it in an explanation. */
export type PlannedTerm = ScoredTerm & { kind: ScorePart["kind"]; text: string; field: string | null };

export type QueryPlan = {
  terms: readonly PlannedTerm[];
  /** Stems of the whole query, to be compared with titles; empty if it cannot be one. */
  title: readonly string[];
  /** Identifiers the whole query may be. */
  exactKeys: readonly string[];
  /** Upper bound of the score that `terms` can give. */
  ceiling: number;
  /** Different words of the text that carry a subject and occur in the index. */
  contentWords: number;
  notes: readonly string[];
};

/** Corrected words count for less than the word as typed. */
const CORRECTED_WEIGHT = 0.7;
const CORRECTIONS_MAX = 3;
/**
 * Authors misspell, too: a word in few documents, with one mistake in a word that so many times as many have, is that word.
 * Its own rarity says nothing then.
 */
const MISSPELT_DOCUMENTS_MAX = 20;
const MISSPELT_TIMES = 500;

export function planQuery(parsed: ParsedQuery, snapshot: Snapshot): QueryPlan {
  const notes: string[] = [];
  const found = lookUp(wishesOf(parsed, snapshot.layout), snapshot, notes);
  addAcronyms(found, snapshot, notes);
  const content = found.filter((term) => term.content);
  const used = content.length > 0 ? content : found;
  const terms = used.map(({ key, text, kind, field, numbers, documents, weight }) => ({
    key,
    text,
    kind,
    field,
    numbers,
    documents,
    weight,
  }));
  let ceiling = 0;
  for (const term of terms) ceiling += term.weight;
  return {
    terms,
    ...exactForms(parsed, snapshot),
    ceiling,
    contentWords: content.filter((term) => term.kind === "term").length,
    notes,
  };
}

type FoundTerm = PlannedTerm & { content: boolean };

function lookUp(wishes: ReadonlyMap<string, Wish>, snapshot: Snapshot, notes: string[]): FoundTerm[] {
  const found: FoundTerm[] = [];
  let corrections = 0;
  for (const wish of wishes.values()) {
    const key = wish.key.slice(0, KEY_CHARS_MAX);
    const { numbers, documents } = snapshot.find(key);
    const weight = wish.weight * worthOf(wish, documents, snapshot);
    const typed: FoundTerm = { ...wish, key, numbers, documents, weight };
    if (documents > 0) found.push(typed);
    if (documents > MISSPELT_DOCUMENTS_MAX || wish.kind !== "term" || !wish.content) continue;
    if (corrections === CORRECTIONS_MAX || isKnownOtherwise(wish, wishes, snapshot)) continue;
    corrections += 1;
    const corrected = correctedTerm(wish, documents, snapshot);
    if (corrected === null || wishes.has(corrected.key)) continue;
    typed.weight = Math.min(weight, corrected.weight);
    found.push({ ...corrected, weight: CORRECTED_WEIGHT * corrected.weight });
    const some = documents === 0 ? "nothing" : "hardly anything";
    notes.push(`${some} has "${wish.text.slice(0, 40)}"; searched for "${corrected.text}" as well`);
  }
  return found;
}

/** What a word is corrected to, with the weight that it would have if it had been typed. */
function correctedTerm(wish: Wish, documents: number, snapshot: Snapshot): FoundTerm | null {
  const word = { stem: wish.key, form: wish.text };
  const corrected = correctTerm(
    word,
    snapshot,
    documents === 0 ? {} : { mistakes: 1, documents: documents * MISSPELT_TIMES },
  );
  if (corrected === null) return null;
  const { key, shown: text } = corrected;
  const term = snapshot.find(key);
  return { ...wish, key, text, kind: "variant", ...term, weight: wish.weight * snapshot.idf(term.documents) };
}

/**
 * Some authors are called Bert or Lora, but who types that wants the subject: a word of the query is as rare as it is in
 * names and texts together, and among names it counts for the share of its papers that have it there.
 */
function worthOf({ asText }: Wish, documents: number, snapshot: Snapshot): number {
  if (asText === undefined) return snapshot.idf(documents);
  const texts = snapshot.find(asText).documents;
  return (documents / (documents + texts)) * snapshot.idf(Math.max(documents, texts));
}

/**
 * Longer queries say what they mean: adding to them cost 0.005 nDCG on SciFact, in shorter ones it costs nothing on any
 * judged collection.
 */
const ACRONYM_WORDS_MAX = 4;
const LONG_FORM_WORDS_MAX = 6;

/**
 * A short form brings its long form and the other way round, together worth half of what was typed.
 * @param found  in the order of the query; more is put behind
 */
function addAcronyms(found: FoundTerm[], snapshot: Snapshot, notes: string[]): void {
  const line = found.filter((term) => term.kind === "term");
  const words = line.filter((term) => term.content);
  if (words.length > ACRONYM_WORDS_MAX) return;
  const there = new Set(found.map((term) => term.key));
  const add = (key: string, text: string, weight: number): void => {
    there.add(key);
    found.push({ key, text, weight, ...snapshot.find(key), kind: "variant", field: null, content: true });
  };
  for (const word of words) {
    const long = longFormOf(snapshot, word.key);
    if (long === null || long.stems.some((stem) => there.has(stem))) continue;
    const weights = long.stems.map((stem) => snapshot.idf(snapshot.find(stem).documents));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    long.stems.forEach((stem, at) => {
      if (!there.has(stem) && !STOP_WORDS.has(stem))
        add(stem, long.shown[at], (VARIANT_WEIGHT * word.weight * weights[at]) / sum);
    });
    notes.push(`searched for what "${word.text.slice(0, 40)}" stands for as well`);
  }
  // "mixture of experts" is MoE, but "learning from feedback" is not LFF: with the small words and without.
  for (const run of [...runsOf(words), ...(line.length > words.length ? runsOf(line) : [])]) {
    const short = run.map((term) => term.key[0]).join("");
    const { documents } = there.has(short) ? { documents: 0 } : snapshot.find(short);
    const long = documents === 0 ? null : longFormOf(snapshot, short);
    if (long === null || long.stems.some((stem, at) => stem !== run[at].key)) continue;
    const typed = run.reduce((sum, term) => sum + term.weight, 0);
    add(short, short, VARIANT_WEIGHT * Math.min(typed, snapshot.idf(documents)));
    notes.push(`searched for the short form "${short}" as well`);
  }
}

/** Two to six words in a row that begin and end with one that carries a subject. */
function runsOf(words: readonly FoundTerm[]): FoundTerm[][] {
  const runs: FoundTerm[][] = [];
  words.forEach((first, from) => {
    if (!first.content) return;
    for (let to = from + 1; to < Math.min(words.length, from + LONG_FORM_WORDS_MAX); to += 1)
      if (words[to].content) runs.push(words.slice(from, to + 1));
  });
  return runs;
}

/** A name is no misspelt word. */
function isKnownOtherwise(wish: Wish, wishes: ReadonlyMap<string, Wish>, snapshot: Snapshot): boolean {
  for (const other of wishes.values()) {
    if (other.kind === "field" && other.text === wish.text && snapshot.find(other.key).documents > 0) return true;
  }
  return false;
}

function exactForms(parsed: ParsedQuery, snapshot: Snapshot): { title: string[]; exactKeys: string[] } {
  if (parsed.text === "" || parsed.clauses.length === 0) return { title: [], exactKeys: [] };
  const { schema, otherFields } = snapshot.layout;
  const keys: string[] = [];
  const bare = parsed.text.replace(/^["“”]([^"“”]*)["“”]$/, "$1");
  otherFields.forEach((name, field) => {
    if (fieldKind(schema, name) !== "identifier") return;
    for (const form of identifierForms(bare)) keys.push(identifierKey(field, form.slice(0, KEY_CHARS_MAX)));
  });
  return { title: analyze(bare).map((word) => word.stem), exactKeys: keys };
}
