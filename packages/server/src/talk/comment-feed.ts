/** What is said about a paper, as a feed: one entry for each comment that shows. */
import { createHash } from "node:crypto";
import { paperNamed } from "@paperwire/community";
import { type Comment, Moved, type Paper } from "@paperwire/domain";
import { type FeedEntry, type FeedForm, writeFeed } from "@paperwire/formats";
import type { Handler } from "hono";
import type { ServerContext } from "../context.ts";
import { FORM_TYPES } from "../forms.ts";
import { type FeedNames, feedNamesOf } from "../lists/feed-names.ts";
import type { Site } from "../site.ts";
import { paperUrl } from "../views/urls.ts";
import { commentUrl, readerUrl } from "./comment-view.tsx";
import { renderComment } from "./render-comment.ts";
import { talkOf } from "./talk-of-paper.ts";

export const COMMENT_FEED_ROUTE = "/papers/:feed{.+/comments\\.(?:atom|rss|json)}";

export const commentFeedUrl = (paperId: string, form: FeedForm = "atom") => `${paperUrl(paperId)}/comments.${form}`;

/** Entries of one feed: the newest. */
const ENTRIES_MAX = 100;

export function commentFeed(context: ServerContext, site: Site): Handler {
  const { store, settings } = context;
  const { baseUrl } = settings;
  return async (c) => {
    const [, id = "", form] = /^(.+)\/comments\.(atom|rss|json)$/.exec(c.req.param("feed") ?? "") ?? [];
    const paper = await paperNamed(context, id);
    // Who follows the talk of a paper that was joined with another follows the other's from now on.
    if (paper.id !== id) throw new Moved(id, paper.id);
    const [talk, names] = await Promise.all([
      talkOf(store, id, { reader: undefined, order: "new" }),
      feedNamesOf(store),
    ]);
    const comments = talk.threads
      .flatMap(({ comment, replies }) => [comment, ...replies])
      .filter(({ state }) => state === "shown")
      .sort((a, b) => (a.id < b.id ? 1 : -1))
      .slice(0, ENTRIES_MAX);
    const entries = comments.map((comment) => entryOf(comment, { names, baseUrl, known: talk.known }));
    const text = await writeFeed(
      {
        id: names.of("list", `${paperUrl(id)}/comments`),
        title: `${settings.siteName}: comments on “${paper.title}”`,
        subtitle: "What readers say about this paper, newest first.",
        updatedMs: entries.reduce((newest, { updatedMs }) => Math.max(newest, updatedMs), talkBegan(paper, names)),
        siteName: settings.siteName,
        softwareVersion: settings.version,
        pageUrl: `${baseUrl}${paperUrl(id)}#comments`,
        selfUrl: baseUrl + commentFeedUrl(id, form as FeedForm),
        pages: [],
        iconUrl: baseUrl + site.assets.url("icon.svg"),
        entries,
      },
      form as FeedForm,
    );
    const etag = `W/"${createHash("sha1").update(text).digest("base64url")}"`;
    const headers = { etag, "cache-control": "public, no-cache", "access-control-allow-origin": "*" };
    if (c.req.header("if-none-match")?.includes(etag)) return c.body(null, 304, headers);
    return c.body(text, 200, { ...headers, "content-type": FORM_TYPES[form as FeedForm] });
  };
}

/** A feed without entries is as old as its paper is here, so that it does not look new at each reading. */
const talkBegan = ({ addedAt }: Paper, { startedMs }: FeedNames) =>
  Math.max(startedMs, addedAt === undefined ? 0 : Date.parse(addedAt));

type Parts = { names: FeedNames; baseUrl: string; known: ReadonlySet<string> };

function entryOf(comment: Comment, { names, baseUrl, known }: Parts): FeedEntry {
  const { author } = comment;
  return {
    id: names.of("comment", comment.id),
    title: author ? `${author.name} (@${author.handle})` : "A deleted account",
    url: baseUrl + commentUrl(comment.id),
    authors: author ? [{ name: author.name, url: baseUrl + readerUrl(author.handle) }] : [],
    publishedMs: Date.parse(comment.createdAt),
    updatedMs: Date.parse(comment.updatedAt),
    summary: "",
    html: renderComment(comment.body, { known, asSigns: true }).replaceAll('href="/', `href="${baseUrl}/`),
    categories: [],
    links: [],
  };
}
