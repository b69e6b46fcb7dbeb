/** Lists of feeds as OPML 2.0, which every feed reader imports. */
import { legalValue } from "./legal-text.ts";

export type FeedOutline = { title: string; feedUrl: string; pageUrl: string; about?: string };
export type FeedGroup = { title: string; feeds: readonly FeedOutline[] };

export type FeedDirectory = {
  title: string;
  /** Feeds that stand alone come first, then the groups. */
  feeds: readonly FeedOutline[];
  groups: readonly FeedGroup[];
  updatedMs: number;
};

/** UTF-8, ends with a line feed. Groups without a feed are left out. */
export async function writeOpml({ title, feeds, groups, updatedMs }: FeedDirectory): Promise<string> {
  const { generateOpml } = await import("feedsmith");
  const outlines = [
    ...feeds.map(outlineOf),
    ...groups
      .filter((group) => group.feeds.length > 0)
      .map((group) => ({ text: group.title, title: group.title, outlines: group.feeds.map(outlineOf) })),
  ];
  return generateOpml(legalValue({ head: { title, dateModified: new Date(updatedMs) }, body: { outlines } }));
}

/** `type="rss"` is the word for a feed of any format. @source OPML 2.0, "Subscription lists" */
function outlineOf({ title, feedUrl, pageUrl, about }: FeedOutline) {
  return { text: title, title, type: "rss", xmlUrl: feedUrl, htmlUrl: pageUrl, ...(about && { description: about }) };
}
