/** New papers that are a work already known under another name: found by keys, judged by what both say, and merged. */
import {
  type Evidence,
  judgePair,
  type PaperFacts,
  type PaperId,
  sketchWork,
  textKey,
  titleKey,
  type WorkSketch,
} from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { pairName } from "./merge-store.ts";
import { type Making, mergeWithin } from "./merges.ts";
import { PAPER, type PaperRow, toFacts } from "./rows.ts";
import type { Draft } from "./write-papers.ts";

/** Papers under one key beyond which it tells nothing ("Editorial"). */
const SAME_KEY_MAX = 8;

/** The second one is new. */
export type Doubles = readonly { papers: readonly [PaperId, PaperId]; evidence: Evidence }[];

type Paper = { id: PaperId; facts: PaperFacts };
type Arxiv = { paper_id: PaperId; value: string };

/**
 * Before anything is written: which of the new papers are the same work as a known one or as each other. Most batches find
 * no paper that shares a key, and ask one question.
 * @param arxivOf  arXiv ids of the new ones: two different ones are two works
 */
export async function findDoubles(
  trx: Database,
  drafts: readonly Draft[],
  arxivOf: ReadonlyMap<PaperId, string>,
): Promise<Doubles> {
  const fresh = drafts.filter(({ isNew }) => isNew);
  if (fresh.length === 0) return [];
  for (const draft of fresh) draft.abstractKey = textKey(draft.facts.abstract ?? "");
  const keyed = fresh.map((draft) => ({ draft, keys: keysOf(draft.facts, draft.abstractKey) }));
  const known = await findSharing(
    trx,
    keyed.flatMap(({ keys }) => keys),
  );
  const arxiv = await arxivIds(trx, known, arxivOf);
  const pairs = [...pairsWithin(keyed), ...pairsWith(keyed, known)];
  if (pairs.length === 0) return [];
  const sketches = new Map<PaperId, WorkSketch>();
  const doubles = pairs.flatMap((pair) => judged(pair, arxiv, sketches));
  return withoutDistinguished(trx, doubles);
}

type Keyed = { draft: Draft; keys: Key[] };
type Key = { kind: "title"; value: string } | { kind: "abstract"; value: number };

function keysOf({ title, abstract }: PaperFacts, text = textKey(abstract ?? "")): Key[] {
  const keys: Key[] = [{ kind: "title", value: titleKey(title) }];
  if (text !== null) keys.push({ kind: "abstract", value: text });
  return keys;
}

async function findSharing(trx: Database, keys: readonly Key[]): Promise<Paper[]> {
  const values = (kind: Key["kind"]) => keys.filter((key) => key.kind === kind).map(({ value }) => value);
  // Key by key: fresh databases have no figures, and would be read from one end to the other for lists of keys.
  const holders = (column: string, type: string, kind: Key["kind"]) => sql`
    select h.id from unnest(${values(kind)}::${sql.raw(type)}[]) k (key)
    cross join lateral (
      select id from papers where ${sql.ref(column)} = k.key limit ${sql.lit(SAME_KEY_MAX)}) h`;
  const found = await sql<{ id: string }>`
    ${holders("title_key", "text", "title")} union ${holders("abstract_key", "integer", "abstract")}`.execute(trx);
  if (found.rows.length === 0) return [];
  const ids = found.rows.map(({ id }) => id);
  const { rows } = await sql<PaperRow>`
    select ${PAPER} from papers p where p.id = any(${ids}::text[])`.execute(trx);
  return rows.map((row) => ({ id: row.id, facts: toFacts(row) }));
}

