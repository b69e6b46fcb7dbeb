/** arXiv's entry → record. */
import { type IncomingRecord, LIMITS, type PaperFacts } from "@paperwire/domain";
import { arxivIdOf, cleanAuthors, cleanName, cleanTitle, cleanWords, toInstant, withoutGaps } from "../clean-facts.ts";
import type { ArxivEntry } from "./feed.ts";
import { readRemarks } from "./withdrawal.ts";

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
  });
  return { record: { identifiers: [{ scheme: "arxiv", value: arxivIdOf(said.id) }], facts, asOf }, isWithdrawn };
}
