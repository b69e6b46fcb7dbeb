/** The trip of a query through one state of the index, up to the ordered list of candidates. */
import { admittedDocuments, DOCUMENTS_READ_MAX, newReading, type Reading } from "../query/admit.ts";
import type { Clause, Filter, ParsedQuery } from "../query/parsed-query.ts";
import { type PlannedTerm, planQuery, type QueryPlan } from "../query/plan.ts";
import { byScore, type Candidate } from "../rank/best-documents.ts";
import {
  applyFeedback,
  FEEDBACK,
  type FeedbackStrength,
  type FeedbackTerm,
  feedbackStrength,
  feedbackTerms,
} from "../rank/feedback.ts";
import { findBest } from "../rank/first-stage.ts";
import { saturation } from "../rank/score-tables.ts";
import { type Admission, admits } from "../rank/window.ts";
import { eachPosting } from "../segment/each-posting.ts";
import { isTextKey } from "../segment/term-keys.ts";
import type { SegmentView, Snapshot } from "../snapshot.ts";

/** Everything a page of hits, an explanation or a count can be made from. */
export type Run = {
  plan: QueryPlan;
  /** Sentences about what was read differently. */
  notes: readonly string[];
  admitted: readonly Admission[];
  /** What reading documents was allowed and is left; asking `admitted` may use up more. */
  reading: Reading;
  /** Whether quotations were given up because nothing has them. */
  isRelaxed: boolean;
  /** Best first, final scores. */
  candidates: readonly Candidate[];
  /** The second query; empty if there was none. */
  feedback: readonly FeedbackTerm[];
  /** Share of the first query in the score. */
  share: number;
  /** The documents scored by it. */
  window: ReadonlySet<number>;
  /** Documents whose title or identifier is the query, and what they get for it. */
  exact: ReadonlySet<number>;
  bonus: number;
};

/** Documents with one and the same title or identifier that are put first. */
const EXACT_MAX = 100;

const NONE: ReadonlySet<number> = new Set();

/**
 * @param wanted  candidates needed; more are looked at where a second query will order them again
 * @param keepWindow  whether the result says which documents were scored twice
 */
export function runQuery(
  snapshot: Snapshot,
  parsed: ParsedQuery,
  filters: readonly Filter[],
  wanted: number,
  keepWindow = false,
): Run {
  const reading = newReading();
  const run = runStrictly(snapshot, parsed, filters, wanted, keepWindow, reading);
  if (run.candidates.length > 0 || !parsed.clauses.some(isQuotation)) return run;
  const isPhrase = parsed.clauses.some((clause) => isQuotation(clause) && clause.kind === "phrase");
  const nothing = reading.isCut
    ? `none of the first ${DOCUMENTS_READ_MAX} documents with these words has them side by side`
    : isPhrase
      ? "nothing has these words side by side"
      : "no document has all these words";
  const relaxed = runStrictly(snapshot, relax(parsed), filters, wanted, keepWindow, reading);
  if (relaxed.candidates.length === 0) return run;
  return { ...relaxed, isRelaxed: true, notes: [`${nothing}; searched for the single words`, ...relaxed.notes] };
}

/** A quotation that may be given up when no document has it; operators are meant as they stand. */
function isQuotation(clause: Clause): boolean {
  return clause.occur === "must" && clause.field === null;
}

function relax(parsed: ParsedQuery): ParsedQuery {
  const clauses = parsed.clauses.map(
    (clause): Clause => (isQuotation(clause) ? { ...clause, occur: "should" } : clause),
  );
  return { ...parsed, clauses };
}

