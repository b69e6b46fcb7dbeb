import { parseAtomFeed, parseJsonFeed, parseOpml, parseRssFeed } from "feedsmith";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formOfPath } from "../forms.ts";
import { BASE_URL, NOW_MS, openSite, record, type SiteUnderTest } from "../testing.ts";
import { LISTS } from "./all-lists.ts";
import { hubPathsOf } from "./hub-paths.ts";

const ABSTRACT = "We bound $n^2 \\leq \\epsilon$ & more. \n\nA second paragraph, with \\emph{care}.";
const RECORDS = [
  record("2503.00001", "Ranking $k$-sets & <trees>", {
    facts: {
      abstract: ABSTRACT,
      authors: [{ name: "Ada Example" }, { name: "Łukasz O’Example" }],
      categories: ["cs.IR"],
      keywords: ["ranking", "geo.json"],
      publishedAt: "2025-03-26T10:00:00.000Z",
      links: [{ kind: "code", url: "https://example.org/code?a=1&b=2", stars: 7 }],
    },
    entry: {
      edition: "2025-03-28",
      upvotes: 30,
      numComments: 2,
      submittedAt: "2025-03-27T09:00:00.000Z",
      submittedBy: { name: "cura", fullname: "Cura Tor" },
    },
  }),
  record("2503.00002", "Ranking quietly", {
    facts: { abstract: "Ranking, again.", authors: [{ name: "Ada Example" }], keywords: ["ranking"] },
    entry: { edition: "2025-03-28", upvotes: 3 },
  }),
  record("2503.00003", "Ranking in March, late\u000b", {
    facts: { keywords: ["ranking"] },
    entry: { edition: "2025-03-31", upvotes: 1 },
  }),
  ...Array.from({ length: 60 }, (_, at) =>
    record(`2502.${10_000 + at}`, `Old paper ${at}`, {
      facts: { keywords: ["old"], publishedAt: "2025-02-03T00:00:00.000Z", authors: [{ name: "Olga Old" }] },
      entry: { edition: "2025-02-03", upvotes: 100 - at },
    }),
  ),
];
const LIST_PATHS = [
  "/index",
  "/date/2025-03-28",
  "/week/2025-W13",
  "/month/2025-03",
  "/topics/ranking",
  "/authors/Ada%20Example",
  "/search.?q=ranking",
];
const address = (path: string, form: string) =>
  path.includes(".?") ? path.replace(".?", `.${form}?`) : `${path}.${form}`;

let site: SiteUnderTest;
beforeAll(async () => {
  site = await openSite(RECORDS);
});
afterAll(() => site.close());

describe("every list", () => {
  it.each(LIST_PATHS)("%s is served in every form, for scripts of other sites too", async (path) => {
    for (const [form, type] of [
      ["atom", "application/atom+xml"],
      ["rss", "application/rss+xml"],
      ["json", "application/feed+json"],
      ["bib", "application/x-bibtex"],
      ["ris", "application/x-research-info-systems"],
      ["csl.json", "application/vnd.citationstyles.csl+json"],
      ["opml", "text/x-opml"],
      ["md", "text/markdown"],
    ]) {
      const response = await site.get(address(path, form!));
      expect([response.status, response.headers.get("content-type")]).toEqual([200, `${type}; charset=utf-8`]);
      if (form !== "md") expect(response.headers.get("access-control-allow-origin")).toBe("*");
      expect(await response.text()).toMatch(/ranking/i);
    }
  });

  it("is named with its feeds in the head of its page, and offers them in a fold", async () => {
    const page = await site.page("/topics/ranking");
    expect(page).toContain(
      '<link rel="alternate" type="application/atom+xml" title="Paperwire: topic ranking (Atom)" href="/topics/ranking.atom"/>',
    );
    expect(page).toMatch(/<details class="feed-menu"><summary>Feeds and exports<\/summary>/);
    expect(await site.page("/search?q=ranking&code=1")).toContain('href="/search.rss?q=ranking&amp;code=1"');
    expect(await site.page("/about")).toContain('href="/latest.atom"');
  });

  it("has an address whose first part is known to have forms", () => {
    for (const { route } of LISTS) {
      expect([route, formOfPath(`${route === "/" ? "/index" : route.replace(/\/:.*/, "/x")}.atom`)]).toEqual([
        route,
        "atom",
      ]);
    }
  });
});

