/** One pool of PostgreSQL connections, whoever answers at the other end. */
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";

/** Queries are written as SQL in sight (`sql` of Kysely), so the builder's table types are left open. */
export type Database = Kysely<Record<string, never>>;

/** Connections to a real server; a web process needs few, since queries take well under a millisecond. */
const MOST_CONNECTIONS = 8;
const CONNECT_TIMEOUT_MS = 10_000;
const STATEMENT_TIMEOUT_MS = 60_000;

/** PostgreSQL type ids whose JavaScript form we choose: text for dates, numbers for bigint below 2^53. */
const BIGINT = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") => {
    if (oid === BIGINT) return Number;
    if (oid === DATE) return String;
    if (oid === TIMESTAMPTZ) return (value: string) => new Date(value).toISOString();
    return pg.types.getTypeParser(oid, format as "text");
  }) as typeof pg.types.getTypeParser,
};

export function createPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    application_name: "paperwire",
    ...config,
    types,
  });
  // An idle connection that breaks is replaced at the next query, which reports the fault if it lasts.
  pool.on("error", () => undefined);
  return pool;
}

export function createDatabase(pool: pg.Pool): Database {
  return new Kysely({ dialect: new PostgresDialect({ pool }) });
}
