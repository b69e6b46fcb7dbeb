/** The tables of the schema, in an order in which each comes after those it refers to. */
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** Filled by the migrations themselves. */
const OWN_BOOKKEEPING = "migrations";

export async function tablesInLoadingOrder(database: Database): Promise<string[]> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name`.execute(database);
  const references = await sql<{ child: string; parent: string }>`
    select c.relname as child, p.relname as parent from pg_constraint r
    join pg_class c on c.oid = r.conrelid join pg_class p on p.oid = r.confrelid
    where r.contype = 'f' and r.connamespace = 'public'::regnamespace`.execute(database);
  const names = tables.rows.map((row) => row.name).filter((name) => name !== OWN_BOOKKEEPING);
  return sorted(names, references.rows);
}

function sorted(names: readonly string[], references: readonly { child: string; parent: string }[]): string[] {
  const done: string[] = [];
  const visit = (name: string, path: readonly string[]) => {
    if (done.includes(name) || path.includes(name)) return;
    for (const { child, parent } of references) if (child === name) visit(parent, [...path, name]);
    done.push(name);
  };
  for (const name of names) visit(name, []);
  return done;
}
