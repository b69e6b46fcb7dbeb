/**
 * Second stage: what the best hits have in common helps to order the rest. The words of the five best documents, the
 * first counting most, become a second query; the candidates are scored again as a mixture of both. The weight of the
 * second query is small and falls steeply with rank, so that one wrong document among the five does little harm. A query
 * that is the title of a document is another thing: it names what is wanted, and all else is ordered by likeness to it.
 * @source Rocchio 1971; Lavrenko & Croft 2001 (RM3); weights by rank measured on SciFact train, Cranfield and CACM
 */
import type { Snapshot } from "../snapshot.ts";
import type { Candidate } from "./best-documents.ts";
import { Evidence } from "./evidence.ts";

export const FEEDBACK = {
  /** Documents the words are taken from. */
  documents: 5,
  /** Words taken. */
  terms: 30,
  /** Shorter queries say too little to be sure of the best documents, and are mostly typed to be answered literally. */
  contentWordsMin: 3,
  /** Words in fewer documents or in a greater part of the collection than this are not taken. */
  documentsMin: 2,
  collectionShareMax: 0.25,
} as const;

/** Share of the second query in the score, and candidates scored again; those behind them keep their order. */
export type FeedbackStrength = { weight: number; window: number };

const TOPIC: FeedbackStrength = { weight: 0.3, window: 30 };
const NAMED: FeedbackStrength = { weight: 0.9, window: 100 };

/** @param named  documents whose title or identifier the query is */
export function feedbackStrength(named: ReadonlySet<number>): FeedbackStrength {
  return named.size > 0 ? NAMED : TOPIC;
}

/** A word taken from the best documents; `weight` as in the first stage: query weight times idf. */
export type FeedbackTerm = { number: number; weight: number };

/**
 * The second query.
 * @param best  candidates in order, scores without any bonus; what is known of them is soon read again
 * @param most  what the second query can give at most
 */
export function feedbackTerms(snapshot: Snapshot, best: readonly Candidate[], most: number): FeedbackTerm[] {
  const top = best.slice(0, FEEDBACK.documents);
  const shares = top.map((candidate, rank) => candidate.score / top[0].score / (rank + 1));
  let total = 0;
  for (const share of shares) total += share;
  touchBags(snapshot, best);
  evidence.clear();
  top.forEach((candidate, rank) => gather(snapshot, candidate.document, shares[rank] / total));
  return choose(snapshot, most);
}

/** What speaks for each term of the best documents. */
const evidence = new Evidence();

function gather(snapshot: Snapshot, candidate: number, share: number): void {
  const { segment, base, scoring, toGlobal, firstWord } = snapshot.viewOf(candidate);
  const document = candidate - base;
  const { entries, to } = segment.bag(document);
  const { frequencies, factors, lengths } = scoring.text;
  const factor = factors[lengths[document]];
  evidence.reserve(to);
  for (let at = 0; at < to; at += 1) {
    const term = entries[at] & 0xffffff;
    if (term < firstWord) continue;
    const frequency = frequencies[entries[at] >>> 24];
    evidence.add(toGlobal === null ? term : toGlobal[term], (share * frequency) / (frequency + factor));
  }
}

/** The largest weights seen so far, ascending: the first is the least that is taken. */
const largest = new Float64Array(FEEDBACK.terms);
/** Weights are equal when they differ by no more than this part: sums hang on the order of additions. */
const EQUAL = 1e-12;

/** Most words are ruled out by the weight they would have if they were rare, and need not be looked at closer. */
function choose(snapshot: Snapshot, most: number): FeedbackTerm[] {
  const { documents, emptyTerms } = snapshot;
  const frequent = Math.max(FEEDBACK.documentsMin, snapshot.size * FEEDBACK.collectionShareMax);
  const rarest = snapshot.idf(FEEDBACK.documentsMin) * (1 + 2 * EQUAL);
  const ranked: FeedbackTerm[] = [];
  largest.fill(0);
  for (let at = 0; at < evidence.count; at += 1) {
    const sum = evidence.sums[at];
    if (sum * rarest < largest[0]) continue;
    const number = evidence.numbers[at];
    const count = documents[number];
    if (count < FEEDBACK.documentsMin || count > frequent || emptyTerms.has(number)) continue;
    const weight = sum * snapshot.idf(count);
    if (weight * (1 + 2 * EQUAL) < largest[0]) continue;
    ranked.push({ number, weight });
    keepLargest(weight);
  }
  const chosen = cutFairly(snapshot, ranked);
  let sum = 0;
  for (const term of chosen) sum += term.weight;
  return chosen.map((term) => ({ number: term.number, weight: (most * term.weight) / sum }));
}

