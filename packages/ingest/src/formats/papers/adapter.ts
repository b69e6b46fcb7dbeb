/** Line of the paper collections → record. */
import {
  arxivPageUrl,
  arxivPdfUrl,
  type Identifier,
  type IncomingRecord,
  LIMITS,
  type Link,
  type PaperFacts,
} from "@paperwire/domain";
import { asOfDay } from "../../as-of.ts";
import {
  arxivIdOf,
  cleanAbstract,
  cleanAuthors,
  cleanLink,
  cleanName,
  cleanNote,
  cleanTitle,
  cleanWords,
  midnightOf,
  optionalText,
  withoutGaps,
} from "../../clean-facts.ts";
import { quote, Refusal } from "../../refusal.ts";
import type { PaperLine } from "./shape.ts";

/** Listings also name classes of other schemes here ("68T45", "I.2.10"), which are no topics. */
const ARXIV_CATEGORY = /^[a-z]+(?:-[a-z]+)?(?:\.(?:[A-Z]{2}|[a-z]+(?:-[a-z]+)?))?$/;
const PAPERLIST_ID = /^pl-[0-9a-z]{1,40}$/;

export function adaptPaperLine(said: PaperLine): IncomingRecord {
  const identifiers = identifiersOf(said);
  const ofArxiv = said.id.startsWith("ax-");
  return withoutGaps<IncomingRecord>({
    identifiers,
    facts: withoutGaps<PaperFacts>({
      title: cleanTitle(said.title),
      abstract: cleanAbstract(said.abstract),
      authors: cleanAuthors(undoubled(said.authors ?? []).map((name) => ({ name }))),
      ...publicationOf(said),
      ...(ofArxiv ? arxivTopics(said) : conferenceTopics(said)),
      summary: summaryOf(said),
      links: linksOf(said, identifiers),
      note: noteOf(said),
    }),
    // Proceedings carry no day on which they were read; they speak as of the end of their year.
    asOf: said.date ? asOfDay(said.date, "listing") : said.year ? asOfDay(`${said.year}-12-31`, "listing") : undefined,
  });
}

function identifiersOf({ id, arxiv }: PaperLine): Identifier[] {
  if (id.startsWith("ax-")) return [{ scheme: "arxiv", value: arxivIdOf(id.slice(3)) }];
  if (!PAPERLIST_ID.test(id)) throw new Refusal(`${quote(id)} is not an id of these collections: ax-… or pl-….`);
  const own: Identifier = { scheme: "paperlist", value: id };
  return arxiv ? [{ scheme: "arxiv", value: arxivIdOf(arxiv) }, own] : [own];
}

/** A listing's year is when the preprint came out; "arXiv" is no venue, and a rejected paper was not published at one. */
function publicationOf({ id, venue, year, status }: PaperLine): Partial<PaperFacts> {
  const publishedAt = year ? midnightOf(`${year}-01-01`) : undefined;
  const publishedPrecision = year ? "year" : undefined;
  if (id.startsWith("ax-")) return { publishedAt, publishedPrecision };
  const name = isTurnedAway(status) ? undefined : cleanName(venue, "venue");
  return { publishedAt, publishedPrecision, venue: name, year: year ?? undefined };
}

const isTurnedAway = (status: string | null | undefined) => /^(?:reject|withdraw)/i.test(status ?? "");

function arxivTopics({ area, categories }: PaperLine): Partial<PaperFacts> {
  const known = cleanWords(categories ?? [], { field: "categories", max: LIMITS.categories });
  return {
    primaryCategory: area && ARXIV_CATEGORY.test(area) ? area : undefined,
    categories: known.filter((category) => ARXIV_CATEGORY.test(category)),
  };
}

function conferenceTopics({ area, keywords }: PaperLine): Partial<PaperFacts> {
  return { keywords: cleanWords([...(keywords ?? []), area ?? ""], { field: "keywords", max: LIMITS.keywords }) };
}

function summaryOf({ tldr }: PaperLine): PaperFacts["summary"] {
  const text = optionalText(tldr, { field: "summary", max: LIMITS.summaryChars });
  return text ? { text, source: "the authors", generated: false } : undefined;
}

function noteOf({ comment, status, venue, year }: PaperLine): string | undefined {
  if (comment) return cleanNote(comment);
  if (!isTurnedAway(status) || !venue) return undefined;
  const outcome = /^reject/i.test(status ?? "") ? "not accepted" : "withdrawn";
  return cleanNote(`Submitted to ${venue}${year ? ` ${year}` : ""}, ${outcome}.`);
}

/** Addresses that follow from the arXiv id are not stored a second time. */
function linksOf({ url, pdf, code, site }: PaperLine, identifiers: readonly Identifier[]): Link[] {
  const arxiv = identifiers.find(({ scheme }) => scheme === "arxiv")?.value;
  const derived = arxiv ? [arxivPageUrl(arxiv), arxivPdfUrl(arxiv)] : [];
  return [
    ...cleanLink({ kind: "code" }, code),
    ...cleanLink({ kind: "project" }, site),
    ...cleanLink({ kind: "page" }, url),
    ...cleanLink({ kind: "pdf" }, pdf),
  ].filter((link) => !derived.includes(link.url));
}

/** 30,242 lines of one venue state the list of authors twice over (A B C A B C). */
function undoubled(authors: readonly string[]): readonly string[] {
  const half = authors.length / 2;
  if (half === 0 || !Number.isInteger(half)) return authors;
  const first = authors.slice(0, half);
  return first.every((name, index) => name === authors[half + index]) ? first : authors;
}
