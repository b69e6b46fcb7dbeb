import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSite, record, type SiteUnderTest } from "../testing.ts";

const MANY = Array.from({ length: 12 }, (_, at) => ({ name: `Author ${at + 1}` }));

const RECORDS = [
  record("2503.00001", "Sparse retrieval with $O(\\log n)$ lookups for $5", {
    facts: {
      abstract:
        "We study indexes of size $\\mathcal{O}(n)$ for $10 a month. See https://example.org/index. <b>Bold</b> claims.",
      authors: MANY,
      publishedAt: "2025-03-27T17:00:00.000Z",
      summary: { text: "Indexes made small.", source: "Example House", generated: true, model: "model-x" },
      keywords: ["Sparse Retrieval"],
      primaryCategory: "cs.IR",
      links: [
        { kind: "code", url: "https://github.com/example/sparse", stars: 1234 },
        { kind: "project", url: "https://example.org/sparse" },
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
  record("2503.00002", '<script>alert("title")</script> & other tricks', {
    facts: {
      abstract: "</script><script>alert(1)</script>",
      authors: [{ name: '"><img src=x onerror=alert(1)>' }],
      publishedAt: "2023-01-01T00:00:00.000Z",
      publishedPrecision: "year",
      unverified: ["id", "published"],
      summary: { text: "Tricks, listed.", source: "Paperwire", generated: false },
    },
    entry: { edition: "2025-03-28", upvotes: 1 },
  }),
  record("hep-th/9901001", "An old paper", { entry: { edition: "2025-03-31", upvotes: 3 } }),
  ...Array.from({ length: 60 }, (_, at) =>
    record(`2502.1${String(at).padStart(4, "0")}`, `Filler ${at}`, {
      facts: { keywords: ["filler"], authors: [{ name: "Zoë Müller" }] },
      entry: { edition: "2025-02-10", upvotes: at },
    }),
  ),
];

let site: SiteUnderTest;
beforeAll(async () => {
  site = await openSite(RECORDS);
});
afterAll(() => site.close());

const text = (html: string) =>
  html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]+>/g, "")
    .replace(/\s+/g, " ");
const between = (html: string, from: string, to: string) => html.slice(html.indexOf(from)).split(to)[0]!;

describe("the front page and the editions", () => {
  it("shows the latest edition with its landmarks and one main heading", async () => {
    const html = await site.page("/");
    expect(html).toMatch(/^<!doctype html>\s*<html lang="en">/);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain("Monday, 31 March 2025");
    for (const landmark of ["<header", "<main", "<nav", "<footer", 'role="search"']) expect(html).toContain(landmark);
  });

  it("orders a day by upvotes and says who submitted what", async () => {
    const html = await site.page("/date/2025-03-28");
    expect(html.indexOf("Sparse retrieval")).toBeLessThan(html.indexOf("other tricks"));
    expect(text(html)).toContain("Submitted by Ada Example");
    expect(text(html)).toContain("2 comments");
    expect(text(html)).toMatch(/▲ 40 upvotes/);
    expect(text(html)).toContain("★ 1.2k");
  });

  it("folds authors after a few without a script", async () => {
    const card = between(await site.page("/date/2025-03-28"), '<div class="authors">', "</div>");
    expect(card).toContain("Author 4");
    expect(card).toMatch(/<details[^>]*><summary>\+ 8 more<\/summary>Author 5/);
  });

  it("names the author of every summary", async () => {
    const html = text(await site.page("/date/2025-03-28"));
    expect(html).toContain("AI summary by Example House (model-x)");
    expect(html).toContain("Summary: Paperwire");
  });

  it("dates a paper that was old when its edition appeared, and only that", async () => {
    const html = text(await site.page("/date/2025-03-28"));
    expect(html).toContain("2023 (not verified)");
    expect(html).not.toContain("27 March 2025");
  });

  it("links the neighbours, and the week and month around", async () => {
    const html = await site.page("/date/2025-03-28");
    expect(html).toContain('<a href="/date/2025-02-10" rel="prev">');
    expect(html).toContain('<a href="/date/2025-03-31" rel="next">');
    expect(html).toContain('href="/week/2025-W13"');
    expect(text(html)).toContain("28 March 2025, 2 papers");
  });

  it("turns the pages of a month and says where it is", async () => {
    const first = await site.page("/month/2025-02");
    expect(first.match(/<li class="card">/g)).toHaveLength(50);
    expect(text(first)).toContain("Page 1 of 2");
    const second = await site.page("/month/2025-02?page=2");
    expect(second.match(/<li class="card">/g)).toHaveLength(10);
    expect(second).toContain('<ol class="papers" start="51">');
  });

  it("helps on from a day without an edition", async () => {
    const response = await site.get("/date/2025-03-29");
    expect(response.status).toBe(404);
    const html = await response.text();
    expect(text(html)).toContain("There is no edition of this day. Most editions appear from Monday to Friday.");
    expect(html).toContain('<a href="/date/2025-03-28">28 March 2025</a>');
    expect(html).toContain('<a href="/date/2025-03-31">31 March 2025</a>');
  });

  it.each([
    ["/date/2025-13-40", 400],
    ["/date/yesterday", 400],
    ["/week/2025-W60", 400],
    ["/month/2025-00", 400],
    ["/month/2031-01", 404],
    ["/papers/2503.99999", 404],
    ["/authors/Nobody", 404],
    ["/topics/nothing", 404],
    ["/authors/%00", 404],
    ["/authors/%F0%9F%98%80", 404],
    ["/topics/a%00b", 404],
    ["/papers/%00.bib", 404],
    ["/papers/%E0%A4%A", 404],
    ["/nowhere", 404],
    ["/assets/site.css", 404],
  ])("answers %s with %i and a page", async (path, status) => {
    const response = await site.get(path);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain("<h1>");
  });
});

describe("a paper's page", () => {
  it("typesets formulas and leaves prices", async () => {
    const html = await site.page("/papers/2503.00001");
    expect(html).toMatch(/<h1>Sparse retrieval with <span class="formula"><math>/);
    expect(html).toContain("<mi>𝒪</mi>");
    expect(html).toContain("lookups for $5");
    expect(html).toContain("for $10 a month");
    expect(html).toContain(
      '<a href="https://example.org/index" rel="noopener nofollow">https://example.org/index</a>.',
    );
  });

  it("says where it stood, who wrote what, and where it is", async () => {
    const html = await site.page("/papers/2503.00001");
    expect(text(html)).toContain("#1 of 2 on 28 March 2025");
    expect(text(html)).toContain("Published 27 March 2025");
    expect(html).toContain('href="https://arxiv.org/abs/2503.00001"');
    expect(html).toContain('href="https://arxiv.org/pdf/2503.00001"');
    expect(html).toContain('<a href="/authors/Author%201">Author 1</a>');
    expect(html).toContain('<a href="/topics/sparse%20retrieval">Sparse Retrieval</a>');
    expect(html).toContain('<a href="/topics/cs.ir">cs.IR</a>');
    expect(text(html)).toContain("example/model");
  });

  it("says what nobody has checked, and no more of a date than is known", async () => {
    const html = text(await site.page("/papers/2503.00002"));
    expect(html).toContain("Published 2023 (recalled, not verified)");
    expect(html).toContain("arXiv:2503.00002 (recalled, not verified)");
  });

  it("lets no text become markup, in pages, tags, structured data and Markdown", async () => {
    for (const path of ["/papers/2503.00002", "/date/2025-03-28", "/search?q=tricks"]) {
      const html = await site.page(path);
      expect(html).not.toContain("<script>alert");
      expect(html).not.toContain("<img");
      expect(text(html)).toContain("&lt;script>alert");
    }
    const search = await site.page(`/search?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(search).not.toContain("<script>alert");
  });

  it("can be cited in three forms, on the page and as files", async () => {
    const html = await site.page("/papers/2503.00001");
    expect(html).toContain('<meta name="citation_title"');
    expect(html.match(/name="citation_author"/g)).toHaveLength(12);
    const structured = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(html);
    expect(JSON.parse(structured![1]!)).toMatchObject({ "@type": "ScholarlyArticle" });
    for (const [suffix, type, part] of [
      [".bib", "application/x-bibtex", "@"],
      [".ris", "application/x-research-info-systems", "TY  - "],
      [".csl.json", "application/vnd.citationstyles.csl+json", '"title"'],
    ] as const) {
      const file = await site.get(`/papers/2503.00001${suffix}`);
      expect(file.status).toBe(200);
      expect(file.headers.get("content-type")).toContain(type);
      expect(await file.text()).toContain(part);
      expect(html).toContain(`href="/papers/2503.00001${suffix}"`);
    }
    expect((await site.get("/papers/2503.99999.bib")).status).toBe(404);
  });

  it("knows old ids, and sends a version to the work", async () => {
    expect(await site.page("/papers/hep-th/9901001")).toContain("An old paper");
    const versioned = await site.get("/papers/2503.00001v2");
    expect(versioned.status).toBe(301);
    expect(versioned.headers.get("location")).toBe("/papers/2503.00001");
    expect((await site.get("/papers/hep-th/9901001v1.md")).headers.get("location")).toBe("/papers/hep-th/9901001.md");
  });
});

describe("search, authors, topics", () => {
  it("marks what was found and offers topics", async () => {
    const html = await site.page("/search?q=sparse");
    expect(html).toContain("<mark>Sparse</mark>");
    expect(text(html)).toContain("1 paper for “sparse”");
  });

  it("never fails on what is typed, and says what it left out", async () => {
    for (const q of ['"', "-", "a AND (", "\u0000\uffff", "x".repeat(5_000), "'; drop table papers; --"]) {
      expect((await site.get(`/search?q=${encodeURIComponent(q)}`)).status).toBe(200);
    }
    expect(text(await site.page("/search?q=sparse&from=yesterday"))).toContain("“yesterday” is not a date");
    expect((await site.get("/search?q=sparse&page=-3")).status).toBe(200);
  });

  it("explains a hit when asked, in parts that add up to its score", async () => {
    const html = await site.page("/search?q=sparse");
    const href = /href="([^"]*why=[^"#]*)#why"/.exec(html)?.[1]?.replaceAll("&amp;", "&");
    expect(href).toBeDefined();
    const explained = await site.page(href!);
    const numbers = [...explained.matchAll(/class="number">([\d.]+)</g)].map((found) => Number(found[1]));
    expect(numbers.length).toBeGreaterThan(1);
    const score = numbers.pop()!;
    expect(Math.abs(numbers.reduce((sum, value) => sum + value, 0) - score)).toBeLessThan(0.001 * (numbers.length + 1));
    expect(explained).toContain("a word you typed: title");
  });

  it("takes each filter away by a link, and keeps the others", async () => {
    const html = await site.page("/search?q=filler&topic=filler&from=2025-01-02&code=1&page=2");
    const links = [...html.matchAll(/href="([^"]*)"><span class="unseen">Take away: /g)].map(([, href]) => href);
    expect(links).toEqual([
      "/search?q=filler&amp;from=2025-01-02&amp;code=1",
      "/search?q=filler&amp;code=1&amp;topic=filler",
      "/search?q=filler&amp;from=2025-01-02&amp;topic=filler",
    ]);
    expect(text(html)).toContain("from 2 January 2025 ×");
  });

  it("lists what filters alone let through, and says where a span of days is empty", async () => {
    expect(text(await site.page("/search?from=2025-01-01"))).toMatch(/[1-9]\d* papers?/);
    const none = text(await site.page("/search?q=sparse&from=2025-02-01&to=2025-01-01"));
    expect(none).toContain("The last day, 1 January 2025, is before the first, 1 February 2025.");
    expect(none).toContain("Search for “sparse” without filters");
  });

  it("orders by day on request, on every page", async () => {
    const html = await site.page("/search?q=filler&sort=newest");
    expect(text(html)).toContain("newest first · best first");
    expect(html).toContain('href="/search?q=filler&amp;sort=newest&amp;page=2"');
    expect(html).toContain('<input type="hidden" name="sort" value="newest"/>');
  });

  it("leads from a whole name to the author, and from an unknown id to a submission", async () => {
    expect(await site.page("/search?q=zoe+muller")).toContain(
      '<a href="/authors/Zo%C3%AB%20M%C3%BCller">All papers by',
    );
    expect(await site.page("/search?q=2101.99999v2")).toContain('href="/submit?what=2101.99999v2"');
  });

  it("does not say that nothing was found behind the last page", async () => {
    const behind = text(await site.page("/search?q=filler&page=9"));
    expect(behind).not.toContain("Nothing was found");
    expect(behind).toContain("The list ends with page 2");
  });

  it("says notes as sentences, with a way to what was typed", async () => {
    const html = await site.page("/search?q=fillter");
    expect(text(html)).toContain("Nothing has “fillter”; searched for “filler” as well.");
    expect(html).toContain('<a href="/search?q=%22fillter%22">Only papers with exactly these words</a>');
  });

  it("repeats the beginning of a long query only", async () => {
    const html = text(await site.page(`/search?q=${"x".repeat(900)}`));
    expect(html).toContain(`0 papers for “${"x".repeat(120)}…”`);
  });

  it("suggests while somebody types, and says where each suggestion leads", async () => {
    const answer = await site.get("/search/suggestions?q=zoe%20mu");
    expect(await answer.json()).toContainEqual({
      text: "Zoë Müller",
      about: "author, 60 papers",
      href: "/authors/Zo%C3%AB%20M%C3%BCller",
    });
    expect(await (await site.get("/search/suggestions")).json()).toEqual([]);
  });

  it("keeps the filters while turning pages", async () => {
    const html = await site.page("/search?q=filler&topic=filler");
    expect(html).toContain('href="/search?q=filler&amp;topic=filler&amp;page=2"');
  });

  it("shows a topic without words as the topic's own page", async () => {
    expect((await site.get("/search?topic=filler")).headers.get("location")).toBe("/topics/filler");
  });

  it("finds an author however accents are typed", async () => {
    const html = await site.page("/authors/zoe%20muller");
    expect(text(html)).toContain("Zoë Müller");
    expect(text(html)).toContain("60 papers");
  });

  it("lists a topic", async () => {
    expect(text(await site.page("/topics/Sparse%20Retrieval"))).toContain("1 paper");
  });
});

describe("pages as Markdown", () => {
  it.each([
    "/index.md",
    "/date/2025-03-28.md",
    "/week/2025-W13.md",
    "/papers/2503.00001.md",
    "/search.md?q=sparse",
    "/about.md",
  ])("serves %s", async (path) => {
    const response = await site.get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
    expect(response.headers.get("vary")).toContain("Accept");
    expect(await response.text()).toMatch(/^# /);
  });

  it("serves the same address as Markdown to whoever asks for it", async () => {
    const asked = await site.get("/papers/2503.00001", { accept: "text/markdown" });
    expect(await asked.text()).toBe(await (await site.get("/papers/2503.00001.md")).text());
    expect((await site.get("/papers/2503.00001", { accept: "text/html" })).headers.get("content-type")).toContain(
      "html",
    );
  });

  it("answers 404 in Markdown for an unknown paper", async () => {
    const response = await site.get("/papers/1234.56789.md");
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toContain("text/markdown");
  });
});

describe("addresses people bring with them", () => {
  it.each([
    ["/papers", "/"],
    ["/papers?q=a%20b", "/search?q=a+b"],
    ["/papers/date/2025-03-28", "/date/2025-03-28"],
    ["/papers/week/2025-W13", "/week/2025-W13"],
    ["/papers/month/2025-03", "/month/2025-03"],
    ["/papers/date/2025-03-28.md", "/date/2025-03-28.md"],
  ])("sends %s to %s", async (from, to) => {
    const response = await site.get(from);
    expect(response.status).toBe(302);
    expect(response.headers.get("location")).toBe(to);
  });

  it("says where a list ends to whoever turned too far", async () => {
    expect(text(await site.page("/month/2025-02?page=9"))).toContain("The list ends with page 2");
  });

  it("takes a slash at the end for nothing", async () => {
    expect((await site.get("/date/2025-03-28/")).status).toBe(200);
  });

  it("reads doubled slashes as one", async () => {
    expect((await site.get("//date//2025-03-28")).status).toBe(200);
  });
});

describe("an empty site", () => {
  it("says so and how to change it", async () => {
    const empty = await openSite([]);
    const html = await empty.page("/");
    expect(text(html)).toContain("No edition yet");
    expect(html).toContain("paperwire import");
    await empty.close();
  });
});
