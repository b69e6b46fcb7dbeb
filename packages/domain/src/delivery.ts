/** One digest to one subscriber: the states it goes through, when it is due, what happens after an attempt. */

/**
 * `waiting` until it is due; `sending` while a process holds it; then one of the ends. `doubt`: a process ended, or the
 * connection broke, after the message may have been taken; only a person can say, so nothing is sent again by itself.
 */
export type DeliveryState = "waiting" | "sending" | "sent" | "refused" | "skipped" | "doubt";
export const DELIVERY_STATES: readonly DeliveryState[] = ["waiting", "sending", "sent", "refused", "skipped", "doubt"];

/** The kill switch among the settings: any value but `off` lets digests out. */
export const SENDING_SETTING = "digest-sending";

/** What a mail server made of a message. */
export type SendResult =
  /** It took the responsibility. */
  | { kind: "accepted"; response: string }
  /** It certainly did not take it; a later attempt may do. `server` where the fault is not this recipient's. */
  | { kind: "deferred"; reason: string; scope: "recipient" | "server" }
  /** It never will. */
  | { kind: "refused"; reason: string }
  /** Everything was sent and no answer came: it may be delivered, or not. */
  | { kind: "unknown"; reason: string };

export type AfterAttempt =
  | { state: "sent" | "refused" | "doubt"; reason: string }
  | { state: "waiting"; dueMs: number; reason: string };

/** A recipient is given up on after this many attempts: about a day and a half. */
export const ATTEMPTS_MAX = 8;
const FIRST_RETRY_MS = 5 * 60_000;
const LONGEST_RETRY_MS = 12 * 3_600_000;

/** 5 min, 15 min, 45 min: three times as long each time, at most twelve hours. @param attempts made so far, 1.. */
export function retryDelayMs(attempts: number): number {
  return Math.min(FIRST_RETRY_MS * 3 ** (attempts - 1), LONGEST_RETRY_MS);
}

/** @param attempts including the one that gave `result` */
export function afterAttempt(
  result: SendResult,
  { attempts, nowMs }: { attempts: number; nowMs: number },
): AfterAttempt {
  if (result.kind === "accepted") return { state: "sent", reason: result.response };
  if (result.kind === "refused") return { state: "refused", reason: result.reason };
  if (result.kind === "unknown") return { state: "doubt", reason: result.reason };
  if (attempts >= ATTEMPTS_MAX)
    return { state: "refused", reason: `Given up after ${attempts} attempts: ${result.reason}` };
  return { state: "waiting", dueMs: nowMs + retryDelayMs(attempts), reason: result.reason };
}

const HOUR_MS = 3_600_000;
/** Zones differ from UTC by quarters of an hour. */
const STEP_MS = 15 * 60_000;
/** A day has 25 hours at most; one more for an hour that a change of clocks leaves out. */
const STEPS_MAX = (26 * HOUR_MS) / STEP_MS;

/**
 * The first instant at or after `fromMs` at which the local clock shows `hour`. Where a change of clocks leaves the hour
 * out, the first one after it. Within the hour already, it is now.
 */
export function dueAt(fromMs: number, { hour, timeZone }: { hour: number; timeZone: string }): number {
  const local = localHours(timeZone);
  if (local(fromMs) === hour) return fromMs;
  let before = local(fromMs);
  for (let at = Math.ceil((fromMs + 1) / STEP_MS) * STEP_MS, step = 0; step < STEPS_MAX; at += STEP_MS, step++) {
    const now = local(at);
    if (now === hour || skipped(before, hour, now)) return at;
    before = now;
  }
  return fromMs;
}

/** From 22 to 6 nobody's telephone is to ring, unless that is the hour which the reader chose. */
const QUIET_FROM = 22;
const QUIET_UNTIL = 6;

/** @returns `nowMs` where it is a fit hour, else the end of the quiet ones: for mail that is late */
export function afterQuietHours(nowMs: number, { hour, timeZone }: { hour: number; timeZone: string }): number {
  const now = localHours(timeZone)(nowMs);
  const quiet = (one: number) => one >= QUIET_FROM || one < QUIET_UNTIL;
  if (!quiet(now) || now === hour) return nowMs;
  return dueAt(nowMs, { hour: quiet(hour) ? hour : QUIET_UNTIL, timeZone });
}

function skipped(before: number, hour: number, now: number): boolean {
  return now - before > 1 && before < hour && hour < now;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
/** Every zone there is. */
const FORMATTERS_MAX = 600;

/** Making a formatter costs fifty times as much as using one. */
function localHours(timeZone: string): (ms: number) => number {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    if (formatters.size >= FORMATTERS_MAX) formatters.clear();
    formatter = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", hourCycle: "h23" });
    formatters.set(timeZone, formatter);
  }
  return (ms) => Number(formatter.format(ms));
}
