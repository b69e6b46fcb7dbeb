/** arXiv's entry → record. */
import { type IncomingRecord, LIMITS, type PaperFacts } from "@paperwire/domain";
import {
  arxivIdOf,
  cleanAbstract,
  cleanAuthors,
  cleanName,
  cleanNote,
  cleanTitle,
  cleanWords,
  toInstant,
  withoutGaps,
} from "../clean-facts.ts";
import type { ArxivEntry } from "./feed.ts";

/** arXiv has no field for it: authors say so at the beginning of their remark, or in place of the abstract. */
const WITHDRAWN = /^(?:withdrawn\b|(?:the|this|our)\b[^.]{0,100}\b(?:withdrawn|withdrew)\b)/i;

export type AdaptedEntry = { record: IncomingRecord; isWithdrawn: boolean };

/**
 * @param asOf when arXiv was asked, ISO 8601
 * @throws Refusal
 */
export function adaptArxivEntry(said: ArxivEntry, asOf: string): AdaptedEntry {
  const comment = cleanNote(said["arxiv:comment"]);
  const abstract = cleanAbstract(said.summary);
  const isNotice = WITHDRAWN.test(abstract ?? "");
  const isWithdrawn = isNotice || WITHDRAWN.test(comment ?? "");
  const notice = `Withdrawn on arXiv. ${comment ?? (isNotice ? abstract : "") ?? ""}`.trim();
  const facts = withoutGaps<PaperFacts>({
    title: cleanTitle(said.title),
    // A notice in place of the abstract must not replace an abstract that is known.
    abstract: isNotice ? undefined : abstract,
    authors: cleanAuthors(said.author.map(({ name }) => ({ name }))),
    publishedAt: toInstant(said.published),
    publishedPrecision: "instant",
    primaryCategory: cleanName(said["arxiv:primary_category"]?.["@term"], "category"),
    categories: cleanWords(
      said.category.map((category) => category["@term"]),
      { field: "categories", max: LIMITS.categories },
    ),
    note: isWithdrawn ? cleanNote(notice.slice(0, LIMITS.noteChars)) : comment,
  });
  return { record: { identifiers: [{ scheme: "arxiv", value: arxivIdOf(said.id) }], facts, asOf }, isWithdrawn };
}
