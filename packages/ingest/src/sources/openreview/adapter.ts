/** A submission on OpenReview → record. */
import { type IncomingRecord, LIMITS, type Link, type PaperFacts } from "@paperwire/domain";
import {
  cleanAbstract,
  cleanAuthors,
  cleanLink,
  cleanName,
  cleanNote,
  cleanTitle,
  cleanWords,
  optionalText,
  withoutGaps,
} from "../../clean-facts.ts";
import { identifiersIn } from "../../identifiers.ts";
import { quote, Refusal } from "../../refusal.ts";
import type { OpenReviewNote } from "./shape.ts";

const SITE = "https://openreview.net";
/** "ICLR 2026 poster" → the venue; "Submitted to ICLR 2026" is none. */
const NOT_ACCEPTED = /submitted|reject|withdrawn|desk/i;

/** @returns null for what is no submission any more @throws Refusal */
export function adaptNote(said: OpenReviewNote): IncomingRecord | null {
  const { content, forum, id, ddate } = said;
  if (ddate) return null;
  if (!content.title) throw new Refusal('"content.title" is missing, or may not be read.');
  const identifiers = identifiersIn({ openreview: forum ?? id });
  if (identifiers.length === 0) throw new Refusal(`${quote(id)} is not an id of OpenReview.`);
  const summary = optionalText(content.TLDR ?? content["TL;DR"], { field: "summary", max: LIMITS.summaryChars });
  const changedMs = said.tmdate ?? said.mdate ?? said.cdate;
  const facts = withoutGaps<PaperFacts>({
    title: cleanTitle(content.title),
    abstract: cleanAbstract(content.abstract),
    authors: cleanAuthors(
      (content.authors ?? []).map((one, at) => ({ name: nameOf(one), email: content.authorids?.[at] })),
    ),
    ...publishedAt(said),
    ...venueOf(content.venue),
    keywords: cleanWords(wordsOf(content.keywords), { field: "keywords", max: LIMITS.keywords }),
    summary: summary ? { text: summary, source: "the authors", generated: false } : undefined,
    links: linksOf(said, identifiers[0]!.value),
    note: noteOf(content.venueid, content.venue),
  });
  return { identifiers, facts, ...(changedMs ? { asOf: new Date(changedMs).toISOString() } : {}) };
}

const nameOf = (author: string | { fullname?: string | null | undefined; name?: string | null | undefined }) =>
  typeof author === "string" ? author : (author.fullname ?? author.name ?? "");

function wordsOf(keywords: OpenReviewNote["content"]["keywords"]): string[] {
  return typeof keywords === "string" ? keywords.split(/[,;]/) : (keywords ?? []);
}

function publishedAt({ pdate, odate, cdate }: OpenReviewNote): Partial<PaperFacts> {
  const ms = pdate ?? odate ?? cdate;
  return ms ? { publishedAt: new Date(ms).toISOString(), publishedPrecision: "instant" } : {};
}

function venueOf(venue: string | null | undefined): Partial<PaperFacts> {
  const name = cleanName(venue, "venue");
  if (!name || NOT_ACCEPTED.test(name)) return {};
  const year = /\b(20\d{2})\b/.exec(name)?.[1];
  return { venue: name, ...(year ? { year: Number(year) } : {}) };
}

/** @source venue ids of OpenReview: …/Withdrawn_Submission, …/Rejected_Submission, …/Desk_Rejected_Submission */
function noteOf(venueid: string | null | undefined, venue: string | null | undefined): string | undefined {
  const state = /\/(Withdrawn|Desk_Rejected|Rejected)_Submission$/.exec(venueid ?? "")?.[1];
  if (!state) return undefined;
  const where = (venue ?? "").replace(/^.*\bsubmitted to\b/i, "").trim();
  const name = (where || venueid!.split("/")[0]!).replace(/\s*(?:withdrawn|rejected|desk rejected).*$/i, "");
  const outcome = state === "Withdrawn" ? "withdrawn" : "not accepted";
  return cleanNote(`Submitted to ${name}, ${outcome}.`);
}

function linksOf({ content }: OpenReviewNote, forum: string): Link[] {
  const within = (path: string | null | undefined) => (path?.startsWith("/") ? `${SITE}${path}` : path);
  return [
    ...cleanLink({ kind: "code" }, content.code ?? content.code_link),
    ...cleanLink({ kind: "project" }, content.project_page),
    ...cleanLink({ kind: "page" }, `${SITE}/forum?id=${encodeURIComponent(forum)}`),
    ...cleanLink({ kind: "pdf" }, content.pdf ? `${SITE}/pdf?id=${encodeURIComponent(forum)}` : within(content.pdf)),
  ];
}
