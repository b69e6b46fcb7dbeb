/** What every database must do: the same suite runs on PGlite and, where one is named, on PostgreSQL. */
import type { IncomingRecord } from "@paperwire/domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Store } from "./store.ts";

const paper = (id: string, facts: Partial<IncomingRecord["facts"]> = {}): IncomingRecord => ({
  identifiers: [{ scheme: "arxiv", value: id }],
  facts: { title: `Paper ${id}`, ...facts },
});

export function describeStore(name: string, open: () => Promise<Store>): void {
  describe(`the store on ${name}`, () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store?.close());

    it("adds a paper and finds every fact again", async () => {
      const facts = {
        title: "Learning to Rank, Quietly",
        abstract: "We rank.",
        authors: [{ name: "Ada Example" }, { name: "Béla Example", claimedBy: "bela" }],
        publishedAt: "2025-03-27T17:59:51.000Z",
        publishedPrecision: "instant" as const,
        summary: { text: "Ranks.", source: "Paperwire", generated: false },
        venue: "TEST 2025",
        year: 2025,
        primaryCategory: "cs.IR",
        categories: ["cs.IR", "cs.LG"],
        keywords: ["Learning to Rank"],
        links: [{ kind: "code" as const, url: "https://example.org/code", stars: 7 }],
        organization: { name: "example", fullname: "Example Lab" },
        note: "12 pages",
        unverified: ["published" as const],
      };
      expect(await store.papers.takeIn([paper("2503.00001", facts)])).toEqual(["added"]);
      const found = await store.papers.find("2503.00001");
      expect(found).toMatchObject(facts);
      expect(found?.revision).toBeGreaterThan(0);
      expect(await store.papers.find("2503.99999")).toBeNull();
    });

    it("says unchanged when told the same again, also within one batch", async () => {
      const record = paper("2503.00002", { abstract: "Same.", keywords: ["b", "a"] });
      expect(await store.papers.takeIn([record, record])).toEqual(["added", "unchanged"]);
      const before = await store.version();
      expect(await store.papers.takeIn([record])).toEqual(["unchanged"]);
      expect(await store.version()).toBe(before);
    });

    it("narrows entries to upvotes and topics, and counts topics", async () => {
      const entry = (id: string, upvotes: number, keywords: string[]) => ({
        ...paper(id, { keywords }),
        entry: { edition: "2025-02-14", upvotes },
      });
      await store.papers.takeIn([
        entry("2502.00001", 9, ["narrow one", "narrow both"]),
        entry("2502.00002", 5, ["narrow two", "narrow both"]),
        entry("2502.00003", 1, ["narrow one"]),
      ]);
      const range = { first: "2025-02-14", last: "2025-02-14" };
      const ids = async (narrow: object) => {
        const { items, total } = await store.editions.listEntries({
          range,
          order: "edition",
          limit: 10,
          offset: 0,
          ...narrow,
        });
        expect(total).toBe(items.length);
        return items.map((item) => item.paper.id);
      };
      expect(await ids({ upvotesMin: 5 })).toEqual(["2502.00001", "2502.00002"]);
      expect(await ids({ topics: ["narrow one"] })).toEqual(["2502.00001", "2502.00003"]);
      expect(await ids({ topics: ["narrow one", "narrow two"], upvotesMin: 2 })).toEqual(["2502.00001", "2502.00002"]);
      expect(await ids({ topics: [] })).toHaveLength(3);
      const topics = (await store.papers.listTopics(500)).filter(({ topic }) => topic.startsWith("narrow"));
      expect(topics).toEqual([
        { topic: "narrow both", papers: 2 },
        { topic: "narrow one", papers: 2 },
        { topic: "narrow two", papers: 1 },
      ]);
    });

    it("remembers when what readers were shown became another, and only then", async () => {
      const take = (facts: Partial<IncomingRecord["facts"]>) =>
        store.papers.takeIn([
          paper("2503.00008", { abstract: "First.", authors: [{ name: "Ada Example" }], ...facts }),
        ]);
      const correctedAt = async () => (await store.papers.find("2503.00008"))?.correctedAt;
      await take({});
      expect((await store.papers.find("2503.00008"))?.addedAt).toMatch(/^2025-03-28T12:00:00/);
      expect(await take({ keywords: ["new"] })).toEqual(["updated"]);
      expect(await take({ authors: [{ name: "Ada Example", claimedBy: "ada" }] })).toEqual(["updated"]);
      expect(await correctedAt()).toBeUndefined();
      await take({ abstract: "Second." });
      expect(await correctedAt()).toMatch(/^2025-03-28T12:00:00/);
    });

    it("lets the newer source win and the older one fill gaps, in either order", async () => {
      const older = {
        ...paper("2503.00003", { title: "Old title", note: "from the old one" }),
        asOf: "2025-01-01T00:00:00.000Z",
      };
      const newer = { ...paper("2503.00003", { title: "New title" }), asOf: "2025-02-01T00:00:00.000Z" };
      expect(await store.papers.takeIn([newer, older])).toEqual(["added", "updated"]);
      expect(await store.papers.find("2503.00003")).toMatchObject({ title: "New title", note: "from the old one" });
      expect(await store.papers.takeIn([newer, older])).toEqual(["unchanged", "unchanged"]);
    });

    it("finds a record without identifier by its title, however it is typed", async () => {
      await store.papers.takeIn([paper("2503.00004", { title: "DETRs with $K$-Hybrid Assignments: A Study" })]);
      const byTitle = {
        identifiers: [],
        facts: { title: "detrs with K-hybrid  assignments, a study", abstract: "Now with text." },
      };
      expect(await store.papers.takeIn([byTitle])).toEqual(["updated"]);
      expect(await store.papers.find("2503.00004")).toMatchObject({ abstract: "Now with text." });
      const unknown = { identifiers: [], facts: { title: "Never heard of" } };
      expect(await store.papers.takeIn([unknown, unknown])).toEqual(["added", "unchanged"]);
      const [listed] = await store.papers.listByTitle("never heard of");
      expect(listed?.paper.id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    });

    it("numbers places by upvotes, then by the source's order, and keeps them true", async () => {
      const entry = (id: string, upvotes: number, position: number) => ({
        ...paper(id),
        entry: {
          edition: "2025-04-01",
          upvotes,
          position,
          submittedBy: { name: "ak", fullname: "AK" },
          numComments: 2,
        },
      });
      await store.papers.takeIn([entry("2504.00001", 3, 1), entry("2504.00002", 9, 2), entry("2504.00003", 3, 3)]);
      const order = async () =>
        (
          await store.editions.listEntries({
            range: { first: "2025-04-01", last: "2025-04-01" },
            order: "edition",
            limit: 50,
            offset: 0,
          })
        ).items.map(({ paper: { id }, entry: { place } }) => `${place} ${id}`);
      expect(await order()).toEqual(["1 2504.00002", "2 2504.00001", "3 2504.00003"]);
      const before = await store.version();
      expect(await store.papers.takeIn([entry("2504.00003", 10, 3)])).toEqual(["updated"]);
      expect(await order()).toEqual(["1 2504.00003", "2 2504.00002", "3 2504.00001"]);
      expect(await store.version()).toBeGreaterThan(before);
      expect(await store.papers.editionsOf("2504.00003")).toEqual([
        {
          edition: "2025-04-01",
          place: 1,
          submittedAt: null,
          submittedBy: { name: "ak", fullname: "AK" },
          upvotes: 10,
          numComments: 2,
        },
      ]);
    });

    it("knows its days, their neighbours and the latest", async () => {
      await store.papers.takeIn([
        { ...paper("2504.00009"), entry: { edition: "2025-04-07" } },
        { ...paper("2504.00010"), entry: { edition: "2025-04-07" } },
        { ...paper("2504.00009"), entry: { edition: "2025-05-02" } },
      ]);
      expect(await store.editions.latest()).toBe("2025-05-02");
      expect(await store.editions.latest("2025-05-01")).toBe("2025-04-07");
      expect(await store.editions.latest("2020-01-01")).toBeNull();
      expect(await store.editions.neighbours({ first: "2025-04-07", last: "2025-04-07" })).toEqual({
        previous: "2025-04-01",
        next: "2025-05-02",
      });
      expect(await store.editions.calendar({ first: "2025-04-01", last: "2025-04-30" })).toEqual([
        { date: "2025-04-01", papers: 3 },
        { date: "2025-04-07", papers: 2 },
      ]);
      const [listed] = await store.papers.listByIds(["2504.00009"]);
      expect(listed?.entry?.edition).toBe("2025-05-02");
    });

    it("lists by author and by topic, newest first, a paper once", async () => {
      const twice = [{ name: "Zoë Twin" }, { name: "Zoe Twin" }];
      await store.papers.takeIn([
        paper("2505.00001", {
          authors: twice,
          keywords: ["Sparse Retrieval"],
          publishedAt: "2025-05-01T00:00:00.000Z",
        }),
        paper("2505.00002", {
          authors: twice,
          keywords: ["sparse retrieval"],
          publishedAt: "2025-05-02T00:00:00.000Z",
        }),
        paper("2505.00003", { keywords: ["dense retrieval"] }),
      ]);
      const ids = (page: { items: { paper: { id: string } }[] }) => page.items.map((item) => item.paper.id);
      const byAuthor = await store.papers.listByAuthor("zoe twin", { limit: 10, offset: 0 });
      expect([byAuthor.total, ids(byAuthor)]).toEqual([2, ["2505.00002", "2505.00001"]]);
      const byTopic = await store.papers.listByTopic("sparse retrieval", { limit: 1, offset: 1 });
      expect([byTopic.total, ids(byTopic)]).toEqual([2, ["2505.00001"]]);
    });

    it("pages through all papers by date without a gap or a repeat", async () => {
      const total = await store.papers.count();
      const seen: string[] = [];
      for (let after: string | undefined; ; after = seen.at(-1)) {
        const page = await store.papers.listNewest({ limit: 3, ...(after === undefined ? {} : { after }) });
        if (page.length === 0) break;
        seen.push(...page.map(({ paper: { id } }) => id));
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBe(total);
    });

    it("hands an index every change once, by rising revision", async () => {
      const all = await store.papers.listChangedSince(0, 5_000);
      const revisions = all.map((one) => one.revision);
      expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
      expect(all.length).toBe(await store.papers.count());
      await store.papers.takeIn([paper("2503.00001", { note: "13 pages" })]);
      const news = await store.papers.listChangedSince(revisions.at(-1)!, 5_000);
      expect(news.map((one) => one.id)).toEqual(["2503.00001"]);
    });

    it("knows which papers are incomplete", async () => {
      await store.papers.takeIn([
        paper("2508.00001", { abstract: "Here." }),
        paper("2508.00002"),
        paper("2508.00003", { abstract: "Here.", unverified: ["id"] }),
      ]);
      const ids = (await store.papers.listIncomplete(1_000)).map((one) => one.id);
      expect(ids.filter((id) => id.startsWith("2508."))).toEqual(["2508.00002", "2508.00003"]);
    });

    it("keeps the words that newer ones take the place of, in whatever order the versions come", async () => {
      const versions = [1, 2, 3].map((number) => ({ number, at: `2025-08-0${number}T00:00:00.000Z` }));
      const version = (id: string, number: number): IncomingRecord => ({
        ...paper(id, {
          title: `Paper ${id}`,
          abstract: `We did ${"more and ".repeat(number)}this.`,
          version: number,
          versions,
        }),
        asOf: `2025-08-0${number}T23:00:00.000Z`,
      });
      const earlier = [1, 2].map((number) => ({
        number,
        saidAt: `2025-08-0${number}T00:00:00.000Z`,
        title: "",
        abstract: `We did ${"more and ".repeat(number)}this.`,
      }));
      for (const [id, order] of [["2508.10001", [1, 2, 3]] as const, ["2508.10002", [3, 1, 2]] as const]) {
        for (const number of order) await store.papers.takeIn([version(id, number)]);
        await store.papers.takeIn(order.map((number) => version(id, number)));
        expect(await store.papers.versionsOf(id)).toEqual(earlier.map((words) => ({ ...words, title: `Paper ${id}` })));
        expect(await store.papers.find(id)).toMatchObject({ version: 3, versions });
      }
    });

    it("keeps unnumbered words once, and none where only spaces and signs changed", async () => {
      const said = (abstract: string, asOf: string) => ({ ...paper("2508.10003", { abstract }), asOf });
      const first = said("We rank papers.", "2025-01-01T00:00:00.000Z");
      const second = said("We rank  papers, well.", "2025-01-02T00:00:00.000Z");
      await store.papers.takeIn([first, said("We rank\npapers", "2025-01-01T12:00:00.000Z"), second, first, second]);
      expect(await store.papers.versionsOf("2508.10003")).toMatchObject([
        { number: null, abstract: "We rank\npapers" },
      ]);
    });

    it("takes a notice back only when its source no longer makes it", async () => {
      const id = "2508.10004";
      const notices = [{ kind: "withdrawn" as const, source: "arXiv", date: "2025-08-01" }];
      await store.papers.takeIn([paper(id, { notices }), paper(id, { abstract: "Somebody else's word." })]);
      expect((await store.papers.find(id))?.notices).toEqual(notices);
      await store.papers.takeIn([{ ...paper(id), speaksFor: "arXiv" }]);
      expect((await store.papers.find(id))?.notices).toBeUndefined();
    });

    it("opens an edition with papers that were announced earlier, until it is closed", async () => {
      const arxiv = { source: "arxiv", set: "cs.XX", claimed: 2, entries: 2, askedAt: "2025-03-25T00:00:00.000Z" };
      const news = ["2503.20001", "2503.20002"];
      await store.sources.report({ ...arxiv, day: "2025-03-24", door: "rss", dated: "2025-03-24", news });
      const entry = (id: string, upvotes: number, edition = "2025-03-29") => ({
        ...paper(id),
        entry: { edition, upvotes },
      });
      // The store's clock says 28 March: what was announced for the 24th came late; a second edition bears no mark.
      await store.papers.takeIn([entry("2503.20001", 1), entry("2503.20003", 9), entry("2503.20002", 0, "2025-03-28")]);
      await store.papers.takeIn([entry("2503.20002", 5)]);
      const range = { first: "2025-03-29", last: "2025-03-29" };
      const { items } = await store.editions.listEntries({ range, order: "edition", limit: 50, offset: 0 });
      expect(items.map(({ paper: { id }, entry: { place, announcedOn } }) => ({ id, place, announcedOn }))).toEqual([
        { id: "2503.20001", place: 1, announcedOn: "2025-03-24" },
        { id: "2503.20003", place: 2, announcedOn: undefined },
        { id: "2503.20002", place: 3, announcedOn: undefined },
      ]);
    });

    it("keeps nothing of a batch that fails", async () => {
      const before = await store.papers.count();
      const broken = { ...paper("2506.00002"), entry: { edition: "2025-13-40" } };
      await expect(store.papers.takeIn([paper("2506.00001"), broken])).rejects.toThrow();
      expect(await store.papers.count()).toBe(before);
      expect(await store.papers.find("2506.00001")).toBeNull();
    });

    it("gives every one of several writers at once its own revisions", async () => {
      const batches = Array.from({ length: 8 }, (_, b) =>
        Array.from({ length: 5 }, (__, i) => paper(`2507.${String(b * 5 + i).padStart(5, "0")}`)),
      );
      await Promise.all(batches.map((batch) => store.papers.takeIn(batch)));
      const revisions = (await store.papers.listChangedSince(0, 5_000)).map((one) => one.revision);
      expect(new Set(revisions).size).toBe(revisions.length);
    });

    it("remembers settings by key, and keeps what was made once", async () => {
      await store.settings.set("seed", "1");
      await store.settings.set("seed", "2");
      expect(await store.settings.get("seed")).toBe("2");
      expect(await store.settings.get("nothing")).toBeNull();
      const made = await Promise.all([1, 2, 3].map((n) => store.settings.keep("key", () => `made ${n}`)));
      expect(new Set(made).size).toBe(1);
      expect(await store.settings.keep("key", () => "made later")).toBe(made[0]);
      await store.tidy();
      await store.ping();
    });
  });
}
