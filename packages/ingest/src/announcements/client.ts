/** Asks arXiv's feed and listing page for what was announced. */

import { readListing } from "../listing/listing-page.ts";
import { decodeAll, decodeText } from "../polite/decode.ts";
import type { PoliteFetcher } from "../polite/polite-fetcher.ts";
import type { BatchAnswer } from "./batch-answer.ts";
import { type AnnouncedFeed, readRss } from "./rss-shape.ts";

export const ARXIV_RSS_URL = "https://rss.arxiv.org/rss";
export const ARXIV_LISTING_URL = "https://arxiv.org/list";
/** Entries of a listing page; the most that arXiv gives. */
const LISTING_ENTRIES = 2_000;
/** A full page of entries has about 3 MB. */
const BODY_BYTES_MAX = 33_554_432;

/** What the source said of its last answer, to ask whether it changed. */
export type Validators = { etag?: string | undefined; lastModified?: string | undefined };

export type AnnouncementSource = {
  /** @returns null where nothing changed since the answer that `unless` is of. @throws DomainError `upstream` */
  fetchFeed(
    set: string,
    unless: Validators,
    signal?: AbortSignal,
  ): Promise<{ feed: AnnouncedFeed; validators: Validators } | null>;
  /** @throws DomainError `upstream` */
  fetchListing(set: string, signal?: AbortSignal): Promise<BatchAnswer>;
};

export type AnnouncementClientOptions = {
  fetcher: PoliteFetcher;
  rssUrl?: string;
  listingUrl?: string;
  timeoutMs?: number;
};

export function createAnnouncementClient(options: AnnouncementClientOptions): AnnouncementSource {
  const { fetcher, rssUrl = ARXIV_RSS_URL, listingUrl = ARXIV_LISTING_URL, timeoutMs } = options;
  const name = "arXiv";
  const limits = { timeoutMs, bodyBytesMax: BODY_BYTES_MAX };
  return {
    fetchFeed: (set, unless, signal) =>
      fetcher.fetch({
        url: new URL(`${rssUrl}/${encodeURIComponent(set)}`),
        accept: "application/rss+xml, application/xml",
        ...limits,
        unless,
        signal,
        read: async (answer) => ({
          feed: await readRss(decodeText(answer, name), name),
          validators: { etag: answer.header("etag"), lastModified: answer.header("last-modified") },
        }),
      }),
    async fetchListing(set, signal) {
      const answer = await fetcher.fetch({
        url: new URL(`${listingUrl}/${encodeURIComponent(set)}/new?show=${LISTING_ENTRIES}`),
        accept: "text/html",
        ...limits,
        signal,
        read: async (page) => readListing(await decodeAll(page, name), name),
      });
      return answer ?? { dated: null, claimed: 0, news: [], entries: 0 };
    },
  };
}
