/** Whether two records tell of one work: title, authors, abstract and year together, with the grounds for it. */
import { type AuthorList, authorList, authorOverlap } from "./author-match.ts";
import { aboutWord, mainTitles, numbersIn, plainTitle, withoutCopyMark } from "./plain-title.ts";
import { containment, likeness, sketchText, type TextSketch } from "./shingles.ts";

export type WorkText = {
  title: string;
  abstract?: string | undefined;
  authors?: readonly string[] | undefined;
  year?: number | undefined;
  /** Where it was published, unless that is a preprint server; a paper that was turned away has none. */
  venue?: string | undefined;
  /** Where the catalogue gives each work one id: two different ones are two works. */
  arxivId?: string | undefined;
};

/** A record, prepared to be compared with many others. */
export type WorkSketch = {
  /** Words of the title, without marks such as "(extended version)". */
  title: string;
  /** The same without spaces. */
  titleKey: string;
  /** Before its subtitle, or before each of several. */
  mains: readonly string[];
  about: string;
  numbers: string;
  authors: AuthorList;
  year: number | null;
  venue: string;
  arxivId: string | null;
  abstract: TextSketch | null;
};

/**
 * - `same`: safe to merge without a person
 * - `likely`: worth a person's look
 * - `different`: not worth one
 */
export type Verdict = "same" | "likely" | "different";

/**
 * What speaks against it: two ids of one catalogue, two publications, other numbers in the titles, one being about the
 * other, many years between.
 */
export type Objection = "catalogue" | "venues" | "numbers" | "about" | "years";

/** The grounds of a verdict; kept with a merge. */
export type Evidence = {
  /** How the titles meet: equal, equal but for a subtitle, most words equal, or not. */
  title: "equal" | "subtitle" | "near" | "other";
  /** Share of the titles' words that are equal, 0–1. */
  titleWords: number;
  /** Jaccard likeness of the abstracts' runs of three words, 0–1; null where one is missing. */
  abstract: number | null;
  /** Share of the smaller abstract's longer words that are in the other; null where one is missing. */
  abstractWords: number | null;
  /** Names in both lists, and in the shorter and the longer one. */
  authors: { shared: number; least: number; most: number };
  /** Years between them; null where one is not known. */
  years: number | null;
  /** What stands against it, where something does. */
  against?: Objection;
};

export type Judgement = { verdict: Verdict; evidence: Evidence };

export function sketchWork({ title: full, abstract, authors = [], year, venue = "", arxivId }: WorkText): WorkSketch {
  const bare = withoutCopyMark(full);
  const title = plainTitle(bare);
  return {
    title,
    titleKey: title.replaceAll(" ", ""),
    mains: mainTitles(bare),
    about: aboutWord(full),
    numbers: numbersIn(title),
    authors: authorList(authors),
    year: year ?? null,
    venue: PREPRINT_SERVER.test(venue) ? "" : plainTitle(venue),
    arxivId: arxivId ?? null,
    abstract: abstract === undefined || abstract === "" ? null : sketchText(abstract),
  };
}

const PREPRINT_SERVER = /^(?:arxiv|corr|(?:bio|med|chem)rxiv|ssrn|preprint|openreview)\b/i;

/** Further apart, and with another abstract, it is a later work of the same name. */
const YEARS_APART_MAX = 4;
const NEAR_TITLE = 0.7;

export function judgePair(a: WorkSketch, b: WorkSketch): Judgement {
  const evidence = gather(a, b);
  const verdict = weigh(a, b, evidence);
  const against = verdict === "different" ? undefined : objection(a, b, evidence);
  if (against === undefined) return { verdict, evidence };
  // What speaks against it is for a person to overrule, and only where all else speaks for it.
  return {
    verdict: verdict === "same" && against !== "about" ? "likely" : "different",
    evidence: { ...evidence, against },
  };
}

function gather(a: WorkSketch, b: WorkSketch): Evidence {
  const both = a.abstract !== null && b.abstract !== null;
  const titleWords = wordLikeness(a.title, b.title);
  return {
    title: titleRelation(a, b, titleWords),
    titleWords,
    abstract: both ? likeness(a.abstract!.shingles, b.abstract!.shingles) : null,
    abstractWords: both ? containment(a.abstract!.words, b.abstract!.words) : null,
    authors: authorOverlap(a.authors, b.authors),
    years: a.year === null || b.year === null ? null : Math.abs(a.year - b.year),
  };
}

