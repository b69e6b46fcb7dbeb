/** arXiv's RSS feed of a set as it comes, with the kind of each announcement. */
import { createXmlReader } from "../xml/xml-reader.ts";

/** @source https://info.arxiv.org/help/rss_specifications.html */
export type AnnouncedItem = {
  title: string;
  link: string;
  /** `arXiv:2611.00001v1 Announce Type: new`, a line end, `Abstract: …`. */
  description: string;
  /** `oai:arXiv.org:2611.00001v1` */
  guid: string;
  /** The first is the primary one. */
  categories: string[];
  /** `new`, `cross`, `replace`, `replace-cross`. */
  kind: string;
  /** Names with commas between them. */
  creators: string;
};

export type AnnouncedFeed = {
  /** Of the channel: `Tue, 24 Nov 2026 00:00:00 -0500`. */
  pubDate: string;
  items: AnnouncedItem[];
};

/** arXiv stops at 2,000. */
export const ITEMS_MAX = 10_000;

/** @throws DomainError `upstream`: not RSS, damaged, cut short, a document type */
export async function readRss(texts: AsyncIterable<string>, name: string): Promise<AnnouncedFeed> {
  const feed: AnnouncedFeed = { pubDate: "", items: [] };
  let item: AnnouncedItem | null = null;
  const xml = createXmlReader(name, /^rss$/, {
    open(element) {
      if (element === "item") {
        item = { title: "", link: "", description: "", guid: "", categories: [], kind: "", creators: "" };
      }
    },
    close(element, text) {
      if (!item) {
        if (element === "pubDate") feed.pubDate ||= text.trim();
      } else if (element === "item") {
        if (feed.items.length < ITEMS_MAX) feed.items.push(item);
        item = null;
      } else noteField(item, element, text);
    },
  });
  for await (const text of texts) xml.write(text);
  xml.end();
  return feed;
}

function noteField(item: AnnouncedItem, element: string, text: string): void {
  if (element === "category") item.categories.push(text.trim());
  else if (element === "announce_type") item.kind = text.trim();
  else if (element === "creator") item.creators += item.creators === "" ? text : `, ${text}`;
  else if (element === "title" || element === "link" || element === "description" || element === "guid") {
    item[element] ||= text.trim();
  }
}
