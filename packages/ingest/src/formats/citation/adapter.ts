/** A reference, whatever format it was written in → record. */
import { type IncomingRecord, isEditionDate, LIMITS, type Link, type PaperFacts } from "@paperwire/domain";
import {
  cleanAbstract,
  cleanAuthors,
  cleanLink,
  cleanName,
  cleanNote,
  cleanTitle,
  cleanUrl,
  cleanWords,
  midnightOf,
  withoutGaps,
} from "../../clean-facts.ts";
import { identifiersIn } from "../../identifiers.ts";
import { Refusal } from "../../refusal.ts";
import { linksIn } from "../page/shape.ts";

type Said = string | null | undefined;

export type Reference = {
  title: Said;
  /** In the order in which they are said: "Ada van Author Jr.". */
  authors: readonly string[];
  /** Journal, proceedings; absent for a preprint. */
  venue?: Said;
  /** Year, month, day, as far as they are known. */
  date: readonly number[];
  abstract?: Said;
  keywords?: readonly string[];
  note?: Said;
  doi?: Said;
  arxiv?: Said;
  category?: Said;
  urls?: readonly Said[];
  pdf?: Said;
  code?: Said;
};

/** The word of a list of references only fills gaps: those who publish a paper know it better. */
const UNDATED_AS_OF = "1900-01-01T00:00:00.000Z";
const PREPRINT_VENUE = /\b(?:arxiv|corr|preprint|biorxiv|medrxiv)\b/i;

/** @throws Refusal */
export function adaptReference(said: Reference): IncomingRecord {
  if (!said.title) throw new Refusal("It has no title.");
  const urls = said.urls ?? [];
  const identifiers = identifiersIn({ arxiv: said.arxiv, doi: said.doi, urls: [...urls, said.pdf] });
  const venue = cleanName(said.venue, "venue");
  const facts = withoutGaps<PaperFacts>({
    title: cleanTitle(said.title),
    abstract: cleanAbstract(said.abstract),
    authors: cleanAuthors(said.authors.filter((name) => name !== "others").map((name) => ({ name }))),
    ...publication(said.date),
    venue: venue && !PREPRINT_VENUE.test(venue) ? venue : undefined,
    primaryCategory: cleanName(said.category, "category"),
    categories: cleanWords(said.category ? [said.category] : [], { field: "categories", max: LIMITS.categories }),
    keywords: cleanWords(said.keywords ?? [], { field: "keywords", max: LIMITS.keywords }),
    links: linksOf(said),
    note: cleanNote(said.note),
  });
  const asOf = facts.publishedAt ?? UNDATED_AS_OF;
  return { identifiers, facts, asOf };
}

/** A month is claimed as no more than its year, but sorts where it belongs. */
function publication([year, month = 1, day = 1]: readonly number[]): Partial<PaperFacts> {
  if (year === undefined) return {};
  const two = (part: number) => String(part).padStart(2, "0");
  const date = `${year}-${two(month)}-${two(day)}`;
  if (!isEditionDate(date)) return {};
  return { publishedAt: midnightOf(date), publishedPrecision: "year", year };
}

/** An address that only says the DOI or the arXiv id again is no link of its own. */
function linksOf({ urls = [], pdf, code, note }: Reference): Link[] {
  const pages = urls.filter(
    (url) => url && !/^https?:\/\/(?:dx\.)?doi\.org\/|^https?:\/\/(?:www\.|export\.)?arxiv\.org\//i.test(url),
  );
  const found = pages
    .flatMap((url) => linksIn(url ?? ""))
    .map((link) => (link.kind === "project" ? { ...link, kind: "page" as const } : link));
  const links = [
    ...cleanLink({ kind: "code" }, code),
    ...found,
    ...linksIn(note ?? ""),
    ...cleanLink({ kind: "pdf" }, cleanUrl(pdf)),
  ];
  return links
    .filter(({ kind, url }, at) => links.findIndex((one) => one.kind === kind && one.url === url) === at)
    .slice(0, LIMITS.links);
}