describe("a feed of papers", () => {
  it("has whole abstracts, every author, where to read on, and formulas that can be read", async () => {
    const feed = parseAtomFeed(await site.page("/date/2025-03-28.atom"));
    expect(feed).toMatchObject({
      title: { value: "Paperwire: Friday, 28 March 2025" },
      subtitle: { value: "2 papers, ordered by upvotes." },
    });
    const link = (rel: string) => feed.links!.find((one) => one.rel === rel)?.href;
    expect([link("self"), link("alternate")]).toEqual([
      `${BASE_URL}/date/2025-03-28.atom`,
      `${BASE_URL}/date/2025-03-28`,
    ]);
    const [entry] = feed.entries!;
    expect(entry).toMatchObject({
      title: { value: "Ranking k-sets & <trees>" },
      published: "2025-03-27T09:00:00.000Z",
      dc: { identifiers: ["doi:10.48550/arXiv.2503.00001"] },
    });
    expect(entry!.authors!.map(({ name }) => name)).toEqual(["Ada Example", "Łukasz O’Example"]);
    expect(entry!.categories!.map(({ term }) => term)).toEqual(["cs.IR", "ranking", "geo.json"]);
    const html = entry!.content!.value!;
    expect(html).toContain("We bound n² ≤ ε &amp; more.");
    expect(html).toContain("<em>care</em>");
    expect(html).toContain('<a href="https://example.org/code?a=1&amp;b=2">Code</a>');
    expect(html).toContain("submitted by Cura Tor");
    expect(html).not.toMatch(/(?:href|src)="(?!https?:)/);
    expect(entry!.links!.map(({ rel }) => rel)).toEqual(["alternate", "via", "related", "related", "replies"]);
  });

  it("holds no sign that XML cannot hold", async () => {
    expect(await site.page("/latest.rss")).toContain("<title>Ranking in March, late</title>");
  });

  it("gives a paper one id wherever it stands, also under another address", async () => {
    const idIn = async (from: SiteUnderTest, path: string) =>
      parseAtomFeed(await from.page(path)).entries!.find(({ title }) => title?.value === "Ranking quietly")!.id;
    const id = await idIn(site, "/latest.atom");
    expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab]/);
    expect(await idIn(site, "/topics/ranking.atom")).toBe(id);
    const moved = site.changed(({ settings }) => ({ settings: { ...settings, baseUrl: "https://elsewhere.example" } }));
    expect(await idIn(moved, "/latest.atom")).toBe(id);
    expect(parseRssFeed(await site.page("/latest.rss")).items![1]!.guid!.value).toMatch(/^urn:uuid:/);
  });

  it("goes over several editions where it is the latest, with links to its other pages", async () => {
    const feed = parseAtomFeed(await site.page("/latest.atom"));
    expect(feed.entries!.map(({ title }) => title!.value).slice(0, 4)).toEqual([
      "Ranking in March, late",
      "Ranking k-sets & <trees>",
      "Ranking quietly",
      "Old paper 0",
    ]);
    const month = parseAtomFeed(await site.page("/month/2025-02.atom"));
    const hrefs = (from: typeof month) => Object.fromEntries(from.links!.map(({ rel, href }) => [rel, href]));
    expect(month.entries).toHaveLength(50);
    expect(hrefs(month)).toMatchObject({
      next: `${BASE_URL}/month/2025-02.atom?page=2`,
      last: `${BASE_URL}/month/2025-02.atom?page=2`,
    });
    const second = parseAtomFeed(await site.page("/month/2025-02.atom?page=2"));
    expect(second.entries).toHaveLength(10);
    expect(hrefs(second)).toMatchObject({ previous: `${BASE_URL}/month/2025-02.atom` });
    expect(second.id).toBe(month.id);
    expect(parseJsonFeed(await site.page("/month/2025-02.json")).next_url).toBe(
      `${BASE_URL}/month/2025-02.json?page=2`,
    );
  });

  it("can be narrowed to upvotes and a topic, and is there while nothing fits", async () => {
    const titles = async (path: string) =>
      parseAtomFeed(await site.page(path)).entries?.map(({ title }) => title!.value) ?? [];
    expect(await titles("/latest.atom?votes=30&topic=Ranking")).toEqual(["Ranking k-sets & <trees>"]);
    expect(await titles("/week/2025-W13.atom?votes=4")).toEqual(["Ranking k-sets & <trees>"]);
    expect(await titles("/date/2025-03-28.atom?votes=1000")).toEqual([]);
    expect(await site.page("/week/2025-W13?votes=4")).toContain("1 paper with 4 upvotes or more, ordered by upvotes.");
    expect((await site.get("/latest.atom?votes=many")).status).toBe(400);
  });

  it("of a search has the newest of what was found", async () => {
    const feed = parseAtomFeed(await site.page("/search.atom?q=ranking"));
    expect(feed.title!.value).toBe("Paperwire: Search: ranking");
    expect(feed.entries!.map(({ title }) => title!.value)[0]).toBe("Ranking in March, late");
  });

  it("marks a paper as changed when its text was corrected, and not when it was voted for", async () => {
    const entryOf = async () =>
      parseAtomFeed(await site.page("/latest.atom")).entries!.find(({ title }) => title!.value === "Ranking quietly")!;
    const before = await site.page("/latest.atom");
    await site.takeIn([record("2503.00002", "Ranking quietly", { entry: { edition: "2025-03-28", upvotes: 4 } })]);
    expect(await site.page("/latest.atom")).toBe(before);
    await site.takeIn([record("2503.00002", "Ranking quietly", { facts: { abstract: "Ranking, corrected." } })]);
    expect(await entryOf()).toMatchObject({
      published: "2025-03-28T00:00:00.000Z",
      updated: new Date(NOW_MS).toISOString(),
      content: { value: expect.stringContaining("Ranking, corrected.") },
    });
  });
});

