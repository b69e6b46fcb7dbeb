/** Small facts about the instance itself, by key. */
import { sql } from "kysely";
import type { Database } from "./database.ts";

export type SettingStore = {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
  /** What is there, else what `make` gives, kept: for keys that are made once. */
  keep(key: string, make: () => string): Promise<string>;
};

export function createSettingStore(database: Database): SettingStore {
  return {
    get: async (key) => {
      const { rows } = await sql<{ value: string }>`select value from settings where key = ${key}`.execute(database);
      return rows[0]?.value ?? null;
    },
    set: async (key, value) => {
      await sql`
        insert into settings (key, value) values (${key}, ${value})
        on conflict (key) do update set value = excluded.value`.execute(database);
    },
    keep: (key, make) => keepSetting(database, key, make),
  };
}

/** Of several who make it at once, one wins, and all get the same. */
export async function keepSetting(database: Database, key: string, make: () => string): Promise<string> {
  const known = await sql<{ value: string }>`select value from settings where key = ${key}`.execute(database);
  if (known.rows[0]) return known.rows[0].value;
  await sql`insert into settings (key, value) values (${key}, ${make()}) on conflict (key) do nothing`.execute(
    database,
  );
  const { rows } = await sql<{ value: string }>`select value from settings where key = ${key}`.execute(database);
  return rows[0]!.value;
}
