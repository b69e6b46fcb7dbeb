/** Taking records in: which paper is meant, what changes, and one statement per table to write it. */
import { type Identifier, type IncomingRecord, mergeFacts, type Outcome, titleKey } from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { canonical, PAPER, type PaperRow, toFacts } from "./rows.ts";
import { saveMark } from "./source-marks.ts";
import type { SourceMark } from "./source-store.ts";
import { takeInEntries } from "./take-in-entries.ts";
import { findDoubles, mergeDoubles } from "./take-in-merges.ts";
import { type Superseded, supersededBy, writeSuperseded } from "./take-in-versions.ts";
import { type Draft, writeAuthors, writePapers } from "./write-papers.ts";

export const MOST_RECORDS = 1_000;

type Known = { byId: Map<string, Draft>; idOf: Map<string, string>; idOfTitle: Map<string, string> };

/** Rows to be added beside the papers. */
type News = { identifiers: { scheme: string; value: string; paper_id: string }[]; superseded: Superseded[] };

const keyOf = (identifier: Identifier) => `${identifier.scheme}:${identifier.value}`;

export async function takeIn(
  database: Database,
  { newId, at }: { newId: () => string; at: string },
  records: readonly IncomingRecord[],
  mark?: SourceMark,
): Promise<Outcome[]> {
  if (records.length > MOST_RECORDS) throw new RangeError(`${records.length} records; at most ${MOST_RECORDS}`);
  if (records.length === 0) {
    if (mark) await saveMark(database, mark, at);
    return [];
  }
  return database.transaction().execute(async (trx) => {
    const { rows } = await sql<{ value: number }>`select value from revision_counter for update`.execute(trx);
    const before = rows[0]!.value;
    const known = await findKnown(trx, records);
    const news: News = { identifiers: [], superseded: [] };
    const changes = records.map((record) => {
      const draft = draftFor(record, known, newId, news);
      return { record, paperId: draft.draft.id, outcome: draft.outcome };
    });
    const changed = [...known.byId.values()].filter((draft) => draft.changed);
    const doubles = await findDoubles(trx, changed, arxivIdsOf(news));
    await writePapers(trx, changed, { before, at });
    await writeIdentifiers(trx, news.identifiers);
    await writeSuperseded(trx, news.superseded, at);
    await writeAuthors(trx, changed);
    const entryChanged = await takeInEntries(trx, changes);
    const outcomes = changes.map(
      ({ outcome }, index): Outcome => (outcome === "unchanged" && entryChanged[index] ? "updated" : outcome),
    );
    const steps = changed.length + (entryChanged.includes(true) && changed.length === 0 ? 1 : 0);
    if (steps > 0) await sql`update revision_counter set value = value + ${steps}`.execute(trx);
    const noNews = await mergeDoubles(trx, doubles, { newId, at });
    if (mark) await saveMark(trx, mark, at);
    return outcomes.map((outcome, index) =>
      outcome === "added" && noNews.has(changes[index]!.paperId) ? "updated" : outcome,
    );
  });
}

function arxivIdsOf({ identifiers }: News): Map<string, string> {
  const ofArxiv = identifiers.filter(({ scheme }) => scheme === "arxiv");
  return new Map(ofArxiv.map(({ paper_id, value }) => [paper_id, value]));
}

