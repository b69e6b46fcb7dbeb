/** Where papers and editions are kept: one set of SQL on embedded PGlite or on PostgreSQL. */

export type {
  AccountStore,
  ApiToken,
  ApiTokenStore,
  AuthDatabase,
  Login,
  NewAccount,
  Passkey,
  SessionStore,
  StoredAccount,
  StoredSession,
  TokenScope,
} from "./account-stores.ts";
export type { Appeal } from "./appeals.ts";
export { type BackupOptions, backup } from "./backup.ts";
export type { CitationCount, CitationReport, CitationStore, Citations, StalePaper } from "./citation-store.ts";
export type { AuthorWord, ClaimStore, ClaimWithPeople } from "./claims.ts";
export {
  COLLECTION_LIMITS,
  type Collection,
  type CollectionItem,
  type CollectionStore,
} from "./collections.ts";
export type { CommentInList, CommentStore, CommentText, ReactionCount } from "./comments.ts";
export type { DeskOutcome, DeskStore, PickedPaper } from "./desk.ts";
export { type FolderLock, tryLockFolder } from "./embedded/folder-lock.ts";
export type { FormUse, Made } from "./form-uses.ts";
export type { HubPing, HubPingStore } from "./hub-pings.ts";
export type { StoredImage } from "./images.ts";
export { type Invite, type InviteStore, TREE_NODES_MAX } from "./invites.ts";
export type { JobStore, StoredJob } from "./job-store.ts";
export { type LedgerStore, sha256 } from "./ledger.ts";
export type { DueLink, LinkCheck, LinkStore, NamedLinks } from "./link-store.ts";
export type { LookCount, LookStore } from "./looks.ts";
export type {
  ClaimedDelivery,
  DeliveryEnd,
  DeliveryStore,
  DigestStore,
  DoubtfulDelivery,
  MailTrouble,
  RequestAnswer,
  StoredDigest,
  Subscriber,
  SubscriberStore,
  SubscriptionRequest,
  SuppressionStore,
} from "./mail-stores.ts";
export type { Merge, MergeId, MergeStore, NewMerge } from "./merge-store.ts";
export type { FlagInQueue, ModerationStore, QueueItem } from "./moderation.ts";
export type { Decision, Subject } from "./moderation-decision.ts";
export type { LogEntry } from "./moderation-log.ts";
export type { MailBundle, NewNotification, Notification, NotificationStore } from "./notifications.ts";
export type { StoreLocation } from "./open-database.ts";
export { openStore, type StoreOptions } from "./open-store.ts";
export { OUTBOX_WAITING_MAX } from "./outbox.ts";
export type { ClaimedPost, DoubtfulPost, NewPost, OutboxStore, PostEnd } from "./outbox-store.ts";
export type { PrivateFeed, PrivateFeedStore } from "./private-feeds.ts";
export { type RestoreOptions, restore } from "./restore.ts";
export type { SettingStore } from "./settings.ts";
export type { BatchRecord, BatchReport, SourceMark, SourceStore } from "./source-store.ts";
export type {
  EditionStore,
  EntryOrder,
  EntryQuery,
  Page,
  PageRequest,
  PaperStore,
  Store,
} from "./store.ts";
export type { NewSubmission, SentImage, Submission, SubmissionId, SubmissionStore } from "./submissions.ts";
export { MOST_RECORDS } from "./take-in.ts";
export { CANDIDATES_MAX, type CountSeen, type TrendingRow, type TrendingStore, type TrendingVote } from "./trending.ts";
export type { UpvoteCount, UpvoteStore } from "./upvotes.ts";
