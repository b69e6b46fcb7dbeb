/** Trending papers of a day, week or month, in the order that a reader's dials make, with the parts of each score. */
import {
  type Candidate,
  countedVotes,
  isOfFields,
  type ListedPaper,
  type PaperId,
  type Part,
  type Ranked,
  rankPapers,
  weightsOf,
} from "@paperwire/domain";
import type { TrendingReason, TrendingRequest, TrendingView } from "./discovery.ts";
import { type Snapshot, type Snapshots, type TrendingSource, usualFor } from "./trending-snapshot.ts";

/** Longer lists end here: further down nobody looks. */
export const TRENDING_MAX = 500;

export async function trendingPapers(
  { store }: TrendingSource,
  snapshots: Snapshots,
  { window, dials, page, perPage, today, nowMs }: TrendingRequest,
): Promise<TrendingView> {
  const snapshot = await snapshots.of(window, { notAfter: today, nowMs });
  if (snapshot === null) return { range: null, items: [], total: 0, unmet: [] };
  const { rates, fieldPapers } = snapshot;
  const options = { rates, weights: weightsOf(dials), fields: dials.fields, fieldPapers };
  const ranked = rankPapers(snapshot.candidates, options).slice(0, TRENDING_MAX);
  const shown = ranked.slice((page - 1) * perPage, page * perPage);
  const listed = await listedById(store, shown);
  const candidates = new Map(snapshot.candidates.map((candidate) => [candidate.id, candidate]));
  return {
    range: snapshot.range,
    total: ranked.length,
    unmet: dials.fields.filter((field) => !snapshot.candidates.some((one) => isOfFields(new Set([field]), one))),
    items: shown.flatMap(({ id, score, parts }) => {
      const paper = listed.get(id);
      const candidate = candidates.get(id)!;
      return paper ? [{ listed: paper, score, reasons: parts.map((part) => inWords(part, candidate, snapshot)) }] : [];
    }),
  };
}

async function listedById({ papers }: Pick<TrendingSource["store"], "papers">, ranked: readonly Ranked[]) {
  const listed = await papers.listByIds(ranked.map(({ id }) => id));
  return new Map<PaperId, ListedPaper>(listed.map((one) => [one.paper.id, one]));
}

const LABELS: Record<Part["term"], string> = {
  votes: "Votes for its field",
  authors: "Votes of its authors",
  new: "Votes of new accounts",
  alike: "Accounts that vote as one",
  looks: "How often it was seen",
  progress: "How far its edition has come",
  chance: "Little is known yet",
  text: "What its text promises",
  stars: "New stars",
  citations: "New citations",
  share: "Its field’s share",
  pick: "Picked by a curator",
  age: "Age",
  fields: "One of your fields",
};

function inWords({ term, value }: Part, candidate: Candidate, snapshot: Snapshot): TrendingReason {
  return { term, value, text: LABELS[term], detail: detailOf(term, candidate, snapshot) };
}

const short = (value: number) => String(Number(value.toFixed(1)));
const round = (value: number) => String(Math.round(value));
const votesOf = (count: number) => `${short(count)} ${count === 1 ? "vote" : "votes"}`;

function detailOf(term: Part["term"], candidate: Candidate, snapshot: Snapshot): string {
  const { votes, field, edition } = candidate;
  switch (term) {
    case "votes":
      return `${votesOf(votes.shown)}, where ${short(usualFor(snapshot, candidate))} are usual${field ? ` in ${field}` : ""} on such a day`;
    case "authors":
      return `${votesOf(votes.byAuthors)} by its own authors are not counted`;
    case "new":
      return `${votesOf(votes.heldNew)} held back until the accounts are known`;
    case "alike":
      return `${votesOf(votes.heldAlike)} held back; ${short(countedVotes(votes))} are counted`;
    case "looks":
      return `about ${round(candidate.looks ?? 0)} looks by its places in our lists, where ${round(snapshot.meanLooks(candidate))} are usual${field ? ` in ${field}` : ""} that day`;
    case "progress":
      return "what papers of its day and field have had so far, beside what is usual in the end";
    case "chance":
      return unsureWords(votes);
    case "text":
      return "words, authors and field of papers that readers voted for before";
    case "stars":
      return `${short(candidate.starsGained ?? 0)} more for its code in these days; a hundred or more count alike`;
    case "citations":
      return `${short(candidate.citationsGained ?? 0)} more in these days; ten or more count alike`;
    case "share":
      return shareWords(field, snapshot.fieldPapers);
    case "pick":
      return `number ${candidate.pick} of its edition’s picks`;
    case "age":
      return `from the edition of ${edition}`;
    case "fields":
      return field || "a topic that you named";
  }
}

const unsureWords = (votes: Candidate["votes"]) =>
  `with ${votesOf(countedVotes(votes))}; the more there are, the less this part weighs`;

function shareWords(field: string, fieldPapers: Snapshot["fieldPapers"]): string {
  const all = [...fieldPapers.values()].reduce((total, papers) => total + papers, 0);
  const own = fieldPapers.get(field) ?? 0;
  return `${field || "no known field"} has ${round(own)} of these ${round(all)} papers, and should have about as much of the best`;
}
