import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, describe, it } from "vitest";
import { openStore } from "./open-store.ts";
import { describeStore } from "./store.contract.ts";

const url = process.env.PAPERWIRE_TEST_DATABASE_URL;
const names: string[] = [];

if (url) {
  describeStore("PostgreSQL", async () => {
    const name = `paperwire_test_${randomBytes(6).toString("hex")}`;
    await onServer(`create database ${name}`);
    names.push(name);
    const own = new URL(url);
    own.pathname = `/${name}`;
    return openStore({ location: { kind: "postgres", url: own.href }, clock: () => Date.UTC(2025, 2, 28, 12) });
  });
  afterAll(async () => {
    for (const name of names) await onServer(`drop database if exists ${name} with (force)`);
  });
} else {
  console.warn("SKIPPED: the store on PostgreSQL. Name a server in PAPERWIRE_TEST_DATABASE_URL to test it, too.");
  describe.skip("the store on PostgreSQL (PAPERWIRE_TEST_DATABASE_URL is not set)", () => {
    it("is tested where a server is named", () => undefined);
  });
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
