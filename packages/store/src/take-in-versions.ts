/** Words that a paper had before, kept when others take their place. */
import { createHash } from "node:crypto";
import { type EarlierWords, type PaperFacts, type PaperId, sameWords, titleKey, VERSIONS_MAX } from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";

export type Superseded = { paperId: PaperId; words: EarlierWords };

type Said = { facts: PaperFacts; asOf: string | null };

/**
 * The words that are not the paper's own after `said` has joined `known`: the older ones, whichever they are.
 * @returns null where no words were lost: nothing changed, or a source without version numbers told something older
 */
export function supersededBy(known: Said, said: Said, { newer }: { newer: boolean }): EarlierWords | null {
  const [older, winner] = newer ? [known, said] : [said, known];
  const { title, abstract, note, version } = older.facts;
  if (abstract === undefined || winner.facts.abstract === undefined) return null;
  if (sameWords(abstract, winner.facts.abstract) && sameWords(title, winner.facts.title)) return null;
  const isNumbered = version !== undefined && version !== winner.facts.version;
  if (!newer && !isNumbered) return null;
  const words: EarlierWords = { number: isNumbered ? version : null, saidAt: saidAt(older), title, abstract };
  return note === undefined ? words : { ...words, note };
}

/** A numbered version has a date of its own, of which the newer record may know. */
function saidAt({ facts, asOf }: Said): string | null {
  const { version, versions = [], publishedAt, publishedPrecision } = facts;
  const dated = versions.find(({ number }) => number === version)?.at;
  const first = version === 1 && publishedPrecision !== "year" ? publishedAt : undefined;
  return dated ?? first ?? asOf;
}

/** The first words under a number stay, and the same words are kept once. */
export async function writeSuperseded(trx: Database, all: readonly Superseded[], now: string): Promise<void> {
  if (all.length === 0) return;
  const rows = all.map(({ paperId, words }) => ({
    paper_id: paperId,
    label: words.number === null ? (words.saidAt ?? now) : `v${words.number}`,
    number: words.number,
    said_at: words.saidAt,
    title: words.title,
    abstract: words.abstract,
    note: words.note,
    words_key: wordsKey(words),
  }));
  await sql`
    insert into paper_versions (paper_id, label, number, said_at, title, abstract, note, words_key)
    select paper_id, label, number, said_at, title, abstract, note, words_key
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (paper_id text, label text, number integer,
      said_at timestamptz, title text, abstract text, note text, words_key text)
    where not exists (select 1 from paper_versions v where v.paper_id = r.paper_id and v.words_key = r.words_key)
      and (select count(*) from paper_versions v where v.paper_id = r.paper_id) < ${VERSIONS_MAX}
    on conflict (paper_id, label) do nothing`.execute(trx);
}

function wordsKey({ title, abstract }: EarlierWords): string {
  return createHash("sha1")
    .update(`${titleKey(title)}\n${titleKey(abstract)}`)
    .digest("base64url");
}

/** Oldest first: numbered ones by number, then by when they were said. */
export async function listVersions(database: Database, paperId: PaperId): Promise<EarlierWords[]> {
  const { rows } = await sql<EarlierWords & { note: string | null }>`
    select number, said_at as "saidAt", title, abstract, note from paper_versions where paper_id = ${paperId}
    order by number nulls last, said_at nulls first, label limit ${VERSIONS_MAX}`.execute(database);
  return rows.map(({ note, ...words }) => (note === null ? words : { ...words, note }));
}
