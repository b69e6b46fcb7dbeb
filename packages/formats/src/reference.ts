/** What every citation format says of a paper, decided once: kind, year, container, identifiers, doubts. */
import { arxivPageUrl, isArxivId, noticeText, type Paper, pageUrl } from "@paperwire/domain";
import { type PersonName, parsePersonName } from "./person-name.ts";

export type Reference = {
  kind: "preprint" | "conference" | "journal";
  /** Readable and the same in every export: `ge2024convllava`. ASCII letters and digits only. */
  key: string;
  title: string;
  authors: PersonName[];
  /** Year, month, day, as far as it is known for this kind; empty where nothing is. */
  date: number[];
  /** Conference or journal. */
  container?: string;
  arxivId?: string;
  /** arXiv registers one for each of its papers. @source https://info.arxiv.org/help/doi.html */
  doi?: string;
  primaryClass?: string;
  url?: string;
  /** What is said against the paper, then sentences about facts that nobody checked. */
  doubts: string[];
};

/** Venues that are journals; every other one is taken for a conference. */
const JOURNALS = /^(?:tmlr|jmlr|tacl|tpami|ijcv|jair|nature\b.*|science|.*\bjournal\b.*|.*\btransactions\b.*)/i;
/** Opening words that say nothing about a title. */
const EMPTY_WORDS = new Set([
  "a",
  "an",
  "the",
  "on",
  "in",
  "of",
  "for",
  "to",
  "towards",
  "toward",
  "and",
  "with",
  "is",
]);

export function referenceOf(paper: Paper): Reference {
  const container = paper.venue && !/^arxiv$/i.test(paper.venue) ? paper.venue : undefined;
  const kind = container === undefined ? "preprint" : JOURNALS.test(container) ? "journal" : "conference";
  const authors = (paper.authors ?? []).map((author) => parsePersonName(author.name));
  const title = paper.title.replace(/\s+/g, " ").trim();
  const date = kind === "preprint" ? dateOf(paper) : yearOf(paper, container);
  const reference: Reference = {
    kind,
    key: keyOf({ authors, date, title, id: paper.id }),
    title,
    authors,
    date,
    doubts: doubtsOf(paper),
  };
  if (container !== undefined) reference.container = container;
  const url = pageUrl(paper);
  if (url !== undefined) reference.url = url;
  if (!isArxivId(paper.id)) return reference;
  reference.arxivId = paper.id;
  if (!paper.unverified?.includes("id")) reference.doi = `10.48550/arXiv.${paper.id}`;
  const primaryClass = paper.primaryCategory ?? paper.categories?.[0];
  if (primaryClass !== undefined) reference.primaryClass = primaryClass;
  reference.url ??= arxivPageUrl(paper.id);
  return reference;
}

/** Keys of a list: whoever comes later under a key already taken carries the id as well. */
export function distinctKeys(papers: readonly Paper[]): string[] {
  const taken = new Set<string>();
  return papers.map((paper) => {
    const plain = referenceOf(paper).key;
    const key = taken.has(plain) ? `${plain}-${slug(paper.id)}` : plain;
    taken.add(key);
    return key;
  });
}

export function doubtsOf(paper: Paper): string[] {
  const doubts = (paper.notices ?? []).map(noticeText);
  if (paper.unverified?.includes("id")) doubts.push("identifier not verified");
  if (paper.unverified?.includes("published")) doubts.push("date of publication not verified");
  return doubts;
}

function dateOf(paper: Paper): number[] {
  if (paper.publishedAt === undefined) return paper.year === undefined ? [] : [paper.year];
  const day = /^(\d{4})-(\d{2})-(\d{2})/.exec(paper.publishedAt);
  if (!day) return [];
  const parts = day.slice(1).map(Number);
  return paper.publishedPrecision === "year" ? parts.slice(0, 1) : parts;
}

/** The preprint's day is not the day of the proceedings: only a year is claimed for those. */
function yearOf(paper: Paper, container: string | undefined): number[] {
  const printed = /\b(?:19|20)\d{2}\b/.exec(container ?? "");
  if (printed) return [Number(printed[0])];
  return paper.year === undefined ? dateOf(paper).slice(0, 1) : [paper.year];
}

function keyOf({
  authors,
  date,
  title,
  id,
}: {
  authors: PersonName[];
  date: number[];
  title: string;
  id: string;
}): string {
  const first = authors[0];
  const who = first === undefined ? "" : slug("literal" in first ? first.literal : first.family);
  const words = title.split(/[^\p{L}\p{N}^{}]+/u).map(slug);
  const word = words.find((candidate) => candidate.length > 1 && !EMPTY_WORDS.has(candidate)) ?? "";
  const key = `${who}${date[0] ?? ""}${word}`;
  return /[a-z]/.test(key) ? key : `paper${slug(id)}`;
}

/** ASCII letters and digits, lower case; letters that only look accented by decomposition are kept. */
function slug(text: string): string {
  return text
    .replace(/[łŁ]/g, "l")
    .replace(/[øØ]/g, "o")
    .replace(/ß/g, "ss")
    .replace(/[æÆ]/g, "ae")
    .replace(/[đĐ]/g, "d")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "");
}
