/** Digests as they were sent: written once, read for ever. */
import { createHash } from "node:crypto";
import type { Cadence, Clock, Digest } from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { DigestStore, StoredDigest } from "./mail-stores.ts";
import { canonical } from "./rows.ts";

type DigestRow = {
  content: Digest;
  checksum: string;
  composed_at: string;
  enlisted_at: string | null;
  paused: string | null;
};

const DIGEST = sql.raw("content, checksum, composed_at, enlisted_at, paused");

export function createDigestStore(database: Database, clock: Clock): DigestStore {
  const now = () => new Date(clock()).toISOString();
  return {
    add: (digest) => add(database, digest, now()),
    find: (name) => find(database, name),
    findPause: async (name) => {
      const { rows } = await sql<{ paused: string | null }>`select paused from digests where name = ${name}`.execute(
        database,
      );
      return rows[0]?.paused ?? null;
    },
    list: (page) => list(database, page),
    setEnlisted: async (name) => {
      await sql`update digests set enlisted_at = ${now()}::timestamptz where name = ${name} and enlisted_at is null`.execute(
        database,
      );
    },
    setPaused: async (name, reason) => {
      await sql`update digests set paused = ${reason} where name = ${name}`.execute(database);
    },
  };
}

async function add(database: Database, digest: Digest, now: string): Promise<StoredDigest> {
  const content = canonical(digest);
  const checksum = createHash("sha256").update(content).digest("hex");
  await sql`
    insert into digests (name, cadence, last_day, content, checksum, composed_at)
    values (${digest.name}, ${digest.cadence}, ${digest.range.last}::date, ${content}::jsonb, ${checksum}, ${now}::timestamptz)
    on conflict (name) do nothing`.execute(database);
  return (await find(database, digest.name))!;
}

async function find(database: Database, name: string): Promise<StoredDigest | null> {
  const { rows } = await sql<DigestRow>`select ${DIGEST} from digests where name = ${name}`.execute(database);
  return rows[0] ? toStored(rows[0]) : null;
}

async function list(
  database: Database,
  { cadence, limit }: { cadence?: Cadence; limit: number },
): Promise<StoredDigest[]> {
  const { rows } = await sql<DigestRow>`
    select ${DIGEST} from digests where ${cadence ?? null}::text is null or cadence = ${cadence ?? null}::text
    order by last_day desc, name desc limit ${limit}`.execute(database);
  return rows.map(toStored);
}

function toStored(row: DigestRow): StoredDigest {
  return {
    digest: row.content,
    checksum: row.checksum,
    composedAt: row.composed_at,
    enlistedAt: row.enlisted_at,
    paused: row.paused,
  };
}
