/** Whatever is merged and in whatever order it is undone, the rows come back as they were; on both databases. */
import type { IncomingRecord } from "@paperwire/domain";
import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, describe, expect, it } from "vitest";
import { createDatabase, type Database } from "./database.ts";
import { type FreshDatabase, freshPostgres } from "./fresh-postgres.ts";
import { createMergeStore } from "./merge-records.ts";
import { describeMerges, empty } from "./merges.contract.ts";
import { migrate } from "./migrate.ts";
import { openDatabase, type StoreLocation } from "./open-database.ts";
import { createPaperStore } from "./papers.ts";
import { tablesInLoadingOrder } from "./tables.ts";
import { placeEntries } from "./take-in-entries.ts";

const AUTHORS = [{ name: "Ada Example" }, { name: "Béla Beispiel" }];
const url = process.env.PAPERWIRE_TEST_DATABASE_URL;
const fresh: FreshDatabase[] = [];

describeMerges("embedded PGlite", async () => ({ kind: "embedded", folder: null }));

describe("merges undone", () => {
  it("come back to the very same rows on PGlite", () => check({ kind: "embedded", folder: null }), 120_000);

  it.skipIf(!url)(
    "come back to the very same rows on PostgreSQL",
    async () => {
      fresh.push(await freshPostgres(url!));
      await check(fresh[0]!.location);
    },
    120_000,
  );
  afterAll(async () => {
    for (const database of fresh) await database.drop();
  });
});

async function check(location: StoreLocation): Promise<void> {
  const open = await openDatabase(location);
  const database = createDatabase(open.pool);
  await migrate(database);
  let ids = 0;
  const newId = () => String(++ids).padStart(26, "0");
  const clock = () => Date.UTC(2025, 2, 28, 12);
  const papers = createPaperStore(database, newId, clock);
  const merges = createMergeStore(database, newId, clock);
  for (const id of ["ann", "ben", "cy"]) {
    await sql`insert into accounts (id, handle, name, email) values (${id}, ${id}, ${id}, ${`${id}@example.org`})`.execute(
      database,
    );
  }
  await fc.assert(
    fc.asyncProperty(scene, async ({ records, acts, pairs, order }) => {
      await empty(database);
      await papers.takeIn(records);
      for (const act of acts) await perform(database, act);
      await placeEntries(database, ["2025-03-27", "2025-03-28"]);
      const before = await dump(database);
      const made: string[] = [];
      for (const [a, b] of pairs) {
        const now = await Promise.all([a, b].map(async (id) => (await merges.findWinner(id)) ?? id));
        if (now[0] === now[1]) continue;
        made.push((await merges.merge({ papers: [now[0]!, now[1]!], evidence: null, by: "ann" })).id);
      }
      const waiting = order.map((at) => made[at % Math.max(made.length, 1)]).concat(made.toReversed());
      for (const id of waiting) {
        if (id === undefined || (await merges.find(id))!.undone) continue;
        // One whose winner went on has its turn later: what was made last is undone last but surely.
        await merges.undo(id, "ann").catch((error: Error) => expect(error.message).toContain("since; undo that first"));
      }
      for (const id of made.toReversed()) if (!(await merges.find(id))!.undone) await merges.undo(id, "ann");
      expect(await dump(database)).toEqual(before);
    }),
    { numRuns: 25 },
  );
  await open.close();
}

const IDS = ["2503.00001", "2503.00002", "2503.00003", "2503.00004"];
const id = fc.constantFrom(...IDS);
const account = fc.constantFrom("ann", "ben", "cy");
const date = fc.constantFrom("2025-03-27", "2025-03-28");

type Act =
  | { kind: "vote" | "comment"; account: string; paper: string; n: number }
  | { kind: "submit" | "pick" | "pass"; account: string; paper: string; date: string; n: number };

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constantFrom("vote" as const, "comment" as const), account, paper: id, n: fc.nat(9) }),
  fc.record({
    kind: fc.constantFrom("submit" as const, "pick" as const, "pass" as const),
    account,
    paper: id,
    date,
    n: fc.nat(9),
  }),
);

