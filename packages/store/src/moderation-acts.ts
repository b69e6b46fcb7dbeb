/** What each act of a moderator changes, what it needs to know to be undone, and how it is undone. */
import type { AccountId, ModerationAct, PaperId } from "@paperwire/domain";
import { sql } from "kysely";
import { endSessions } from "./accounts.ts";
import { revertWordWithin } from "./claims.ts";
import type { Database } from "./database.ts";
import type { Decision } from "./moderation-decision.ts";

export type Effect = { personId: AccountId | null; paperId: PaperId | null; before: Record<string, unknown> };

/** @returns null where there is nothing to do */
export function applyAct(trx: Database, decision: Decision, now: string): Promise<Effect | null> {
  const { id } = decision.subject;
  switch (decision.act) {
    case "hide-comment":
      return setComment(trx, id, { from: ["shown", "held"], to: "hidden", reason: decision.reason, now });
    case "show-comment":
      return setComment(trx, id, { from: ["held", "hidden"], to: "shown", reason: null, now });
    case "hide-note":
    case "hide-picture":
      return hideSent(trx, id, decision.act);
    case "suspend": {
      const until = new Date(Date.parse(now) + decision.days * 86_400_000).toISOString();
      return setAccount(trx, id, "suspended_until", until);
    }
    case "unsuspend":
      return setAccount(trx, id, "suspended_until", null);
    case "stop-invites":
    case "allow-invites":
      return setAccount(trx, id, "invites_stopped", decision.act === "stop-invites");
    case "set-trust":
      return setAccount(trx, id, "trust", decision.trust);
    case "set-role":
      return setAccount(trx, id, "role", decision.role);
    case "verify-claim":
      return decideClaim(trx, id, { state: "verified", reason: decision.reason, now });
    case "refuse-claim":
      return decideClaim(trx, id, { state: "refused", reason: decision.reason, now });
    case "revert-word":
      return revertWordWithin(trx, id, now);
    case "dismiss-flags":
      return describeSubject(trx, decision);
  }
}

/** @returns false where something newer stands in the way, or the act cannot be undone */
export async function undoAct(
  trx: Database,
  { act, id, before }: { act: ModerationAct; id: string; before: Record<string, unknown> },
): Promise<boolean> {
  switch (act) {
    case "hide-comment":
    case "show-comment": {
      const now = act === "hide-comment" ? "hidden" : "shown";
      const { rows } = await sql`
        update comments set state = ${before["state"]}, reason = ${before["reason"]}
        where id = ${id} and state = ${now} returning id`.execute(trx);
      return rows.length > 0;
    }
    case "hide-note":
    case "hide-picture":
      return showSent(trx, id, act);
    case "suspend":
    case "unsuspend":
    case "set-trust":
    case "stop-invites":
    case "allow-invites":
    case "set-role": {
      const column = COLUMN_OF[act];
      return (await setAccount(trx, id, column, before[column] as AccountValue)) !== null;
    }
    case "verify-claim":
    case "refuse-claim": {
      const { rows } = await sql`
        update claims set state = 'pending', reason = null, evidence = null, decided_at = null
        where id = ${id} and state = ${act === "verify-claim" ? "verified" : "refused"}
          and not exists (select 1 from claims o where o.paper_id = claims.paper_id and o.account_id = claims.account_id
            and o.id <> claims.id and o.state in ('pending', 'verified'))
        returning id`.execute(trx);
      return rows.length > 0;
    }
    case "revert-word":
    case "dismiss-flags":
      return false;
  }
}

type AccountColumn = "trust" | "role" | "suspended_until" | "invites_stopped";
type AccountValue = string | number | boolean | null;

const COLUMN_OF = {
  suspend: "suspended_until",
  unsuspend: "suspended_until",
  "set-trust": "trust",
  "set-role": "role",
  "stop-invites": "invites_stopped",
  "allow-invites": "invites_stopped",
} as const satisfies Partial<Record<ModerationAct, AccountColumn>>;

type CommentChange = { from: string[]; to: string; reason: string | null; now: string };