function titleRelation(a: WorkSketch, b: WorkSketch, words: number): Evidence["title"] {
  if (a.titleKey === b.titleKey) return "equal";
  if (a.mains.includes(b.title) || b.mains.includes(a.title)) return "subtitle";
  return words >= NEAR_TITLE ? "near" : "other";
}

function wordLikeness(a: string, b: string): number {
  const [left, right] = [new Set(a.split(" ")), new Set(b.split(" "))];
  const shared = [...left].filter((word) => right.has(word)).length;
  return shared / (left.size + right.size - shared);
}

/** What the text itself says, before anything is held against it. */
function weigh(a: WorkSketch, b: WorkSketch, evidence: Evidence): Verdict {
  const { title, abstract, abstractWords, authors } = evidence;
  const known = authors.least > 0;
  const most = known && authors.shared >= authors.least * 0.5;
  const nearlyAll = known && authors.shared >= authors.least * 0.6 && authors.shared >= authors.most * 0.4;
  if (abstract === null || abstractWords === null) return weighTitles(a, b, evidence, { most });
  if (title === "equal") {
    if (most && (abstract >= 0.08 || abstractWords >= 0.5)) return "same";
    if (most || (abstract >= 0.3 && authors.shared > 0)) return "likely";
    return abstract >= 0.6 ? "likely" : "different";
  }
  // Sister papers of one group share up to half of their abstract; a year later it is mostly the next paper.
  const isSoon = (evidence.years ?? 0) <= 1;
  const all = authors.shared === authors.least && authors.shared >= authors.most - 1;
  const asked = { subtitle: isSoon ? 0.2 : 0.6, near: isSoon ? 0.3 : 0.7, other: isSoon && all ? 0.6 : 0.95 }[title];
  if (nearlyAll && abstract >= asked) return "same";
  if (most && abstract >= LIKELY_FROM[title]) return "likely";
  return abstract >= 0.7 && authors.shared > 0 ? "likely" : "different";
}

const LIKELY_FROM = { subtitle: 0.12, near: 0.2, other: 0.4 };

/** Letters of a title that two unrelated papers hardly share. */
const TELLING_TITLE_CHARS = 24;

/** Without both abstracts only the very same, telling title will do. */
function weighTitles(a: WorkSketch, b: WorkSketch, { title, authors }: Evidence, { most }: { most: boolean }): Verdict {
  const isTelling = a.titleKey.length >= TELLING_TITLE_CHARS;
  if (title === "equal" && most && authors.shared > 0) return isTelling ? "same" : "likely";
  if (title === "equal" && authors.least === 0 && isTelling) return "likely";
  const main = a.titleKey.length < b.titleKey.length ? a.titleKey : b.titleKey;
  return title === "subtitle" && most && main.length >= TELLING_TITLE_CHARS ? "likely" : "different";
}

function objection(a: WorkSketch, b: WorkSketch, evidence: Evidence): Evidence["against"] {
  if (a.about !== b.about) return "about";
  if (a.arxivId !== null && b.arxivId !== null && a.arxivId !== b.arxivId) return "catalogue";
  if (numbersDiffer(a, b, evidence)) return "numbers";
  if (areTwoPublications(a, b, evidence)) return "venues";
  const isCopy = (evidence.abstract ?? 0) >= 0.5;
  if (evidence.years !== null && evidence.years > YEARS_APART_MAX && !isCopy) return "years";
  return undefined;
}

/** Groups publish sister papers at one venue after the other, with abstracts that hardly differ. */
function areTwoPublications(a: WorkSketch, b: WorkSketch, { title, abstract, years }: Evidence): boolean {
  if (a.venue === "" || b.venue === "") return false;
  const isOneName = a.venue === b.venue && (years ?? 0) === 0;
  return title !== "equal" || !(isOneName || ((abstract ?? 0) >= 0.8 && (years ?? 0) <= 1));
}

const NEXT_PART = /^ (?:part|vol|volume|chapter|episode|i|ii|iii|iv|v|\d+)\b/;

/** A subtitle that only one of them has may hold numbers of its own, but not be "Part II". */
function numbersDiffer(a: WorkSketch, b: WorkSketch, { title }: Evidence): boolean {
  if (title !== "subtitle") return a.numbers !== b.numbers;
  const [short, long] = a.title.length < b.title.length ? [a.title, b.title] : [b.title, a.title];
  return NEXT_PART.test(long.slice(short.length));
}
