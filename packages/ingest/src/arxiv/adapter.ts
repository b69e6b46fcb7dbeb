/** arXiv's entry → record. */
import { type IncomingRecord, LIMITS, type PaperFacts, parseArxivId } from "@paperwire/domain";
import { arxivIdOf, cleanAuthors, cleanName, cleanTitle, cleanWords, toInstant, withoutGaps } from "../clean-facts.ts";
import type { ArxivEntry } from "./feed.ts";
import { ARXIV, readRemarks, withdrawalNotices } from "./withdrawal.ts";

export type AdaptedEntry = { record: IncomingRecord; isWithdrawn: boolean };

/**
 * @param asOf when arXiv was asked, ISO 8601
 * @throws Refusal
 */
export function adaptArxivEntry(said: ArxivEntry, asOf: string): AdaptedEntry {
  const { abstract, note, isWithdrawn } = readRemarks({ summary: said.summary, comment: said["arxiv:comment"] });
  const facts = withoutGaps<PaperFacts>({
    title: cleanTitle(said.title),
    abstract,
    authors: cleanAuthors(said.author.map(({ name }) => ({ name }))),
    publishedAt: toInstant(said.published),
    publishedPrecision: "instant",
    primaryCategory: cleanName(said["arxiv:primary_category"]?.["@term"], "category"),
    categories: cleanWords(
      said.category.map((category) => category["@term"]),
      { field: "categories", max: LIMITS.categories },
    ),
    note,
    notices: withdrawalNotices(isWithdrawn, toInstant(said.updated ?? asOf).slice(0, 10)),
    ...versionsOf(said, abstract),
  });
  const identifiers = [{ scheme: "arxiv" as const, value: arxivIdOf(said.id) }];
  return { record: { identifiers, facts, asOf, speaksFor: ARXIV }, isWithdrawn };
}

/** A notice of withdrawal has a version of its own, but the words known are those of the one before. */
function versionsOf(said: ArxivEntry, abstract: string | undefined): Partial<PaperFacts> {
  const number = parseArxivId(said.id)?.version ?? undefined;
  if (number === undefined || abstract === undefined) return {};
  if (number === 1 || said.updated === undefined) return { version: number };
  return {
    version: number,
    versions: [
      { number: 1, at: toInstant(said.published) },
      { number, at: toInstant(said.updated) },
    ],
  };
}
