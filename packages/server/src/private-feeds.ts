/**
 * A reader's own feed, at an address that only they know: made of their wishes, kept by no shared cache, indexed by nobody,
 * revoked by a new address.
 */
import { createHash, randomBytes } from "node:crypto";
import { type ListedPaper, notFound } from "@paperwire/domain";
import { type Feed, type FeedForm, writeFeed } from "@paperwire/formats";
import type { Subscriber } from "@paperwire/store";
import { Hono } from "hono";
import type { ServerContext } from "./context.ts";
import { FORM_TYPES, formOf } from "./forms.ts";
import { feedNamesOf } from "./lists/feed-names.ts";
import { updatedMsOf } from "./lists/list-data.ts";
import { paperEntry } from "./lists/paper-entry.tsx";
import type { Site } from "./site.ts";

/** 256 bits: nobody guesses one. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const ID_BYTES = 16;
/** Entries looked at, the newest, and at most as many in the feed. */
const LOOKED_AT = 300;
const ENTRIES_MAX = 100;
const FORMS: readonly FeedForm[] = ["atom", "rss", "json"];

type Context = Pick<ServerContext, "store" | "mail">;

const hashOf = (token: string) => createHash("sha256").update(token).digest("base64url");

/** Path of a subscriber's feed without its form, or null where there is none, or its key is another instance's. */
export async function privateFeedPath({ store, mail }: Context, subscriberId: string): Promise<string | null> {
  const feed = await store.privateFeeds.findOf(subscriberId);
  if (feed === null) return null;
  const token = mail.tokens.secretOf(feed.id);
  return hashOf(token) === feed.tokenHash ? `/feeds/${token}` : null;
}

/** A new address; the old one is nobody's from now on. */
export async function renewPrivateFeed({ store, mail }: Context, subscriberId: string): Promise<void> {
  const id = randomBytes(ID_BYTES).toString("base64url");
  await store.privateFeeds.renew({ id, subscriberId, tokenHash: hashOf(mail.tokens.secretOf(id)) });
}

export function privateFeedRoutes(context: ServerContext, site: Site): Hono {
  const app = new Hono();
  app.get("/feeds/:token", async (c) => {
    const form = FORMS.find((one) => one === formOf(c.req.raw));
    const subscriber = form ? await ownerOf(context, c.req.param("token")) : null;
    // The same words for a wrong address and a revoked one.
    if (!form || subscriber === null) throw notFound("There is no feed at this address. It may have got a new one.");
    const body = await writeFeed(await feedOf(subscriber, context, site), form);
    const etag = `W/"${createHash("sha1").update(body).digest("base64url")}"`;
    const headers = { ETag: etag, "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex, nofollow" };
    if (c.req.header("if-none-match")?.includes(etag)) return c.body(null, 304, headers);
    return c.body(body, 200, { ...headers, "Content-Type": FORM_TYPES[form] });
  });
  return app;
}

async function ownerOf({ store }: Context, token: string): Promise<Subscriber | null> {
  const feed = TOKEN.test(token) ? await store.privateFeeds.findByToken(hashOf(token)) : null;
  return feed && store.subscribers.find(feed.subscriberId);
}

/** Without its own address, which would travel on wherever the feed is shown again. */
async function feedOf(
  { id, preferences }: Subscriber,
  { discovery, store }: ServerContext,
  { settings, assets }: Site,
): Promise<Feed> {
  const names = await feedNamesOf(store);
  const { topics, upvotesMin, papersMax } = preferences;
  const { items } = await discovery.newest(1, { perPage: LOOKED_AT, topics, upvotesMin });
  const { baseUrl, siteName, version } = settings;
  const entries = bestOfEachDay(items, papersMax)
    .slice(0, ENTRIES_MAX)
    .map((listed) => paperEntry(listed, { names, baseUrl }));
  const words = [
    `at most ${papersMax} a day`,
    ...(upvotesMin > 0 ? [`with ${upvotesMin} upvotes or more`] : []),
    ...(topics.length > 0 ? [`on ${topics.join(", ")}`] : []),
  ];
  return {
    id: names.of("list", `subscriber ${id}`),
    title: `${siteName}: your papers`,
    subtitle: `Papers as you wished them: ${words.join(", ")}.`,
    updatedMs: updatedMsOf(entries, names),
    siteName,
    softwareVersion: version,
    pageUrl: `${baseUrl}/`,
    pages: [],
    iconUrl: baseUrl + assets.url("icon.svg"),
    entries,
  };
}

/** Entries come by day, the best of each first. */
function bestOfEachDay(items: readonly ListedPaper[], most: number): ListedPaper[] {
  const taken = new Map<string, number>();
  return items.filter(({ entry }) => {
    const day = entry?.edition ?? "";
    const count = (taken.get(day) ?? 0) + 1;
    taken.set(day, count);
    return count <= most;
  });
}