async function setComment(trx: Database, id: string, { from, to, reason, now }: CommentChange): Promise<Effect | null> {
  const { rows } = await sql<{ state: string; reason: string | null; account_id: string | null; paper_id: string }>`
    select state, reason, account_id, paper_id from comments where id = ${id} for update`.execute(trx);
  const [row] = rows;
  if (!row || !from.includes(row.state)) return null;
  await sql`
    update comments set state = ${to}, reason = ${reason}, updated_at = ${now}::timestamptz
    where id = ${id}`.execute(trx);
  return { personId: row.account_id, paperId: row.paper_id, before: { state: row.state, reason: row.reason } };
}

/** What came with a submission; hidden, it stands in `hidden_…`, and the public log holds nothing of it. */
const SENT_COLUMNS = { "hide-note": ["note"], "hide-picture": ["image_id", "image_text"] } as const;
type HideSent = keyof typeof SENT_COLUMNS;

async function hideSent(trx: Database, id: string, act: HideSent): Promise<Effect | null> {
  const columns = SENT_COLUMNS[act];
  const aside = columns.map((column) => `hidden_${column} = ${column}, ${column} = null`).join(", ");
  const { rows } = await sql<{ account_id: string | null; paper_id: string }>`
    update submissions set ${sql.raw(aside)}
    where id = ${id} and state = 'shown' and ${sql.raw(columns[0])} is not null
    returning account_id, paper_id`.execute(trx);
  return rows[0] ? { personId: rows[0].account_id, paperId: rows[0].paper_id, before: {} } : null;
}

/** @returns false where its sender took it back, or left */
async function showSent(trx: Database, id: string, act: HideSent): Promise<boolean> {
  const columns = SENT_COLUMNS[act];
  const back = columns.map((column) => `${column} = hidden_${column}, hidden_${column} = null`).join(", ");
  const { rows } = await sql`
    update submissions set ${sql.raw(back)}
    where id = ${id} and hidden_${sql.raw(columns[0])} is not null returning id`.execute(trx);
  return rows.length > 0;
}

async function setAccount(
  trx: Database,
  id: string,
  column: AccountColumn,
  value: AccountValue,
): Promise<Effect | null> {
  const name = sql.raw(column);
  const { rows } = await sql<{ before: AccountValue }>`
    select ${name} as before from accounts where id = ${id} for update`.execute(trx);
  if (!rows[0] || rows[0].before === value) return null;
  await sql`update accounts set ${name} = ${value} where id = ${id}`.execute(trx);
  if (column === "role") await endSessions(trx, id);
  return { personId: id, paperId: null, before: { [column]: rows[0].before } };
}

async function decideClaim(
  trx: Database,
  id: string,
  { state, reason, now }: { state: "verified" | "refused"; reason: string; now: string },
): Promise<Effect | null> {
  const { rows } = await sql<{ account_id: string; paper_id: string; was: string }>`
    select account_id, paper_id, state as was from claims c where id = ${id} and state in ('pending', 'verified')
      and state <> ${state} and (${state} = 'refused' or not exists (select 1 from claims o
        where o.paper_id = c.paper_id and o.author_key = c.author_key and o.state = 'verified'))
    for update`.execute(trx);
  const [row] = rows;
  if (!row) return null;
  await sql`
    update claims set state = ${state}, reason = ${reason}, decided_at = ${now}::timestamptz,
      evidence = case when ${state} = 'verified' then 'moderator' else evidence end
    where id = ${id}`.execute(trx);
  return { personId: row.account_id, paperId: row.paper_id, before: { state: row.was } };
}

/** Whom and what a dismissed report was about. */
async function describeSubject(trx: Database, { subject }: Decision): Promise<Effect | null> {
  const { rows } = await sql<{ account_id: string | null; paper_id: string | null }>`
    select c.account_id, coalesce(c.paper_id, s.paper_id) as paper_id from flags f
    left join comments c on f.subject_kind = 'comment' and c.id = f.subject_id
    left join submissions s on f.subject_kind in ('note', 'picture') and s.id = f.subject_id
    where f.subject_kind = ${subject.kind} and f.subject_id = ${subject.id} and f.state = 'open' limit 1`.execute(trx);
  if (!rows[0]) return null;
  return { personId: null, paperId: subject.kind === "paper" ? subject.id : rows[0].paper_id, before: {} };
}
