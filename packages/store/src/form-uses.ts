/** A form that is sent twice makes one thing: without scripts nothing keeps a button from being pressed again. */
import type { AccountId } from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** How long a form that was used is known as such: longer than a page stays open in anybody's browser. */
const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

/** @param hash of the key that was drawn with the form, and of what was typed @param salt of the secret it makes, if it makes one */
export type FormUse = { hash: string; salt: string };

/** @param before null where it was made now; otherwise what the same form left when it was sent first */
export type Made = { id: string; before: { salt: string; ageMs: number } | null };

type Wish = { id: string; accountId: AccountId; use: FormUse | undefined; now: string };

/**
 * Inside the caller's transaction: of two that send the same form at once, the second waits for the first.
 * @param make false where nothing could be made; the form is then as new
 * @returns null where `make` said false
 */
export async function makeOnce(trx: Database, wish: Wish, make: () => Promise<boolean>): Promise<Made | null> {
  const { id, use } = wish;
  if (use === undefined) return (await make()) ? { id, before: null } : null;
  if (!(await note(trx, { ...wish, use }))) return find(trx, wish, use.hash);
  if (await make()) return { id, before: null };
  await sql`delete from form_uses where hash = ${use.hash}`.execute(trx);
  return null;
}

async function note(trx: Database, { id, accountId, use, now }: Wish & { use: FormUse }): Promise<boolean> {
  const expires = new Date(Date.parse(now) + KEPT_DAYS * DAY_MS).toISOString();
  const { rows } = await sql`
    insert into form_uses (hash, account_id, made, salt, at, expires_at)
    values (${use.hash}, ${accountId}, ${id}, ${use.salt}, ${now}::timestamptz, ${expires}::timestamptz)
    on conflict (hash) do nothing returning hash`.execute(trx);
  return rows.length > 0;
}

async function find(trx: Database, { now }: Wish, hash: string): Promise<Made> {
  const { rows } = await sql<{ made: string; salt: string; at: string }>`
    select made, salt, at from form_uses where hash = ${hash}`.execute(trx);
  const { made, salt, at } = rows[0]!;
  return { id: made, before: { salt, ageMs: Date.parse(now) - Date.parse(at) } };
}