function runStrictly(
  snapshot: Snapshot,
  parsed: ParsedQuery,
  filters: readonly Filter[],
  wanted: number,
  keepWindow: boolean,
  reading: Reading,
): Run {
  const plan = planQuery(parsed, snapshot);
  const admitted = admittedDocuments(snapshot, parsed, filters, reading);
  const exact = exactDocuments(snapshot, plan, admitted);
  const bonus = 1 + plan.ceiling;
  const strength = feedbackStrength(exact);
  let candidates = scoredCandidates(snapshot, plan, admitted, candidatesFor(plan, wanted, strength));
  candidates = withExact(snapshot, plan, candidates, exact);
  const feedback = secondQuery(snapshot, plan, candidates, strength);
  const share = feedback.length > 0 ? 1 - strength.weight : 1;
  let scoredTwice: ReadonlySet<number> = NONE;
  if (feedback.length > 0) {
    const window = candidates.slice(0, strength.window);
    applyFeedback(snapshot, window, feedback, share);
    const behind = candidates.slice(strength.window);
    for (const candidate of behind) candidate.score *= share;
    candidates = behind.length === 0 ? window : [...window, ...behind];
    if (keepWindow) scoredTwice = new Set(window.map((candidate) => candidate.document));
  }
  for (const candidate of candidates) if (exact.has(candidate.document)) candidate.score += bonus;
  if (feedback.length > 0 || exact.size > 0) candidates.sort(byScore);
  return {
    plan,
    notes: plan.notes,
    admitted,
    reading,
    isRelaxed: false,
    candidates,
    feedback,
    share,
    window: scoredTwice,
    exact,
    bonus,
  };
}

/** A second query needs its whole window, so that all pages are cut from one order. */
function candidatesFor(plan: QueryPlan, wanted: number, { window }: FeedbackStrength): number {
  return plan.contentWords < FEEDBACK.contentWordsMin ? wanted : Math.max(wanted, window);
}

function scoredCandidates(
  snapshot: Snapshot,
  plan: QueryPlan,
  admitted: readonly Admission[],
  wanted: number,
): Candidate[] {
  const limit = Math.min(
    wanted,
    snapshot.views.reduce((sum, view) => sum + view.segment.documents, 0),
  );
  if (plan.terms.length === 0 || limit === 0) return [];
  return findBest(snapshot, plan.terms, admitted, limit);
}

function secondQuery(
  snapshot: Snapshot,
  plan: QueryPlan,
  candidates: readonly Candidate[],
  { weight }: FeedbackStrength,
): FeedbackTerm[] {
  if (plan.contentWords < FEEDBACK.contentWordsMin || candidates.length < 2 || candidates[0].score <= 0) return [];
  return feedbackTerms(snapshot, candidates, weight * plan.ceiling);
}

function exactDocuments(snapshot: Snapshot, plan: QueryPlan, admitted: readonly Admission[]): Set<number> {
  const exact = new Set<number>();
  snapshot.views.forEach((view, index) => {
    const take = (document: number): void => {
      if (exact.size < EXACT_MAX && admits(admitted[index], document)) exact.add(view.base + document);
    };
    for (const key of plan.exactKeys) {
      const term = view.segment.dictionary.find(key);
      if (term >= 0) eachPosting(view.segment, term, take);
    }
    if (plan.title.length > 0) view.segment.titled(plan.title).forEach(take);
  });
  return exact;
}

/** Exact documents that the first stage left out come in with the score their words give. */
function withExact(
  snapshot: Snapshot,
  plan: QueryPlan,
  candidates: Candidate[],
  exact: ReadonlySet<number>,
): Candidate[] {
  if (exact.size === 0) return candidates;
  const there = new Set(candidates.map((candidate) => candidate.document));
  const missing = [...exact].filter((document) => !there.has(document));
  if (missing.length === 0) return candidates;
  const added = missing.map((document) => ({ document, score: firstScore(snapshot, plan.terms, document) }));
  return [...candidates, ...added].sort(byScore);
}

function firstScore(snapshot: Snapshot, terms: readonly PlannedTerm[], number: number): number {
  const view = snapshot.viewOf(number);
  let score = 0;
  for (const term of terms) score += termScore(snapshot, view, term, number - view.base);
  return score;
}

/** What one term gives to one document, 0 if it is not there. */
export function termScore(snapshot: Snapshot, view: SegmentView, term: PlannedTerm, document: number): number {
  const number = term.numbers[snapshot.views.indexOf(view)];
  const rank = number < 0 ? -1 : view.segment.rankIn(document, number);
  if (rank < 0) return 0;
  return term.weight * saturation(isTextKey(term.key) ? view.scoring.text : view.scoring.other, rank, document);
}
