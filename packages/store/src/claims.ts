/** Claims of authorship, and what verified authors set on their papers. */
import {
  type AccountId,
  type AuthorWordKind,
  type Claim,
  type ClaimEvidence,
  type ClaimState,
  type Clock,
  type Link,
  nameKey,
  type PaperId,
  type Summary,
} from "@paperwire/domain";
import { sql } from "kysely";
import { moveCommunity } from "./community-counter.ts";
import type { Database } from "./database.ts";

export type ClaimWithPeople = Claim & { handle: string; name: string; paperTitle: string };

export type AuthorWord = {
  id: string;
  paperId: PaperId;
  /** Null once the account is deleted. */
  handle: string | null;
  kind: AuthorWordKind;
  value: string;
  at: string;
  reverted: boolean;
};

export type ClaimStore = {
  /**
   * @returns `taken` where another account is verified as this author, `open` where this account has a claim on this
   * paper already
   */
  add(claim: {
    paperId: PaperId;
    authorName: string;
    accountId: AccountId;
    evidence: ClaimEvidence | null;
    statement: string;
  }): Promise<Claim | "taken" | "open">;
  find(id: string): Promise<ClaimWithPeople | null>;
  /** The verified authors of a paper, by their folded names. */
  verifiedOf(paperId: PaperId): Promise<{ authorKey: string; accountId: AccountId; handle: string; name: string }[]>;
  /** Newest first; at most 500. */
  listByAccount(accountId: AccountId): Promise<ClaimWithPeople[]>;
  /** Its claimant takes it back. @returns whether there was an open one */
  withdraw(id: string, accountId: AccountId): Promise<boolean>;
  countOpen(accountId: AccountId): Promise<number>;
  /** The address that an account confirmed, as proof of who it is; undefined where it confirmed none. */
  confirmedEmail(accountId: AccountId): Promise<string | undefined>;
  /** Sets a link or the summary of a paper with the next revision. @returns null where there is no such paper */
  setWord(word: {
    paperId: PaperId;
    accountId: AccountId;
    kind: AuthorWordKind;
    value: string;
    /** What the paper will show: the link, or the summary. */
    shown: Link | Summary;
  }): Promise<AuthorWord | null>;
  /**
   * Puts back what stood there before. Where a newer word stands, that one stays, and has what stood before this one
   * behind it from now on.
   * @returns false where it is reverted already
   */
  revertWord(id: string): Promise<boolean>;
  findWord(id: string): Promise<(AuthorWord & { accountId: AccountId | null }) | null>;
  /** Newest first; at most 100. */
  wordsOf(paperId: PaperId): Promise<AuthorWord[]>;
  /** Everything about an account; for its own eyes. */
  exportOf(accountId: AccountId): Promise<object>;
};

type ClaimRow = {
  id: string;
  paper_id: string;
  author_name: string;
  account_id: string;
  state: ClaimState;
  evidence: ClaimEvidence | null;
  statement: string;
  reason: string | null;
  asked_at: string;
  handle: string;
  name: string;
  title: string;
};

const CLAIM = sql.raw(`
  c.id, c.paper_id, c.author_name, c.account_id, c.state, c.evidence, c.statement, c.reason, c.asked_at,
  a.handle, a.name, p.title
  from claims c join accounts a on a.id = c.account_id join papers p on p.id = c.paper_id`);

