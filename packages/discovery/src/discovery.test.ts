import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { IncomingRecord } from "@paperwire/domain";
import { openTestStore } from "@paperwire/store/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDiscovery } from "./create-discovery.ts";
import type { Discovery } from "./discovery.ts";
import { type Library, openLibrary } from "./library.ts";

type Store = Awaited<ReturnType<typeof openTestStore>>;

type More = { facts?: Partial<IncomingRecord["facts"]>; entry?: IncomingRecord["entry"] };

const record = (id: string, title: string, { facts, entry }: More = {}): IncomingRecord => ({
  identifiers: [{ scheme: "arxiv", value: id }],
  facts: { title, ...facts },
  ...(entry ? { entry } : {}),
});

const onError = (error: unknown) => {
  throw error;
};

describe("what a reader can ask for", () => {
  let store: Store;
  let library: Library;
  let discovery: Discovery;

  beforeAll(async () => {
    store = await openTestStore();
    library = await openLibrary({ store, folder: null, onError });
    discovery = createDiscovery({ store, library });
    await store.papers.takeIn([
      record("2503.00001", "Sparse retrieval without regret", {
        facts: {
          abstract: "We study inverted indexes. Learned sparse retrieval keeps them small and quick.",
          authors: [{ name: "Zoë Example" }],
          keywords: ["Sparse Retrieval"],
          publishedAt: "2025-03-27T00:00:00.000Z",
          links: [{ kind: "code", url: "https://example.org/a" }],
        },
        entry: { edition: "2025-03-28", upvotes: 4 },
      }),
      record("2503.00002", "Dense vectors for everyone", {
        facts: { abstract: "Retrieval by vectors.", publishedAt: "2024-12-30T00:00:00.000Z" },
        entry: { edition: "2025-03-28", upvotes: 9 },
      }),
      record("2504.00003", "Robots that fold laundry", { entry: { edition: "2025-04-02", upvotes: 1 } }),
    ]);
    await library.catchUp();
  });
  afterAll(async () => {
    await library.close();
    await store.close();
  });

  it("shows the latest edition, its order and its neighbours", async () => {
    const latest = await discovery.latestEdition();
    expect(latest).toMatchObject({ kind: "day", name: "2025-04-02", previous: "2025-03-28", next: null, total: 1 });
    const day = await discovery.editionOf("2025-03-28");
    expect(day.items.map((item) => item.paper.id)).toEqual(["2503.00002", "2503.00001"]);
    expect(day.next).toBe("2025-04-02");
    expect(day.calendar).toEqual([{ date: "2025-03-28", papers: 2 }]);
  });

  it("gathers weeks and months and names their neighbours in kind", async () => {
    expect(await discovery.weekOf("2025-W13")).toMatchObject({ total: 2, next: "2025-W14", previous: null });
    expect(await discovery.monthOf("2025-04")).toMatchObject({ total: 1, previous: "2025-03" });
    await expect(discovery.weekOf("2025-W60")).rejects.toMatchObject({ code: "invalid" });
    await expect(discovery.editionOf("2025-13-40")).rejects.toMatchObject({ code: "invalid" });
    expect(await discovery.editionOf("2025-03-30")).toMatchObject({ total: 0, previous: "2025-03-28" });
  });

  it("finds by words, marks them, and filters", async () => {
    const ids = async (request: object) =>
      (await discovery.search({ q: "retrieval", page: 1, perPage: 10, ...request })).hits.map(
        ({ listed }) => listed.paper.id,
      );
    expect(await ids({})).toEqual(["2503.00001", "2503.00002"]);
    expect(await ids({ hasCode: true })).toEqual(["2503.00001"]);
    expect(await ids({ to: "2024-12-31" })).toEqual(["2503.00002"]);
    expect(await ids({ topic: "sparse retrieval" })).toEqual(["2503.00001"]);
    expect(await ids({ q: "retrieval after:2025-01" })).toEqual(["2503.00001"]);
    const { hits } = await discovery.search({ q: "inverted indexes", page: 1, perPage: 10 });
    const marked = hits[0]!.snippet.filter((part) => part.highlight).map((part) => part.text.toLowerCase());
    expect(marked).toEqual(expect.arrayContaining(["inverted", "indexes"]));
    const explained = await discovery.search({
      q: "inverted indexes",
      page: 1,
      perPage: 10,
      explain: hits[0]!.listed.paper.id,
    });
    const { score, reasons } = explained.hits[0]!;
    expect(Math.abs(reasons!.reduce((sum, { value }) => sum + value, 0) - score)).toBeLessThan(1e-6);
    expect(reasons!.map(({ text }) => text)).toEqual(expect.arrayContaining(["inverted", "indexes"]));
    expect(hits[0]!.reasons).toBeUndefined();
    expect(await ids({ order: "newest" })).toEqual(["2503.00001", "2503.00002"]);
    expect(await ids({ q: "sparse retrieval arXiv", order: "newest", perPage: 1, page: 2 })).toHaveLength(1);
    await expect(ids({ from: "2025-02-30" })).rejects.toMatchObject({ code: "invalid" });
  });

  it("finds a paper by its id even before the index has met it", async () => {
    await store.papers.takeIn([record("2505.00009", "Fresh from the press")]);
    const view = await discovery.search({ q: "arXiv:2505.00009v2", page: 1, perPage: 10 });
    expect(view.hits[0]?.listed.paper.id).toBe("2505.00009");
    expect(library.index().size).toBe(3);
    await library.catchUp();
    expect((await discovery.search({ q: "2505.00009", page: 1, perPage: 10 })).indexing).toBeUndefined();
  });

  it("takes an address of arXiv for the paper alone, and a whole name for its author", async () => {
    const found = (q: string) => discovery.search({ q, page: 1, perPage: 10 });
    const { hits, total } = await found("https://arxiv.org/abs/2503.00001v2");
    expect([hits.map(({ listed }) => listed.paper.id), total]).toEqual([["2503.00001"], 1]);
    expect((await found("zoe example")).author).toBe("Zoë Example");
    expect((await found('author:"Zoe Example"')).author).toBe("Zoë Example");
    expect((await found("example")).author).toBeUndefined();
  });

  it("says which operators of other sites are none here", async () => {
    const notesOf = async (q: string) => (await discovery.search({ q, page: 1, perPage: 5 })).notes;
    expect(await notesOf("retrieval year:2024 -AU:lund year:2023")).toContain(
      'there is no "year:" or "au:" here; read as words',
    );
    expect(await notesOf("retrieval after:2024 https://example.org au: a")).toEqual([]);
  });

  it("suggests words, authors and papers for what is being typed", async () => {
    expect(await discovery.suggest("zoë ex")).toContainEqual({ kind: "author", text: "Zoë Example", papers: 1 });
    expect(await discovery.suggest("dense vec")).toContainEqual({
      kind: "paper",
      text: "Dense vectors for everyone",
      id: "2503.00002",
    });
    expect(await discovery.suggest("zoë ex")).toHaveLength(1);
    expect(await discovery.suggest("retr")).toContainEqual({ kind: "words", text: "retrieval" });
    for (const typed of ["", "-", 'author:"zoë', "z".repeat(101)]) expect(await discovery.suggest(typed)).toEqual([]);
  });

  it("says how far a search can be paged", async () => {
    const view = await discovery.search({ q: "retrieval", page: 1, perPage: 1 });
    expect([view.total, view.reachable]).toEqual([2, 2]);
  });

  it("never throws on what stands in the query", async () => {
    for (const q of [
      "",
      " ",
      '"',
      "((((",
      "author:",
      "after:yesterday",
      "\u0000",
      "-",
      "a".repeat(5_000),
      "🤖 ".repeat(300),
    ]) {
      const view = await discovery.search({ q, page: 1, perPage: 5 });
      expect(view.total).toBeGreaterThanOrEqual(0);
    }
  });

  it("lists by author and topic, and says when there is none", async () => {
    expect(await discovery.author("zoe example")).toMatchObject({ name: "Zoë Example", total: 1 });
    expect(await discovery.topic("Sparse  Retrieval")).toMatchObject({ name: "sparse retrieval", total: 1 });
    await expect(discovery.author("nobody")).rejects.toMatchObject({ code: "not-found" });
    await expect(discovery.paperPage("1234.56789")).rejects.toMatchObject({ code: "not-found" });
    for (const odd of ["\u0000", "2503.00001\u0000", "' or 1=1", "x".repeat(10_000), "🤖"]) {
      await expect(discovery.paperPage(odd)).rejects.toMatchObject({ code: "not-found" });
      await expect(discovery.topic(odd)).rejects.toMatchObject({ code: "not-found" });
      await expect(discovery.author(odd)).rejects.toMatchObject({ code: "not-found" });
    }
    expect((await discovery.paperPage("2503.00001v3")).entries).toMatchObject([{ edition: "2025-03-28", place: 2 }]);
  });
});

describe("a library on disk", () => {
  it("goes on where it stopped, and starts anew in another epoch", async () => {
    const folder = await mkdtemp(join(tmpdir(), "paperwire-library-"));
    const store = await openTestStore();
    try {
      await store.papers.takeIn([record("2503.00001", "Kept on disk")]);
      const first = await openLibrary({ store, folder, onError });
      await first.catchUp();
      await first.close();
      const second = await openLibrary({ store, folder, onError });
      expect(second.state()).toEqual({ done: 0, total: 1, revision: 0 });
      await second.catchUp();
      expect(second.state()).toEqual({ done: 1, total: 1, revision: 1 });
      await second.close();
      const other = await openLibrary({ store: { ...store, epoch: async () => "another" }, folder, onError });
      await other.catchUp();
      expect(other.index().size).toBe(1);
      expect(await readdir(folder)).toEqual(["another"]);
      await other.close();
    } finally {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
