/** Plain BM25, written to be read and not to be fast: the system against which the product's ranking is compared. */
import type { CorpusDocument } from "./beir.ts";
import { stemPorter } from "./porter-stemmer.ts";
import type { RunHit } from "./rank-order.ts";

/** Lucene's English stop words, all 33. */
const STOP_WORDS = new Set(
  (
    "a an and are as at be but by for if in into is it no not of on or such that the their then there these they this " +
    "to was will with"
  ).split(" "),
);

/** Occurrences of one term, documents by their place in the corpus, ascending. */
interface PostingList {
  readonly documents: number[];
  readonly frequencies: number[];
}

export interface PlainBm25 {
  /** Best first; equal scores in corpus order. Only documents that share a term with the query. */
  search(query: string, limit: number): RunHit[];
}

/**
 * BM25 over title and text joined, lower case, stop words out, Porter stems, Lucene's idf `ln(1+(N-df+0.5)/(df+0.5))`,
 * exact document lengths. A term that the query repeats counts as often.
 * @param options k1 0.9 and b 0.4 unless told: Anserini's defaults; onIndexed: told after each document
 */
export function buildPlainBm25(
  corpus: readonly CorpusDocument[],
  options: { k1?: number; b?: number; onIndexed?: (documents: number) => void } = {},
): PlainBm25 {
  const { k1 = 0.9, b = 0.4 } = options;
  const lists = new Map<string, PostingList>();
  const lengths = new Float64Array(corpus.length);
  corpus.forEach((document, at) => {
    const terms = analyzePlain(`${document.title} ${document.text}`);
    lengths[at] = terms.length;
    for (const term of terms) addOccurrence(lists, term, at);
    options.onIndexed?.(at + 1);
  });
  const meanLength = lengths.reduce((total, length) => total + length, 0) / Math.max(1, corpus.length);
  const norms = lengths.map((length) => k1 * (1 - b + (b * length) / meanLength));
  return { search };

  function search(query: string, limit: number): RunHit[] {
    const scores = new Float64Array(corpus.length);
    const found = new Set<number>();
    for (const term of analyzePlain(query)) {
      const list = lists.get(term);
      if (!list) continue;
      const idf = Math.log(1 + (corpus.length - list.documents.length + 0.5) / (list.documents.length + 0.5));
      list.documents.forEach((at, i) => {
        const frequency = list.frequencies[i];
        scores[at] += (idf * frequency) / (frequency + norms[at]);
        found.add(at);
      });
    }
    const best = [...found].sort((x, y) => scores[y] - scores[x] || x - y).slice(0, limit);
    return best.map((at) => ({ id: corpus[at].id, score: scores[at] }));
  }
}

/** Runs of letters and digits, held together over a point or an apostrophe inside (`0.05`, `don't`, `p.m`). */
const WORD = /[\p{L}\p{N}]+(?:['’.][\p{L}\p{N}]+)*/gu;

/** Words in lower case, without a possessive `'s`, without stop words, stemmed. */
export function analyzePlain(text: string): string[] {
  const words = text.toLowerCase().match(WORD) ?? [];
  return words
    .map((word) => word.replace(/['’]s$/, ""))
    .filter((word) => !STOP_WORDS.has(word))
    .map(stemPlain);
}

/** Stems met before; bounded because numbers and misspellings make the words of a corpus endless. */
const stems = new Map<string, string>();
const STEMS_MAX = 200_000;

function stemPlain(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const stem = stemPorter(word);
  if (stems.size >= STEMS_MAX) stems.clear();
  stems.set(word, stem);
  return stem;
}

function addOccurrence(lists: Map<string, PostingList>, term: string, document: number): void {
  const list = lists.get(term);
  if (!list) {
    lists.set(term, { documents: [document], frequencies: [1] });
  } else if (list.documents.at(-1) === document) {
    list.frequencies[list.frequencies.length - 1] += 1;
  } else {
    list.documents.push(document);
    list.frequencies.push(1);
  }
}