export function createClaimStore(database: Database, newId: () => string, clock: Clock): ClaimStore {
  const now = () => new Date(clock()).toISOString();
  return {
    add: (claim) => database.transaction().execute((trx) => add(trx, newId(), claim, now())),
    find: async (id) => {
      const { rows } = await sql<ClaimRow>`select ${CLAIM} where c.id = ${id}`.execute(database);
      return rows[0] ? toClaim(rows[0]) : null;
    },
    verifiedOf: (paperId) => verifiedOf(database, paperId),
    listByAccount: async (accountId) => {
      const { rows } = await sql<ClaimRow>`
        select ${CLAIM} where c.account_id = ${accountId} order by c.id desc limit 500`.execute(database);
      return rows.map(toClaim);
    },
    withdraw: (id, accountId) => database.transaction().execute((trx) => withdraw(trx, { id, accountId }, now())),
    countOpen: async (accountId) => {
      const { rows } = await sql<{ count: number }>`
        select count(*) as count from claims where account_id = ${accountId} and state = 'pending'`.execute(database);
      return rows[0]!.count;
    },
    confirmedEmail: async (accountId) => {
      const { rows } = await sql<{ email: string }>`
        select email from accounts where id = ${accountId} and email_verified`.execute(database);
      return rows[0]?.email;
    },
    setWord: (word) => database.transaction().execute((trx) => setWord(trx, newId(), word, now())),
    revertWord: (id) =>
      database.transaction().execute(async (trx) => (await revertWordWithin(trx, id, now())) !== null),
    findWord: async (id) => {
      const { rows } = await sql<WordRow>`select ${WORD} where w.id = ${id}`.execute(database);
      return rows[0] ? { ...toWord(rows[0]), accountId: rows[0].account_id } : null;
    },
    wordsOf: async (paperId) => {
      const { rows } = await sql<WordRow>`
        select ${WORD} where w.paper_id = ${paperId} order by w.id desc limit 100`.execute(database);
      return rows.map(toWord);
    },
    exportOf: (accountId) => exportOf(database, accountId),
  };
}

async function add(
  trx: Database,
  id: string,
  { paperId, authorName, accountId, evidence, statement }: Parameters<ClaimStore["add"]>[0],
  now: string,
): Promise<Claim | "taken" | "open"> {
  await moveCommunity(trx);
  const key = nameKey(authorName);
  const { rows } = await sql<{ mine: boolean; taken: boolean }>`
    select coalesce(bool_or(account_id = ${accountId} and state in ('pending', 'verified')), false) as mine,
      coalesce(bool_or(author_key = ${key} and state = 'verified'), false) as taken
    from claims where paper_id = ${paperId}`.execute(trx);
  if (rows[0]!.mine) return "open";
  if (rows[0]!.taken && evidence !== null) return "taken";
  const state: ClaimState = evidence === null ? "pending" : "verified";
  await sql`
    insert into claims (id, paper_id, author_key, author_name, account_id, state, evidence, statement, asked_at,
      decided_at)
    values (${id}, ${paperId}, ${key}, ${authorName}, ${accountId}, ${state}, ${evidence}, ${statement},
      ${now}::timestamptz, case when ${evidence}::text is null then null else ${now}::timestamptz end)`.execute(trx);
  const added = await sql<ClaimRow>`select ${CLAIM} where c.id = ${id}`.execute(trx);
  return toClaim(added.rows[0]!);
}

async function verifiedOf(database: Database, paperId: PaperId) {
  const { rows } = await sql<{ authorKey: string; accountId: string; handle: string; name: string }>`
    select c.author_key as "authorKey", c.account_id as "accountId", a.handle, a.name
    from claims c join accounts a on a.id = c.account_id
    where c.paper_id = ${paperId} and c.state = 'verified' order by c.id`.execute(database);
  return rows;
}

async function withdraw(
  trx: Database,
  { id, accountId }: { id: string; accountId: AccountId },
  now: string,
): Promise<boolean> {
  await moveCommunity(trx);
  const { rows } = await sql`
    update claims set state = 'withdrawn', decided_at = ${now}::timestamptz
    where id = ${id} and account_id = ${accountId} and state in ('pending', 'verified') returning id`.execute(trx);
  return rows.length > 0;
}

type WordRow = {
  id: string;
  paper_id: string;
  account_id: string | null;
  handle: string | null;
  kind: AuthorWordKind;
  value: string;
  at: string;
  reverted_at: string | null;
};

const WORD = sql.raw(`
  w.id, w.paper_id, w.account_id, a.handle, w.kind, w.value, w.at, w.reverted_at
  from author_words w left join accounts a on a.id = w.account_id`);

type Shown = { links: Link[]; summary: Summary | null };

async function lockShown(trx: Database, paperId: PaperId): Promise<Shown | null> {
  // The counter first, as everybody who changes papers does.
  await sql`select value from revision_counter for update`.execute(trx);
  const { rows } = await sql<Shown>`select links, summary from papers where id = ${paperId}`.execute(trx);
  return rows[0] ?? null;
}

