import fc from "fast-check";
import { parseAtomFeed, parseJsonFeed, parseOpml, parseRssFeed } from "feedsmith";
import { describe, expect, it } from "vitest";
import type { Feed, FeedEntry } from "./feed.ts";
import { writeOpml } from "./opml.ts";
import { writeFeed } from "./write-feed.ts";

const ENTRY: FeedEntry = {
  id: "urn:uuid:0b7e7b0e-0000-5000-8000-000000000001",
  url: "https://papers.example.org/papers/2503.00001",
  title: "Bounds of n² & <friends>",
  authors: [
    { name: "Ada Example", url: "https://papers.example.org/authors/Ada%20Example" },
    { name: "Łukasz “B” <C>" },
  ],
  publishedMs: Date.UTC(2025, 2, 28),
  updatedMs: Date.UTC(2025, 2, 30),
  summary: "Short & plain.",
  html: '<p>Long &amp; safe: a &lt; b.</p><p><a href="https://example.org/code?a=1&amp;b=2">Code</a></p>',
  categories: [{ term: "cs.IR", scheme: "http://arxiv.org/schemas/atom" }, { term: "ranking" }],
  links: [
    { rel: "via", href: "https://arxiv.org/abs/2503.00001", type: "text/html" },
    { rel: "related", href: "https://example.org/code?a=1&b=2", title: "Code" },
  ],
  doi: "10.48550/arXiv.2503.00001",
  comments: { url: "https://papers.example.org/papers/2503.00001#comments", count: 3 },
  facts: { upvotes: 7 },
};

const FEED: Feed = {
  id: "urn:uuid:0b7e7b0e-0000-5000-8000-000000000000",
  title: "Paperwire: latest & greatest",
  subtitle: "2 papers < 3 papers.",
  updatedMs: Date.UTC(2025, 2, 30),
  siteName: "Paperwire",
  softwareVersion: "0.1.0",
  pageUrl: "https://papers.example.org/",
  selfUrl: "https://papers.example.org/latest.atom?votes=3&topic=cs.ir",
  pages: [{ rel: "next", href: "https://papers.example.org/latest.atom?votes=3&page=2" }],
  hubUrl: "https://hub.example.org/",
  entries: [ENTRY],
};

