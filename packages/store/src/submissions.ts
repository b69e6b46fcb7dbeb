/** Submissions: putting a paper forward, deciding on it, taking it back; and the pictures that came along. */
import type { AccountId, Clock, EditionDate, PaperId, SubmissionState, UndoFacts } from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { addEntry, dropBareEntry, lockEditions } from "./edition-acts.ts";
import { addImage, dropUnusedImage, type FoundImage, findImage, type StoredImage } from "./images.ts";
import { placeEntries } from "./take-in-entries.ts";

export type SubmissionId = string;

export type SentImage = { id: string; type: string; width: number; height: number; text: string };

export type Submission = {
  id: SubmissionId;
  paperId: PaperId;
  title: string;
  /** Null once the account is deleted. */
  sender: { id: AccountId; handle: string; name: string } | null;
  edition: EditionDate;
  state: SubmissionState;
  note: string | null;
  image: SentImage | null;
  at: string;
  /** Why it was declined. */
  reason: string | null;
  /** What a moderator hid: for its sender and for moderators alone. */
  hidden: { note: string | null; image: SentImage | null };
};

export type NewSubmission = {
  accountId: AccountId;
  paperId: PaperId;
  edition: EditionDate;
  state: "waiting" | "shown";
  note: string | null;
  image: (StoredImage & { id: string; text: string }) | null;
  /** The account's share: as many since then at most, counted in the same transaction. */
  cap: { most: number; sinceMs: number };
};

export type SubmissionStore = {
  /** @returns `known`: somebody was faster; `cap`: the account's share is used up. Nothing was changed then. */
  add(submission: NewSubmission): Promise<SubmissionId | "known" | "cap">;
  find(id: SubmissionId): Promise<Submission | null>;
  /** The one that waits or shows; null where there is none. */
  openOf(paperId: PaperId): Promise<Submission | null>;
  /** Newest first, at most 200. */
  listByAccount(accountId: AccountId): Promise<Submission[]>;
  countBy(accountId: AccountId, sinceMs: number): Promise<number>;
  /** Those that wait, oldest first, at most 200. */
  listWaiting(): Promise<Submission[]>;
  /**
   * Takes one back, for its sender.
   * @param refuse judges the facts as they stand in the transaction
   * @returns why not; null where it is done. Undefined: the account has no such submission
   */
  undo(
    id: SubmissionId,
    accountId: AccountId,
    refuse: (facts: UndoFacts) => string | null,
  ): Promise<string | null | undefined>;
  /** What may be taken back, as it stands; for showing a button or not. */
  undoFacts(id: SubmissionId): Promise<UndoFacts | null>;
  /**
   * A curator decides on what waits, or puts a decision back to `waiting`; the same decision again changes nothing.
   * @returns the submission as it is now; null where another curator decided otherwise, it was taken back, or what was
   * let in stands in an edition that is closed
   */
  decide(
    id: SubmissionId,
    decision: { by: AccountId; state: "waiting" | "shown" | "declined"; edition: EditionDate; reason: string | null },
  ): Promise<Submission | null>;
  image(id: string): Promise<FoundImage | null>;
  /** Everything an account sent; for its own eyes. */
  exportOf(accountId: AccountId): Promise<object[]>;
};

type Row = {
  id: string;
  paper_id: string;
  title: string;
  account_id: string | null;
  handle: string | null;
  name: string | null;
  edition_date: string;
  state: SubmissionState;
  note: string | null;
  image: SentImage | null;
  at: string;
  reason: string | null;
  hidden_note: string | null;
  hidden_image: SentImage | null;
};

/** A picture of submission `b`, as `SentImage`; null where there is none. */
const imageIn = (id: string, text: string) => `(select jsonb_build_object(
  'id', i.id, 'type', i.type, 'width', i.width, 'height', i.height, 'text', coalesce(b.${text}, ''))
  from images i where i.id = b.${id})`;
