/**
 * Single mails: written down in the outbox before the page that asked for them answers, sent behind its back. None is
 * lost in a crash, and nobody can tell from an answer's speed how the mail server fared.
 */
import type { Clock, SendResult } from "@paperwire/domain";
import { loggable } from "./loggable.ts";
import type { MailDesk } from "./mail-desk.ts";
import type { Letter } from "./message.ts";

/** The outbox's channel for mail. */
export const MAIL_CHANNEL = "mail";

const CLAIM_LIMIT = 10;
/** Claimed mails under way at once. */
const AT_ONCE = 2;
/** After so many in a row that the server did not take, the rest can wait for it. */
const SILENT_MAX = 3;
const FIRST_RETRY_MS = 20_000;
const LONGEST_RETRY_MS = 30 * 60_000;
/** Connecting, greeting and two silences of the transport take less: a claim that is older has no process any more. */
export const POST_LOST_MS = 5 * 60_000;
/** What became of a mail is kept for this long. */
const KEPT_MS = 30 * 86_400_000;
const DAY_MS = 86_400_000;

export type PostOptions = {
  /** Not sent after that; by default a day from now, at most 30 days. */
  expiresMs?: number;
  /**
   * What happens where a crash leaves open whether it was sent: `again`, the default, for links that somebody waits for,
   * where a second copy does no harm; `stop` for what nobody should get twice: then a person decides.
   */
  inDoubt?: "again" | "stop";
  /** Mails of one key are taken once, for ever. */
  once?: string;
};

/** Where single mails are handed in. */
export type Post = {
  /**
   * Resolves once the mail is written down: from then on a crash does not lose it.
   * @returns false where a mail of the same `once` was handed in before
   * @throws DomainError `too-many`: too many wait already
   */
  send(letter: Letter, options?: PostOptions): Promise<boolean>;
  /** Sends what is due, also of other processes and of before a crash. Called by a timer. */
  round(): Promise<void>;
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>;
  /** Ends after the mails that are under way; the rest waits for the next start. */
  stop(): Promise<void>;
};

/** What this needs of the store. */
export type MailOutbox = {
  put(post: {
    channel: string;
    recipient: string;
    message: object;
    inDoubt: "again" | "stop";
    expiresMs: number;
    once?: string;
  }): Promise<string | null>;
  claim(options: { channel: string; limit: number }): Promise<ClaimedLetter[]>;
  end(ends: readonly PostEnd[]): Promise<void>;
  releaseOlderThan(ms: number): Promise<{ waiting: number; doubtful: number }>;
  tidy(ms: number): Promise<number>;
};

type ClaimedLetter = { id: string; message: object; putMs: number; expiresMs: number; attempts: number };
type PostEnd = { id: string; state: "waiting" | "sent" | "refused" | "doubt"; reason: string; dueMs?: number };

type PostParts = {
  outbox: MailOutbox;
  desk: Pick<MailDesk, "seal" | "transport">;
  clock: Clock;
  /** Told why a mail was not accepted; never the address. */
  onProblem(reason: string): void;
};

