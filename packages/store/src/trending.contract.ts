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

export function describeTrending(name: string, open: (clock: () => number) => Promise<Store>): void {
  describe(`what trending rests on, on ${name}`, () => {
    let store: Store;
    let nowMs = Date.UTC(2025, 2, 28, 12);
    beforeAll(async () => {
      store = await open(() => nowMs);
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
      expect(rows[0]).toMatchObject({ pick: null, topics: ["math.cv"] });
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

    it("is what was counted before and within the days, three counts of each series at most", async () => {
      const say = (day: string, citations: number, source = "A Catalogue") => {
        nowMs = Date.parse(`${day}T12:00:00Z`);
        const said = { citations, influential: null };
        return store.citations.record(source, [{ paperId: "2503.00001", said }]);
      };
      const days = ["2024-12-01", "2025-03-10", "2025-03-17", "2025-03-24", "2025-03-27", "2025-03-30", "2025-04-06"];
      for (const [at, day] of days.entries()) await say(day, at * 10);
      await say("2025-03-29", 7, "Another");
      const counts = await store.trending.listCounts(["2503.00001", "2503.00002"], WEEK);
      expect(counts.map(({ series, day, count }) => [series, day, count])).toEqual([
        ["A Catalogue", "2025-03-17", 20],
        ["A Catalogue", "2025-03-24", 30],
        ["A Catalogue", "2025-03-30", 50],
        ["Another", "2025-03-29", 7],
      ]);
      expect(await store.trending.listCounts([], WEEK)).toEqual([]);
    });

    it("is kept by the day, later by the week and the month, and drawn from one catalogue", async () => {
      const start = Date.parse("2025-06-01T12:00:00Z");
      const said = (citations: number) => [{ paperId: "2503.00002", said: { citations, influential: null } }];
      for (let day = 0; day < 800; day += 2) {
        nowMs = start + day * 86_400_000;
        await store.citations.record("A Catalogue", said(day));
        if (day % 10 === 0) await store.citations.thin();
      }
      await store.citations.thin();
      const history = await store.citations.historyOf("2503.00002");
      // 45 by the day, about 92 by the week, a few by the month.
      expect(history.length).toBeGreaterThan(130);
      expect(history.length).toBeLessThan(165);
      expect(history.at(-1)!.citations).toBe(798);
      expect(history.map(({ citations }) => citations)).toEqual(
        history.map(({ citations }) => citations).toSorted((a, b) => a - b),
      );
      const within = (from: number, to: number) =>
        history.filter(({ citations }) => citations >= from && citations < to).length;
      expect(within(650, 664)).toBe(2);
      expect(within(780, 798)).toBe(9);
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
