/** What a feed says, whatever its format; `writeFeed` puts it into Atom, RSS or JSON Feed. */

export type FeedLink = {
  /** Absolute address. */
  href: string;
  /** A registered relation: `related`, `via`, `next`, … @source IANA link relations; RFC 5005 for those between pages */
  rel: string;
  type?: string;
  title?: string;
};

export type FeedEntry = {
  /** Stays the same for ever, in every list and at every base address. */
  id: string;
  /** The page about it here. */
  url: string;
  /** Plain text. */
  title: string;
  /** In order, each a name of its own. */
  authors: readonly { name: string; url?: string }[];
  /** When it came into the list, in milliseconds; readers sort by it. */
  publishedMs: number;
  /** When what it says was last corrected; not moved by counts. */
  updatedMs: number;
  /** Plain text, a few sentences at most. */
  summary: string;
  /** Safe HTML with absolute addresses. */
  html: string;
  categories: readonly { term: string; label?: string; scheme?: string }[];
  links: readonly FeedLink[];
  doi?: string;
  /** Address and number of comments about it. */
  comments?: { url: string; count: number };
  /** Facts for programs, in the JSON form only. */
  facts?: Readonly<Record<string, unknown>>;
};

export type Feed = {
  id: string;
  /** Plain text. */
  title: string;
  subtitle: string;
  /** Of the newest change. */
  updatedMs: number;
  siteName: string;
  softwareVersion: string;
  /** The page of the same list. */
  pageUrl: string;
  /** The feed's own address; absent where the address is a secret. */
  selfUrl?: string;
  /** `next`, `previous`, `first`, `last` (RFC 5005). */
  pages: readonly { rel: "first" | "previous" | "next" | "last"; href: string }[];
  /** Who tells subscribers of changes (WebSub). */
  hubUrl?: string;
  iconUrl?: string;
  entries: readonly FeedEntry[];
};

export type FeedForm = "atom" | "rss" | "json";

/** Media types, without a charset. @source RFC 4287; jsonfeed.org version 1.1; RSS has none registered */
export const FEED_TYPES: Readonly<Record<FeedForm, string>> = {
  atom: "application/atom+xml",
  rss: "application/rss+xml",
  json: "application/feed+json",
};
