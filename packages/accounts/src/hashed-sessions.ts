/** Keeps session tokens as hashes: whoever reads the database can't sign in with what stands there. */
import type { BetterAuthOptions } from "better-auth";
import type { DBAdapter, Where } from "better-auth/types";
import { hashSecret } from "./secrets.ts";

type Adapter = DBAdapter<BetterAuthOptions>;
type Parts = Omit<Adapter, "transaction">;
type Row = Record<string, unknown>;

/** The same adapter, in whose table `sessions` the column `token` holds SHA-256 of the token. */
export function withHashedSessions(plain: Adapter): Adapter {
  const adapter = { ...plain, ...dated(plain), transaction: datedTransaction(plain) };
  return {
    ...adapter,
    ...hashed(adapter),
    transaction: (work) => adapter.transaction((parts) => work({ ...parts, ...hashed(parts) })),
  };
}

const datedTransaction =
  (adapter: Adapter): Adapter["transaction"] =>
  (work) =>
    adapter.transaction((parts) => work({ ...parts, ...dated(parts) }));

/**
 * Our connection gives times as text; the library compares them with dates, and a text is never before or after one: links
 * would not expire.
 */
function dated(parts: Parts): Pick<Parts, "create" | "findOne" | "findMany" | "update" | "consumeOne"> {
  return {
    create: async (query) => withDates(await parts.create(query)) as never,
    findOne: async (query) => withDates(await parts.findOne<Row>(query)) as never,
    findMany: async (query) => (await parts.findMany<Row>(query)).map(withDates) as never[],
    update: async (query) => withDates(await parts.update<Row>(query)) as never,
    consumeOne: async (query) => withDates(await parts.consumeOne<Row>(query)) as never,
  };
}

const IS_TIME = /(?:^e|E)xpiresAt$|^(?:created|updated)At$/;

function withDates(row: unknown): unknown {
  if (row === null || typeof row !== "object") return row;
  const entries = Object.entries(row).map(([name, value]) => [
    name,
    IS_TIME.test(name) && typeof value === "string" ? new Date(value) : name === "user" ? withDates(value) : value,
  ]);
  return Object.fromEntries(entries);
}

function hashed(
  parts: Parts,
): Pick<Parts, "create" | "findOne" | "findMany" | "update" | "updateMany" | "delete" | "deleteMany" | "consumeOne"> {
  return {
    create: (query) =>
      (query.model === "session" ? createSession(parts, query) : parts.create(query)) as Promise<never>,
    findOne: async (query) => {
      if (query.model !== "session") return parts.findOne(query);
      const found = await parts.findOne<Row>({ ...query, where: hashedWhere(query.where) });
      return restored(found, query.where) as never;
    },
    findMany: async (query) => {
      if (query.model !== "session") return parts.findMany(query);
      const rows = await parts.findMany<Row>({ ...query, where: hashedWhere(query.where ?? []) });
      return rows.map((row) => restored(row, query.where ?? [])) as never[];
    },
    update: async (query) => {
      if (query.model !== "session") return parts.update(query);
      const { token: _never, ...update } = query.update;
      const row = await parts.update<Row>({ ...query, update, where: hashedWhere(query.where) });
      return restored(row, query.where) as never;
    },
    updateMany: (query) =>
      parts.updateMany(query.model === "session" ? { ...query, where: hashedWhere(query.where) } : query),
    delete: (query) => parts.delete(query.model === "session" ? { ...query, where: hashedWhere(query.where) } : query),
    deleteMany: (query) =>
      parts.deleteMany(query.model === "session" ? { ...query, where: hashedWhere(query.where) } : query),
    consumeOne: async (query) => {
      if (query.model !== "session") return parts.consumeOne(query);
      const row = await parts.consumeOne<Row>({ ...query, where: hashedWhere(query.where) });
      return restored(row, query.where) as never;
    },
  };
}

async function createSession(parts: Parts, query: { model: string; data: object }): Promise<Row> {
  const data = query.data as Row;
  const { token } = data;
  const row = await parts.create<Row>({ ...query, data: { ...data, token: hashSecret(String(token)) } });
  return { ...row, token };
}

function hashedWhere(where: readonly Where[]): Where[] {
  return where.map((part) => {
    if (part.field !== "token") return part;
    const { value } = part;
    return {
      ...part,
      value: Array.isArray(value) ? value.map((one) => hashSecret(String(one))) : hashSecret(String(value)),
    };
  });
}

/** With the token by which the row was asked for; any other row keeps the hash, which opens nothing. */
function restored(row: Row | null, where: readonly Where[]): Row | null {
  if (!row) return row;
  const asked = where
    .filter(({ field }) => field === "token")
    .flatMap(({ value }) => (Array.isArray(value) ? value : [value]));
  const token = asked.find((one) => hashSecret(String(one)) === row["token"]);
  return token === undefined ? row : { ...row, token };
}
