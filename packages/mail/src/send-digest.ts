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
import { createLanes, type Lanes, type ProviderLimit } from "./provider-lanes.ts";

/** Mails under way at once. With what is claimed at a time, this is the most that a crash leaves in doubt. */
const AT_ONCE = 10;
/** Deliveries claimed at a time: what a quarter of a second sends, so a slow sender leaves few in doubt, a fast one claims seldom. */
const CLAIM_MIN = 10;
const CLAIM_MAX = 50;
const CLAIMS_PER_MINUTE = 240;
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
export type Ended = {
  id: string;
  state: AfterAttempt["state"] | "skipped";
  reason: string;
  dueMs?: number;
  /** Nothing was tried: the claim counts for no attempt. */
  untried?: true;
};

/** What this needs of the store, for one digest. */
export type DeliveryQueue = {
  claim(limit: number): Promise<Claimed[]>;
  end(ends: readonly Ended[]): Promise<void>;
  /** When the next waiting one is due; null where none waits. */
  nextDue(): Promise<number | null>;
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
  /** What single providers take. */
  providers?: readonly ProviderLimit[];
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
  const { queue, clock } = options;
  const run = new Run(options);
  let stopped: string | null = null;
  for (;;) {
    stopped = await whyStop(options, { health: run.health, asksStore: run.held.length === 0 });
    if (stopped !== null || run.faults.length > 0) break;
    if (run.held.length === 0) run.held.push(...(await queue.claim(claimLimit(options))));
    if (run.held.length === 0 && run.underWay.size === 0 && !(await run.lingers())) break;
    await run.startWhatMay();
    await run.waitForChange();
  }
  await Promise.all(run.underWay);
  const now = clock();
  for (const { id } of run.held)
    await run.writer.write({ id, state: "waiting", dueMs: now, reason: "put back", untried: true });
  if (run.faults.length > 0) throw run.faults[0];
  return stopped === null ? run.summary : { ...run.summary, stopped };
}

/** How soon the next mail of a slow lane must be due for the sender to wait for it. */
const LINGER_MS = 60_000;
/** So that being told to stop, or switched off, is noticed. */
const NAP_MS = 1_000;

/** What is at hand and under way. */
class Run {
  readonly summary: SendSummary = { sent: 0, deferred: 0, refused: 0, doubtful: 0, skipped: 0 };
  readonly health = new Health();
  readonly writer: EndWriter;
  readonly underWay = new Set<Promise<void>>();
  readonly faults: unknown[] = [];
  held: Claimed[] = [];
  readonly #options: SendOptions;
  readonly #lanes: Lanes;
  readonly #throttle: Throttle;
  #napMs = 0;
  #putBack = false;

  constructor(options: SendOptions) {
    this.#options = options;
    this.#lanes = createLanes(options.providers ?? []);
    this.#throttle = new Throttle(options);
    this.writer = new EndWriter(options.queue);
  }

  /** Starts what the lanes let go; what has to wait for long goes back into the store. */
  async startWhatMay(): Promise<void> {
    const { clock, signal } = this.#options;
    const kept: Claimed[] = [];
    const perLane = new Map<string, number>();
    this.#napMs = NAP_MS;
    for (let one = this.held.shift(); one !== undefined; one = this.held.shift()) {
      if (this.underWay.size >= AT_ONCE || signal?.aborted || this.health.isIll() || this.faults.length > 0) {
        kept.push(one, ...this.held.splice(0));
        break;
      }
      const lane = this.#lanes.providerOf(one.email);
      const before = perLane.get(lane) ?? 0;
      const word = this.#lanes.ask(one.email, clock(), before);
      if (word.kind === "go") {
        await this.#throttle.take();
        this.#start(one);
      } else if (word.kind === "hold") {
        perLane.set(lane, before + 1);
        kept.push(one);
        this.#napMs = Math.min(this.#napMs, Math.max(word.ms, 1));
      } else {
        this.#putBack = true;
        const reason = "its provider gets no more for now";
        await this.writer.write({ id: one.id, state: "waiting", dueMs: word.dueMs, reason, untried: true });
      }
    }
    this.held = kept;
  }

  #start(delivery: Claimed): void {
    const { clock, onProgress } = this.#options;
    const { email } = delivery;
    this.#lanes.start(email, clock());
    const one = tryOnce(delivery, this.#options)
      .then(async ({ ended, result }) => {
        // What the whole server puts off says nothing about this provider.
        const putOff = result?.kind === "deferred" && result.scope === "recipient";
        this.#lanes.end(email, { putOff, nowMs: clock() });
        await this.writer.write(ended);
        count(this.summary, ended);
        this.health.take(result);
        onProgress?.(this.summary);
      })
      .catch((error: unknown) => void this.faults.push(error))
      .finally(() => this.underWay.delete(one));
    this.underWay.add(one);
  }

  async waitForChange(): Promise<void> {
    const waits = this.held.length > 0 && this.underWay.size < AT_ONCE;
    const nap = waits ? [this.#options.sleep(this.#napMs)] : [];
    if (nap.length + this.underWay.size > 0) await Promise.race([...this.underWay, ...nap]);
  }

  /** Where mails were put back for a slow lane, whether the next of them is worth waiting for; waits a little, then. */
  async lingers(): Promise<boolean> {
    const { queue, clock, sleep } = this.#options;
    if (!this.#putBack) return false;
    const dueMs = await queue.nextDue();
    if (dueMs === null || dueMs > clock() + LINGER_MS) return false;
    await sleep(Math.min(Math.max(dueMs - clock(), 1), NAP_MS));
    return true;
  }
}

function claimLimit({ perMinute }: SendOptions): number {
  return Math.round(Math.min(CLAIM_MAX, Math.max(CLAIM_MIN, perMinute / CLAIMS_PER_MINUTE)));
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
    return {
      ended: { id, state: "waiting", dueMs: fitMs, reason: "night where the reader is", untried: true },
      result: null,
    };
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

  isIll(): boolean {
    return this.silence() !== null || this.isSpent() !== null;
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
    const stepMs = MINUTE_MS / perMinute;
    // No more than a step, also where the clock was set back.
    const waitMs = Math.min(this.#freeMs - clock(), stepMs);
    if (waitMs >= 1) await sleep(waitMs);
    this.#freeMs = Math.max(Math.min(this.#freeMs, clock() + stepMs), clock()) + stepMs;
  }
}
