/** What every database must do for the ledger: freeze an edition with its closing, once, and never again. */
import { createLedgerCheck, type LedgerContent } from "@paperwire/domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "./ledger.ts";
import type { Store } from "./store.ts";

const DAY = "2025-03-28";

export function describeLedger(name: string, open: () => Promise<Store>): void {
  describe(`the ledger on ${name}`, () => {
    let store: Store;
    const paper = (id: string, edition: string, upvotes: number, position: number) => ({
      identifiers: [{ scheme: "arxiv" as const, value: id }],
      facts: { title: `Paper ${id}` },
      entry: { edition, upvotes, position },
    });
    const faults = async () => {
      const check = createLedgerCheck(sha256);
      for (const entry of await store.ledger.listFrom(0, 500)) check.add(entry);
      return check.faults();
    };
    beforeAll(async () => {
      store = await open();
      await store.accounts.add({ id: "cy", handle: "cy", name: "Cy", email: "cy@example.org", role: "curator" });
      await store.papers.takeIn([
        paper("2503.00001", "2025-03-27", 1, 1),
        paper("2503.00010", DAY, 1, 1),
        paper("2503.00011", DAY, 5, 2),
        paper("hep-th/9901001", DAY, 5, 3),
      ]);
    });
    afterAll(() => store?.close());

    it("freezes what stood when the edition closed, picks first, and the next one holds on to it", async () => {
      await store.desk.closeOverdue("2025-03-28");
      await store.desk.pick({ date: DAY, paperId: "2503.00010", by: "cy" });
      await store.desk.annotate({ date: DAY, paperId: "2503.00010", by: "cy", note: "Read this first." });
      await store.upvotes.add("cy", "hep-th/9901001");
      expect(await store.desk.close({ date: DAY, by: "cy" }, () => null)).toBeNull();
      expect([...(await store.ledger.placesOf(DAY))]).toEqual([
        ["2503.00010", 1],
        ["hep-th/9901001", 2],
        ["2503.00011", 3],
      ]);
      const [first, second] = await store.ledger.listFrom(0, 10);
      const content = JSON.parse(second!.content) as LedgerContent;
      expect(content).toMatchObject({ edition: DAY, closedBy: "curator", previous: first!.checksum });
      expect(content.candidates).toContainEqual(
        expect.objectContaining({ id: "2503.00010", pick: 1, note: "Read this first.", upvotes: 1 }),
      );
      expect(second!.content).not.toContain('"cy"');
      expect(await faults()).toEqual([]);
    });

    it("stays as it is whatever readers and sources do afterwards", async () => {
      const before = await store.ledger.find(DAY);
      await store.papers.takeIn([paper("2503.00011", DAY, 99, 1)]);
      await store.accounts.erase("cy");
      await store.desk.closeOverdue("2025-04-30");
      expect(await store.ledger.find(DAY)).toEqual(before);
      const now = await store.papers.editionsOf("2503.00011");
      expect([now[0]?.place, (await store.ledger.placesOf(DAY)).get("2503.00011")]).toEqual([1, 3]);
      expect(await faults()).toEqual([]);
      expect(await store.ledger.count()).toBe(2);
      expect((await store.ledger.listNewest({ limit: 1, offset: 0 }))[0]).toMatchObject({ number: 2, edition: DAY });
    });

    it("tells history that was taken in from editions that were lived", async () => {
      await store.papers.takeIn([paper("2001.00001", "2020-01-02", 3, 1)]);
      await store.desk.closeOverdue("2025-04-30");
      const entry = await store.ledger.find("2020-01-02");
      expect(JSON.parse(entry!.content)).toMatchObject({ closedBy: "import" });
      expect((await store.ledger.placesOf("1999-01-01")).size).toBe(0);
    });
  });
}
