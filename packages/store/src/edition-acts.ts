/** What acts of readers and curators do to an edition's entries. */
import { sql } from "kysely";
import { moveCommunity } from "./community-counter.ts";
import type { Database } from "./database.ts";
import { markLateEntries } from "./late-entries.ts";
import { placeEntries } from "./take-in-entries.ts";

type Where = { date: string; paperId: string };

/** All acts on editions lock in one order: whoever takes papers in, then whoever acts. */
export async function lockEditions(trx: Database): Promise<void> {
  await sql`select value from revision_counter for update`.execute(trx);
  await moveCommunity(trx);
}

/** An entry that is there stays as it is, and learns through which submission it also came. */
export async function addEntry(
  trx: Database,
  { date, paperId, submissionId, at }: Where & { submissionId: string | null; at: string },
): Promise<void> {
  await sql`insert into editions (date) values (${date}::date) on conflict do nothing`.execute(trx);
  await sql`
    insert into edition_entries (edition_date, paper_id, submitted_at, submission_id)
    values (${date}::date, ${paperId}, ${at}::timestamptz, ${submissionId})
    on conflict (edition_date, paper_id) do update
    set submission_id = coalesce(edition_entries.submission_id, excluded.submission_id)`.execute(trx);
  await markLateEntries(trx, [date]);
  await placeEntries(trx, [date]);
}

/** Takes an entry away that nothing vouches for any more: no source, no submission, no pick. */
export async function dropBareEntry(trx: Database, { date, paperId }: Where): Promise<void> {
  await sql`
    delete from edition_entries e
    where e.edition_date = ${date}::date and e.paper_id = ${paperId} and e.submission_id is null
      and e.submitter is null and e.position is null and e.as_of is null and e.upvotes = 0 and e.num_comments = 0
      and not exists (select 1 from picks k where k.edition_date = e.edition_date and k.paper_id = e.paper_id)`.execute(
    trx,
  );
}
