/** What the store offers, table by table; `openStore` builds it on PGlite or PostgreSQL. */

import type {
  DateRange,
  EarlierWords,
  EditionDate,
  EditionEntry,
  Identifier,
  IncomingRecord,
  ListedPaper,
  Outcome,
  Paper,
  PaperId,
} from "@paperwire/domain";
import type { AccountStore, ApiTokenStore, AuthDatabase, SessionStore } from "./account-stores.ts";
import type { CitationStore } from "./citation-store.ts";
import type { ClaimStore } from "./claims.ts";
import type { CollectionStore } from "./collections.ts";
import type { CommentStore } from "./comments.ts";
import type { DeskStore } from "./desk.ts";
import type { HubPingStore } from "./hub-pings.ts";
import type { InviteStore } from "./invites.ts";
import type { JobStore } from "./job-store.ts";
import type { LedgerStore } from "./ledger.ts";
import type { LinkStore } from "./link-store.ts";
import type { LookStore } from "./looks.ts";
import type { DeliveryStore, DigestStore, SubscriberStore, SuppressionStore } from "./mail-stores.ts";
import type { MergeStore } from "./merge-store.ts";
import type { ModerationStore } from "./moderation.ts";
import type { NotificationStore } from "./notifications.ts";
import type { OutboxStore } from "./outbox-store.ts";
import type { Page, PageRequest } from "./paging.ts";
import type { PrivateFeedStore } from "./private-feeds.ts";
import type { RateWindowStore } from "./rate-windows.ts";
import type { SettingStore } from "./settings.ts";
import type { SourceMark, SourceStore } from "./source-store.ts";
import type { SubmissionStore } from "./submissions.ts";
import type { TrendingStore } from "./trending.ts";
import type { UpvoteStore } from "./upvotes.ts";

export type { Page, PageRequest } from "./paging.ts";

/** How entries of several days are put in order; ties by edition (newest first), then place, then id. */
export type EntryOrder = "edition" | "upvotes";

export type EntryQuery = PageRequest & {
  /** Both ends included; absent means all days. */
  range?: DateRange;
  order: EntryOrder;
  /** User name of the one who put the paper forward. */
  submitter?: string;
  /** Entries with fewer are left out. */
  upvotesMin?: number;
  /** As `topicKey` gives them: only papers listed under one of them. Empty means all. */
  topics?: readonly string[];
};

export type PaperStore = {
  /**
   * Takes records in, in order, in one transaction: all or none. Finds the paper by identifier (by title where there
   * is none), merges by the rules of `mergeFacts`, and gives each changed paper the next revision.
   * @param records 0..1000, already checked against `LIMITS`
   * @param mark where their source goes on, saved in the same transaction
   */
  takeIn(records: readonly IncomingRecord[], mark?: SourceMark): Promise<Outcome[]>;
  find(id: PaperId): Promise<Paper | null>;
  /** The paper that a name belongs to. */
  findByIdentifier(identifier: Identifier): Promise<PaperId | null>;
  /** In the order of `ids`, in one statement; unknown ones are left out. At most 1000. */
  listByIds(ids: readonly PaperId[]): Promise<ListedPaper[]>;
  /** Exact titles, folded as `titleKey` does. */
  listByTitle(title: string): Promise<ListedPaper[]>;
  /** @param key as `nameKey` gives it */
  listByAuthor(key: string, page: PageRequest): Promise<Page<ListedPaper>>;
  /** @param key as `topicKey` gives it */
  listByTopic(key: string, page: PageRequest): Promise<Page<ListedPaper>>;
  /** Topics with the most papers first. It looks at every paper: 0.4 s at 100,000 with six topics each, on a busy machine. @param limit 1..500 */
  listTopics(limit: number): Promise<{ topic: string; papers: number }[]>;
  /** All papers by publication date, newest first; `after` is the last paper of the page before. */
  listNewest(page: { limit: number; after?: PaperId }): Promise<ListedPaper[]>;
  /** Every edition the paper was in, newest first, with its place there. */
  editionsOf(id: PaperId): Promise<EditionEntry[]>;
  /** Words that the paper had before, oldest first; at most `VERSIONS_MAX`. */
  versionsOf(id: PaperId): Promise<EarlierWords[]>;
  /** Papers above a revision, by rising revision: what an index still has to learn. At most 5000. */
  listChangedSince(revision: number, limit: number): Promise<Paper[]>;
  /** Papers without an abstract or with an unverified fact, by id: what a refresh is for. */
  listIncomplete(limit: number): Promise<Paper[]>;
  count(): Promise<number>;
};

export type EditionStore = {
  /** The newest edition that holds papers, none later than `notAfter`. */
  latest(notAfter?: EditionDate): Promise<EditionDate | null>;
  /** Days that have an edition, oldest first, with the number of papers. */
  calendar(range: DateRange): Promise<{ date: EditionDate; papers: number }[]>;
  /** The nearest editions outside a range, on either side. */
  neighbours(range: DateRange): Promise<{ previous: EditionDate | null; next: EditionDate | null }>;
  listEntries(query: EntryQuery): Promise<Page<ListedPaper & { entry: EditionEntry }>>;
};

export type Store = {
  trending: TrendingStore;
  merges: MergeStore;
  papers: PaperStore;
  editions: EditionStore;
  subscribers: SubscriberStore;
  suppressions: SuppressionStore;
  digests: DigestStore;
  deliveries: DeliveryStore;
  outbox: OutboxStore;
  privateFeeds: PrivateFeedStore;
  hubPings: HubPingStore;
  settings: SettingStore;
  sources: SourceStore;
  links: LinkStore;
  citations: CitationStore;
  jobs: JobStore;
  accounts: AccountStore;
  upvotes: UpvoteStore;
  submissions: SubmissionStore;
  desk: DeskStore;
  notifications: NotificationStore;
  comments: CommentStore;
  ledger: LedgerStore;
  claims: ClaimStore;
  moderation: ModerationStore;
  invites: InviteStore;
  looks: LookStore;
  sessions: SessionStore;
  collections: CollectionStore;
  apiTokens: ApiTokenStore;
  rateWindows: RateWindowStore;
  /** For the library that signs people in, and for nothing else. */
  authDatabase: AuthDatabase;
  /** Grows with every committed change of papers and editions that a page could show. */
  version(): Promise<number>;
  /** Grows with every committed act of readers that a page could show: a vote, a pick, a comment. */
  activity(): Promise<number>;
  /** A name for the run of revisions since the database was made or restored; what follows revisions belongs to one. */
  epoch(): Promise<string>;
  /**
   * Gives the query planner fresh figures and reclaims space. A PostgreSQL server does this by itself; the embedded
   * database has nobody else to do it. Other statements wait: about a second at 100,000 papers.
   */
  tidy(): Promise<void>;
  /** Answers a trivial query, or throws. */
  ping(): Promise<void>;
  close(): Promise<void>;
};
