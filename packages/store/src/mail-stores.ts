/** What the store offers for mail: subscribers, digests, deliveries, suppressions. */
import type { Cadence, DeliveryState, Digest, Preferences, SubscriptionState } from "@paperwire/domain";

export type Subscriber = {
  id: string;
  email: string;
  state: SubscriptionState;
  preferences: Preferences;
  requestedAt: string;
  confirmedAt: string | null;
  leftAt: string | null;
  /** Why nothing is sent to the address, where that is so. */
  suppressed: string | null;
};

export type SubscriptionRequest = {
  /** As it is written to, and as it is compared: from `parseMailAddress`. */
  email: string;
  key: string;
  /** Where the wish came from, such as `web`; kept as proof. */
  source: string;
  /** Which text the form showed; kept as proof. */
  text: string;
};

/** Which mail the address gets now; `none` where it got enough today, or must not be written to. */
export type RequestAnswer =
  | { mail: "confirm"; confirmId: string; untilMs: number; email: string }
  | { mail: "known"; subscriberId: string; email: string }
  | { mail: "none" };

export type SubscriberStore = {
  /** Notes a wish. Nothing about the address is changed but who may be asked to confirm it. */
  request(wish: SubscriptionRequest): Promise<RequestAnswer>;
  /** The subscriber whom an open confirmation is for; null once used or expired. */
  findToConfirm(confirmId: string): Promise<Subscriber | null>;
  /** Uses a confirmation up. @returns null where it is used or expired: then nothing changed */
  confirm(confirmId: string): Promise<Subscriber | null>;
  find(id: string): Promise<Subscriber | null>;
  /** @returns whether there is such a subscriber */
  setPreferences(id: string, preferences: Preferences): Promise<boolean>;
  /** Leaving twice is leaving once. Deliveries that wait are not made any more. */
  leave(id: string): Promise<boolean>;
  /** Everything that is kept about one subscriber; null where nothing is. */
  exportData(id: string): Promise<object | null>;
  /** Forgets a subscriber and all deliveries; a suppression stays, as a hash. */
  erase(id: string): Promise<boolean>;
  count(): Promise<Record<SubscriptionState, number>>;
  /** Confirmed ones of a cadence, confirmed by then, by id. @param limit 1..5000 */
  listConfirmed(page: { cadence: Cadence; confirmedBy: string; after: string; limit: number }): Promise<Subscriber[]>;
};

/** What a reader should know about mail that does not reach them. */
export type MailTrouble = {
  /** `bounce` also where the server refused it at once. */
  kind: "bounce" | "complaint";
  reason: string;
  at: string;
  /** Nothing is sent any more. */
  stopped: boolean;
};

export type SuppressionStore = {
  /** @param key as `parseMailAddress` gives it */
  add(key: string, reason: string): Promise<void>;
  remove(key: string): Promise<void>;
  has(key: string): Promise<boolean>;
  count(): Promise<number>;
};

export type StoredDigest = {
  digest: Digest;
  checksum: string;
  composedAt: string;
  /** Null until every delivery is written down. */
  enlistedAt: string | null;
  paused: string | null;
};

export type DigestStore = {
  /** Freezes a digest; one that is there already stays as it is. @returns what is stored */
  add(digest: Digest): Promise<StoredDigest>;
  find(name: string): Promise<StoredDigest | null>;
  /** Why sending it stopped; null where it goes on. Cheap: asked between mails. */
  findPause(name: string): Promise<string | null>;
  /** Newest first. @param limit 1..100 */
  list(page: { cadence?: Cadence; limit: number }): Promise<StoredDigest[]>;
  setEnlisted(name: string): Promise<void>;
  /** @param reason null lets it go on */
  setPaused(name: string, reason: string | null): Promise<void>;
};

/** A delivery in the hands of this process. */
export type ClaimedDelivery = {
  id: string;
  subscriberId: string;
  email: string;
  preferences: Preferences;
  /** Including the one that is about to be made. */
  attempts: number;
};

export type DoubtfulDelivery = {
  id: string;
  digest: string;
  email: string;
  claimedAt: string | null;
  reason: string | null;
};

export type DeliveryEnd = {
  id: string;
  state: Exclude<DeliveryState, "sending">;
  reason: string;
  /** For `waiting`. */
  dueMs?: number;
  /** Nothing was tried: the claim counts for no attempt. */
  untried?: true;
};

export type DeliveryStore = {
  /** Writes deliveries down; one that is there already stays as it is. @returns how many are new */
  add(digest: string, deliveries: readonly { subscriberId: string; dueMs: number }[]): Promise<number>;
  /**
   * Takes deliveries that are due, for one attempt. Those whose subscriber left or is suppressed become `skipped`.
   * @param limit 1..100
   */
  claim(options: { digest: string; limit: number }): Promise<ClaimedDelivery[]>;
  /** How claimed deliveries ended; what is not `sending` any more stays as it is. */
  end(ends: readonly DeliveryEnd[]): Promise<void>;
  /** Deliveries claimed longer ago than this, whose process must be gone, become doubtful. @returns how many */
  doubtOlderThan(ms: number): Promise<number>;
  count(digest: string): Promise<Record<DeliveryState, number>>;
  /** When the next waiting one is due; null where none waits. */
  nextDue(digest: string): Promise<number | null>;
  listDoubtful(limit: number): Promise<DoubtfulDelivery[]>;
  /** A person's word on a doubtful delivery: it arrived, or it is to be sent again. @returns whether it was doubtful */
  resolve(id: string, verdict: "sent" | "again"): Promise<boolean>;
  /**
   * What came back for a delivery. One `hard` bounce or `complaint` suppresses the address; so do five failures within
   * thirty days.
   * @param report.id  of a delivery, or of a letter of the outbox
   * @returns `unknown` where there is neither any more
   */
  bounce(report: {
    id: string;
    kind: "hard" | "soft" | "complaint";
    reason: string;
  }): Promise<"suppressed" | "noted" | "unknown">;
  /** As `bounce`, for who knows the address only: it is about the newest delivery to it. @param emailKey in lower case */
  bounceTo(
    emailKey: string,
    report: { kind: "hard" | "soft" | "complaint"; reason: string },
  ): Promise<"suppressed" | "noted" | "unknown">;
  /** Why mail does not reach a subscriber; null where the newest did. */
  findTrouble(subscriberId: string): Promise<MailTrouble | null>;
  /** Sends a digest again to one subscriber, who asked for it. @returns whether there is such a delivery, ended */
  resend(digest: string, emailKey: string): Promise<boolean>;
};
