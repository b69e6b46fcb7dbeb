/** Pairs of records of which a person said whether they are one work: made from `WORKS` by what catalogues really do. */
import type { WorkText } from "../same-work.ts";
import { WORKS, type Work } from "./works.ts";

export type JudgedPair = { kind: string; isSame: boolean; first: WorkText; second: WorkText };

/** The preprint: what arXiv would say of it. */
const preprint = ({ title, authors, year, abstract }: Work): WorkText => ({ title, authors, year, abstract });

function edited({ abstract, edits }: Work): string {
  return edits.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`"${from}" is not in the abstract`);
    return text.replace(from, to);
  }, abstract);
}

const initials = (name: string) => {
  const words = name.split(" ");
  return `${words
    .slice(0, -1)
    .map((word) => `${word[0]}.`)
    .join(" ")} ${words.at(-1)}`;
};
const familyFirst = (name: string) => {
  const words = name.split(" ");
  return `${words.at(-1)}, ${words.slice(0, -1).join(" ")}`;
};
const withoutAccents = (name: string) => name.normalize("NFKD").replace(/\p{M}/gu, "");
/** The part before the colon, where there is one. */
const shortTitle = (title: string) => title.split(/: /)[0]!;

type Make = (work: Work, index: number) => readonly [WorkText, WorkText];

const SAME: Record<string, Make> = {
  "a later version under a changed title": (work) => [
    preprint(work),
    { ...preprint(work), title: work.retitled, abstract: edited(work) },
  ],
  "the camera-ready copy, with initials": (work) => [
    preprint(work),
    { ...preprint(work), venue: work.venue, year: work.year + 1, authors: work.authors.map(initials), abstract: edited(work) },
  ],
  "another catalogue's typing": (work) => [
    preprint(work),
    { title: work.typed, year: work.year, abstract: edited(work), authors: work.authors.map(withoutAccents) },
  ],
  "a subtitle added": (work) => [
    preprint(work),
    { ...preprint(work), title: `${work.title}: ${work.subtitle}`, venue: work.venue, abstract: edited(work) },
  ],
  "authors in another order, family names first": (work) => [
    preprint(work),
    { ...preprint(work), authors: work.authors.toReversed().map(familyFirst), abstract: edited(work) },
  ],
  "a catalogue without abstracts": (work) => [
    preprint(work),
    { title: work.typed, authors: work.authors.map(initials), year: work.year + 1, venue: work.venue },
  ],
  "the extended version": (work) => [
    { ...preprint(work), venue: work.venue },
    { ...preprint(work), title: `${work.title} (Extended Version)`, year: work.year + 1, abstract: `${work.abstract} This version adds proofs and further experiments.` },
  ],
};

const DIFFERENT: Record<string, Make> = {
  "a sister paper of the same group": (work) => [
    preprint(work),
    { ...preprint(work), title: work.sister.title, abstract: work.sister.abstract },
  ],
  "part one and part two": (work) => [
    { ...preprint(work), title: `${work.title}, Part I` },
    { ...preprint(work), title: `${work.title}, Part II`, abstract: edited(work) },
  ],
  "a paper and its second part": (work) => [
    preprint(work),
    { ...preprint(work), title: `${work.title}: Part II, ${work.subtitle}`, abstract: edited(work) },
  ],
  "the same title by other people": (work, index) => {
    const other = WORKS[(index + 7) % WORKS.length]!;
    return [preprint(work), { ...preprint(work), authors: other.authors, abstract: work.sister.abstract }];
  },
  "an erratum, a comment, a supplement": (work, index) => {
    const about = ["Erratum to: ", "Comment on ", "Supplementary Material to ", "Reply to ", "Corrigendum: "][index % 5]!;
    return [preprint(work), { ...preprint(work), title: `${about}${work.title}` }];
  },
  "a workshop paper and a journal paper of other content": (work) => [
    { ...preprint(work), venue: `${work.venue} Workshop`, title: shortTitle(work.title) },
    { ...preprint(work), venue: "A Journal", year: work.year + 3, title: shortTitle(work.retitled), abstract: work.sister.abstract },
  ],
  "the next paper under the same short name": (work) => [
    preprint(work),
    { ...preprint(work), title: `${shortTitle(work.title)}++`, year: work.year + 1, abstract: edited(work) },
  ],
};

export function judgedPairs(): JudgedPair[] {
  const make = (kinds: Record<string, Make>, isSame: boolean) =>
    Object.entries(kinds).flatMap(([kind, pair]) =>
      WORKS.map((work, index) => {
        const [first, second] = pair(work, index);
        return { kind, isSame, first, second };
      }),
    );
  return [...make(SAME, true), ...make(DIFFERENT, false)];
}
