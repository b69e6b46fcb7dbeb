/**
 * Sends what is due of one digest: claim, send, mark. A claim is committed before its mail leaves, so whatever happens to
 * this process, nobody is mailed twice by itself; what it held is in doubt for a person to decide.
 */
import {
  type AfterAttempt,
  afterAttempt,
  afterQuietHours,
  type Clock,
  type Digest,
  type Preferences,
  type SendResult,
} from "@paperwire/domain";
import type { MailDesk } from "./mail-desk.ts";

/** Deliveries that one process holds, which is the most that a crash leaves in doubt. */
const CLAIM_LIMIT = 10;
/** Longer than every time limit of one attempt together: a claim that is older has no process any more. */
export const CLAIM_LOST_MS = 30 * 60_000;
/** Of this many last attempts… */
const BUDGET_WINDOW = 50;
/** …so many may fail before the digest is paused for a person to look at. */
const BUDGET_FAILURES = 15;
const MINUTE_MS = 60_000;

export type Claimed = { id: string; subscriberId: string; email: string; preferences: Preferences; attempts: number };
export type Ended = { id: string; state: AfterAttempt["state"] | "skipped"; reason: string; dueMs?: number };

/** What this needs of the store, for one digest. */
export type DeliveryQueue = {
  claim(limit: number): Promise<Claimed[]>;
  end(ends: readonly Ended[]): Promise<void>;
  /** Why nothing may be sent now; null where it may. */
  stopReason(): Promise<string | null>;
  pause(reason: string): Promise<void>;
};

export type SendOptions = {
  digest: Digest;
  desk: Pick<MailDesk, "digestMessage" | "transport">;
  queue: DeliveryQueue;
  clock: Clock;
  sleep(ms: number): Promise<void>;
  /** Mails handed over in a minute, at most. */
  perMinute: number;
  /** Ends after the mails that are on their way. */
  signal?: AbortSignal;
  onProgress?(summary: SendSummary): void;
};

export type SendSummary = {
  sent: number;
  deferred: number;
  refused: number;
  doubtful: number;
  skipped: number;
  /** Why it ended before everything due was tried. */
  stopped?: string;
};

export async function sendDigest(options: SendOptions): Promise<SendSummary> {
  const { queue, signal, onProgress } = options;
  const summary: SendSummary = { sent: 0, deferred: 0, refused: 0, doubtful: 0, skipped: 0 };
  const budget = new ErrorBudget();
  const throttle = new Throttle(options);
  for (;;) {
    if (signal?.aborted) return { ...summary, stopped: "told to stop" };
    const reason = await queue.stopReason();
    if (reason !== null) return { ...summary, stopped: reason };
    await throttle.wait();
    const claimed = await queue.claim(CLAIM_LIMIT);
    if (claimed.length === 0) return summary;
    const attempts = await Promise.all(claimed.map((delivery) => deliver(delivery, options)));
    throttle.count(attempts.length);
    for (const attempt of attempts) count(summary, attempt.ended);
    onProgress?.(summary);
    const results = attempts.map((attempt) => attempt.result).filter((result) => result !== null);
    const silent = silentServer(results);
    if (silent !== null) return { ...summary, stopped: silent };
    budget.take(results);
    if (budget.isSpent()) {
      const why = `${BUDGET_FAILURES} of the last ${BUDGET_WINDOW} mails failed; the last word was: ${budget.lastReason}`;
      await queue.pause(why);
      return { ...summary, stopped: why };
    }
  }
}

type Attempt = { ended: Ended; result: SendResult | null };

/** One delivery from claim to mark. */
async function deliver(delivery: Claimed, { digest, desk, queue, clock }: SendOptions): Promise<Attempt> {
  const attempt = await tryOnce(delivery, { digest, desk, nowMs: clock() });
  await queue.end([attempt.ended]);
  return attempt;
}

async function tryOnce(
  { id, subscriberId, email, preferences, attempts }: Claimed,
  { digest, desk, nowMs }: Pick<SendOptions, "digest" | "desk"> & { nowMs: number },
): Promise<Attempt> {
  const fitMs = afterQuietHours(nowMs, preferences);
  if (fitMs > nowMs)
    return { ended: { id, state: "waiting", dueMs: fitMs, reason: "night where the reader is" }, result: null };
  const message = desk.digestMessage({ deliveryId: id, subscriberId, to: email, digest, wishes: preferences, nowMs });
  if (message === null)
    return { ended: { id, state: "skipped", reason: "nothing in it fits the wishes" }, result: null };
  const result = await desk.transport.send(message);
  return { ended: { id, ...afterAttempt(result, { attempts, nowMs }) }, result };
}

function count(summary: SendSummary, { state }: Ended): void {
  if (state === "sent") summary.sent++;
  else if (state === "waiting") summary.deferred++;
  else if (state === "refused") summary.refused++;
  else if (state === "doubt") summary.doubtful++;
  else summary.skipped++;
}

/** Where the server took none of a batch, and not for the recipients' sake, the rest can wait for it. */
function silentServer(results: readonly SendResult[]): string | null {
  const ofServer = results.filter((result) => result.kind === "deferred" && result.scope === "server");
  const [first] = ofServer;
  return first?.kind === "deferred" && ofServer.length === results.length
    ? `the mail server does not take mail: ${first.reason}`
    : null;
}

class ErrorBudget {
  lastReason = "";
  readonly #window: boolean[] = [];

  take(results: readonly SendResult[]): void {
    for (const result of results) {
      const failed = result.kind !== "accepted";
      if (failed) this.lastReason = result.reason;
      this.#window.push(failed);
    }
    this.#window.splice(0, this.#window.length - BUDGET_WINDOW);
  }

  isSpent(): boolean {
    return this.#window.filter((failed) => failed).length >= BUDGET_FAILURES;
  }
}

/** Spreads mails over the minute, a batch at a time. */
class Throttle {
  readonly #options: Pick<SendOptions, "clock" | "sleep" | "perMinute">;
  #freeMs = 0;

  constructor(options: Pick<SendOptions, "clock" | "sleep" | "perMinute">) {
    this.#options = options;
  }

  async wait(): Promise<void> {
    const waitMs = this.#freeMs - this.#options.clock();
    if (waitMs > 0) await this.#options.sleep(Math.min(waitMs, MINUTE_MS * CLAIM_LIMIT));
  }

  count(mails: number): void {
    const { clock, perMinute } = this.#options;
    this.#freeMs = Math.max(this.#freeMs, clock()) + (mails * MINUTE_MS) / perMinute;
  }
}
