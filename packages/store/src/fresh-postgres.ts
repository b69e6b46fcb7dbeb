/** A database of its own on the PostgreSQL server that the tests may use, if one is named. */
import { randomBytes } from "node:crypto";
import pg from "pg";
import type { StoreLocation } from "./open-database.ts";

export type FreshDatabase = { location: StoreLocation; drop(): Promise<void> };

/** @param server  address of a server on which databases may be made: `postgres://user@host:port/name` */
export async function freshPostgres(server: string): Promise<FreshDatabase> {
  const name = `paperwire_test_${randomBytes(6).toString("hex")}`;
  await onServer(server, `create database ${name}`);
  const own = new URL(server);
  own.pathname = `/${name}`;
  return {
    location: { kind: "postgres", url: own.href },
    drop: () => onServer(server, `drop database if exists ${name} with (force)`),
  };
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