const scene = fc.record({
  records: fc
    .array(
      fc.record({
        at: fc.nat(IDS.length - 1),
        edition: fc.option(date, { nil: undefined }),
        upvotes: fc.nat(9),
        note: fc.option(fc.constantFrom("x", "y"), { nil: undefined }),
        keywords: fc.subarray(["a", "b", "c"]),
        venue: fc.option(fc.constantFrom("V", "W"), { nil: undefined }),
        asOf: fc.option(fc.constantFrom("2025-01-01T00:00:00.000Z", "2025-02-01T00:00:00.000Z"), { nil: undefined }),
        words: fc.constantFrom("One abstract.", "Another abstract.", "A third one."),
      }),
      { minLength: 4, maxLength: 12 },
    )
    .map((all) => [
      ...IDS.map(
        (value): IncomingRecord => ({ identifiers: [{ scheme: "arxiv", value }], facts: { title: `Title ${value}` } }),
      ),
      ...all.map(({ at, edition, upvotes, note, keywords, venue, asOf, words }): IncomingRecord => {
        const facts: IncomingRecord["facts"] = {
          title: `Title ${IDS[at]!}`,
          abstract: words,
          authors: AUTHORS.slice(upvotes % 2),
        };
        return {
          identifiers: [{ scheme: "arxiv", value: IDS[at]! }],
          facts: { ...facts, ...(note && { note }), ...(keywords.length > 0 && { keywords }), ...(venue && { venue }) },
          ...(edition && { entry: { edition, upvotes } }),
          ...(asOf && { asOf }),
        };
      }),
    ]),
  acts: fc.array(act, { maxLength: 14 }),
  pairs: fc.array(fc.tuple(id, id), { minLength: 1, maxLength: 4 }),
  order: fc.array(fc.nat(9), { maxLength: 4 }),
});

async function perform(database: Database, one: Act): Promise<void> {
  const at = new Date(Date.UTC(2025, 2, 28, one.n)).toISOString();
  const { account: who, paper, n } = one;
  if (one.kind === "vote") {
    await sql`insert into upvotes values (${who}, ${paper}, ${at}::timestamptz) on conflict do nothing`.execute(
      database,
    );
  } else if (one.kind === "comment") {
    await sql`insert into comments (id, paper_id, account_id, body, created_at, updated_at)
      values (${`${paper} ${n}`}, ${paper}, ${who}, 'Well.', ${at}::timestamptz, ${at}::timestamptz) on conflict do nothing`.execute(
      database,
    );
  } else if (one.kind === "submit" && "date" in one) {
    await sql`insert into submissions (id, account_id, paper_id, edition_date, state, at)
      values (${`${paper} ${n}`}, ${who}, ${paper}, ${one.date}::date, ${n % 2 === 0 ? "waiting" : "shown"}, ${at}::timestamptz)
      on conflict do nothing`.execute(database);
  } else if ("date" in one) {
    await sql`insert into editions (date) values (${one.date}::date) on conflict do nothing`.execute(database);
    const columns =
      one.kind === "pick"
        ? sql`picks (edition_date, paper_id, picked_by, at, position)`
        : sql`passes (edition_date, paper_id, passed_by, at)`;
    const values = one.kind === "pick" ? sql`, ${n}::integer` : sql``;
    await sql`insert into ${columns} values (${one.date}::date, ${paper}, ${who}, ${at}::timestamptz${values}) on conflict do nothing`.execute(
      database,
    );
  }
}

/** What merges write of themselves, and numbers that only grow. */
const OWN = new Set(["paper_merges", "paper_distinctions", "revision_counter", "community_counter", "settings"]);

async function dump(database: Database): Promise<Record<string, string[]>> {
  const tables = (await tablesInLoadingOrder(database)).filter((name) => !OWN.has(name));
  const all: Record<string, string[]> = {};
  for (const table of tables) {
    const { rows } = await sql<{ row: string }>`
      select (to_jsonb(t) - 'revision')::text as row from ${sql.table(table)} t`.execute(database);
    all[table] = rows.map(({ row }) => row).sort();
  }
  return all;
}
