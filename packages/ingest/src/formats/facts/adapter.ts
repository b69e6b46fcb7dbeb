/** Seed facts → record; what was not checked stays marked. */
import { type EditionDate, type IncomingRecord, LIMITS, type PaperFacts, type UnverifiedFact } from "@paperwire/domain";
import { asOfDay } from "../../as-of.ts";
import {
  arxivIdOf,
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
import type { SeedFacts } from "./shape.ts";

/** The edition these facts were gathered for; also the day as of which they speak. */
export const SEED_EDITION: EditionDate = "2025-03-28";

export function adaptSeedFacts(edition: EditionDate): (said: SeedFacts) => IncomingRecord {
  return (said) => ({
    identifiers: said.arxiv_id ? [{ scheme: "arxiv", value: arxivIdOf(said.arxiv_id) }] : [],
    facts: withoutGaps<PaperFacts>({
      title: cleanTitle(said.title),
      authors: cleanAuthors(authorsOf(said).map((name) => ({ name }))),
      ...publicationOf(said),
      ...venueOf(said),
      primaryCategory: cleanName(said.primary_category, "category"),
      summary: summaryOf(said),
      keywords: cleanWords(said.keywords ?? [], { field: "keywords", max: LIMITS.keywords }),
      links: [...cleanLink({ kind: "code" }, said.code_url), ...cleanLink({ kind: "project" }, said.project_url)],
      note: noteOf(said),
      unverified: doubtsOf(said),
    }),
    entry: { edition, position: said.n },
    asOf: asOfDay(SEED_EDITION, "facts"),
  });
}

/** A month is claimed as no more than its year, but sorts where it belongs. */
function publicationOf({ published }: SeedFacts): Partial<PaperFacts> {
  if (!published) return {};
  return published.length === "2024-02".length
    ? { publishedAt: midnightOf(`${published}-01`), publishedPrecision: "year" }
    : { publishedAt: midnightOf(published), publishedPrecision: "day" };
}

const authorsOf = ({ authors }: SeedFacts) => (authors ?? []).filter((name) => name !== null);

function noteOf(said: SeedFacts): string | undefined {
  const some = said.authors?.includes(null) ? "The built-in edition names only some of the authors." : "";
  return cleanNote([said.note ?? "", some].join(" "));
}

/** "ICCV 2023" → venue and year, as the paper collections state them; a journal without a year is only a venue. */
function venueOf(said: SeedFacts): Partial<PaperFacts> {
  const venue = cleanName(said.venue, "venue");
  const dated = venue ? /^(.+) (\d{4})$/.exec(venue) : null;
  return dated ? { venue: dated[1], year: Number(dated[2]) } : { venue };
}

function summaryOf(said: SeedFacts): PaperFacts["summary"] {
  const text = optionalText(said.tldr, { field: "summary", max: LIMITS.summaryChars });
  return text ? { text, source: "Paperwire", generated: false } : undefined;
}

function doubtsOf(said: SeedFacts): UnverifiedFact[] {
  const doubts: UnverifiedFact[] = [];
  if (said.arxiv_id && said.arxiv_id_confidence !== "high") doubts.push("id");
  if (said.published && said.published_confidence === "recalled") doubts.push("published");
  return doubts;
}
