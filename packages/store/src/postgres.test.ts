import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, describe, expect, it } from "vitest";
import { describeAccounts } from "./accounts.contract.ts";
import { backup } from "./backup.ts";
import { describeCollections } from "./collections.contract.ts";
import { describeComments } from "./comments.contract.ts";
import { describeDesk } from "./desk.contract.ts";
import { type FreshDatabase, freshPostgres } from "./fresh-postgres.ts";
import { describeInvites } from "./invites.contract.ts";
import { describeLedger } from "./ledger.contract.ts";
import { describeLooks } from "./looks.contract.ts";
import { describeMailStores } from "./mail-stores.contract.ts";
import { describeMerges } from "./merges.contract.ts";
import { describeModeration } from "./moderation.contract.ts";
import { describeNotifications } from "./notifications.contract.ts";
import type { StoreLocation } from "./open-database.ts";
import { openStore } from "./open-store.ts";
import { describeOutbox } from "./outbox.contract.ts";
import { restore } from "./restore.ts";
import { describeStore } from "./store.contract.ts";
import { describeTrending } from "./trending.contract.ts";
import { describeUpvotes } from "./upvotes.contract.ts";

const url = process.env.PAPERWIRE_TEST_DATABASE_URL;
const clock = () => Date.UTC(2025, 2, 28, 12);
const databases: FreshDatabase[] = [];

if (url) {
  describeStore("PostgreSQL", async () => openStore({ location: await freshDatabase(), clock }));
  describeDesk("PostgreSQL", async () => openStore({ location: await freshDatabase(), clock }));
  describeNotifications("PostgreSQL", async (own) => openStore({ location: await freshDatabase(), clock: own }));
  describeMerges("PostgreSQL", freshDatabase);
  describeTrending("PostgreSQL", async (own) => openStore({ location: await freshDatabase(), clock: own }));
  describeUpvotes("PostgreSQL", async () => openStore({ location: await freshDatabase(), clock }));
  describeComments("PostgreSQL", async (own) => openStore({ location: await freshDatabase(), clock: own }));
  describeModeration("PostgreSQL", async (own) => openStore({ location: await freshDatabase(), clock: own }));
  describeCollections("PostgreSQL", async (own) => openStore({ location: await freshDatabase(), clock: own }));
  describeAccounts("PostgreSQL", async (own) => openStore({ location: await freshDatabase(), clock: own }));
  describeLooks("PostgreSQL", async (own) => openStore({ location: await freshDatabase(), clock: own }));
  describeInvites("PostgreSQL", async (own) => openStore({ location: await freshDatabase(), clock: own }));
  describeLedger("PostgreSQL", async () => openStore({ location: await freshDatabase(), clock }));
  describeMailStores("PostgreSQL", async (own) => openStore({ location: await freshDatabase(), clock: own }));

  describeOutbox("PostgreSQL", async (own) => openStore({ location: await freshDatabase(), clock: own }));

  it("a backup goes from PGlite to PostgreSQL and back, and nothing is lost", async () => {
    const home = await mkdtemp(join(tmpdir(), "paperwire-cross-"));
    const first: StoreLocation = { kind: "embedded", folder: join(home, "first") };
    const second = await freshDatabase();
    const third: StoreLocation = { kind: "embedded", folder: join(home, "third") };
    const store = await openStore({ location: first, clock });
    await store.papers.takeIn(
      Array.from({ length: 300 }, (_, n) => ({
        identifiers: [{ scheme: "doi" as const, value: `10.1/${n}` }],
        facts: { title: `Über ${n}`, keywords: ["a,b", "{c}"], authors: [{ name: "Ada" }], year: 2020 + (n % 5) },
        entry: { edition: "2025-03-28", upvotes: n, submittedBy: { name: "ak", fullname: "A K" } },
      })),
    );
    const before = await store.papers.listChangedSince(0, 5_000);
    await store.close();
    for (const [from, to] of [[first, second] as const, [second, third] as const]) {
      const pipe = new PassThrough();
      const [, counts] = await Promise.all([
        backup({ location: from, output: pipe, clock }),
        restore({ location: to, input: pipe, replace: false }),
      ]);
      expect(counts).toMatchObject({ papers: 300, edition_entries: 300, paper_identifiers: 300 });
    }
    const last = await openStore({ location: third, clock });
    expect(await last.papers.listChangedSince(0, 5_000)).toEqual(before);
    await last.close();
    await rm(home, { recursive: true, force: true });
  }, 60_000);

  it("several processes may migrate one empty database at the same moment", async () => {
    const location = await freshDatabase();
    const stores = await Promise.all(Array.from({ length: 4 }, () => openStore({ location, clock })));
    const epochs = await Promise.all(stores.map((store) => store.epoch()));
    expect(new Set(epochs).size).toBe(1);
    await Promise.all(stores.map((store) => store.close()));
  });

  afterAll(async () => {
    for (const database of databases) await database.drop();
  });
} else {
  console.warn("SKIPPED: the store on PostgreSQL. Name a server in PAPERWIRE_TEST_DATABASE_URL to test it, too.");
  describe.skip("the store on PostgreSQL (PAPERWIRE_TEST_DATABASE_URL is not set)", () => {
    it("is tested where a server is named", () => undefined);
  });
}

async function freshDatabase(): Promise<StoreLocation> {
  const database = await freshPostgres(url!);
  databases.push(database);
  return database.location;
}