export function createPost(parts: PostParts): Post {
  const { outbox, clock, onProblem } = parts;
  let running: Promise<void> | null = null;
  let again = false;
  const stopping = new AbortController();
  /** A server that takes nothing is left alone until then, whoever hands in more. */
  let quietUntilMs = Number.NEGATIVE_INFINITY;
  let tidiedMs = Number.NEGATIVE_INFINITY;
  /** No longer than a pause is, also where the clock was set back. */
  const isQuiet = () => clock() < quietUntilMs && quietUntilMs <= clock() + FIRST_RETRY_MS;
  const drain = async () => {
    while (again && !stopping.signal.aborted) {
      again = false;
      if (isQuiet()) return;
      const outcome = await sendDue(parts, stopping.signal);
      if (outcome === "silent") quietUntilMs = clock() + FIRST_RETRY_MS;
    }
  };
  const wake = (): void => {
    again = true;
    running ??= drain()
      .catch((error: unknown) => onProblem(loggable(wordsOf(error))))
      .finally(() => {
        running = null;
        // Handed in between the last look and now.
        if (again && !isQuiet() && !stopping.signal.aborted) wake();
      });
  };
  const idle = async (): Promise<void> => {
    if (running === null) return;
    await running;
    await idle();
  };
  return {
    send: async (letter, { expiresMs = clock() + DAY_MS, inDoubt = "again", once } = {}) => {
      const key = once === undefined ? {} : { once };
      const recipient = letter.to.toLowerCase();
      const id = await outbox.put({ channel: MAIL_CHANNEL, recipient, message: letter, inDoubt, expiresMs, ...key });
      if (id !== null) wake();
      return id !== null;
    },
    round: async () => {
      const { doubtful } = await outbox.releaseOlderThan(POST_LOST_MS);
      if (doubtful > 0) onProblem(`${doubtful} mails are in doubt: see /desk/mail`);
      if (clock() - tidiedMs >= DAY_MS) {
        await outbox.tidy(KEPT_MS);
        tidiedMs = clock();
      }
      wake();
      await running;
    },
    idle,
    stop: () => {
      stopping.abort();
      return idle();
    },
  };
}

async function sendDue(
  { outbox, desk, clock, onProblem }: PostParts,
  stopping: AbortSignal,
): Promise<"done" | "silent"> {
  let silent = 0;
  while (!stopping.aborted) {
    const held = await outbox.claim({ channel: MAIL_CHANNEL, limit: CLAIM_LIMIT });
    if (held.length === 0) return "done";
    const carry = async (): Promise<void> => {
      for (let one = held.shift(); one !== undefined; one = held.shift()) {
        const ended =
          silent >= SILENT_MAX || stopping.aborted
            ? putOff(one, { reason: "put back", nowMs: clock() })
            : await attempt(one, { desk, clock, onProblem });
        silent = ended.silent ? silent + 1 : 0;
        await outbox.end([ended.end]);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, carry));
    if (silent >= SILENT_MAX) return "silent";
  }
  return "done";
}

type Attempted = { end: PostEnd; silent: boolean };

async function attempt(
  claimed: ClaimedLetter,
  { desk, clock, onProblem }: Pick<PostParts, "desk" | "clock" | "onProblem">,
): Promise<Attempted> {
  const { id, putMs } = claimed;
  let result: SendResult;
  try {
    result = await desk.transport.send(desk.seal(claimed.message as Letter, { id, nowMs: putMs }));
  } catch (error) {
    // Nothing left this machine: it could not even be written as a mail.
    onProblem(loggable(wordsOf(error)));
    return { end: { id, state: "refused", reason: wordsOf(error) }, silent: false };
  }
  if (result.kind === "accepted") return { end: { id, state: "sent", reason: result.response }, silent: false };
  onProblem(`a mail was not accepted: ${loggable(result.reason)}`);
  if (result.kind === "refused") return { end: { id, state: "refused", reason: result.reason }, silent: false };
  if (result.kind === "unknown") return { end: { id, state: "doubt", reason: result.reason }, silent: false };
  const { end } = putOff(claimed, { reason: result.reason, nowMs: clock() });
  return { end, silent: result.scope === "server" };
}

/** 20 s, 1 min, 3 min, at most half an hour: somebody is waiting for it. */
function putOff({ id, attempts, expiresMs }: ClaimedLetter, { reason, nowMs }: { reason: string; nowMs: number }) {
  const dueMs = nowMs + Math.min(FIRST_RETRY_MS * 3 ** Math.min(attempts - 1, 10), LONGEST_RETRY_MS);
  const end: PostEnd =
    dueMs < expiresMs
      ? { id, state: "waiting", dueMs, reason }
      : { id, state: "refused", reason: `Given up after ${attempts} attempts: ${reason}` };
  return { end, silent: true };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