describe("a paper that was taken back", () => {
  it("says so in the title of its entry, which counts as changed", async () => {
    const notice = { kind: "withdrawn" as const, source: "arXiv", date: "2025-03-30" };
    await site.takeIn([record("2503.00003", "Ranking in March, late", { facts: { notices: [notice] } })]);
    const [entry] = parseAtomFeed(await site.page("/latest.atom")).entries!;
    expect(entry).toMatchObject({
      title: { value: "[Withdrawn] Ranking in March, late" },
      updated: new Date(NOW_MS).toISOString(),
      content: { value: expect.stringContaining("Withdrawn (arXiv, 2025-03-30).") },
    });
  });
});

describe("programs that ask again", () => {
  it("get 304 by checksum and by date, and the checksum decides", async () => {
    const first = await site.get("/topics/old.atom");
    const [etag, modified] = [first.headers.get("etag")!, first.headers.get("last-modified")!];
    expect(first.headers.get("cache-control")).toBe("public, max-age=300");
    expect(Date.parse(modified)).toBe(NOW_MS);
    const again = async (headers: Record<string, string>) => (await site.get("/topics/old.atom", headers)).status;
    expect(await again({ "if-none-match": etag })).toBe(304);
    expect(await again({ "if-modified-since": modified })).toBe(304);
    expect(await again({ "if-modified-since": new Date(NOW_MS - 60_000).toUTCString() })).toBe(200);
    expect(await again({ "if-none-match": 'W/"other"', "if-modified-since": modified })).toBe(200);
  });

  it("do not get another date for the same text, though the store changed", async () => {
    let now = NOW_MS;
    const later = site.changed(() => ({ clock: () => now }));
    const before = (await later.get("/topics/old.rss")).headers.get("last-modified");
    now += 3_600_000;
    await later.takeIn([record("2503.00077", "Elsewhere", { entry: { edition: "2025-03-30" } })]);
    expect((await later.get("/topics/old.rss")).headers.get("last-modified")).toBe(before);
    expect(Date.parse((await later.get("/latest.rss")).headers.get("last-modified")!)).toBe(now);
  });
});

