/** A withdrawn or retracted paper says so wherever it is shown. */
import type { Notice } from "@paperwire/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSite, record, type SiteUnderTest } from "../testing.ts";

const NOTICES: Notice[] = [
  { kind: "withdrawn", source: "arXiv", date: "2025-03-29" },
  { kind: "retracted", source: "Crossref", date: "2025-03-30", url: "https://example.org/retraction" },
];

let site: SiteUnderTest;
beforeAll(async () => {
  const entry = { edition: "2025-03-28", upvotes: 1 };
  site = await openSite([
    record("2503.00001", "Cold fusion of llamas", { facts: { abstract: "Llamas fuse.", notices: NOTICES }, entry }),
    record("2503.00002", "Sound llamas", { facts: { abstract: "Llamas sound." }, entry }),
  ]);
});
afterAll(() => site.close());

const plain = (html: string) => html.replace(/<[^>]+>/g, "");

test.each(["/date/2025-03-28", "/week/2025-W13", "/month/2025-03", "/search?q=llamas"])(
  "on the cards of %s, once and beside its title",
  async (path) => {
    const html = plain(await site.page(path));
    expect(html.match(/Retracted \(Crossref, 30 March 2025\)/g)).toHaveLength(1);
    expect(html.indexOf("Retracted (")).toBeGreaterThan(html.indexOf("Cold fusion of llamas"));
  },
);

test("on its own page, with every notice and where it is said", async () => {
  const html = await site.page("/papers/2503.00001");
  expect(plain(html)).toContain("Withdrawn (arXiv, 29 March 2025)");
  expect(html).toContain('<a href="https://example.org/retraction" rel="noopener">Crossref</a>');
  expect(await site.page("/papers/2503.00002")).not.toContain("paper-notice");
});

test("an address that is none of the web's is not linked", async () => {
  const notices: Notice[] = [{ kind: "concern", source: "Somebody", url: "javascript:alert(1)" }];
  await site.takeIn([record("2503.00003", "Doubted", { facts: { notices } })]);
  expect(await site.page("/papers/2503.00003")).not.toContain("javascript:");
});

test("in the API, in lists and details", async () => {
  const kinds = [{ kind: "withdrawn" }, { kind: "retracted", url: "https://example.org/retraction" }];
  expect(await (await site.get("/api/papers/2503.00001")).json()).toMatchObject({ notices: kinds });
  const list = (await (await site.get("/api/daily_papers?date=2025-03-28")).json()) as { id: string }[];
  expect(list.find(({ id }) => id === "2503.00001")).toMatchObject({ notices: kinds, paper: { notices: kinds } });
  expect(list.find(({ id }) => id === "2503.00002")).not.toHaveProperty("notices");
});

test("in Markdown and in every citation", async () => {
  for (const path of [
    "/papers/2503.00001.md",
    "/date/2025-03-28.md",
    "/papers/2503.00001.bib",
    "/papers/2503.00001.ris",
  ]) {
    expect(await site.page(path)).toContain("Retracted (Crossref, 2025-03-30)");
  }
  expect(await (await site.get("/papers/2503.00001.csl.json")).text()).toContain("Withdrawn (arXiv, 2025-03-29)");
});
