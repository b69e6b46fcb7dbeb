import { DEFAULT_DIALS, type IncomingRecord } from "@paperwire/domain";
import { CANDIDATES_MAX, type Store } from "@paperwire/store";
import { openTestStore } from "@paperwire/store/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { trendingPapers } from "./trending-papers.ts";
import { createSnapshots } from "./trending-snapshot.ts";

const EDITION = "2025-03-28";
const BUSY = CANDIDATES_MAX - 1;
const QUIET = 20;
const AT_ONCE = 500;

const paper = (value: string, field: string, upvotes: number): IncomingRecord => ({
  identifiers: [{ scheme: "arxiv", value }],
  facts: { title: `${field} ${value}`, primaryCategory: field, categories: [field] },
  entry: { edition: EDITION, upvotes },
});
const numbered = (month: string, n: number) => `${month}.${String(n).padStart(5, "0")}`;

describe("trending papers of more than are compared", () => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore();
    const records = [
      ...Array.from({ length: BUSY }, (_, n) => paper(numbered("2503", n), "cs.CL", 5 + (n % 40))),
      ...Array.from({ length: QUIET }, (_, n) => paper(numbered("2504", n), "math.CV", n === 0 ? 6 : 0)),
    ];
    for (let from = 0; from < records.length; from += AT_ONCE)
      await store.papers.takeIn(records.slice(from, from + AT_ONCE));
  }, 60_000);
  afterAll(() => store?.close());

  it("are judged by how many papers a field has, not by how many of them were compared", async () => {
    const found = await trendingPapers({ store }, createSnapshots({ store }), {
      window: "day",
      dials: DEFAULT_DIALS,
      page: 1,
      perPage: 20,
      today: EDITION,
      nowMs: Date.parse(`${EDITION}T12:00:00Z`),
    });
    const quiet = found.items.find(({ listed }) => listed.paper.title.startsWith("math.CV"));
    const share = quiet?.reasons.find(({ term }) => term === "share");
    expect(share?.detail).toContain(`math.CV has ${QUIET} of these ${BUSY + QUIET} papers`);
  });
});
