/**
 * What a paper's text promises before anybody voted: its words, authors, field and code, weighed by how papers that had
 * them did before. A linear model over hashed features, learnt paper by paper in the order of time, each seen once or twice;
 * it never sees the votes of a paper before it has said what it expects of it.
 */
import { nameKey, topicKey } from "../keys.ts";
import type { PaperFacts } from "../paper.ts";

/** Features share this many places; at 8,500 papers a place is shared by a handful of rare words. */
const PLACES = 2 ** 16;
/** No text is read further. */
const WORDS_MAX = 400;
const AUTHORS_MAX = 20;

export type TasteOptions = {
  /** How fast it learns: the step of a feature that was never seen. */
  step: number;
  /** Pull towards 0 at each step, per feature. */
  pull: number;
  /** Promises are within ± this: a natural log of relative votes. */
  most: number;
};

export const TASTE: TasteOptions = { step: 0.06, pull: 0.1, most: 1.2 };

export type TasteFacts = Pick<
  PaperFacts,
  "title" | "abstract" | "authors" | "keywords" | "categories" | "links" | "organization"
>;

export type Taste = {
  /** Natural log of its votes relative to what is usual; 0 for a paper nothing is known of. */
  promise(facts: TasteFacts): number;
  /** @param outcome natural log of votes relative to what was usual */
  learn(facts: TasteFacts, outcome: number): void;
};

export function createTaste({ step, pull, most }: TasteOptions = TASTE): Taste {
  const weights = new Float64Array(PLACES);
  const seen = new Float64Array(PLACES);
  const expect = (features: readonly Feature[]) =>
    features.reduce((total, { place, value }) => total + weights[place]! * value, 0);
  return {
    promise: (facts) => Math.min(most, Math.max(-most, expect(featuresOf(facts)))),
    learn: (facts, outcome) => {
      const features = featuresOf(facts);
      const error = expect(features) - outcome;
      for (const { place, value } of features) {
        const slope = error * value + pull * weights[place]!;
        seen[place]! += slope * slope;
        weights[place]! -= (step * slope) / Math.sqrt(seen[place]! + 1e-3);
      }
    },
  };
}

type Feature = { place: number; value: number };

/** Each kind of feature has the same share of the whole, however many words a text has. */
const SHARE = { title: 1, pairs: 0.7, abstract: 0.8, authors: 1, keywords: 0.7, field: 0.5, facts: 1 } as const;

function featuresOf(facts: TasteFacts): Feature[] {
  const title = wordsOf(facts.title);
  const stars = facts.links?.find(({ kind }) => kind === "code")?.stars;
  const kinds: [keyof typeof SHARE, string[]][] = [
    ["title", title],
    ["pairs", title.slice(1).map((word, at) => `${title[at]} ${word}`)],
    ["abstract", [...new Set(wordsOf(facts.abstract ?? ""))]],
    ["authors", (facts.authors ?? []).slice(0, AUTHORS_MAX).map(({ name }) => nameKey(name))],
    ["keywords", (facts.keywords ?? []).map(topicKey)],
    ["field", (facts.categories ?? []).map(topicKey)],
    ["facts", plainFacts(facts, stars)],
  ];
  return kinds.flatMap(([kind, names]) => {
    const value = SHARE[kind] / Math.sqrt(Math.max(1, names.length));
    return names.map((name) => ({ place: placeOf(`${kind}:${name}`), value }));
  });
}

function plainFacts({ links, organization, authors = [] }: TasteFacts, stars: number | undefined): string[] {
  const has = (kind: string) => links?.some((link) => link.kind === kind) ?? false;
  const facts = [`authors ${Math.min(6, Math.floor(Math.log2(authors.length + 1)))}`];
  if (has("code")) facts.push("code");
  if (has("project")) facts.push("project");
  if (organization) facts.push(`of ${organization.name}`);
  if (stars !== undefined && stars > 0) facts.push(`stars ${Math.floor(Math.log10(stars) * 2)}`);
  return facts;
}

function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []).slice(0, WORDS_MAX);
}

/** @source FNV-1a, 32 bits */
function placeOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 16)) & (PLACES - 1);
}
