/** A feed as Atom 1.0, RSS 2.0 or JSON Feed 1.1, by feedsmith. */
import type { AtomFeed, JsonFeed, RssFeed } from "feedsmith";
import { FEED_TYPES, type Feed, type FeedEntry, type FeedForm, type FeedLink } from "./feed.ts";
import { legalValue } from "./legal-text.ts";

const SOFTWARE = "Paperwire";

/**
 * UTF-8, ends with a line feed.
 *
 * feedsmith 3 takes texts as objects with a `value` and silently drops plain strings, which the tests watch. It is loaded
 * at the first feed: it takes 80 ms, and a site can start without.
 */
export async function writeFeed(feed: Feed, form: FeedForm): Promise<string> {
  const { generateAtomFeed, generateJsonFeed, generateRssFeed } = await import("feedsmith");
  if (form === "json") {
    return `${JSON.stringify(withFacts(generateJsonFeed(legalValue(toJson(feed)), { strict: true }), feed), null, 1)}\n`;
  }
  if (form === "rss") return tightened(generateRssFeed(legalValue(toRss(feed)), { strict: true }));
  return tightened(generateAtomFeed(legalValue(toAtom(feed)), { strict: true }));
}

/** The generator sets CDATA on lines of its own; in a name or an address the blanks around it would be part of it. */
function tightened(xml: string): string {
  return xml.replace(/>\s+<!\[CDATA\[/g, "><![CDATA[").replace(/\]\]>\s+<\//g, "]]></");
}

function toAtom(feed: Feed): AtomFeed.Feed<Date, true> {
  return {
    id: feed.id,
    title: { value: feed.title, type: "text" },
    subtitle: { value: feed.subtitle, type: "text" },
    updated: new Date(feed.updatedMs),
    generator: { text: SOFTWARE, version: feed.softwareVersion },
    // An entry without authors takes the feed's: the list is ours, whoever wrote the paper.
    authors: [{ name: feed.siteName }],
    ...(feed.iconUrl !== undefined && { icon: feed.iconUrl }),
    links: [{ rel: "alternate", href: feed.pageUrl, type: "text/html" }, ...linksOf(feed, "atom")],
    entries: feed.entries.map(toAtomEntry),
  };
}

function toAtomEntry(entry: FeedEntry): AtomFeed.Entry<Date, true> {
  const { doi, comments } = entry;
  return {
    id: entry.id,
    title: { value: entry.title, type: "text" },
    ...(entry.authors.length > 0 && {
      authors: entry.authors.map(({ name, url }) => ({ name, ...(url !== undefined && { uri: url }) })),
    }),
    published: new Date(entry.publishedMs),
    updated: new Date(entry.updatedMs),
    ...(entry.summary !== "" && { summary: { value: entry.summary, type: "text" } }),
    content: { value: entry.html, type: "html" },
    categories: entry.categories.map((category) => ({ ...category })),
    links: [
      { rel: "alternate", href: entry.url, type: "text/html" },
      ...entry.links.map((link) => ({ ...link })),
      ...(comments ? [{ rel: "replies", href: comments.url, type: "text/html", thr: { count: comments.count } }] : []),
    ],
    // No dc:creator beside the authors: feedparser and its kin would list everybody twice.
    ...(doi !== undefined && { dc: { identifiers: [`doi:${doi}`] }, arxiv: { doi } }),
    // Without it the generator would not declare the prefix of the count above.
    ...(comments && { thr: { total: comments.count } }),
  };
}

function toRss(feed: Feed): RssFeed.Feed<Date, true> {
  return {
    title: feed.title,
    link: feed.pageUrl,
    description: feed.subtitle,
    language: "en",
    lastBuildDate: new Date(feed.updatedMs),
    generator: `${SOFTWARE} ${feed.softwareVersion}`,
    docs: "https://www.rssboard.org/rss-specification",
    atom: { links: linksOf(feed, "rss") },
    items: feed.entries.map(toRssItem),
  };
}

function toRssItem(entry: FeedEntry): RssFeed.Item<Date, true> {
  const { doi, comments } = entry;
  return {
    title: entry.title,
    link: entry.url,
    // Every reader shows this; the same again as `content:encoded` would double the feed.
    description: entry.html,
    guid: { value: entry.id, isPermaLink: false },
    pubDate: new Date(entry.publishedMs),
    categories: entry.categories.map(({ term, scheme }) => ({
      name: term,
      ...(scheme !== undefined && { domain: scheme }),
    })),
    ...(comments && { comments: comments.url, slash: { comments: comments.count } }),
    dc: {
      creators: entry.authors.map(({ name }) => name),
      ...(doi !== undefined && { identifiers: [`doi:${doi}`] }),
    },
    ...(doi !== undefined && { prism: { doi } }),
    atom: { updated: new Date(entry.updatedMs) },
  };
}

function toJson(feed: Feed): JsonFeed.Feed<Date, true> {
  const next = feed.pages.find(({ rel }) => rel === "next");
  return {
    title: feed.title,
    home_page_url: feed.pageUrl,
    ...(feed.selfUrl !== undefined && { feed_url: feed.selfUrl }),
    description: feed.subtitle,
    ...(next && { next_url: next.href }),
    ...(feed.iconUrl !== undefined && { icon: feed.iconUrl, favicon: feed.iconUrl }),
    authors: [{ name: feed.siteName }],
    language: "en",
    ...(feed.hubUrl !== undefined && { hubs: [{ type: "WebSub", url: feed.hubUrl }] }),
    items: feed.entries.map((entry) => ({
      id: entry.id,
      url: entry.url,
      ...externalOf(entry),
      title: entry.title,
      content_html: entry.html,
      ...(entry.summary !== "" && { summary: entry.summary }),
      date_published: new Date(entry.publishedMs),
      date_modified: new Date(entry.updatedMs),
      authors: entry.authors.map(({ name, url }) => ({ name, ...(url !== undefined && { url }) })),
      tags: entry.categories.map(({ term }) => term),
      language: "en",
    })),
  };
}

function externalOf({ links }: FeedEntry) {
  const via = links.find(({ rel }) => rel === "via");
  return via ? { external_url: via.href } : {};
}

/** Extensions of JSON Feed begin with an underscore; feedsmith keeps only what it knows, and no empty list. */
function withFacts(json: unknown, { entries }: Feed): unknown {
  const feed = json as { items?: object[] };
  const items = (feed.items ?? []).map((item, at) => {
    const { facts } = entries[at]!;
    return facts ? { ...item, _paperwire: legalValue(facts) } : item;
  });
  return { ...feed, items };
}

function linksOf({ selfUrl, pages, hubUrl }: Feed, form: FeedForm): FeedLink[] {
  const type = FEED_TYPES[form];
  return [
    ...(selfUrl === undefined ? [] : [{ rel: "self", href: selfUrl, type }]),
    ...pages.map(({ rel, href }) => ({ rel, href, type })),
    ...(hubUrl === undefined ? [] : [{ rel: "hub", href: hubUrl }]),
  ];
}
