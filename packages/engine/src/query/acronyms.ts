/**
 * Short forms and what they stand for, learnt from the indexed texts: papers write "retrieval-augmented generation (RAG)"
 * before they write "RAG", so the words in front of a short form's first occurrence whose initials it is made of are its
 * long form, if several papers agree.
 * @source after Schwartz & Hearst, PSB 2003, by initials only and on words in line instead of text
 */
import { unpackAscending } from "../segment/bit-packing.ts";
import { eachPosting } from "../segment/each-posting.ts";
import { BLOCK } from "../segment/posting-writer.ts";
import { newBlockShape, type Segment } from "../segment/segment.ts";
import { emptyTermsOf, type SegmentView, type Snapshot } from "../snapshot.ts";

/** `stems` in order, and `shown` a form of each as some paper writes it. */
export type LongForm = { stems: readonly string[]; shown: readonly string[] };

const SHORT_FORM = /^[a-z]{2,6}$/;
/** Papers looked at, and how many of them must agree; two letters prove less. */
const DOCUMENTS_LOOKED_AT = 24;
/** After so many without a long form nothing more is expected. */
const DOCUMENTS_WITHOUT_MAX = 10;
const AGREEING_MIN = 3;
const AGREEING_MIN_FOR_TWO_LETTERS = 6;
/** Small words passed over between two initials ("representations from transformers"). */
const PASSED_OVER_MAX = 2;
/** Answers kept per segment. */
const REMEMBERED_MAX = 5_000;

const remembered = new WeakMap<Segment, Map<string, LongForm | null>>();

/** What a word stands for in this collection, or null if it is no short form. */
export function longFormOf(snapshot: Snapshot, key: string): LongForm | null {
  if (!SHORT_FORM.test(key)) return null;
  let view: SegmentView | null = null;
  for (const other of snapshot.views)
    if (view === null || other.segment.documents > view.segment.documents) view = other;
  if (view === null) return null;
  const known = remembered.get(view.segment) ?? new Map<string, LongForm | null>();
  remembered.set(view.segment, known);
  const answer = known.get(key);
  if (answer !== undefined) return answer;
  if (known.size >= REMEMBERED_MAX) known.clear();
  const found = learn(view.segment, key, snapshot.layout.textFields.length);
  known.set(key, found);
  return found;
}

function learn(segment: Segment, key: string, fields: number): LongForm | null {
  const short = segment.dictionary.find(key);
  if (short < 0 || segment.dictionary.documents(short) < AGREEING_MIN) return null;
  const needed = key.length === 2 ? AGREEING_MIN_FOR_TWO_LETTERS : AGREEING_MIN;
  const empty = new Set(emptyTermsOf(segment));
  const votes = new Map<string, { terms: number[]; count: number }>();
  let best: { terms: number[]; count: number } | null = null;
  let looked = 0;
  for (const document of firstDocuments(segment, short)) {
    looked += 1;
    if (best === null && looked > DOCUMENTS_WITHOUT_MAX) return null;
    const terms = wordsInFront(segment, document, short, key, empty, fields);
    if (terms === null) continue;
    const vote = votes.get(terms.join(" ")) ?? { terms, count: 0 };
    vote.count += 1;
    votes.set(terms.join(" "), vote);
    if (best === null || vote.count > best.count) best = vote;
  }
  if (best === null || best.count < needed) return null;
  const { dictionary } = segment;
  return {
    stems: best.terms.map((term) => dictionary.key(term)),
    shown: best.terms.map((term) => dictionary.shown(term)),
  };
}

function firstDocuments(segment: Segment, term: number): number[] {
  const found: number[] = [];
  if (segment.dictionary.documents(term) < BLOCK) {
    eachPosting(segment, term, (document) => found.push(document));
    return found.slice(0, DOCUMENTS_LOOKED_AT);
  }
  const shape = newBlockShape();
  const documents = new Int32Array(BLOCK);
  segment.blockShape(term, 0, shape);
  unpackAscending(segment.long, segment.longView, shape.start, shape.size, shape.before, documents);
  return [...documents.subarray(0, Math.min(shape.size, DOCUMENTS_LOOKED_AT))];
}

/** The words before the first occurrence of a short form whose initials are its letters; null if they are not. */
function wordsInFront(
  segment: Segment,
  document: number,
  short: number,
  key: string,
  empty: ReadonlySet<number>,
  fields: number,
): number[] | null {
  const line = segment.readLine(document, fields);
  let at = 0;
  while (at < line.length && line[at] !== short) at += 1;
  if (at === line.length) return null;
  const words: number[] = [];
  let passedOver = 0;
  at -= 1;
  for (let letter = key.length - 1; letter >= 0; at -= 1) {
    if (at < 0) return null;
    const term = line[at];
    if (segment.dictionary.key(term).startsWith(key[letter]) && term !== short) {
      words.unshift(term);
      letter -= 1;
    } else {
      passedOver += 1;
      if (!empty.has(term) || passedOver > PASSED_OVER_MAX) return null;
    }
  }
  // "of", "and" at either end belong to the sentence.
  return empty.has(words[0]) || empty.has(words[words.length - 1]) ? null : words;
}
