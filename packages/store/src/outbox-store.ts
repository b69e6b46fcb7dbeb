/** What the store offers for single messages: put in, claimed, sent, marked; none is lost in a crash. */
import type { DeliveryState } from "@paperwire/domain";

/** A message as it is put in. The store does not look into it. */
export type NewPost = {
  /** By which way it leaves: `mail`, or the name of a configured channel. */
  channel: string;
  /** Address or account that it is for, as it is compared: by it a person's messages can be forgotten. */
  recipient: string;
  /** JSON, at most 256 kB. Wiped once it has been sent, for it may hold a sign-in link. */
  message: object;
  /**
   * What happens where a process was lost while it sent this: `again` where a second copy does no harm (a sign-in link),
   * `stop` where a person is to decide.
   */
  inDoubt: "again" | "stop";
  /** Not sent after that; at most 30 days from now. */
  expiresMs: number;
  /** Not sent before that; by default now. */
  dueMs?: number;
  /** Messages of one key are put in once, for ever: `edition 2025-03-28 to mastodon`. At most 200 characters. */
  once?: string;
};

/** A message in the hands of this process. */
export type ClaimedPost = {
  id: string;
  recipient: string;
  message: object;
  putMs: number;
  expiresMs: number;
  /** Including the one that is about to be made. */
  attempts: number;
};

export type PostEnd = {
  id: string;
  state: Exclude<DeliveryState, "sending">;
  reason: string;
  /** For `waiting`. */
  dueMs?: number;
};

export type DoubtfulPost = { id: string; channel: string; recipient: string; claimedAt: string; reason: string | null };

export type OutboxStore = {
  /**
   * Writes a message down: once this resolves, a crash does not lose it.
   * @returns its id; null where a message of the same `once` was put in before
   * @throws DomainError `too-many`: `OUTBOX_WAITING_MAX` of the channel wait already
   */
  put(post: NewPost): Promise<string | null>;
  /** Takes messages that are due, for one attempt; expired ones become `skipped`. @param limit 1..100 */
  claim(options: { channel: string; limit: number }): Promise<ClaimedPost[]>;
  /** How claimed messages ended; what is not `sending` any more stays as it is. */
  end(ends: readonly PostEnd[]): Promise<void>;
  /** Messages claimed longer ago than this, whose process must be gone: `again` ones wait again, others are doubtful. */
  releaseOlderThan(ms: number): Promise<{ waiting: number; doubtful: number }>;
  /** When the next waiting one is due; null where none waits. */
  nextDue(channel: string): Promise<number | null>;
  count(channel: string): Promise<Record<DeliveryState, number>>;
  /** Oldest first. @param limit 1..1000 */
  listDoubtful(limit: number): Promise<DoubtfulPost[]>;
  /** A person's word on a doubtful message. @returns whether it was doubtful */
  resolve(id: string, verdict: "sent" | "again"): Promise<boolean>;
  /** Who a message was for; null once it is forgotten. */
  recipientOf(id: string): Promise<string | null>;
  /** Forgets all messages for a recipient, also those that wait. @returns how many */
  forget(recipient: string): Promise<number>;
  /** Forgets messages that ended longer ago than this, but for the keys of those that may be put in once only. */
  tidy(ms: number): Promise<number>;
};
