import type { IncomingRecord } from "@paperwire/domain";
import type { Store } from "@paperwire/store";
import { openTestStore } from "@paperwire/store/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { digestContents } from "./digest-contents.ts";

let store: Store;
const record = (
  id: string,
  edition: string,
  upvotes: number,
  facts: Partial<IncomingRecord["facts"]> = {},
): IncomingRecord => ({
  identifiers: [{ scheme: "arxiv", value: id }],
  facts: { title: `Paper ${id}`, ...facts },
  entry: { edition, upvotes, submittedBy: { name: "ak", fullname: "A K" } },
});

beforeAll(async () => {
  store = await openTestStore();
  await store.papers.takeIn([
    record("2503.00001", "2025-03-26", 5),
    record("2503.00002", "2025-03-28", 3, {
      authors: ["Ada", "Béla", "Cleo", "Dora"].map((name) => ({ name })),
      abstract: "One sentence of an abstract.",
      keywords: ["Ranking"],
      links: [{ kind: "code", url: "https://example.org/code" }],
    }),
    record("2503.00003", "2025-03-28", 9, {
      summary: { text: "Sums up.", source: "Lab", generated: true, model: "m1" },
    }),
    record("2503.00001", "2025-03-28", 1),
    record("2503.00004", "2025-03-31", 70),
  ]);
});
afterAll(() => store?.close());

describe("a digest's contents", () => {
  it("are the newest edition before today's, in its order, with what a mail needs", async () => {
    const digest = (await digestContents(store, { cadence: "daily", today: "2025-03-31" }))!;
    expect(digest).toMatchObject({ name: "2025-03-28", total: 3, range: { first: "2025-03-28", last: "2025-03-28" } });
    expect(digest.items.map((item) => item.paperId)).toEqual(["2503.00003", "2503.00002", "2503.00001"]);
    expect(digest.items[1]).toEqual({
      paperId: "2503.00002",
      title: "Paper 2503.00002",
      authors: ["Ada", "Béla", "Cleo"],
      authorsTotal: 4,
      lead: "One sentence of an abstract.",
      upvotes: 3,
      submittedBy: "A K",
      topics: ["ranking"],
      links: [
        { label: "arXiv", url: "https://arxiv.org/abs/2503.00002" },
        { label: "PDF", url: "https://arxiv.org/pdf/2503.00002" },
        { label: "Code", url: "https://example.org/code" },
      ],
    });
    expect(digest.items[0]).toMatchObject({ lead: "Sums up.", leadCredit: "AI summary by Lab (m1)" });
    expect(await digestContents(store, { cadence: "daily", today: "2025-03-31" })).toEqual(digest);
  });

  it("never come from a day, week or month that is still open", async () => {
    expect((await digestContents(store, { cadence: "daily", today: "2025-04-01" }))!.name).toBe("2025-03-31");
    expect(await digestContents(store, { cadence: "daily", today: "2025-03-26" })).toBeNull();
    expect(await digestContents(store, { cadence: "weekly", today: "2025-03-30" })).toBeNull();
    expect(await digestContents(store, { cadence: "monthly", today: "2025-03-31" })).toBeNull();
    expect((await digestContents(store, { cadence: "monthly", today: "2025-04-01" }))!.items[0]!.paperId).toBe(
      "2503.00004",
    );
  });

  it("of a week hold each paper once, by upvotes", async () => {
    const week = (await digestContents(store, { cadence: "weekly", today: "2025-03-31" }))!;
    expect([week.name, week.items.map((item) => `${item.paperId} ${item.upvotes}`)]).toEqual([
      "2025-W13",
      ["2503.00003 9", "2503.00001 5", "2503.00002 3"],
    ]);
  });

  it("tell once what changed about papers that were mailed", async () => {
    await store.digests.add((await digestContents(store, { cadence: "daily", today: "2025-03-31" }))!);
    await store.papers.takeIn([record("2503.00002", "2025-03-28", 3, { title: "A better title" })]);
    const next = (await digestContents(store, { cadence: "daily", today: "2025-04-01" }))!;
    expect(next.corrections).toEqual([
      { paperId: "2503.00002", title: "A better title", what: "mailed as “Paper 2503.00002”" },
    ]);
    await store.digests.add(next);
    await store.papers.takeIn([record("2504.00001", "2025-04-01", 1)]);
    expect((await digestContents(store, { cadence: "daily", today: "2025-04-02" }))!.corrections).toEqual([]);
  });

  it("tell that a mailed paper was withdrawn, before any new title, and mark it in later mails", async () => {
    const notices = [{ kind: "withdrawn" as const, source: "arXiv", date: "2025-04-01" }];
    await store.papers.takeIn([
      record("2503.00004", "2025-03-31", 70, { title: "Another new title" }),
      record("2503.00003", "2025-04-01", 9, { notices }),
    ]);
    const next = (await digestContents(store, { cadence: "daily", today: "2025-04-02" }))!;
    expect(next.corrections).toEqual([
      { paperId: "2503.00003", title: "Paper 2503.00003", what: "withdrawn (arXiv, 2025-04-01)" },
      { paperId: "2503.00004", title: "Another new title", what: "mailed as “Paper 2503.00004”" },
    ]);
    expect(next.items.find((item) => item.paperId === "2503.00003")).toMatchObject({
      notice: "Withdrawn (arXiv, 2025-04-01)",
      lead: "Withdrawn (arXiv, 2025-04-01). Sums up.",
    });
    await store.digests.add(next);
    await store.papers.takeIn([record("2504.00009", "2025-04-02", 1)]);
    expect((await digestContents(store, { cadence: "daily", today: "2025-04-03" }))!.corrections).toEqual([]);
  });
});
