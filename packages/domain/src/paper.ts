/** A paper: what is known of it, from whom, and how a newer word about it joins an older one. */
import { arxivPageUrl, arxivPdfUrl, isArxivId } from "./arxiv-id.ts";
import { nameKey, topicKey } from "./keys.ts";
import { mergeNotices, type Notice } from "./notice.ts";
import { mergeVersionDates, sameWords, type VersionDate } from "./version.ts";

/** arXiv id without version, else a ULID. */
export type PaperId = string;

/** A name of the work in somebody's catalogue; `scheme` + `value` belong to one paper only. */
export type Identifier = { scheme: "arxiv" | "doi" | "openreview" | "acl" | "paperlist"; value: string };

export type Author = {
  name: string;
  /** User name of the account that proved to be this author. */
  claimedBy?: string;
  /** `0000-0002-1825-0097`, as the paper's source gave it. */
  orcid?: string;
  /** SHA-256 in hex of the address in lower case, where the source gave one; the address itself is not kept. Shown to nobody. */
  emailHash?: string;
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
  /** A verified author of the paper set it: it stands before the others of its kind. */
  byAuthor?: boolean;
};

/** A short text about the paper that is not its abstract; always says who wrote it. */
export type Summary = {
  text: string;
  /** Who wrote it: "Paperwire", "Hugging Face", … */
  source: string;
  /** A language model wrote it; `model` is its name where known. */
  generated: boolean;
  model?: string;
  /** A verified author of the paper wrote it: no source replaces it. */
  byAuthor?: boolean;
};

export type Organization = { name: string; fullname: string };

/** How exact `publishedAt` is, to the instant where nothing is said: the seed knows days, proceedings know years. */
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
  /** What is said against the paper; it stays listed, marked. */
  notices?: readonly Notice[];
  /** The version whose words these are, where the source numbers them. */
  version?: number;
  /** All versions known, where there are several, oldest first. */
  versions?: readonly VersionDate[];
};

export type Paper = PaperFacts & {
  id: PaperId;
  /** Grows with each change; the search index follows it. */
  revision: number;
  /** When it was taken in here, ISO 8601. */
  addedAt?: string;
  /** When its title, abstract or list of authors last became another, ISO 8601; absent where they never did. */
  correctedAt?: string;
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
 * believed and the older one only fills gaps, so taking in the same file twice changes nothing the second time. Two
 * exceptions: a coarse date does not replace an exact one, and a list of names does not undo a claim.
 * @param newer true where `said` is at least as recent as `known`
 * @param speaksFor  a source all of whose notices are in `said`
 */
export function mergeFacts(
  known: PaperFacts,
  said: PaperFacts,
  { newer, speaksFor }: { newer: boolean; speaksFor?: string | undefined },
): PaperFacts {
  const [winner, other] = newer ? [said, known] : [known, said];
  const merged: PaperFacts = { ...other, ...winner };
  const dated = bestDate(winner, other);
  if (dated.publishedAt !== undefined) {
    merged.publishedAt = dated.publishedAt;
    if (dated.publishedPrecision) merged.publishedPrecision = dated.publishedPrecision;
    else delete merged.publishedPrecision;
  }
  if (other.summary?.byAuthor && !winner.summary?.byAuthor) merged.summary = other.summary;
  const links = mergeLinks(winner.links ?? [], other.links ?? []);
  if (links.length > 0) merged.links = links;
  if (winner.authors && other.authors) merged.authors = keepProofs(winner.authors, other.authors);
  const notices = mergeNotices(winner.notices ?? [], other.notices ?? [], newer ? speaksFor : undefined);
  if (notices.length > 0) merged.notices = notices;
  else delete merged.notices;
  joinVersions(merged, winner, other);
  const unverified = remainingDoubts(known, said, dated);
  if (unverified.length > 0) merged.unverified = unverified;
  else delete merged.unverified;
  return merged;
}

const EXACTNESS: Record<DatePrecision, number> = { year: 0, day: 1, instant: 2 };

/** A date without a doubt goes before one with; then a list that knows only the year does not take arXiv's hour away. */
function bestDate(winner: PaperFacts, other: PaperFacts): PaperFacts {
  const rank = ({ publishedAt, publishedPrecision = "instant", unverified }: PaperFacts) => {
    if (publishedAt === undefined) return -1;
    return EXACTNESS[publishedPrecision] + (unverified?.includes("published") ? 0 : Object.keys(EXACTNESS).length);
  };
  return rank(other) > rank(winner) ? other : winner;
}

/** A newer list of names says nothing of who its people are; of two namesakes nobody can tell which was meant. */
function keepProofs(winner: readonly Author[], other: readonly Author[]): readonly Author[] {
  const proofs = new Map<string, Omit<Author, "name">>();
  for (const { name, ...proof } of other) if (Object.keys(proof).length > 0) proofs.set(nameKey(name), proof);
  if (proofs.size === 0) return winner;
  const keys = winner.map((author) => nameKey(author.name));
  return winner.map((author, index) => {
    const proof = proofs.get(keys[index]!);
    const hasNamesake = keys.indexOf(keys[index]!) !== keys.lastIndexOf(keys[index]!);
    return !proof || hasNamesake ? author : { ...proof, ...author };
  });
}

/** One link per kind and address; the winner's order first. */
function mergeLinks(winner: readonly Link[], other: readonly Link[]): Link[] {
  const byKey = new Map<string, Link>();
  for (const link of [...winner, ...other]) {
    const key = `${link.kind} ${link.url}`;
    const seen = byKey.get(key);
    byKey.set(key, seen ? { ...link, ...seen } : link);
  }
  const all = [...byKey.values()];
  return [...all.filter((link) => link.byAuthor), ...all.filter((link) => !link.byAuthor)].slice(0, LIMITS.links);
}

/** A source that does not number its words says nothing of their version, unless they are the same words. */
function joinVersions(merged: PaperFacts, winner: PaperFacts, other: PaperFacts): void {
  const isReworded = winner.abstract !== undefined && !sameWords(winner.abstract, other.abstract ?? "");
  if (winner.version === undefined && isReworded) delete merged.version;
  const versions = mergeVersionDates(winner.versions ?? [], other.versions ?? []);
  if (versions.length > 0) merged.versions = versions;
}

/** Two sources that name the work by one id confirm it, unless both doubt; a date brings its own doubt along. */
function remainingDoubts(known: PaperFacts, said: PaperFacts, dated: PaperFacts): UnverifiedFact[] {
  const doubts = (facts: PaperFacts, fact: UnverifiedFact) => facts.unverified?.includes(fact) ?? false;
  const remaining: UnverifiedFact[] = [];
  if (doubts(known, "id") && doubts(said, "id")) remaining.push("id");
  if (doubts(dated, "published")) remaining.push("published");
  return remaining;
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
