/** Marks of harvests: one row per source and set. */
import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { SourceMark } from "./source-store.ts";

/** A resumption token is a few hundred bytes; much more is a mistake. */
const MARK_CHARS_MAX = 65_536;

export async function findMark(database: Database, source: string, set: string): Promise<unknown> {
  const { rows } = await sql<{ mark: unknown }>`
    select mark from source_marks where source = ${source} and set_name = ${set}`.execute(database);
  return rows[0]?.mark ?? null;
}

export async function listMarks(database: Database): Promise<(SourceMark & { savedAt: string })[]> {
  const { rows } = await sql<SourceMark & { savedAt: string }>`
    select source, set_name as set, mark, saved_at as "savedAt" from source_marks
    order by source, set_name limit 1000`.execute(database);
  return rows;
}

/** @throws RangeError  a mark of more than 64 KB */
export async function saveMark(database: Database, { source, set, mark }: SourceMark, at: string): Promise<void> {
  const text = JSON.stringify(mark);
  if (text.length > MARK_CHARS_MAX) throw new RangeError(`a mark of ${text.length} characters`);
  await sql`
    insert into source_marks (source, set_name, mark, saved_at)
    values (${source}, ${set}, ${text}::jsonb, ${at}::timestamptz)
    on conflict (source, set_name) do update set mark = excluded.mark, saved_at = excluded.saved_at`.execute(database);
}
