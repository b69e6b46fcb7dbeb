/** What every database must do when two papers become one, and two again. */
import type { IncomingRecord } from "@paperwire/domain";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDatabase, type Database } from "./database.ts";
import { createMergeStore } from "./merge-records.ts";
import type { MergeStore } from "./merge-store.ts";
import { migrate } from "./migrate.ts";
import { type OpenDatabase, openDatabase, type StoreLocation } from "./open-database.ts";
import { createPaperStore } from "./papers.ts";
import type { PaperStore } from "./store.ts";

const ABSTRACT =
  "We ask how a site should notice that two of its papers are one work, and answer with keys, a judge and a person. Keys find candidates, the judge weighs title, authors and words, and the person is asked where the judge doubts. On papers of one year no merge was wrong, and every one of them could be taken back.";
const AUTHORS = [{ name: "Ada Example" }, { name: "Béla Beispiel" }];

export function describeMerges(name: string, location: () => Promise<StoreLocation>): void {
  describe(`merges on ${name}`, () => {
    let open: OpenDatabase;
    let database: Database;
    let papers: PaperStore;
    let merges: MergeStore;
    let ids = 0;
    beforeAll(async () => {
      open = await openDatabase(await location());
      database = createDatabase(open.pool);
      await migrate(database);
      const clock = () => Date.UTC(2025, 2, 28, 12);
      const newId = () => String(++ids).padStart(26, "0");
      papers = createPaperStore(database, newId, clock);
      merges = createMergeStore(database, newId, clock);
      for (const id of ["ann", "ben", "cy"]) {
        await sql`insert into accounts (id, handle, name, email) values (${id}, ${id}, ${id}, ${`${id}@example.org`})`.execute(
          database,
        );
      }
    });
    afterAll(() => open?.close());
    beforeEach(() => empty(database));

    const doi = (value: string, facts: Partial<IncomingRecord["facts"]> = {}): IncomingRecord => ({
      identifiers: [{ scheme: "doi", value }],
      facts: { title: "Noticing That Two Papers Are One", abstract: ABSTRACT, authors: AUTHORS, year: 2025, ...facts },
    });
    const onArxiv = (value: string, facts: Partial<IncomingRecord["facts"]> = {}): IncomingRecord => ({
      ...doi("", facts),
      identifiers: [{ scheme: "arxiv", value }],
    });
    const allMerges = async () => (await merges.list({ limit: 50, offset: 0 })).items;

    it("takes a work under a second name for what it is, and leads the lost address to the one that stays", async () => {
      expect(await papers.takeIn([doi("10.1/a", { venue: "TEST" })])).toEqual(["added"]);
      const lost = (await papers.listByTitle("Noticing that two papers are one"))[0]!.paper.id;
      const record = onArxiv("2503.00001", { title: "Noticing that $Two$ papers are one: a study" });
      expect(await papers.takeIn([record])).toEqual(["updated"]);
      expect(await papers.count()).toBe(1);
      expect(await papers.find("2503.00001")).toMatchObject({ venue: "TEST" });
      expect(await merges.findWinner(lost)).toBe("2503.00001");
      expect(await merges.findWinner("2503.00001")).toBeNull();
      expect(await allMerges()).toMatchObject([
        {
          winner: "2503.00001",
          loser: lost,
          by: "take-in",
          evidence: { title: "subtitle", abstract: 1 },
          undone: null,
        },
      ]);
      expect(await papers.takeIn([record, doi("10.1/a", { venue: "TEST" }), record])).not.toContain("added");
      expect(await papers.count()).toBe(1);
    });

    it("finds two names of one work within one batch", async () => {
      expect(await papers.takeIn([onArxiv("2503.00001"), doi("10.1/a")])).toEqual(["added", "updated"]);
      expect((await papers.listChangedSince(0, 10)).map(({ id }) => id)).toEqual(["2503.00001"]);
    });

    it("never takes two arXiv papers for one, nor papers that only look alike", async () => {
      await papers.takeIn([
        onArxiv("2503.00001"),
        onArxiv("2503.00002"),
        doi("10.1/a", { title: "Noticing That Two Papers Are One, Part II" }),
        doi("10.1/b", { abstract: "Something else entirely.", authors: [{ name: "Zoë Zebra" }] }),
        doi("10.1/c", { title: "Comment on: Noticing That Two Papers Are One" }),
      ]);
      expect(await papers.count()).toBe(5);
      expect(await allMerges()).toEqual([]);
    });

    it("tells an index what went, and finds a work again that only its old title names", async () => {
      await papers.takeIn([onArxiv("2503.00001")]);
      const before = (await papers.listChangedSince(0, 10)).at(-1)!.revision;
      const byTitle = {
        identifiers: [],
        facts: { ...doi("").facts, title: "Noticing That Two Papers Are One: Notes" },
      };
      await papers.takeIn([byTitle]);
      const [merge] = await allMerges();
      const now = (await papers.listChangedSince(0, 10)).at(-1)!.revision;
      expect(await merges.listGone({ after: before, until: now })).toEqual([merge!.loser]);
      expect(await merges.listGone({ after: now, until: now + 100 })).toEqual([]);
      await papers.takeIn([byTitle, byTitle]);
      expect(await papers.count()).toBe(1);
      expect(await allMerges()).toHaveLength(1);
    });

    it("keeps a pair apart that a person took apart", async () => {
      await papers.takeIn([onArxiv("2503.00001"), doi("10.1/a")]);
      const [merge] = await allMerges();
      expect(await merges.undo(merge!.id, "ann")).toMatchObject({ undone: { by: "ann" } });
      expect(await papers.count()).toBe(2);
      expect(await merges.findWinner(merge!.loser)).toBeNull();
      await expect(merges.undo(merge!.id, "ann")).rejects.toThrow("undone already");
      const again = { papers: ["2503.00001", merge!.loser] as const, evidence: null, by: "ben" };
      await expect(merges.merge(again)).rejects.toThrow("ann said that");
      expect(
        await merges.distinguishedAmong([
          [merge!.loser, "2503.00001"],
          ["x", "y"],
        ]),
      ).toEqual(new Set([[merge!.loser, "2503.00001"].sort().join(" ")]));
    });

    it("keeps the better place in an edition, one vote of a person, and every comment", async () => {
      const entry = (edition: string, upvotes: number) => ({ entry: { edition, upvotes } });
      await papers.takeIn([
        { ...onArxiv("2503.00001", { title: "One" }), ...entry("2025-03-27", 1) },
        { ...onArxiv("2503.00002", { title: "Other" }), ...entry("2025-03-27", 9) },
        { ...onArxiv("2503.00002", { title: "Other" }), ...entry("2025-03-28", 2) },
        { ...onArxiv("2503.00003", { title: "Third" }), ...entry("2025-03-27", 5) },
      ]);
      for (const [account, paper] of [
        ["ann", "2503.00001"],
        ["ann", "2503.00002"],
        ["ben", "2503.00002"],
      ]) {
        await sql`insert into upvotes values (${account}, ${paper}, now())`.execute(database);
      }
      await sql`insert into comments (id, paper_id, account_id, body, created_at, updated_at)
        values ('c1', '2503.00002', 'ann', 'Well.', now(), now())`.execute(database);
      const made = await merges.merge({ papers: ["2503.00001", "2503.00002"], evidence: null, by: "ann" });
      expect(made).toMatchObject({ winner: "2503.00001", moved: { upvotes: 2, comments: 1, edition_entries: 3 } });
      expect(await papers.editionsOf("2503.00001")).toMatchObject([
        { edition: "2025-03-28", upvotes: 4 },
        { edition: "2025-03-27", upvotes: 11, place: 1 },
      ]);
      const { rows } = await sql<{ paper_id: string }>`select paper_id from comments`.execute(database);
      expect(rows).toEqual([{ paper_id: "2503.00001" }]);
      // Ben takes his vote back while the papers are one: it stays taken back.
      await sql`delete from upvotes where account_id = 'ben'`.execute(database);
      await merges.undo(made.id, "ann");
      const votes = await sql<{ paper_id: string }>`
        select paper_id from upvotes where account_id = 'ann' order by paper_id`.execute(database);
      expect(votes.rows.map((row) => row.paper_id)).toEqual(["2503.00001", "2503.00002"]);
      const all = await sql<{ count: number }>`select count(*) as count from upvotes`.execute(database);
      expect(all.rows[0]!.count).toBe(2);
    });

    it("leaves what a source said of the winner since, when a merge is undone", async () => {
      await papers.takeIn([onArxiv("2503.00001", { note: "first" }), doi("10.1/a", { venue: "TEST" })]);
      const [merge] = await allMerges();
      await papers.takeIn([onArxiv("2503.00001", { note: "second" })]);
      await merges.undo(merge!.id, "ann");
      expect(await papers.find("2503.00001")).toMatchObject({ note: "second" });
      expect((await papers.find("2503.00001"))?.venue).toBeUndefined();
      expect(await papers.find(merge!.loser)).toMatchObject({ venue: "TEST" });
    });

    it("undoes a merge under later ones, and not one whose winner went on itself", async () => {
      const all = ["2503.00001", "2503.00002", "2503.00003"];
      await papers.takeIn(all.map((id, at) => onArxiv(id, { title: `Paper ${id}`, links: link(at) })));
      const first = await merges.merge({ papers: ["2503.00001", "2503.00002"], evidence: null, by: "ann" });
      const second = await merges.merge({ papers: ["2503.00001", "2503.00003"], evidence: null, by: "ann" });
      await merges.undo(first.id, "ann");
      expect((await papers.find("2503.00001"))?.links).toEqual([...link(2), ...link(0)]);
      expect((await papers.find("2503.00002"))?.links).toEqual(link(1));
      const third = await merges
        .merge({ papers: ["2503.00001", "2503.00002"], keep: "2503.00002", evidence: null, by: "b" })
        .catch((error: Error) => error.message);
      expect(third).toContain("two works");
      await papers.takeIn([onArxiv("2503.00004", { title: "Fourth" })]);
      await merges.merge({ papers: ["2503.00001", "2503.00004"], keep: "2503.00004", evidence: null, by: "ann" });
      expect(await merges.findWinner("2503.00003")).toBe("2503.00004");
      await expect(merges.undo(second.id, "ann")).rejects.toThrow("merged into 2503.00004 since");
      await expect(merges.merge({ papers: ["2503.00004", "2503.00004"], evidence: null, by: "a" })).rejects.toThrow();
      await expect(merges.merge({ papers: ["2503.00004", "2503.00009"], evidence: null, by: "a" })).rejects.toThrow();
    });
  });
}

const link = (at: number) => [{ kind: "code" as const, url: `https://example.org/${at}` }];

/** All but the accounts, which every test shares. */
export async function empty(database: Database): Promise<void> {
  await sql`delete from papers`.execute(database);
  for (const table of ["editions", "paper_merges", "paper_distinctions"]) {
    await sql`delete from ${sql.table(table)}`.execute(database);
  }
}
