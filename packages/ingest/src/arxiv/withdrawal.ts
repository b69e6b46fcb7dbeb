/** What arXiv's fields say of a withdrawal, which has no field of its own in most formats. */
import { type EditionDate, LIMITS, type Notice } from "@paperwire/domain";
import { cleanAbstract, cleanNote } from "../clean-facts.ts";

/** Authors say so at the beginning of their remark, or in place of the abstract. */
const WITHDRAWN = /^(?:withdrawn\b|(?:the|this|our)\b[^.]{0,100}\b(?:withdrawn|withdrew)\b)/i;

export type Remarks = { abstract: string | undefined; note: string | undefined; isWithdrawn: boolean };

/**
 * @param isMarked  the source itself marks the paper as withdrawn
 * @returns the abstract, unless a notice stands in its place, and the note with which a withdrawal is told
 * @throws Refusal  a text beyond its limit
 */
export function readRemarks(
  { summary, comment: said }: { summary: string | undefined; comment: string | undefined },
  isMarked = false,
): Remarks {
  const comment = cleanNote(said);
  const abstract = cleanAbstract(summary);
  const isNotice = WITHDRAWN.test(abstract ?? "");
  const isWithdrawn = isMarked || isNotice || WITHDRAWN.test(comment ?? "");
  const notice = `Withdrawn on arXiv. ${comment ?? (isNotice ? abstract : "") ?? ""}`.trim();
  return {
    // A notice in place of the abstract must not replace an abstract that is known.
    abstract: isNotice ? undefined : abstract,
    note: isWithdrawn ? cleanNote(notice.slice(0, LIMITS.noteChars)) : comment,
    isWithdrawn,
  };
}

export const ARXIV = "arXiv";

/** @param day  of the version that says so, or on which the source was asked: the earliest one known is kept */
export function withdrawalNotices(isWithdrawn: boolean, day: EditionDate): Notice[] {
  return isWithdrawn ? [{ kind: "withdrawn", source: ARXIV, date: day }] : [];
}
