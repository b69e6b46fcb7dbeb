/**
 * Second stage: what the best hits have in common helps to order the rest. The words of the five best documents, the
 * first counting most, become a second query; the candidates are scored again as a mixture of both. The weight of the
 * second query is small and falls steeply with rank, so that one wrong document among the five does little harm.
 * @source Rocchio 1971; Lavrenko & Croft 2001 (RM3); weights by rank measured on SciFact train, Cranfield and CACM
 */
import type { Snapshot } from "../snapshot.ts";
import type { Candidate } from "./best-documents.ts";

export const FEEDBACK = {
  /** Documents the words are taken from. */
  documents: 5,
  /** Words taken. */
  terms: 30,
  /** Share of the second query in the score. */
  weight: 0.3,
  /** Shorter queries say too little to be sure of the best documents, and are mostly typed to be answered literally. */
  contentWordsMin: 3,
  /** Candidates scored again; those behind them keep their order. */
  window: 30,
  /** Words in fewer documents or in a greater part of the collection than this are not taken. */
  documentsMin: 2,
  collectionShareMax: 0.25,
} as const;

/** Different terms looked at in the best documents; papers have a few hundred. */
const TERMS_SEEN_MAX = 65_000;

/** A word taken from the best documents; `weight` as in the first stage: query weight times idf. */
export type FeedbackTerm = { number: number; weight: number };

/**
 * The second query.
 * @param best  candidates in order, scores without any bonus
 * @param ceiling  what the first query could give at most; the second can give `FEEDBACK.weight` times as much
 */
export function feedbackTerms(snapshot: Snapshot, best: readonly Candidate[], ceiling: number): FeedbackTerm[] {
  const top = best.slice(0, FEEDBACK.documents);
  const shares = top.map((candidate, rank) => candidate.score / top[0].score / (rank + 1));
  let total = 0;
  for (const share of shares) total += share;
  reserveSlots(snapshot.terms);
  found.length = 0;
  top.forEach((candidate, rank) => gather(snapshot, candidate.document, shares[rank] / total));
  for (const number of found) slots[number] = 0;
  return choose(snapshot, ceiling);
}

/** Number of each term's slot + 1, kept all zero between searches; as large as the largest index searched. */
let slots = new Uint16Array(0);

function reserveSlots(terms: number): void {
  if (slots.length < terms) slots = new Uint16Array(terms);
}

/** Terms seen in the best documents, and the evidence for each at the same place. */
const found: number[] = [];
const evidence: number[] = [];

function gather(snapshot: Snapshot, candidate: number, share: number): void {
  const { segment, base, scoring, toGlobal, firstWord } = snapshot.viewOf(candidate);
  const document = candidate - base;
  const { entries, to } = segment.bag(document);
  const { frequencies, factors, lengths } = scoring.text;
  const factor = factors[lengths[document]];
  for (let at = 0; at < to; at += 1) {
    const term = entries[at] & 0xffffff;
    if (term < firstWord) continue;
    const number = toGlobal === null ? term : toGlobal[term];
    const frequency = frequencies[entries[at] >>> 24];
    const value = (share * frequency) / (frequency + factor);
    const slot = slots[number];
    if (slot > 0) evidence[slot - 1] += value;
    else if (found.length < TERMS_SEEN_MAX) {
      evidence[found.length] = value;
      found.push(number);
      slots[number] = found.length;
    }
  }
}

function choose(snapshot: Snapshot, ceiling: number): FeedbackTerm[] {
  const { documents, emptyTerms } = snapshot;
  const most = Math.max(FEEDBACK.documentsMin, snapshot.size * FEEDBACK.collectionShareMax);
  const ranked: FeedbackTerm[] = [];
  for (let at = 0; at < found.length; at += 1) {
    const number = found[at];
    const count = documents[number];
    if (count < FEEDBACK.documentsMin || count > most || emptyTerms.has(number)) continue;
    ranked.push({ number, weight: evidence[at] * snapshot.idf(count) });
  }
  const chosen = cutFairly(snapshot, ranked);
  let sum = 0;
  for (const term of chosen) sum += term.weight;
  return chosen.map((term) => ({ number: term.number, weight: (FEEDBACK.weight * ceiling * term.weight) / sum }));
}

/** Where equally good words meet the limit, those first in the alphabet stay, whatever their numbers in this index. */
function cutFairly(snapshot: Snapshot, ranked: readonly FeedbackTerm[]): readonly FeedbackTerm[] {
  if (ranked.length <= FEEDBACK.terms) return ranked;
  const edge = edgeOf(ranked);
  const isEqual = (term: FeedbackTerm): boolean => Math.abs(term.weight - edge) <= 1e-12 * edge;
  const above = ranked.filter((term) => term.weight > edge && !isEqual(term));
  const equals = ranked.filter(isEqual);
  if (above.length + equals.length <= FEEDBACK.terms) return [...above, ...equals];
  const keyed = equals
    .map((term) => ({ term, key: snapshot.key(term.number) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  return [...above, ...keyed.slice(0, FEEDBACK.terms - above.length).map(({ term }) => term)];
}

/** The largest weights seen so far, ascending. */
const largest = new Float64Array(FEEDBACK.terms);

/** The weight of the last word that is taken; there are more words than are taken. */
function edgeOf(ranked: readonly FeedbackTerm[]): number {
  largest.fill(0);
  for (const { weight } of ranked) {
    if (weight <= largest[0]) continue;
    let at = 0;
    for (; at + 1 < FEEDBACK.terms && largest[at + 1] < weight; at += 1) largest[at] = largest[at + 1];
    largest[at] = weight;
  }
  return largest[0];
}

/** One bit of a term's number decides for nearly all words that they are not asked for; fits the fastest cache. */
const SIEVE_SIZE = 4096;
const sieve = new Uint8Array(SIEVE_SIZE);

/** Mixes the scores of both queries for each candidate, in place. */
export function applyFeedback(snapshot: Snapshot, candidates: Candidate[], terms: readonly FeedbackTerm[]): void {
  reserveSlots(snapshot.terms);
  const weights = new Float64Array(terms.length + 1);
  terms.forEach((term, index) => {
    slots[term.number] = index + 1;
    sieve[term.number & (SIEVE_SIZE - 1)] = 1;
    weights[index + 1] = term.weight;
  });
  for (const candidate of candidates) {
    candidate.score = (1 - FEEDBACK.weight) * candidate.score + feedbackScore(snapshot, candidate.document, weights);
  }
  for (const term of terms) {
    slots[term.number] = 0;
    sieve[term.number & (SIEVE_SIZE - 1)] = 0;
  }
}

function feedbackScore(snapshot: Snapshot, candidate: number, weights: Float64Array): number {
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
    if (sieve[number & (SIEVE_SIZE - 1)] === 0) continue;
    const slot = slots[number];
    if (slot === 0) continue;
    const frequency = frequencies[entry >>> 24];
    score += (weights[slot] * frequency) / (frequency + factor);
  }
  return score;
}
