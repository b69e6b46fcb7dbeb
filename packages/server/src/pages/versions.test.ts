/** What became of a paper: new versions, and papers that turned out to be one. */
import type { IncomingRecord } from "@paperwire/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSite, record, type SiteUnderTest } from "../testing.ts";

const version = (number: number, abstract: string): IncomingRecord => ({
  ...record("2503.00001", "Llamas, measured", {
    facts: {
      abstract,
      version: number,
      versions: [1, 2].slice(0, number).map((n) => ({ number: n, at: `2025-03-0${n}T00:00:00.000Z` })),
    },
    entry: { edition: "2025-03-28", upvotes: 3 },
  }),
  asOf: `2025-03-0${number}T23:00:00.000Z`,
});

let site: SiteUnderTest;
beforeAll(async () => {
  site = await openSite([
    version(1, "We measure twelve llamas with great care."),
    record("2503.00002", "Alpacas & <others>", { facts: { abstract: "Alpacas." } }),
    record("2503.00003", "Vicuñas", { entry: { edition: "2025-03-28", upvotes: 9 } }),
  ]);
  await site.takeIn([version(2, "We measure twenty llamas with *great* care & love.")]);
});
afterAll(() => site.close());

test("a new abstract shows what it replaced, to eyes and ears", async () => {
  const html = await site.page("/papers/2503.00001");
  expect(html).toContain("What changed from v1 to v2 in the abstract");
  expect(html).toMatch(/<del>.*twelve.*<\/del>/);
  expect(html).toMatch(/<ins>.*twenty.*<\/ins>/);
  expect(html).toContain("[removed: ");
  expect(html).toMatch(/v2, <time datetime="2025-03-02T00:00:00.000Z">2 March 2025<\/time>, shown here/);
  expect(await site.page("/papers/2503.00002")).not.toContain('id="versions"');
});

test("the Markdown form has the versions, too, and other people's stars stay stars", async () => {
  const markdown = await site.page("/papers/2503.00001.md");
  expect(markdown).toContain("- v1: 2025-03-01\n- v2: 2025-03-02");
  expect(markdown).toContain("### From v1 to v2");
  expect(markdown).toContain("~~twelve~~**twenty** llamas");
  expect(markdown).toContain("\\*great\\*");
});

test("the address of a merged paper leads on: page, forms, API; search forgets it", async () => {
  expect(await site.page("/search?q=alpacas")).toContain("/papers/2503.00002");
  const merge = await site.store.merges.merge({
    papers: ["2503.00003", "2503.00002"],
    keep: "2503.00003",
    evidence: null,
    by: "a person",
  });
  await site.takeIn([]);
  const led = [
    ["/papers/2503.00002", "/papers/2503.00003"],
    ["/papers/2503.00002.md", "/papers/2503.00003.md"],
    ["/papers/2503.00002.bib", "/papers/2503.00003.bib"],
    ["/papers/2503.00002/comments.atom", "/papers/2503.00003/comments.atom"],
    ["/api/papers/2503.00002?field=comments", "/api/papers/2503.00003?field=comments"],
    ["/api/papers/2503.00002v3", "/api/papers/2503.00003"],
  ] as const;
  for (const [from, to] of led) {
    const response = await site.get(from);
    expect([from, response.status, response.headers.get("location")]).toEqual([from, 301, to]);
  }
  expect((await site.get("/api/arxiv/2503.00002/repos")).status).toBe(200);
  expect(await site.page("/search?q=alpacas")).not.toContain("/papers/2503.00002");
  await site.store.merges.undo(merge.id, "a person");
  await site.takeIn([]);
  expect(await site.page("/papers/2503.00002")).toContain("Alpacas");
  expect(await site.page("/search?q=alpacas")).toContain("/papers/2503.00002");
});