describe("a hub", () => {
  it("is named in the feeds that it is told of, and in no other", async () => {
    const told = site.changed(({ settings }) => ({ settings: { ...settings, hubUrl: "https://hub.example.org/" } }));
    const named = async (path: string) => {
      const response = await told.get(path);
      return [response.headers.get("link"), (await response.text()).includes("https://hub.example.org/")];
    };
    for (const path of ["/latest.atom", "/topics/ranking.rss", "/topics/ranking.json"]) {
      const link = `<https://hub.example.org/>; rel="hub", <${BASE_URL}${path}>; rel="self"`;
      expect(await named(path)).toEqual([link, true]);
      expect(hubPathsOf(["ranking"])).toContain(path);
    }
    for (const path of [
      "/latest.atom?votes=3",
      "/week/2025-W13.atom",
      "/search.rss?q=ranking",
      "/topics/old.atom?page=2",
    ]) {
      expect(await named(path)).toEqual([null, false]);
    }
    expect((await told.get("/latest.atom")).headers.get("cache-control")).toBe("public, no-cache");
  });
});

describe("addresses", () => {
  it("that feed readers guess lead to the latest papers", async () => {
    const to = async (path: string) => {
      const response = await site.get(path);
      return [response.status, response.headers.get("location")];
    };
    expect(await to("/feed")).toEqual([301, "/latest.atom"]);
    expect(await to("/rss.xml")).toEqual([301, "/latest.rss"]);
    expect(await to("/feed.json")).toEqual([301, "/latest.json"]);
    expect(await to("/latest")).toEqual([302, "/"]);
    expect(await to("/week.atom?votes=3")).toEqual([302, "/week/2025-W14.atom?votes=3"]);
    expect(await to("/month")).toEqual([302, "/month/2025-03"]);
    expect(await to("/papers/week/2025-W13.rss")).toEqual([302, "/week/2025-W13.rss"]);
  });

  it("of names that end like a form stay names", async () => {
    const page = await site.page("/topics/geo%2Ejson");
    expect(page).toContain("geo.json");
    expect(page).toContain('href="/topics/geo%2Ejson.atom"');
    expect(parseAtomFeed(await site.page("/topics/geo%2Ejson.atom")).entries).toHaveLength(1);
  });

  it("without such a form say so", async () => {
    expect((await site.get("/about.atom")).status).toBe(404);
    expect((await site.get("/feeds.atom")).status).toBe(404);
    expect((await site.get("/topics/nothing-here.atom")).status).toBe(404);
    expect((await site.get("/date/2025-13-40.atom")).status).toBe(400);
  });
});

describe("the page of feeds", () => {
  it("lists what there is, as OPML too", async () => {
    expect(await site.page("/feeds")).toContain('href="/topics/ranking.atom"');
    expect(await site.page("/feeds.md")).toContain(`<${BASE_URL}/topics/ranking.atom>`);
    const opml = parseOpml(await site.page("/feeds.opml"));
    expect(opml.body!.outlines!.map(({ text }) => text)).toEqual([
      "Paperwire: latest papers",
      "Paperwire: papers of the week",
      "Paperwire: papers of the month",
      "Topics",
    ]);
    expect(opml.body!.outlines!.at(-1)!.outlines!.map(({ xmlUrl }) => xmlUrl)).toContain(
      `${BASE_URL}/topics/geo%2Ejson.atom`,
    );
  });
});
