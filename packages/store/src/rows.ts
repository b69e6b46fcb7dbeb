/** Rows as SQL gives them, and the papers and entries they stand for. */
import type {
  Author,
  EditionEntry,
  Link,
  ListedPaper,
  Organization,
  Paper,
  PaperFacts,
  Submitter,
  Summary,
} from "@paperwire/domain";
import { sql } from "kysely";

export type PaperRow = {
  id: string;
  title: string;
  abstract: string | null;
  authors: Author[];
  published_at: string | null;
  published_precision: PaperFacts["publishedPrecision"] | null;
  summary: Summary | null;
  venue: string | null;
  year: number | null;
  primary_category: string | null;
  categories: string[];
  keywords: string[];
  links: Link[];
  organization: Organization | null;
  note: string | null;
  unverified: NonNullable<PaperFacts["unverified"]>;
  notices: NonNullable<PaperFacts["notices"]>;
  version: number | null;
  versions: NonNullable<PaperFacts["versions"]>;
  revision: number;
  added_at: string;
  corrected_at: string | null;
};

export type EntryRow = {
  edition_date: string | null;
  place: number;
  submitted_at: string | null;
  submitter: string | null;
  fullname: string | null;
  upvotes: number;
  num_comments: number;
  upvotes_here: number;
  sender: Submitter | null;
  pick: { note: string | null } | null;
  comments_here: number;
  announced_on: string | null;
};

/** Columns of a paper `p`. */
export const PAPER = sql.raw(`
  p.id, p.title, p.abstract, p.authors, p.published_at, p.published_precision, p.summary, p.venue, p.year,
  p.primary_category, p.categories, p.keywords, p.links, p.organization, p.note, p.unverified, p.notices, p.version,
  p.versions, p.revision, p.added_at, p.corrected_at`);

/** Upvotes by accounts of this site for a paper `p`; beside them stand those that its source brought. */
export const UPVOTES_HERE = sql.raw("(select count(*) from upvotes u where u.paper_id = p.id)");

/** Comments on a paper `p` that show here; beside them stand those that its source counted. */
const COMMENTS_HERE = sql.raw("(select count(*) from comments c where c.paper_id = p.id and c.state = 'shown')");

/** Who put an entry `e` forward here; the name of an account may also be one that a source knows. */
const SENDER = sql.raw(`(
  select jsonb_build_object('name', a.handle, 'fullname', a.name)
  from submissions b join accounts a on a.id = b.account_id where b.id = e.submission_id)`);

/** That a curator picked an entry `e`, and what they noted. */
const PICK = sql.raw(`(
  select jsonb_build_object('note', k.note)
  from picks k where k.edition_date = e.edition_date and k.paper_id = e.paper_id)`);

/** Columns of an entry `e`, its submitter `s`, and the votes and comments for its paper `p`. */
export const ENTRY = sql`
  e.edition_date, e.place, e.submitted_at, e.submitter, s.fullname, e.upvotes, e.num_comments, e.announced_on,
  ${UPVOTES_HERE} as upvotes_here, ${COMMENTS_HERE} as comments_here,
  ${SENDER} as sender, ${PICK} as pick`;

/** The newest entry of each paper `p`, or nulls. */
export const NEWEST_ENTRY = sql.raw(`
  left join lateral (
    select * from edition_entries where paper_id = p.id order by edition_date desc limit 1) e on true
  left join submitters s on s.name = e.submitter`);

export function toFacts(row: PaperRow): PaperFacts {
  const facts: PaperFacts = { title: row.title };
  if (row.abstract !== null) facts.abstract = row.abstract;
  if (row.authors.length > 0) facts.authors = row.authors;
  if (row.published_at !== null) facts.publishedAt = row.published_at;
  if (row.published_precision !== null && row.published_precision !== undefined) {
    facts.publishedPrecision = row.published_precision;
  }
  if (row.summary !== null) facts.summary = row.summary;
  if (row.venue !== null) facts.venue = row.venue;
  if (row.year !== null) facts.year = row.year;
  if (row.primary_category !== null) facts.primaryCategory = row.primary_category;
  if (row.categories.length > 0) facts.categories = row.categories;
  if (row.keywords.length > 0) facts.keywords = row.keywords;
  if (row.links.length > 0) facts.links = row.links;
  if (row.organization !== null) facts.organization = row.organization;
  if (row.note !== null) facts.note = row.note;
  if (row.unverified.length > 0) facts.unverified = row.unverified;
  if (row.notices.length > 0) facts.notices = row.notices;
  if (row.version !== null) facts.version = row.version;
  if (row.versions.length > 0) facts.versions = row.versions;
  return facts;
}

export function toPaper(row: PaperRow): Paper {
  const paper: Paper = { ...toFacts(row), id: row.id, revision: row.revision, addedAt: row.added_at };
  if (row.corrected_at !== null) paper.correctedAt = row.corrected_at;
  return paper;
}

export function toEntry(row: EntryRow & { edition_date: string }): EditionEntry {
  return {
    edition: row.edition_date,
    place: row.place,
    submittedAt: row.submitted_at,
    submittedBy:
      row.sender ?? (row.submitter === null ? null : { name: row.submitter, fullname: row.fullname ?? row.submitter }),
    ...(row.pick && { pick: row.pick.note === null ? {} : { note: row.pick.note } }),
    upvotes: row.upvotes + row.upvotes_here,
    ...(row.upvotes_here > 0 && { upvotesHere: row.upvotes_here }),
    numComments: row.num_comments + row.comments_here,
    ...(row.announced_on !== null && { announcedOn: row.announced_on }),
  };
}

export function toListed(row: PaperRow & EntryRow): ListedPaper {
  const { edition_date: edition, upvotes_here: here, comments_here: comments } = row;
  const entry = edition === null ? null : toEntry({ ...row, edition_date: edition });
  return {
    paper: toPaper(row),
    entry,
    ...(here > 0 && { upvotesHere: here }),
    ...(comments > 0 && { commentsHere: comments }),
  };
}

/** The same facts always give the same text, whatever order their keys came in: what "unchanged" means. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
