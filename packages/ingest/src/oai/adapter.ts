/** arXiv's OAI record → our record. */
import { type IncomingRecord, isEditionDate, LIMITS, type PaperFacts, VERSIONS_MAX } from "@paperwire/domain";
import { splitAuthors } from "../arxiv/split-authors.ts";
import { plainAccents } from "../arxiv/tex-accents.ts";
import { ARXIV, readRemarks, withdrawalNotices } from "../arxiv/withdrawal.ts";
import { arxivIdOf, cleanAuthors, cleanName, cleanTitle, cleanWords, midnightOf, withoutGaps } from "../clean-facts.ts";
import { quote, Refusal } from "../refusal.ts";
import type { OaiRecord } from "./shape.ts";

const IDENTIFIER = /^oai:arxiv\.org:(.+)$/i;

export type AdaptedOaiRecord = {
  /** arXiv id without version. */
  id: string;
  /** Absent for a deleted record, of which only the id is left. */
  record: IncomingRecord | undefined;
  isWithdrawn: boolean;
  /** A paper that has one version, changed on this day: it may have been announced as new on it. */
  mayBeNewOn: string | null;
};

/**
 * What is said is as of the record's datestamp: harvesting the same list twice then changes nothing, and a file that
 * was made before the record last changed does not win over it.
 * @throws Refusal
 */
export function adaptOaiRecord(said: OaiRecord): AdaptedOaiRecord {
  const id = arxivIdOf(said.fields.id?.trim() || IDENTIFIER.exec(said.identifier)?.[1] || said.identifier);
  if (!isEditionDate(said.datestamp)) throw new Refusal(`${quote(said.datestamp)} is not a datestamp.`);
  if (said.isDeleted) return { id, record: undefined, isWithdrawn: true, mayBeNewOn: null };
  const { title, categories = "", comments, abstract: summary } = said.fields;
  if (title === undefined) throw new Refusal('"title" is missing.');
  const words = categories.trim().split(/\s+/);
  const isMarked = said.versions.at(-1)?.sourceType.includes("I") ?? false;
  const remarks = readRemarks({ summary: accents(summary), comment: accents(comments) }, isMarked);
  const facts = withoutGaps<PaperFacts>({
    title: cleanTitle(plainAccents(title)),
    abstract: remarks.abstract,
    authors: cleanAuthors(namesOf(said).map((name) => ({ name }))),
    ...submittedAt(said, id),
    primaryCategory: cleanName(words[0], "category"),
    categories: cleanWords(words, { field: "categories", max: LIMITS.categories }),
    note: remarks.note,
    notices: withdrawalNotices(remarks.isWithdrawn, lastDay(said)),
    ...versionsOf(said, remarks.abstract),
  });
  return {
    id,
    record: { identifiers: [{ scheme: "arxiv", value: id }], facts, asOf: asOf(said.datestamp), speaksFor: ARXIV },
    isWithdrawn: remarks.isWithdrawn,
    mayBeNewOn: said.versions.length === 1 ? said.datestamp : null,
  };
}

/** The last second of its day: other sources that know only the day spoke earlier on it. */
export const asOf = (datestamp: string) => `${datestamp}T23:59:59.000Z`;

/** arXivRaw dates the version that withdrew the paper; format arXiv only knows when the record changed. */
function lastDay({ versions, datestamp }: OaiRecord): string {
  return instantOf(versions.at(-1)?.date)?.slice(0, 10) ?? datestamp;
}

function instantOf(date: string | undefined): string | undefined {
  const ms = Date.parse(date ?? "");
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** The words are those of the last version, unless that one holds a notice of withdrawal in their place. */
function versionsOf({ versions }: OaiRecord, abstract: string | undefined): Partial<PaperFacts> {
  const dated = versions.slice(-VERSIONS_MAX).flatMap(({ name, date }) => {
    const number = Number(/^v(\d{1,3})$/.exec(name)?.[1]);
    const at = instantOf(date);
    return Number.isNaN(number) || at === undefined ? [] : [{ number, at }];
  });
  const last = dated.at(-1);
  return {
    ...(last === undefined || abstract === undefined ? {} : { version: last.number }),
    ...(dated.length > 1 ? { versions: dated } : {}),
  };
}

const accents = (text: string | undefined) => (text === undefined ? undefined : plainAccents(text));

function namesOf(said: OaiRecord): string[] {
  if (said.people.length === 0) return splitAuthors(said.fields.authors ?? "");
  return said.people.map(({ forenames, keyname, suffix }) =>
    plainAccents([forenames, keyname, suffix].filter((part) => part.trim() !== "").join(" ")).replace(/[{}]/g, ""),
  );
}

/**
 * Version 1 has its instant in arXivRaw. Format arXiv has `created`, which may be the day of a later version: it is
 * believed only where the paper's number, which begins with year and month, does not contradict it.
 */
function submittedAt({ versions, fields }: OaiRecord, id: string): Partial<PaperFacts> {
  const first = versions.find(({ name }) => name === "v1");
  const instant = first ? Date.parse(first.date) : Number.NaN;
  if (!Number.isNaN(instant)) {
    return { publishedAt: new Date(instant).toISOString(), publishedPrecision: "instant" };
  }
  const created = fields.created?.trim() ?? "";
  if (!isEditionDate(created)) return {};
  const numbered = /^(\d{2})(\d{2})\./.exec(id);
  const isLater = numbered !== null && created.slice(0, 7) > `20${numbered[1]}-${numbered[2]}`;
  return {
    publishedAt: midnightOf(created),
    publishedPrecision: "day",
    ...(isLater ? { unverified: ["published" as const] } : {}),
  };
}
