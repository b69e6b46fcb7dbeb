/** What every database must tell of the papers that may trend. */
import type { IncomingRecord } from "@paperwire/domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Store } from "./store.ts";

const WEEK = { first: "2025-03-24", last: "2025-03-30" };

const paper = (id: string, edition: string, upvotes: number, more: Partial<IncomingRecord["facts"]> = {}) => ({
  identifiers: [{ scheme: "arxiv" as const, value: id }],
  facts: { title: `Paper ${id}`, ...more },
  entry: { edition, upvotes },
});

export function describeTrending(name: string, open: () => Promise<Store>): void {
  describe(`what trending rests on, on ${name}`, () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
      await store.papers.takeIn([
        paper("2503.00001", "2025-03-24", 4, { primaryCategory: "cs.IR", categories: ["cs.IR"] }),
        paper("2503.00001", "2025-03-28", 3),
        paper("2503.00002", "2025-03-28", 5, { categories: ["math.CV"] }),
        paper("2503.00003", "2025-03-28", 0),
        paper("2503.00004", "2025-03-31", 99),
      ]);
      await store.accounts.add({ id: "id-ada", handle: "ada", name: "Ada", email: "ada@example.org" });
      await store.upvotes.add("id-ada", "2503.00003");
    });
    afterAll(() => store?.close());

    it("is each paper of the days once, through its newest edition, with its field", async () => {
      const rows = await store.trending.listCandidates(WEEK);
      expect(rows.map(({ id, field, edition, brought }) => [id, field, edition, brought])).toEqual([
        ["2503.00002", "math.CV", "2025-03-28", 5],
        ["2503.00001", "cs.IR", "2025-03-28", 3],
        ["2503.00003", "", "2025-03-28", 0],
      ]);
      expect(rows[0]).toMatchObject({ pick: null, starsGained: null, topics: ["math.cv"] });
    });

    it("is what is usual, by field and weekday, with the votes given here", async () => {
      const samples = await store.trending.listRateSamples(WEEK);
      expect(samples).toEqual([
        { field: "", weekday: 5, papers: 1, votes: 1, squares: 1, here: 1 },
        { field: "cs.IR", weekday: 1, papers: 1, votes: 4, squares: 16, here: 0 },
        { field: "cs.IR", weekday: 5, papers: 1, votes: 3, squares: 9, here: 0 },
        { field: "math.CV", weekday: 5, papers: 1, votes: 5, squares: 25, here: 0 },
      ]);
    });

    it("is who voted, with what counting their votes takes", async () => {
      expect(await store.trending.listVotesFor(["2503.00003", "2503.00002"])).toMatchObject([
        { accountId: "id-ada", paperId: "2503.00003", trust: 0, invitedBy: null, isAuthor: false },
      ]);
      expect(await store.trending.listNewestVotes(10)).toMatchObject([{ accountId: "id-ada", paperId: "2503.00003" }]);
      expect(await store.trending.listVotesFor([])).toEqual([]);
    });
  });
}
