/** What every page and every API route is built from; `cli` hands it in once. */
import type { AccountDesk, FirstAdmin, SignInDesk } from "@paperwire/accounts";
import type { OnComment, OnModerated, PaperLookUp } from "@paperwire/community";
import type { Discovery } from "@paperwire/discovery";
import type { Clock, EditionClock, InviteMode } from "@paperwire/domain";
import type { MailDesk, Post } from "@paperwire/mail";
import type { Store } from "@paperwire/store";
import type { Logger } from "pino";
import type { LooksCounter } from "./looks/count-looks.ts";
import type { RateLimiter } from "./rate-limit.ts";

export type SiteSettings = {
  /** Where readers reach this site, without a slash at the end: `https://papers.example.org`. */
  baseUrl: string;
  /** Shown in the masthead and in every title. */
  siteName: string;
  /** Of the software, `0.1.0`. */
  version: string;
  /** When one day's edition ends and the next begins. */
  editionClock: EditionClock;
  /** How readers reach the people who run this site: a mail address or an http(s) address. */
  contact?: string;
  /** Who tells subscribers of feeds about changes (WebSub); without it they come and look. */
  hubUrl?: string;
  /** Mail domains, in ASCII and lower case, whose addresses cannot subscribe; what lies under them cannot either. */
  refusedDomains?: ReadonlySet<string>;
  /** Who knows it may report bounces and complaints at `/hooks/mail`; without it there is no such address. */
  mailHookSecret?: string;
  /** How many proxies stand in front of this server; by default none, and no forwarded address is believed. */
  trustedProxies?: number;
  /** Requests that one address may make to the API in five minutes. */
  apiRequests?: number;
  /** Whether people come by invitations; `off` by default. */
  invites?: InviteMode;
  /** Days after its publication in which a paper may be put forward; 0 is no limit, 14 the default. */
  submitAgeDays?: number;
};

export type ServerContext = {
  store: Store;
  discovery: Discovery;
  settings: SiteSettings;
  clock: Clock;
  /** Who is asking; without it everybody is a visitor. */
  accounts?: AccountDesk;
  /** The ways in and out; without it nobody can sign in. */
  signIn?: SignInDesk;
  /** The link that makes the first administrator. */
  firstAdmin?: FirstAdmin;
  /** Writes the mails of this site, and signs and reads the links in them. */
  mail: MailDesk;
  /** Takes single mails: `post.send(mail.letter(to, words))` resolves once the mail cannot be lost any more. */
  post: Post;
  /** Told of each comment that shows, so that those whom it answers or calls learn of it. */
  onComment?: OnComment;
  /** Asks sources for papers that are not here yet; without it only known papers can be put forward. */
  lookUp?: PaperLookUp;
  /** Told of each act of a moderator, so that the person concerned learns of it. */
  onModerated?: OnModerated;
  /** Counts how often papers are shown; without it nobody does. */
  looks?: LooksCounter;
  logger: Logger;
  /** One window of requests per address, shared by all API routes. */
  apiLimiter: RateLimiter;
};
