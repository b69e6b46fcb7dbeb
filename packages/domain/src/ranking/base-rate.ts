/** What is usual: the votes that a paper of a field gets on a day of the week. */
import type { EditionDate } from "../edition-date.ts";
import { weekdayOf } from "../edition-date.ts";

/** Past papers of one field and weekday, summed up. */
export type RateSample = {
  field: string;
  /** 1 (Monday) … 7 (Sunday), of the edition. */
  weekday: number;
  papers: number;
  votes: number;
  /** Sum of the squares of the papers' votes. */
  squares: number;
  /** Votes by readers of this site. */
  here: number;
};

/** All that ranking knows of the past; plain JSON, so that a ledger can freeze it. */
export type BaseRates = {
  /** Votes per paper over all fields; at least `LEAST_RATE`. */
  all: number;
  /** Votes per paper of each field, shrunk; a field that is not named has `all`. */
  fields: Record<string, number>;
  /** Factor of each weekday, Monday first; 7 numbers around 1. */
  weekdays: number[];
  /** How alike papers of a field are: the shape of the Gamma distribution of their relative rates. */
  shape: number;
  /** Share of votes that our own readers gave, 0..1: only these depend on what our pages showed. */
  here: number;
};

/** Even a site on which nobody ever voted expects something of a paper. */
const LEAST_RATE = 0.05;
/**
 * Bounds of shapes: below, one vote would decide everything (what stands high is seen and voted for more, which makes papers
 * look more unlike than they are); above, no vote would decide anything.
 */
const SHAPE = { least: 0.75, most: 8, unknown: 1.5 } as const;
/** Votes that a weekday must have seen before it is believed to differ: half of its difference counts then. */
const WEEKDAY_VOTES = 20;

/**
 * Empirical Bayes: each field's rate has a Gamma prior around the site's own rate, as wide as fields truly differ, so a
 * field with few papers leans on the others and one with many stands for itself.
 * @param samples  of the days before; the open edition is left out, or a paper would raise its own bar
 */
export function baseRates(samples: readonly RateSample[]): BaseRates {
  const total = sum(samples);
  const all = Math.max(LEAST_RATE, total.papers === 0 ? 1 : total.votes / total.papers);
  const byField = grouped(samples, ({ field }) => field);
  const spread = fieldShape(byField, all);
  const fields: Record<string, number> = {};
  for (const [field, { papers, votes }] of [...byField].sort(([a], [b]) => (a < b ? -1 : 1))) {
    fields[field] = Math.max(LEAST_RATE, rounded((spread + votes) / (spread / all + papers)));
  }
  return {
    all: rounded(all),
    fields,
    weekdays: weekdayFactors(samples, fields),
    shape: rounded(paperShape(byField)),
    here: rounded(total.votes === 0 ? 1 : Math.min(1, total.here / total.votes)),
  };
}

/** Votes that are usual for a paper of the field in an edition of that day. */
export function usualVotes(rates: BaseRates, field: string, edition: EditionDate): number {
  const own = Object.hasOwn(rates.fields, field) ? rates.fields[field]! : rates.all;
  return own * (rates.weekdays[weekdayOf(edition) - 1] ?? 1);
}

type Sum = Pick<RateSample, "papers" | "votes" | "squares" | "here">;

function sum(samples: Iterable<Sum>): Sum {
  const total = { papers: 0, votes: 0, squares: 0, here: 0 };
  for (const { papers, votes, squares, here } of samples) {
    total.papers += papers;
    total.votes += votes;
    total.squares += squares;
    total.here += here;
  }
  return total;
}

function grouped<Key>(samples: readonly RateSample[], keyOf: (sample: RateSample) => Key): Map<Key, Sum> {
  const groups = new Map<Key, RateSample[]>();
  for (const sample of samples) {
    const key = keyOf(sample);
    const group = groups.get(key);
    if (group) group.push(sample);
    else groups.set(key, [sample]);
  }
  return new Map([...groups].map(([key, group]) => [key, sum(group)]));
}

/** Of the fields' rates: mean² over variance, weighted by papers. @source method of moments for a Gamma */
function fieldShape(byField: ReadonlyMap<string, Sum>, all: number): number {
  let papers = 0;
  let variance = 0;
  for (const field of byField.values()) {
    papers += field.papers;
    variance += field.papers * (field.votes / field.papers - all) ** 2;
  }
  return papers === 0 || variance === 0 ? SHAPE.most : clamp((all * all * papers) / variance, SHAPE.least, SHAPE.most);
}

/** Of papers within their fields: a count has variance μ + μ²/shape. @source negative binomial, method of moments */
function paperShape(byField: ReadonlyMap<string, Sum>): number {
  let papers = 0;
  let excess = 0;
  for (const field of byField.values()) {
    const mean = field.votes / field.papers;
    if (field.papers < 2 || mean === 0) continue;
    const variance = (field.squares - field.papers * mean * mean) / (field.papers - 1);
    papers += field.papers;
    excess += (field.papers * (variance - mean)) / (mean * mean);
  }
  if (papers === 0) return SHAPE.unknown;
  return excess <= 0 ? SHAPE.most : clamp(papers / excess, SHAPE.least, SHAPE.most);
}

/** Votes of each weekday against what its fields lead one to expect, with a Gamma prior around 1. */
function weekdayFactors(samples: readonly RateSample[], fields: Readonly<Record<string, number>>): number[] {
  const seen = Array.from({ length: 7 }, () => ({ votes: 0, expected: 0 }));
  for (const { weekday, votes, papers, field } of samples) {
    const day = seen[weekday - 1];
    if (!day) continue;
    day.votes += votes;
    day.expected += papers * fields[field]!;
  }
  return seen.map(({ votes, expected }) => rounded((WEEKDAY_VOTES + votes) / (WEEKDAY_VOTES + expected)));
}

/** Nine digits: what is frozen is what was used. */
function rounded(value: number): number {
  return Number(value.toPrecision(9));
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
