/** The passage of a text that shows why it was found, and the words to mark in it. */

import type { ParsedQuery } from "./query/parsed-query.ts";
import { Analyzer, analyze, type Word } from "./text/analyze.ts";
import { STOP_WORDS } from "./text/stop-words.ts";

/** Text in order; joined together the parts are the passage, unchanged. Never HTML: the caller escapes. */
export type Highlighted = { text: string; highlight: boolean };

export type Snippet = {
  parts: Highlighted[];
  /** Text was left out before or behind the passage. */
  startsInside: boolean;
  endsInside: boolean;
};

const PASSAGE_CHARS = 240;
/** Longer texts are searched for a passage only up to here. */
const TEXT_CHARS_MAX = 100_000;
/** A page of hits is 20 abstracts that share most of their words; analysing each word once makes it five times as quick. */
const WORDS_REMEMBERED = 20_000;
const analyzer = new Analyzer(WORDS_REMEMBERED);

/**
 * The best passage of a text for a query: most different query words, then most occurrences, then the earliest.
 * Without any query word it is the beginning.
 * @param options.maxChars  length of the passage in code units, 20..10000, default 240
 */
export function snippet(text: string, query: ParsedQuery, options: { maxChars?: number } = {}): Snippet {
  const wanted = options.maxChars ?? PASSAGE_CHARS;
  const maxChars = Number.isNaN(wanted) ? PASSAGE_CHARS : Math.min(10_000, Math.max(20, Math.floor(wanted)));
  const searched = text.slice(0, TEXT_CHARS_MAX);
  const words = analyze(searched, analyzer);
  const marks = markedWords(words, query);
  const range =
    searched.length <= maxChars ? { start: 0, end: searched.length } : bestRange(searched, words, marks, maxChars);
  return {
    parts: cutParts(
      searched,
      marks.map((mark) => words[mark.at]),
      range.start,
      range.end,
    ),
    startsInside: range.start > 0,
    endsInside: range.end < text.length,
  };
}

/** The whole text with the query's words marked, for titles. */
export function highlight(text: string, query: ParsedQuery): Highlighted[] {
  const words = analyze(text, analyzer);
  return cutParts(
    text,
    markedWords(words, query).map((mark) => words[mark.at]),
    0,
    text.length,
  );
}

type Mark = { at: number; stem: string };

/** Words that the query asks for; stop words only inside a phrase of the query. */
function markedWords(words: readonly Word[], query: ParsedQuery): Mark[] {
  const wanted = new Set<string>();
  const phrases: (readonly string[])[] = [];
  for (const clause of query.clauses) {
    if (clause.occur === "mustNot") continue;
    if (clause.kind === "phrase") phrases.push(clause.words.map((word) => word.stem));
    for (const word of clause.words) {
      if (STOP_WORDS.has(word.form)) continue;
      wanted.add(word.stem);
      for (const extra of word.extras) wanted.add(extra);
    }
  }
  const marked = new Set<number>();
  words.forEach((word, at) => {
    if (wanted.has(word.stem) || word.extras.some((extra) => wanted.has(extra))) marked.add(at);
    for (const phrase of phrases) {
      if (phrase.every((stem, offset) => words[at + offset]?.stem === stem))
        phrase.forEach((_, offset) => marked.add(at + offset));
    }
  });
  return [...marked].sort((a, b) => a - b).map((at) => ({ at, stem: words[at].stem }));
}

function bestRange(
  text: string,
  words: readonly Word[],
  marks: readonly Mark[],
  maxChars: number,
): { start: number; end: number } {
  let best = { first: 0, last: -1, score: -1 };
  for (let first = 0, last = 0; first < marks.length; first += 1) {
    last = Math.max(last, first);
    while (last + 1 < marks.length && words[marks[last + 1].at].end - words[marks[first].at].start <= maxChars * 0.8)
      last += 1;
    const inside = marks.slice(first, last + 1);
    const score = new Set(inside.map((mark) => mark.stem)).size * 100 + Math.min(99, inside.length);
    if (score > best.score) best = { first, last, score };
  }
  if (best.last < 0) return widen(text, words, 0, 0, maxChars);
  return widen(text, words, words[marks[best.first].at].start, words[marks[best.last].at].end, maxChars);
}

/** Spreads a range to `maxChars` without cutting a word, beginning at a sentence where one begins near by. */
function widen(
  text: string,
  words: readonly Word[],
  from: number,
  to: number,
  maxChars: number,
): { start: number; end: number } {
  const room = Math.max(0, maxChars - (to - from));
  const earliest = Math.max(0, from - Math.floor(room / 2));
  const before = text.slice(Math.max(0, from - room), from);
  const sentence = before.search(/[.!?]\s+(?=\S[^.!?]*$)/);
  let start = earliest;
  if (from - before.length <= 0 && sentence < 0) start = 0;
  else if (sentence >= 0)
    start = from - before.length + sentence + (/^[.!?]\s+/.exec(before.slice(sentence))?.[0].length ?? 0);
  else if (earliest > 0) start = words.find((word) => word.start >= earliest)?.start ?? earliest;
  start = characterStart(text, Math.min(start, from));
  let end = Math.min(text.length, start + maxChars);
  if (end < text.length) {
    for (const word of words) {
      if (word.start < end && word.end > end) end = Math.max(word.start, Math.min(to, start + maxChars));
      if (word.start >= end) break;
    }
    const trimmed = text.slice(start, end).trimEnd().length;
    end = characterStart(text, start + Math.max(1, trimmed));
  }
  return { start, end };
}

/** Where the character begins that `at` lies in: a passage does not end in half of one. */
function characterStart(text: string, at: number): number {
  const isInside = at > 0 && (text.codePointAt(at - 1) as number) > 0xffff;
  return isInside ? at - 1 : at;
}

function cutParts(text: string, marked: readonly Word[], start: number, end: number): Highlighted[] {
  const parts: Highlighted[] = [];
  let at = start;
  const push = (to: number, highlight: boolean): void => {
    if (to <= at) return;
    parts.push({ text: text.slice(at, to), highlight });
    at = to;
  };
  for (const word of marked) {
    if (word.start < at || word.end > end) continue;
    push(word.start, false);
    push(word.end, true);
  }
  push(end, false);
  return parts;
}
