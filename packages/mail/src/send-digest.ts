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

/** Deliveries claimed at a time, while as many are under way: twice this is the most that a crash leaves in doubt. */
const CLAIM_LIMIT = 10;
const AT_ONCE = 10;
/** After so many in a row that the server did not take, for whomever they were, the rest can wait for it. */
const SILENT_MAX = 10;
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
  const { queue, onProgress } = options;
  const summary: SendSummary = { sent: 0, deferred: 0, refused: 0, doubtful: 0, skipped: 0 };
  const health = new Health();
  const throttle = new Throttle(options);
  const writer = new EndWriter(queue);
  const underWay = new Set<Promise<void>>();
  const faults: unknown[] = [];
  const start = (delivery: Claimed) => {
    const one = tryOnce(delivery, options)
      .then(async ({ ended, result }) => {
        await writer.write(ended);
        count(summary, ended);
        health.take(result);
        onProgress?.(summary);
      })
      .catch((error: unknown) => void faults.push(error))
      .finally(() => underWay.delete(one));
    underWay.add(one);
  };
  let held: Claimed[] = [];
  let stopped: string | null = null;
  for (;;) {
    stopped = await whyStop(options, { health, asksStore: held.length === 0 });
    if (stopped !== null || faults.length > 0) break;
    if (held.length === 0) held = await queue.claim(CLAIM_LIMIT);
    if (held.length === 0 && underWay.size === 0) break;
    while (held.length > 0 && underWay.size < AT_ONCE) {
      await throttle.take();
      start(held.shift()!);
    }
    await Promise.race(underWay);
  }
  await Promise.all(underWay);
  const now = options.clock();
  for (const { id } of held) await writer.write({ id, state: "waiting", dueMs: now, reason: "put back" });
  if (faults.length > 0) throw faults[0];
  return stopped === null ? summary : { ...summary, stopped };
}

async function whyStop(
  { queue, signal }: SendOptions,
  { health, asksStore }: { health: Health; asksStore: boolean },
): Promise<string | null> {
  if (signal?.aborted) return "told to stop";
  const silent = health.silence();
  if (silent !== null) return `the mail server does not take mail: ${silent}`;
  const spent = health.isSpent();
  if (spent !== null) {
    const why = `${BUDGET_FAILURES} of the last ${BUDGET_WINDOW} mails failed; the last word was: ${spent}`;
    await queue.pause(why);
    return why;
  }
  return asksStore ? queue.stopReason() : null;
}

type Attempt = { ended: Ended; result: SendResult | null };

async function tryOnce(
  { id, subscriberId, email, preferences, attempts }: Claimed,
  { digest, desk, clock }: Pick<SendOptions, "digest" | "desk" | "clock">,
): Promise<Attempt> {
  const nowMs = clock();
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

/** How the last attempts went, whatever the order in which they ended. */
class Health {
  #lastReason = "";
  #silentRun = 0;
  readonly #window: boolean[] = [];

  take(result: SendResult | null): void {
    if (result === null) return;
    const failed = result.kind !== "accepted";
    if (failed) this.#lastReason = result.reason;
    this.#silentRun = result.kind === "deferred" && result.scope === "server" ? this.#silentRun + 1 : 0;
    this.#window.push(failed);
    if (this.#window.length > BUDGET_WINDOW) this.#window.shift();
  }

  /** The server's last word where it takes nothing, for nobody. */
  silence(): string | null {
    return this.#silentRun >= SILENT_MAX ? this.#lastReason : null;
  }

  /** The last failure where there were too many. */
  isSpent(): string | null {
    return this.#window.filter((failed) => failed).length >= BUDGET_FAILURES ? this.#lastReason : null;
  }
}

/** Writes down how deliveries ended: each at once, but all that end while a statement runs by the next one. */
class EndWriter {
  readonly #queue: Pick<DeliveryQueue, "end">;
  #waiting: Ended[] = [];
  #next: Promise<void> | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(queue: Pick<DeliveryQueue, "end">) {
    this.#queue = queue;
  }

  /** Resolves once it is in the store. */
  write(ended: Ended): Promise<void> {
    this.#waiting.push(ended);
    this.#next ??= this.#writeNext();
    return this.#next;
  }

  async #writeNext(): Promise<void> {
    await this.#running.catch(() => undefined);
    const ends = this.#waiting;
    this.#waiting = [];
    this.#running = this.#queue.end(ends);
    this.#next = null;
    await this.#running;
  }
}

/** Spreads mails evenly over the minute. */
class Throttle {
  readonly #options: Pick<SendOptions, "clock" | "sleep" | "perMinute">;
  #freeMs = 0;

  constructor(options: Pick<SendOptions, "clock" | "sleep" | "perMinute">) {
    this.#options = options;
  }

  async take(): Promise<void> {
    const { clock, sleep, perMinute } = this.#options;
    const waitMs = this.#freeMs - clock();
    if (waitMs >= 1) await sleep(waitMs);
    this.#freeMs = Math.max(this.#freeMs, clock()) + MINUTE_MS / perMinute;
  }
}
