import { afterAll, beforeAll, expect, test } from "vitest";
import { openSite, type SiteUnderTest } from "../testing.ts";

let site: SiteUnderTest;
const ID = "2503.00001";
const URL = "https://github.com/a/b";

beforeAll(async () => {
  site = await openSite([
    { identifiers: [{ scheme: "arxiv", value: ID }], facts: { title: "One", abstract: "Code will be released soon." } },
  ]);
});
afterAll(() => site?.close());

const look = (day: string, more: object) =>
  site.store.links.record([
    {
      url: URL,
      state: "there",
      misses: 0,
      day,
      event: null,
      checkedAt: `${day}T12:00:00.000Z`,
      dueAt: `${day}T12:00:00.000Z`,
      reason: null,
      ...more,
    },
  ]);
/** Pages are made anew after a change. */
const page = () => site.changed(() => ({})).page(`/papers/${ID}`);

test("a promise is told until something is there", async () => {
  const links = [{ url: URL, kind: "code" as const, isPromised: true }];
  await site.store.links.note([{ paperId: ID, links, promise: "Code will be released soon.", since: "2025-03-03" }]);
  expect(await page()).toMatch(/Promised, <time datetime="2025-03-03">3 March 2025<\/time>/i);
  await look("2025-03-04", { state: "missing", misses: 1 });
  expect(await page()).toMatch(/not there yet on <time datetime="2025-03-04">4 March 2025/i);
});

test("its history is told in words, its stars also as a line", async () => {
  for (const [day, stars] of [
    ["2025-03-12", 2],
    ["2025-03-19", 40],
    ["2025-03-26", 90],
  ] as const) {
    const event = day === "2025-03-12" ? "appeared" : null;
    await look(day, { event, facts: { stars, license: "MIT", changedAt: "2025-03-20T00:00:00.000Z" } });
  }
  const html = await page();
  expect(html).toMatch(/promised <time datetime="2025-03-03">3 March 2025/i);
  expect(html).toMatch(/appeared <time datetime="2025-03-12">12 March 2025/i);
  expect(html).toContain("90 stars · MIT · last change 20 March 2025");
  expect(html).toMatch(
    /<svg class="sparkline"[^>]*role="img" aria-label="Stars from 2 on 12 March 2025 to 90 on 26 March 2025"/,
  );
  expect(html).not.toContain("Promised, ");
});

test("the API says where the code is, and its stars", async () => {
  const answer = await (await site.get(`/api/papers/${ID}`)).json();
  expect(answer).toMatchObject({ githubRepo: URL, githubStars: 90 });
});

test("what is gone says since when, and the page still names it", async () => {
  await look("2025-03-30", { state: "gone", misses: 2, event: "gone" });
  expect(await page()).toMatch(/gone since <time datetime="2025-03-30">30 March 2025/i);
});