export const SENT_IMAGE = sql.raw(imageIn("image_id", "image_text"));
const SUBMISSION = sql.raw(`
  select b.id, b.paper_id, p.title, b.account_id, a.handle, a.name, b.edition_date, b.state, b.note,
    ${imageIn("image_id", "image_text")} as image, b.at, b.reason, b.hidden_note,
    ${imageIn("hidden_image_id", "hidden_image_text")} as hidden_image
  from submissions b join papers p on p.id = b.paper_id left join accounts a on a.id = b.account_id`);
/** Nothing stays of what was sent along, hidden or not. */
const NOTHING_SENT = sql.raw(`note = null, image_id = null, image_text = null,
  hidden_note = null, hidden_image_id = null, hidden_image_text = null`);
const MOST_LISTED = 200;

export function createSubmissionStore(database: Database, newId: () => string, clock: Clock): SubmissionStore {
  const at = () => new Date(clock()).toISOString();
  const list = async (rest: ReturnType<typeof sql>) =>
    (await sql<Row>`${SUBMISSION} ${rest}`.execute(database)).rows.map(toSubmission);
  const within = <T>(act: (trx: Database) => Promise<T>) => database.transaction().execute(act);
  return {
    add: (submission) => within((trx) => add(trx, submission, { id: newId(), at: at() })),
    find: async (id) => (await list(sql`where b.id = ${id}`))[0] ?? null,
    openOf: async (paperId) =>
      (await list(sql`where b.paper_id = ${paperId} and b.state in ('waiting', 'shown')`))[0] ?? null,
    listByAccount: (id) => list(sql`where b.account_id = ${id} order by b.at desc, b.id desc limit ${MOST_LISTED}`),
    countBy: (accountId, sinceMs) => countBy(database, accountId, sinceMs),
    listWaiting: () => list(sql`where b.state = 'waiting' order by b.at, b.id limit ${MOST_LISTED}`),
    undo: (id, accountId, refuse) => within((trx) => undo(trx, { id, accountId, at: at() }, refuse)),
    undoFacts: (id) => undoFacts(database, id),
    decide: (id, decision) => within((trx) => decide(trx, id, { ...decision, at: at() })),
    image: (id) => findImage(database, id),
    exportOf: (accountId) => exportOf(database, accountId),
  };
}

async function add(trx: Database, one: NewSubmission, { id, at }: { id: string; at: string }) {
  await lockEditions(trx);
  if ((await countBy(trx, one.accountId, one.cap.sinceMs)) >= one.cap.most) return "cap" as const;
  const known = await sql`
    select 1 from submissions where paper_id = ${one.paperId} and state in ('waiting', 'shown')
    union all select 1 from edition_entries where paper_id = ${one.paperId}`.execute(trx);
  if (known.rows.length > 0) return "known" as const;
  if (one.image) await addImage(trx, one.image);
  await sql`
    insert into submissions (id, account_id, paper_id, edition_date, state, note, image_id, image_text, at)
    values (${id}, ${one.accountId}, ${one.paperId}, ${one.edition}::date, ${one.state}, ${one.note},
      ${one.image?.id ?? null}, ${one.image?.text ?? null}, ${at}::timestamptz)`.execute(trx);
  if (one.state === "shown") await addEntry(trx, { date: one.edition, paperId: one.paperId, submissionId: id, at });
  return id;
}

