/** The order of trending papers: terms that add up, each in a file of its own. `docs/ranking.md` tells it in words. */
import type { PaperId } from "../paper.ts";
import { type BaseRates, usualVotes } from "./base-rate.ts";
import { type Candidate, countedVotes, type Part } from "./candidate.ts";
import { communityParts, expectedVotes, priorShare, type Surroundings } from "./community.ts";
import { pickValue } from "./curator.ts";
import type { Weights } from "./dials.ts";
import { exposure, meanLooks } from "./exposure.ts";
import { type FieldPapers, fieldShare } from "./field-share.ts";
import { ageValue, editionAges } from "./freshness.ts";
import { outsideValue } from "./outside.ts";
import { progress } from "./progress.ts";

export type Ranked = {
  id: PaperId;
  /** The sum of the parts. */
  score: number;
  /** In a fixed order; parts worth nothing are left out. */
  parts: Part[];
};

export type RankOptions = {
  rates: BaseRates;
  weights: Weights;
  /** A reader's own fields. */
  fields?: readonly string[];
  /** Papers of each field in the days that are ranked; by default the candidates, which are all of them or the most upvoted. */
  fieldPapers?: FieldPapers;
};

/** @returns best first; equal scores by the source's place, then by id, so that an order can be repeated */
export function rankPapers(candidates: readonly Candidate[], options: RankOptions): Ranked[] {
  const around = surroundingsOf(candidates, options);
  const ages = editionAges(candidates.map(({ edition }) => edition));
  const mine = new Set(options.fields ?? []);
  const merits = candidates.map((candidate) => {
    const parts = meritParts(candidate, around(candidate), options.weights);
    return { candidate, parts, field: candidate.field, score: sum(parts) };
  });
  const share = fieldShare(merits, options.fieldPapers);
  const ranked = merits.map((merit) => {
    const { candidate } = merit;
    const parts = [
      ...merit.parts,
      { term: "share" as const, value: share(merit) },
      ...chosenParts(candidate, {
        weights: options.weights,
        age: ages.get(candidate.edition)!,
        mine: mine.size > 0 && isOfFields(mine, candidate),
      }),
    ].filter(({ term, value }) => value !== 0 || term === "votes");
    return { candidate, score: sum(parts), parts };
  });
  ranked.sort((a, b) => stable(b.score) - stable(a.score) || tieBreak(a.candidate, b.candidate));
  return ranked.map(({ candidate: { id }, score, parts }) => ({ id, score, parts }));
}

/** What is held against the other fields: all that the paper itself is the reason of. */
function meritParts(candidate: Candidate, around: Surroundings, weights: Weights): Part[] {
  return [
    ...communityParts(candidate, around).map(({ term, value }) => ({ term, value: weights.community * value })),
    { term: "text", value: weights.text * priorShare(around) * candidate.promise },
    { term: "stars", value: outsideValue("stars", candidate.starsGained) },
    { term: "citations", value: outsideValue("citations", candidate.citationsGained) },
  ];
}

type Turned = { weights: Weights; age: number; mine: boolean };

/** What is not: the calendar, and what curators and readers chose on purpose. */
function chosenParts(candidate: Candidate, { weights, age, mine }: Turned): Part[] {
  return [
    { term: "pick", value: pickValue(candidate.pick) },
    { term: "age", value: ageValue(age, weights.halfLife) },
    { term: "fields", value: mine ? weights.fields : 0 },
  ];
}

const sum = (parts: readonly Part[]) => parts.reduce((total, { value }) => total + value, 0);

function surroundingsOf(candidates: readonly Candidate[], { rates, weights }: RankOptions) {
  const mean = meanLooks(candidates);
  const inTheEnd = (candidate: Candidate): Surroundings => ({
    usual: usualVotes(rates, candidate.field, candidate.edition),
    shape: rates.shape,
    here: rates.here,
    exposure: exposure(candidate.looks, mean(candidate)),
    progress: 1,
    chance: weights.chance,
  });
  const standing = (candidate: Candidate) => ({
    edition: candidate.edition,
    field: candidate.field,
    counted: countedVotes(candidate.votes),
    expected: expectedVotes(inTheEnd(candidate)),
  });
  const sofar = progress(candidates.map(standing));
  return (candidate: Candidate): Surroundings => ({ ...inTheEnd(candidate), progress: sofar(standing(candidate)) });
}

/** Differences below a billionth are no differences: another processor may round the last digit otherwise. */
function stable(score: number): number {
  return Math.round(score * 1e9);
}

function tieBreak(a: Candidate, b: Candidate): number {
  const last = Number.MAX_SAFE_INTEGER;
  if (a.edition !== b.edition) return a.edition < b.edition ? 1 : -1;
  return (a.position ?? last) - (b.position ?? last) || (a.id < b.id ? -1 : 1);
}

/** @param mine  as `topicKey` gives them; `cs` stands for all of `cs.IR`, `cs.CL`, … */
export function isOfFields(mine: ReadonlySet<string>, { field, topics }: Candidate): boolean {
  const key = field.toLowerCase();
  return mine.has(key) || mine.has(key.split(".")[0]!) || topics.some((topic) => mine.has(topic));
}