async function findKnown(trx: Database, records: readonly IncomingRecord[]): Promise<Known> {
  const identifiers = records.flatMap((record) => record.identifiers);
  const found = await sql<{ scheme: string; value: string; paper_id: string }>`
    select i.scheme, i.value, i.paper_id from paper_identifiers i
    join unnest(${identifiers.map((i) => i.scheme)}::text[], ${identifiers.map((i) => i.value)}::text[])
      as wanted (scheme, value) on wanted.scheme = i.scheme and wanted.value = i.value`.execute(trx);
  const nameless = records.filter((record) => record.identifiers.length === 0);
  const titles = nameless.map((record) => titleKey(record.facts.title));
  const merged = await winnersByTitle(trx, titles);
  const ids = found.rows.map((row) => row.paper_id);
  const papers = await sql<PaperRow & { title_key: string; as_of: string | null }>`
    select ${PAPER}, p.title_key, p.as_of from papers p
    where p.id = any(${[...ids, ...merged.values()]}::text[]) or p.title_key = any(${titles}::text[]) order by p.id`.execute(
    trx,
  );
  const known: Known = { byId: new Map(), idOf: new Map(), idOfTitle: new Map() };
  for (const row of found.rows) known.idOf.set(`${row.scheme}:${row.value}`, row.paper_id);
  for (const row of papers.rows) {
    known.byId.set(row.id, { id: row.id, facts: toFacts(row), asOf: row.as_of, isNew: false, changed: false });
    if (!known.idOfTitle.has(row.title_key)) known.idOfTitle.set(row.title_key, row.id);
  }
  for (const [title, id] of merged) {
    if (known.byId.has(id) && !known.idOfTitle.has(title)) known.idOfTitle.set(title, id);
  }
  return known;
}

/** A record that only its title names still finds the paper that its own was merged into. */
async function winnersByTitle(trx: Database, titles: readonly string[]): Promise<Map<string, string>> {
  if (titles.length === 0) return new Map();
  const { rows } = await sql<{ title: string; id: string }>`
    select loser_title_key as title, winner_id as id from paper_merges
    where loser_title_key = any(${[...titles]}::text[]) and undone_at is null order by id`.execute(trx);
  return new Map(rows.map(({ title, id }) => [title, id]));
}

function draftFor(
  record: IncomingRecord,
  known: Known,
  newId: () => string,
  news: News,
): { draft: Draft; outcome: Outcome } {
  const draft = findDraft(record, known);
  const id = draft?.id ?? record.identifiers.find((i) => i.scheme === "arxiv")?.value ?? newId();
  for (const identifier of record.identifiers) {
    if (known.idOf.has(keyOf(identifier))) continue;
    known.idOf.set(keyOf(identifier), id);
    news.identifiers.push({ ...identifier, paper_id: id });
  }
  if (!draft) {
    const added = { id, facts: record.facts, asOf: record.asOf ?? null, isNew: true, changed: true };
    known.byId.set(id, added);
    known.idOfTitle.set(titleKey(record.facts.title), id);
    return { draft: added, outcome: "added" };
  }
  const newer = !record.asOf || !draft.asOf || record.asOf >= draft.asOf;
  const merged = mergeFacts(draft.facts, record.facts, { newer, speaksFor: record.speaksFor });
  const words = supersededBy(draft, { facts: record.facts, asOf: record.asOf ?? null }, { newer });
  if (words) news.superseded.push({ paperId: id, words });
  const asOf = newer && record.asOf ? record.asOf : draft.asOf;
  if (canonical(merged) === canonical(draft.facts)) {
    // A newer source that says the same is no change a reader could see, but it must win the next disagreement.
    if (asOf !== draft.asOf) Object.assign(draft, { asOf, changed: true });
    return { draft, outcome: "unchanged" };
  }
  Object.assign(draft, { facts: merged, asOf, changed: true });
  return { draft, outcome: "updated" };
}

function findDraft(record: IncomingRecord, known: Known): Draft | undefined {
  const id =
    record.identifiers.length === 0
      ? known.idOfTitle.get(titleKey(record.facts.title))
      : record.identifiers.map((identifier) => known.idOf.get(keyOf(identifier))).find((found) => found !== undefined);
  return id === undefined ? undefined : known.byId.get(id);
}

async function writeIdentifiers(trx: Database, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into paper_identifiers (scheme, value, paper_id)
    select scheme, value, paper_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (scheme text, value text, paper_id text)`.execute(trx);
}