/** The id in an address is one of its arXiv ids; a paper may have others. */
async function arxivIds(
  trx: Database,
  known: readonly Paper[],
  arxivOf: ReadonlyMap<PaperId, string>,
): Promise<Map<PaperId, string>> {
  if (known.length === 0) return new Map(arxivOf);
  const { rows } = await sql<Arxiv>`
    select paper_id, min(value) as value from paper_identifiers
    where scheme = 'arxiv' and paper_id = any(${known.map(({ id }) => id)}::text[]) group by paper_id`.execute(trx);
  return new Map([...rows.map(({ paper_id, value }) => [paper_id, value] as const), ...arxivOf]);
}

const nameOf = ({ kind, value }: Key) => `${kind} ${value}`;

function* pairsWithin(keyed: readonly Keyed[]): Generator<readonly [Paper, Paper]> {
  const holders = new Map<string, Draft[]>();
  for (const { draft, keys } of keyed) {
    const met = new Set<Draft>();
    for (const key of keys) {
      const there = holders.get(nameOf(key)) ?? [];
      if (there.length < SAME_KEY_MAX) for (const other of there) met.add(other);
      holders.set(nameOf(key), [...there.slice(-SAME_KEY_MAX), draft]);
    }
    for (const other of met) yield [other, draft];
  }
}

function* pairsWith(keyed: readonly Keyed[], known: readonly Paper[]): Generator<readonly [Paper, Paper]> {
  const holders = new Map<string, Paper[]>();
  for (const paper of known) {
    for (const key of keysOf(paper.facts)) holders.set(nameOf(key), [...(holders.get(nameOf(key)) ?? []), paper]);
  }
  for (const { draft, keys } of keyed) {
    const met = new Set(keys.flatMap((key) => (holders.get(nameOf(key)) ?? []).slice(0, SAME_KEY_MAX)));
    for (const paper of met) yield [paper, draft];
  }
}

/** @param sketches of the batch so far: a paper may share keys with many */
function judged(
  [known, fresh]: readonly [Paper, Paper],
  arxiv: ReadonlyMap<PaperId, string>,
  sketches: Map<PaperId, WorkSketch>,
): Doubles {
  const sketch = ({ id, facts }: Paper) => {
    const made = sketches.get(id) ?? sketchWork({ ...workOf(facts), arxivId: arxiv.get(id) });
    sketches.set(id, made);
    return made;
  };
  const { verdict, evidence } = judgePair(sketch(known), sketch(fresh));
  return verdict === "same" ? [{ papers: [known.id, fresh.id], evidence }] : [];
}

/** A paper's facts as they are compared. */
export function workOf({ title, abstract, authors, year, venue, publishedAt }: PaperFacts) {
  return {
    title,
    abstract,
    authors: authors?.map(({ name }) => name),
    year: year ?? (publishedAt === undefined ? undefined : Number(publishedAt.slice(0, 4))),
    venue,
  };
}

async function withoutDistinguished(trx: Database, doubles: Doubles): Promise<Doubles> {
  if (doubles.length === 0) return doubles;
  const ids = doubles.flatMap(({ papers }) => papers);
  const { rows } = await sql<{ name: string }>`
    select first_id || ' ' || second_id as name from paper_distinctions
    where first_id = any(${ids}::text[]) and second_id = any(${ids}::text[])`.execute(trx);
  const kept = new Set(rows.map(({ name }) => name));
  return doubles.filter(({ papers }) => !kept.has(pairName(papers)));
}

/** After everything is written. @returns new papers that turned out to be no new work */
export async function mergeDoubles(trx: Database, doubles: Doubles, making: Making): Promise<Set<PaperId>> {
  const wentTo = new Map<PaperId, PaperId>();
  const now = (id: PaperId): PaperId => (wentTo.has(id) ? now(wentTo.get(id)!) : id);
  const known = new Set<PaperId>();
  for (const { papers, evidence } of doubles) {
    const [first, second] = [now(papers[0]), now(papers[1])];
    if (first === second) continue;
    const merged = await mergeWithin(trx, making, { papers: [first, second], evidence, by: "take-in" });
    wentTo.set(merged.loser, merged.winner);
    known.add(papers[1]);
  }
  return known;
}