async function setWord(
  trx: Database,
  id: string,
  { paperId, accountId, kind, value, shown }: Parameters<ClaimStore["setWord"]>[0],
  now: string,
): Promise<AuthorWord | null> {
  const known = await lockShown(trx, paperId);
  if (!known) return null;
  const before = kind === "summary" ? known.summary : (known.links.find((link) => link.kind === kind) ?? null);
  await show(trx, paperId, replaced(known, kind, shown));
  await sql`
    insert into author_words (id, paper_id, account_id, kind, value, previous, at)
    values (${id}, ${paperId}, ${accountId}, ${kind}, ${value}, nullif(${JSON.stringify(before)}::jsonb, 'null'::jsonb),
      ${now}::timestamptz)`.execute(trx);
  const { rows } = await sql<WordRow>`select ${WORD} where w.id = ${id}`.execute(trx);
  return toWord(rows[0]!);
}

/** The first link of the kind makes room; a paper shows one of each. */
function replaced({ links, summary }: Shown, kind: AuthorWordKind, shown: Link | Summary | null): Shown {
  if (kind === "summary") return { links, summary: shown as Summary | null };
  const first = links.findIndex((link) => link.kind === kind);
  const others = links.filter((_link, at) => at !== first);
  return { links: shown === null ? others : [shown as Link, ...others], summary };
}

async function show(trx: Database, paperId: PaperId, { links, summary }: Shown): Promise<void> {
  await sql`update revision_counter set value = value + 1`.execute(trx);
  await sql`
    update papers set links = ${JSON.stringify(links)}::jsonb,
      summary = nullif(${JSON.stringify(summary)}::jsonb, 'null'::jsonb),
      revision = (select value from revision_counter)
    where id = ${paperId}`.execute(trx);
}

/** @returns what the log of moderators needs; null where it is reverted already */
export async function revertWordWithin(trx: Database, id: string, now: string) {
  const { rows } = await sql<{
    paper_id: string;
    account_id: string | null;
    kind: AuthorWordKind;
    previous: Link | Summary | null;
  }>`
    update author_words set reverted_at = ${now}::timestamptz where id = ${id} and reverted_at is null
    returning paper_id, account_id, kind, previous`.execute(trx);
  const [word] = rows;
  if (!word) return null;
  const known = await lockShown(trx, word.paper_id);
  const newer = await sql`
    update author_words set previous = nullif(${JSON.stringify(word.previous)}::jsonb, 'null'::jsonb)
    where id = (select min(n.id) from author_words n where n.paper_id = ${word.paper_id} and n.kind = ${word.kind}
      and n.id > ${id} and n.reverted_at is null) returning id`.execute(trx);
  if (known && newer.rows.length === 0) await show(trx, word.paper_id, replaced(known, word.kind, word.previous));
  return { personId: word.account_id, paperId: word.paper_id, before: {} };
}

async function exportOf(database: Database, accountId: AccountId): Promise<object> {
  const { rows } = await sql<{ claims: object; words: object }>`
    select
      (select coalesce(jsonb_agg(to_jsonb(c) - 'account_id' order by c.id), '[]')
        from claims c where c.account_id = ${accountId}) as claims,
      (select coalesce(jsonb_agg(to_jsonb(w) - 'account_id' order by w.id), '[]')
        from author_words w where w.account_id = ${accountId}) as words`.execute(database);
  return rows[0]!;
}

export function toClaim(row: ClaimRow): ClaimWithPeople {
  return {
    id: row.id,
    paperId: row.paper_id,
    authorName: row.author_name,
    accountId: row.account_id,
    state: row.state,
    evidence: row.evidence,
    statement: row.statement,
    reason: row.reason,
    askedAt: row.asked_at,
    handle: row.handle,
    name: row.name,
    paperTitle: row.title,
  };
}

function toWord(row: WordRow): AuthorWord {
  const { id, paper_id: paperId, handle, kind, value, at, reverted_at: revertedAt } = row;
  return { id, paperId, handle, kind, value, at, reverted: revertedAt !== null };
}
