/** A paper: what is known of it, from whom, and how a newer word about it joins an older one. */
import { arxivPageUrl, arxivPdfUrl, isArxivId } from "./arxiv-id.ts";
import { topicKey } from "./keys.ts";

/** arXiv id without version, else a ULID. */
export type PaperId = string;

/** A name of the work in somebody's catalogue; `scheme` + `value` belong to one paper only. */
export type Identifier = { scheme: "arxiv" | "doi" | "openreview" | "acl" | "paperlist"; value: string };

export type Author = {
  name: string;
  /** User name of the account that proved to be this author. */
  claimedBy?: string;
};

export type LinkKind = "code" | "project" | "model" | "dataset" | "demo" | "pdf" | "page";

export type Link = {
  kind: LinkKind;
  /** http or https. */
  url: string;
  /** `owner/name` of a model, dataset or demo. */
  label?: string;
  /** Stars of a code repository when last looked at. */
  stars?: number;
};

/** A short text about the paper that is not its abstract; always says who wrote it. */
export type Summary = {
  text: string;
  /** Who wrote it: "Paperwire", "Hugging Face", … */
  source: string;
  /** A language model wrote it; `model` is its name where known. */
  generated: boolean;
  model?: string;
};

export type Organization = { name: string; fullname: string };

/** How exact `publishedAt` is: the seed knows days, proceedings know years. */
export type DatePrecision = "instant" | "day" | "year";

/** Facts that somebody stated without checking; pages say so beside the value. */
export type UnverifiedFact = "id" | "published";

/** What one source says about a paper. A key that is absent says nothing; null is never sent. */
export type PaperFacts = {
  title: string;
  abstract?: string;
  authors?: readonly Author[];
  /** ISO 8601, UTC, `2025-03-27T17:59:51.000Z`. */
  publishedAt?: string;
  publishedPrecision?: DatePrecision;
  summary?: Summary;
  venue?: string;
  year?: number;
  primaryCategory?: string;
  categories?: readonly string[];
  keywords?: readonly string[];
  links?: readonly Link[];
  organization?: Organization;
  /** The authors' own remark (pages, "accepted at"), or the editors'. */
  note?: string;
  unverified?: readonly UnverifiedFact[];
};

export type Paper = PaperFacts & {
  id: PaperId;
  /** Grows with each change; the search index follows it. */
  revision: number;
};

/** Longer values are refused at the door: they are mistakes, or attacks. */
export const LIMITS = {
  titleChars: 2_000,
  abstractChars: 50_000,
  summaryChars: 5_000,
  noteChars: 5_000,
  nameChars: 300,
  authors: 10_000,
  keywords: 200,
  keywordChars: 200,
  categories: 100,
  links: 100,
  urlChars: 2_000,
  upvotes: 1_000_000_000,
} as const;

/**
 * Joins what is known with what a source says now. Silence erases nothing; where both speak, the newer one is
 * believed and the older one only fills gaps, so taking in the same file twice changes nothing the second time.
 * @param newer true where `said` is at least as recent as `known`
 */
export function mergeFacts(known: PaperFacts, said: PaperFacts, { newer }: { newer: boolean }): PaperFacts {
  const [winner, other] = newer ? [said, known] : [known, said];
  const merged: PaperFacts = { ...other, ...winner };
  const links = mergeLinks(winner.links ?? [], other.links ?? []);
  if (links.length > 0) merged.links = links;
  if (winner.publishedAt === undefined && other.publishedPrecision)
    merged.publishedPrecision = other.publishedPrecision;
  const unverified = remainingDoubts(known, said);
  if (unverified.length > 0) merged.unverified = unverified;
  else delete merged.unverified;
  return merged;
}

/** One link per kind and address; the winner's order first. */
function mergeLinks(winner: readonly Link[], other: readonly Link[]): Link[] {
  const byKey = new Map<string, Link>();
  for (const link of [...winner, ...other]) {
    const key = `${link.kind} ${link.url}`;
    const seen = byKey.get(key);
    byKey.set(key, seen ? { ...link, ...seen } : link);
  }
  return [...byKey.values()].slice(0, LIMITS.links);
}

/** A doubt ends when another source states the same fact without one. */
function remainingDoubts(known: PaperFacts, said: PaperFacts): UnverifiedFact[] {
  const states = (facts: PaperFacts, fact: UnverifiedFact) => (fact === "id" ? true : facts.publishedAt !== undefined);
  const sure = (facts: PaperFacts, fact: UnverifiedFact) => states(facts, fact) && !facts.unverified?.includes(fact);
  return (["id", "published"] as const).filter(
    (fact) =>
      (known.unverified?.includes(fact) || said.unverified?.includes(fact)) && !sure(known, fact) && !sure(said, fact),
  );
}

/** Keywords and categories under which a paper is listed, folded, without repeats. */
export function topicsOf(facts: PaperFacts): string[] {
  const words = [...(facts.keywords ?? []), ...(facts.categories ?? []), facts.primaryCategory ?? ""];
  return [...new Set(words.map(topicKey).filter((word) => word !== ""))];
}

export function linkOf(facts: PaperFacts, kind: LinkKind): Link | undefined {
  return facts.links?.find((link) => link.kind === kind);
}

/** Where the paper itself is published: the stated page, else arXiv. */
export function pageUrl(paper: Paper): string | undefined {
  return linkOf(paper, "page")?.url ?? (isArxivId(paper.id) ? arxivPageUrl(paper.id) : undefined);
}

export function pdfUrl(paper: Paper): string | undefined {
  return linkOf(paper, "pdf")?.url ?? (isArxivId(paper.id) ? arxivPdfUrl(paper.id) : undefined);
}
