/** A small site with something of everything, behind a socket on this machine. */
import { startServer } from "../../packages/server/src/index.ts";
import { openSite, record, type SiteUnderTest } from "../../packages/server/src/testing.ts";

const authors = Array.from({ length: 9 }, (_, at) => ({ name: `Author Number ${at + 1}` }));

const RECORDS = [
  record("2503.00001", "Sparse retrieval with $O(\\log n)$ lookups", {
    facts: {
      abstract:
        "We bound $$\\sum_{i=1}^{n} \\frac{1}{i} \\le \\mathcal{O}(\\log n)$$ for $10. See https://example.org/index.",
      authors,
      publishedAt: "2025-03-27T17:00:00.000Z",
      summary: { text: "Indexes made small.", source: "Example House", generated: true, model: "model-x" },
      keywords: ["Sparse Retrieval", "Indexing"],
      categories: ["cs.IR"],
      links: [
        { kind: "code", url: "https://github.com/example/sparse", stars: 1234 },
        { kind: "model", url: "https://example.org/m", label: "example/model" },
      ],
    },
    entry: {
      edition: "2025-03-28",
      upvotes: 40,
      numComments: 2,
      submittedBy: { name: "ada", fullname: "Ada Example" },
    },
  }),
  record("2503.00002", "A second paper of the day", {
    facts: { abstract: "It says little.", authors: authors.slice(0, 2), unverified: ["id"] },
    entry: { edition: "2025-03-28", upvotes: 3 },
  }),
  record("2503.00003", "Yesterday's news on retrieval", {
    facts: { keywords: ["Indexing"] },
    entry: { edition: "2025-03-27", upvotes: 1 },
  }),
  ...Array.from({ length: 60 }, (_, at) =>
    record(`2502.${10_000 + at}`, `Filler number ${at}`, { entry: { edition: "2025-02-10", upvotes: at } }),
  ),
];

/** Every kind of page there is. */
export const PAGES = {
  feeds: "/feeds",
  latest: "/",
  day: "/date/2025-03-28",
  week: "/week/2025-W13",
  month: "/month/2025-02?page=2",
  "empty day": "/date/2025-03-29",
  paper: "/papers/2503.00001",
  "bare paper": "/papers/2503.00003",
  search: "/search?q=retrieval",
  "narrowed search": "/search?q=retrieval&topic=indexing&from=2025-01-01&sort=newest",
  "search for nothing": "/search?q=xyzzy",
  "search hints": "/search",
  author: "/authors/Author%20Number%201",
  topic: "/topics/indexing",
  trending: "/trending",
  "why it trends": "/trending?window=day&why=2503.00001",
  about: "/about",
  sources: "/sources",
  subscribe: "/subscribe",
  thanks: "/subscribe/thanks",
  "not found": "/nowhere",
  "bad date": "/date/2025-13-40",
} as const;

export type RunningSite = { address: string; close(): Promise<void> };

export async function runSite(): Promise<RunningSite> {
  const site: SiteUnderTest = await openSite(RECORDS);
  await reportBatches(site.store.sources);
  const { app } = site.changed(({ settings }) => ({ settings: { ...settings, baseUrl: "http://localhost" } }));
  const server = await startServer({ app, host: "127.0.0.1", port: 0 });
  return {
    address: server.address,
    close: async () => {
      await server.close();
      await site.close();
    },
  };
}

/** Five weeks of two sets, some days of which went wrong; none is of a day that has an edition. */
async function reportBatches(sources: SiteUnderTest["store"]["sources"]): Promise<void> {
  for (const [at, day] of [
    "2025-03-03",
    "2025-03-04",
    "2025-03-05",
    "2025-03-06",
    "2025-03-07",
    "2025-03-31",
  ].entries()) {
    for (const set of ["cs.CL", "stat"]) {
      const news = at === 2 ? [] : [`2502.${10_000 + at + (set === "stat" ? 30 : 0)}`];
      const said = {
        source: "arxiv",
        set,
        day,
        claimed: news.length,
        entries: 3,
        news,
        askedAt: `${day}T06:00:00.000Z`,
      };
      await sources.report({ ...said, door: "rss", dated: at === 2 ? "2025-03-04" : day });
      if (at !== 3) await sources.report({ ...said, door: "listing", dated: day });
    }
  }
}