async function countBy(database: Database, accountId: string, sinceMs: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from submissions
    where account_id = ${accountId} and at > ${new Date(sinceMs).toISOString()}::timestamptz`.execute(database);
  return rows[0]!.count;
}

async function undoFacts(database: Database, id: string): Promise<UndoFacts | null> {
  const { rows } = await sql<UndoFacts>`
    select b.state,
      (select count(*) from upvotes u where u.paper_id = b.paper_id and u.account_id is distinct from b.account_id)
        as "votesOfOthers",
      exists (select 1 from picks k where k.paper_id = b.paper_id) as picked,
      exists (select 1 from editions e where e.date = b.edition_date and e.closed_at is not null) as closed
    from submissions b where b.id = ${id}`.execute(database);
  return rows[0] ?? null;
}

async function undo(
  trx: Database,
  { id, accountId, at }: { id: string; accountId: string; at: string },
  refuse: (facts: UndoFacts) => string | null,
): Promise<string | null | undefined> {
  await lockEditions(trx);
  const own = await sql<{ image_id: string | null }>`
    select coalesce(image_id, hidden_image_id) as image_id from submissions where id = ${id} and account_id = ${accountId}`.execute(
    trx,
  );
  const facts = own.rows[0] ? await undoFacts(trx, id) : null;
  if (facts === null) return undefined;
  const why = refuse(facts);
  if (why !== null) return why;
  await setState(trx, id, { state: "undone", by: accountId, at, reason: null });
  await sql`update submissions set ${NOTHING_SENT} where id = ${id}`.execute(trx);
  await dropUnusedImage(trx, own.rows[0]!.image_id);
  return null;
}

type Change = { state: SubmissionState; by: string; at: string; reason: string | null };

/** The entry in the edition follows the state. */
async function setState(trx: Database, id: string, { state, by, at, reason }: Change): Promise<void> {
  const { rows } = await sql<{ paper_id: string; edition_date: string }>`
    update submissions set state = ${state}, decided_by = ${by}, decided_at = ${at}::timestamptz, reason = ${reason}
    where id = ${id} returning paper_id, edition_date`.execute(trx);
  const { paper_id: paperId, edition_date: date } = rows[0]!;
  if (state === "shown") return addEntry(trx, { date, paperId, submissionId: id, at });
  await sql`update edition_entries set submission_id = null where submission_id = ${id}`.execute(trx);
  await dropBareEntry(trx, { date, paperId });
  await placeEntries(trx, [date]);
}

type Decision = Parameters<SubmissionStore["decide"]>[1] & { at: string };

async function decide(trx: Database, id: string, decision: Decision): Promise<Submission | null> {
  await lockEditions(trx);
  const { rows } = await sql<{ state: SubmissionState; paper_id: string; closed: boolean }>`
    select state, paper_id, exists (
      select 1 from editions e where e.date = submissions.edition_date and e.closed_at is not null) as closed
    from submissions where id = ${id} for update`.execute(trx);
  const [known] = rows;
  if (!known || known.state === "undone") return null;
  const as = async () => toSubmission((await sql<Row>`${SUBMISSION} where b.id = ${id}`.execute(trx)).rows[0]!);
  if (known.state === decision.state) return as();
  if (decision.state !== "waiting" && known.state !== "waiting") return null;
  if (known.state === "shown" && known.closed) return null;
  // Meanwhile somebody else may have put the same paper forward.
  const other = await sql`
    select 1 from submissions
    where paper_id = ${known.paper_id} and id <> ${id} and state in ('waiting', 'shown')`.execute(trx);
  if (decision.state !== "declined" && other.rows.length > 0) return null;
  if (decision.state === "shown") {
    await sql`update submissions set edition_date = ${decision.edition}::date where id = ${id}`.execute(trx);
  }
  await setState(trx, id, decision);
  return as();
}

/** What an account wrote and sent with its papers goes with it; that a paper was put forward stays. */
export async function forgetSender(trx: Database, accountId: string): Promise<void> {
  const { rows } = await sql<{ image_id: string | null }>`
    select coalesce(image_id, hidden_image_id) as image_id from submissions where account_id = ${accountId}`.execute(
    trx,
  );
  await sql`update submissions set ${NOTHING_SENT} where account_id = ${accountId}`.execute(trx);
  for (const { image_id: id } of rows) await dropUnusedImage(trx, id);
}

async function exportOf(database: Database, accountId: string): Promise<object[]> {
  const { rows } = await sql<{ row: object }>`
    select to_jsonb(b) - 'account_id' - 'decided_by' as row from submissions b
    where b.account_id = ${accountId} order by b.at`.execute(database);
  return rows.map(({ row }) => row);
}

function toSubmission(row: Row): Submission {
  return {
    id: row.id,
    paperId: row.paper_id,
    title: row.title,
    sender: row.account_id === null ? null : { id: row.account_id, handle: row.handle!, name: row.name! },
    edition: row.edition_date,
    state: row.state,
    note: row.note,
    image: row.image,
    at: row.at,
    reason: row.reason,
    hidden: { note: row.hidden_note, image: row.hidden_image },
  };
}
