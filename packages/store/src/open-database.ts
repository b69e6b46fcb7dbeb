/** Where the database is, and a pool of connections to it. */
import { createPool } from "./database.ts";
import { type OpenDatabase, openEmbedded } from "./embedded/open-embedded.ts";

export type { OpenDatabase };

export type StoreLocation =
  /** PGlite in a folder, or in memory where it is null; `join` works through the process that owns the folder. */
  | { kind: "embedded"; folder: string | null; whenInUse?: "refuse" | "join" }
  /** PostgreSQL 15 or later: `postgres://user:password@host:port/name`. */
  | { kind: "postgres"; url: string };

export function openDatabase(location: StoreLocation): Promise<OpenDatabase> {
  if (location.kind === "embedded") {
    return openEmbedded({ folder: location.folder, whenInUse: location.whenInUse ?? "refuse" });
  }
  const pool = createPool({ connectionString: location.url });
  return Promise.resolve({ pool, close: () => pool.end() });
}
