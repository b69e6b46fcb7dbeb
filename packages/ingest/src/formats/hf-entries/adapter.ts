/** Hugging Face edition line → record. */
import type { EditionDate, IncomingRecord } from "@paperwire/domain";
import { asOfDay } from "../../as-of.ts";
import { arxivIdOf, cleanName, toInstant, withoutGaps } from "../../clean-facts.ts";
import { hfFacts } from "../hf-facts.ts";
import type { HfEntry } from "./shape.ts";

/** The place is the order of the lines, so the adapter counts per edition. */
export function adaptHfEntries(): (said: HfEntry) => IncomingRecord {
  const places = new Map<EditionDate, number>();
  return (said) => {
    const identifiers = [{ scheme: "arxiv" as const, value: arxivIdOf(said.id) }];
    const submittedAt = submissionOf(said);
    const submitter = cleanName(said.submittedBy, "name of the submitter");
    const organization = cleanName(said.organization, "name of the organization");
    const facts = hfFacts({
      ...said,
      authors: (said.authors ?? []).map(({ name, claimed }) => ({ name, claimedBy: claimed ?? undefined })),
      organization: organization ? { name: organization, fullname: organization } : undefined,
    });
    const position = (places.get(said.edition) ?? 0) + 1;
    places.set(said.edition, position);
    return {
      identifiers,
      facts,
      entry: withoutGaps({
        edition: said.edition,
        position,
        submittedAt,
        submittedBy: submitter ? { name: submitter, fullname: submitter } : undefined,
        upvotes: said.upvotes ?? undefined,
        numComments: said.numComments ?? undefined,
      }),
      asOf: asOfDay(said.edition, "edition"),
    };
  };
}

/** A submission before publication is HF's arXiv time under a wrong name (5,788 of 8,498 lines): not believed. */
function submissionOf(said: HfEntry): string | undefined {
  if (said.submittedOnDailyAt) return toInstant(said.submittedOnDailyAt);
  if (!said.submittedAt) return undefined;
  const submittedAt = toInstant(said.submittedAt);
  return said.publishedAt && submittedAt < toInstant(said.publishedAt) ? undefined : submittedAt;
}
