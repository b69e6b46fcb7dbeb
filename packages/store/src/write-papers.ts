/** Writes papers as they stand: one statement for the papers, one for the names of their authors. */
import { nameKey, type PaperFacts, type PaperId, textKey, titleKey, topicsOf } from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** A paper as it will be written. */
export type Draft = {
  id: PaperId;
  facts: PaperFacts;
  asOf: string | null;
  isNew: boolean;
  changed: boolean;
  /** As `textKey` gives it, where somebody has asked already. */
  abstractKey?: number | null;
};

/** What a reader was shown and would want to be told of again. */
const SHOWN = (row: string) =>
  sql.raw(`(${row}.title, ${row}.abstract, jsonb_path_query_array(${row}.authors, '$[*].name'), ${row}.notices)`);

/** Each gets the next revision after `before`; the caller holds the counter and moves it. */
export async function writePapers(
  trx: Database,
  drafts: readonly Draft[],
  { before, at }: { before: number; at: string },
): Promise<void> {
  if (drafts.length === 0) return;
  const rows = drafts.map((draft, index) => toColumns(draft, before + 1 + index));
  await sql`
    insert into papers (id, title, title_key, abstract, authors, published_at, published_precision, summary, venue, year,
      primary_category, categories, keywords, topics, links, organization, note, unverified, as_of, revision,
      notices, version, versions, abstract_key, added_at)
    select id, title, title_key, abstract, authors, published_at, published_precision, summary, venue, year,
      primary_category, categories, keywords, topics, links, organization, note, unverified, as_of, revision,
      notices, version, versions, abstract_key, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id text, title text, title_key text, abstract text,
      authors jsonb, published_at timestamptz, published_precision text, summary jsonb, venue text, year integer,
      primary_category text, categories jsonb, keywords jsonb, topics text[], links jsonb, organization jsonb, note text,
      unverified jsonb, as_of timestamptz, revision bigint, notices jsonb, version integer, versions jsonb,
        abstract_key integer)
    on conflict (id) do update set title = excluded.title, title_key = excluded.title_key,
      abstract = excluded.abstract, authors = excluded.authors, published_at = excluded.published_at,
      published_precision = excluded.published_precision, summary = excluded.summary, venue = excluded.venue,
      year = excluded.year, primary_category = excluded.primary_category, categories = excluded.categories,
      keywords = excluded.keywords, topics = excluded.topics, links = excluded.links,
      organization = excluded.organization, note = excluded.note, unverified = excluded.unverified,
      as_of = excluded.as_of, revision = excluded.revision,
      notices = excluded.notices, version = excluded.version, versions = excluded.versions,
      abstract_key = excluded.abstract_key,
      corrected_at = case when ${SHOWN("papers")} is distinct from ${SHOWN("excluded")} then ${at}::timestamptz
        else papers.corrected_at end`.execute(trx);
}

function toColumns({ id, facts, asOf, abstractKey = textKey(facts.abstract ?? "") }: Draft, revision: number) {
  return {
    id,
    title: facts.title,
    title_key: titleKey(facts.title),
    abstract: facts.abstract,
    authors: facts.authors ?? [],
    published_at: facts.publishedAt,
    published_precision: facts.publishedPrecision,
    summary: facts.summary,
    venue: facts.venue,
    year: facts.year,
    primary_category: facts.primaryCategory,
    categories: facts.categories ?? [],
    keywords: facts.keywords ?? [],
    topics: topicsOf(facts),
    links: facts.links ?? [],
    organization: facts.organization,
    note: facts.note,
    unverified: facts.unverified ?? [],
    as_of: asOf,
    revision,
    notices: facts.notices ?? [],
    version: facts.version,
    versions: facts.versions ?? [],
    abstract_key: abstractKey,
  };
}

export async function writeAuthors(
  trx: Database,
  drafts: readonly Pick<Draft, "id" | "facts" | "isNew">[],
): Promise<void> {
  const known = drafts.filter((draft) => !draft.isNew).map((draft) => draft.id);
  if (known.length > 0) await sql`delete from paper_authors where paper_id = any(${known}::text[])`.execute(trx);
  const rows = drafts.flatMap(({ id, facts }) =>
    (facts.authors ?? []).map((author, position) => ({ paper_id: id, position, name_key: nameKey(author.name) })),
  );
  if (rows.length === 0) return;
  await sql`
    insert into paper_authors (paper_id, position, name_key)
    select * from unnest(${rows.map((row) => row.paper_id)}::text[], ${rows.map((row) => row.position)}::integer[],
      ${rows.map((row) => row.name_key)}::text[])`.execute(trx);
}