describe("a feed", () => {
  it("as Atom says everything, texts included, which the generator drops when they are not given its way", async () => {
    const feed = parseAtomFeed(await writeFeed(FEED, "atom"));
    expect(feed).toMatchObject({
      id: FEED.id,
      title: { value: FEED.title },
      subtitle: { value: FEED.subtitle },
      updated: "2025-03-30T00:00:00.000Z",
    });
    const link = (rel: string) => feed.links?.find((one) => one.rel === rel)?.href;
    expect([link("self"), link("alternate"), link("next"), link("hub")]).toEqual([
      FEED.selfUrl,
      FEED.pageUrl,
      FEED.pages[0]!.href,
      FEED.hubUrl,
    ]);
    const [entry] = feed.entries!;
    expect(entry).toMatchObject({
      id: ENTRY.id,
      title: { value: ENTRY.title },
      summary: { value: ENTRY.summary },
      content: { value: ENTRY.html, type: "html" },
      published: "2025-03-28T00:00:00.000Z",
      updated: "2025-03-30T00:00:00.000Z",
      dc: { identifiers: [`doi:${ENTRY.doi}`] },
      arxiv: { doi: ENTRY.doi },
    });
    expect(entry!.authors?.map(({ name }) => name)).toEqual(ENTRY.authors.map(({ name }) => name));
    expect(entry!.categories?.map(({ term }) => term)).toEqual(["cs.IR", "ranking"]);
    expect(entry!.links).toContainEqual({ rel: "related", href: "https://example.org/code?a=1&b=2", title: "Code" });
    expect(entry!.links).toContainEqual(expect.objectContaining({ rel: "replies", thr: { count: 3 } }));
  });

  it("as RSS keeps the id apart from the address and names each author", async () => {
    const feed = parseRssFeed(await writeFeed(FEED, "rss"));
    expect(feed).toMatchObject({ title: FEED.title, link: FEED.pageUrl, description: FEED.subtitle, language: "en" });
    expect(feed.atom?.links?.map(({ rel }) => rel)).toEqual(["self", "next", "hub"]);
    expect(feed.items?.[0]).toMatchObject({
      title: ENTRY.title,
      link: ENTRY.url,
      description: ENTRY.html,
      guid: { value: ENTRY.id, isPermaLink: false },
      pubDate: "Fri, 28 Mar 2025 00:00:00 GMT",
      dc: { creators: ENTRY.authors.map(({ name }) => name) },
      comments: ENTRY.comments!.url,
    });
  });

  it("as JSON Feed carries facts for programs under a name of our own", async () => {
    const text = await writeFeed(FEED, "json");
    const feed = parseJsonFeed(text);
    expect(feed).toMatchObject({
      title: FEED.title,
      feed_url: FEED.selfUrl,
      next_url: FEED.pages[0]!.href,
      hubs: [{ type: "WebSub", url: FEED.hubUrl }],
    });
    expect(feed.items?.[0]).toMatchObject({
      id: ENTRY.id,
      content_html: ENTRY.html,
      external_url: "https://arxiv.org/abs/2503.00001",
      tags: ["cs.IR", "ranking"],
    });
    expect(JSON.parse(text)).toMatchObject({
      version: "https://jsonfeed.org/version/1.1",
      items: [{ _paperwire: { upvotes: 7 } }],
    });
  });

  it("may be empty in every form", async () => {
    const empty = { ...FEED, entries: [] };
    expect(parseAtomFeed(await writeFeed(empty, "atom")).id).toBe(FEED.id);
    expect(parseRssFeed(await writeFeed(empty, "rss")).title).toBe(FEED.title);
    expect(JSON.parse(await writeFeed(empty, "json")).items).toEqual([]);
  });

  it("declares the prefix of every attribute, which readers and validators insist on", async () => {
    expect(await writeFeed(FEED, "atom")).toContain('xmlns:thr="http://purl.org/syndication/thread/1.0"');
  });

  it("puts no blanks around a name", async () => {
    expect(await writeFeed(FEED, "atom")).toContain("<name><![CDATA[Łukasz “B” <C>]]></name>");
  });

  it("holds whatever text there is, less what XML cannot hold", async () => {
    const text = fc.string({ unit: "binary", minLength: 1, maxLength: 60 });
    const seasoned = fc
      .array(
        fc.constantFrom("]]>", "<![CDATA[", "&amp;", "&", "<b>", "\u0000", "\u000b", "\ud800", "\uffff", " ", "x"),
        { maxLength: 8 },
      )
      .map((parts) => parts.join(""));
    await fc.assert(
      fc.asyncProperty(text, seasoned, async (one, other) => {
        const said = `x${one}${other}x`;
        const legal = said
          .toWellFormed()
          .replace(/[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");
        const entry = { ...ENTRY, title: said, authors: [{ name: said }] };
        const atom = await writeFeed({ ...FEED, entries: [entry] }, "atom");
        expect(atom).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
        const json = JSON.parse(await writeFeed({ ...FEED, entries: [entry] }, "json"));
        expect(json.items[0].title).toBe(legal);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a list of feeds", () => {
  it("is OPML with the groups that have something in them", async () => {
    const feed = {
      title: "cs.CL & more",
      feedUrl: "https://x.example/topics/cs.cl.atom?a=1&b=2",
      pageUrl: "https://x.example/topics/cs.cl",
    };
    const opml = parseOpml(
      await writeOpml({
        title: "Feeds",
        feeds: [feed],
        groups: [
          { title: "Topics", feeds: [feed, feed] },
          { title: "Nothing", feeds: [] },
        ],
        updatedMs: 0,
      }),
    );
    const [alone, group, ...more] = opml.body!.outlines!;
    expect(alone).toMatchObject({ text: feed.title, type: "rss", xmlUrl: feed.feedUrl, htmlUrl: feed.pageUrl });
    expect(group!.outlines).toHaveLength(2);
    expect(more).toEqual([]);
  });
});