function keepLargest(weight: number): void {
  if (weight <= largest[0]) return;
  let at = 0;
  for (; at + 1 < FEEDBACK.terms && largest[at + 1] < weight; at += 1) largest[at] = largest[at + 1];
  largest[at] = weight;
}

/** Where equally good words meet the limit, those first in the alphabet stay, whatever their numbers in this index. */
function cutFairly(snapshot: Snapshot, ranked: readonly FeedbackTerm[]): readonly FeedbackTerm[] {
  if (ranked.length <= FEEDBACK.terms) return ranked;
  const edge = largest[0];
  const isEqual = (term: FeedbackTerm): boolean => Math.abs(term.weight - edge) <= EQUAL * edge;
  const above = ranked.filter((term) => term.weight > edge && !isEqual(term));
  const equals = ranked.filter(isEqual);
  if (above.length + equals.length <= FEEDBACK.terms) return [...above, ...equals];
  const keyed = equals
    .map((term) => ({ term, key: snapshot.key(term.number) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  return [...above, ...keyed.slice(0, FEEDBACK.terms - above.length).map(({ term }) => term)];
}

/** Index + 1 of a chosen term by the last bits of its number or the next free place; fits the fastest cache. */
const SIEVE = new Uint8Array(4096);
const SIEVE_MASK = SIEVE.length - 1;
const numbers = new Int32Array(FEEDBACK.terms);
const weights = new Float64Array(FEEDBACK.terms);

/**
 * Mixes the scores of both queries for each candidate, in place.
 * @param terms  at most `FEEDBACK.terms`
 * @param share  of the first query
 */
export function applyFeedback(
  snapshot: Snapshot,
  candidates: readonly Candidate[],
  terms: readonly FeedbackTerm[],
  share: number,
): void {
  SIEVE.fill(0);
  terms.forEach(({ number, weight }, index) => {
    let place = number & SIEVE_MASK;
    while (SIEVE[place] !== 0) place = (place + 1) & SIEVE_MASK;
    SIEVE[place] = index + 1;
    numbers[index] = number;
    weights[index] = weight;
  });
  for (const candidate of candidates) {
    candidate.score = share * candidate.score + feedbackScore(snapshot, candidate.document);
  }
}

/** Slots in a line of the cache. */
const LINE_SLOTS = 32;
/** Where the sum of what was touched goes, so that touching is not left out. */
const touched = new Uint16Array(1);

/** Asks the memory for the terms of all documents at once: waiting for one after the other takes a third longer. */
function touchBags(snapshot: Snapshot, candidates: readonly Candidate[]): void {
  let sum = 0;
  for (const candidate of candidates) {
    const { segment, base } = snapshot.viewOf(candidate.document);
    const { slots, starts } = segment.parts.tables.bags;
    const document = candidate.document - base;
    for (let at = starts[document]; at < starts[document + 1]; at += LINE_SLOTS) sum ^= slots[at];
  }
  touched[0] = sum;
}

function feedbackScore(snapshot: Snapshot, candidate: number): number {
  const { segment, base, scoring, toGlobal } = snapshot.viewOf(candidate);
  const document = candidate - base;
  const { entries, to } = segment.bag(document);
  const { frequencies, factors, lengths } = scoring.text;
  const factor = factors[lengths[document]];
  let score = 0;
  for (let at = 0; at < to; at += 1) {
    const entry = entries[at];
    const term = entry & 0xffffff;
    const number = toGlobal === null ? term : toGlobal[term];
    let place = number & SIEVE_MASK;
    // Nearly all words end here: no place, no term.
    while (SIEVE[place] !== 0) {
      const index = SIEVE[place] - 1;
      if (numbers[index] === number) {
        const frequency = frequencies[entry >>> 24];
        score += (weights[index] * frequency) / (frequency + factor);
        break;
      }
      place = (place + 1) & SIEVE_MASK;
    }
  }
  return score;
}
