/** Asks a source politely: in turn, with a name, again after a pause where that may help, bounded in every direction. */
import { DomainError, upstream } from "@paperwire/domain";
import { inDigits } from "../refusal.ts";
import { type Resolve, systemResolve } from "./address-guard.ts";
import { Failure } from "./failure.ts";
import { type HostTurns, houseOf, PAUSE_MS } from "./host-turns.ts";
import { type Answer, requestPage, type StrangerRules } from "./request.ts";

const TIMEOUT_MS = 30_000;
const BODY_BYTES_MAX = 10_485_760;
const ATTEMPTS_MAX = 4;
/** A longer wait is for another run; the request then fails and says how long was asked for. */
const RETRY_AFTER_MAX_MS = 120_000;
const BACK_OFF_MAX_MS = 60_000;
const CONTACT_CHARS_MAX = 200;

export type FetcherOptions = {
  /** Of the source, for sentences: "arXiv". */
  name: string;
  turns: HostTurns;
  /** Mail address or page of whoever runs this instance: a source writes there before it blocks. */
  contact?: string | undefined;
  resolve?: Resolve | undefined;
  /**
   * Addresses come from people who are not trusted: none but public ones are asked, at the usual ports, and redirects
   * lead to any public place.
   */
  stranger?: StrangerRules | undefined;
};

export type FetchRequest<T> = {
  url: URL;
  accept: string;
  /** Keys, which are never logged. They go to the address itself and to redirects within its host. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** JSON that is sent by POST. */
  json?: unknown;
  /** Statuses beside 200 that `read` is given, such as 404. */
  statuses?: readonly number[] | undefined;
  /** For the whole answer, reading included. */
  timeoutMs?: number | undefined;
  bodyBytesMax?: number | undefined;
  /** 1..4, the default. */
  attemptsMax?: number | undefined;
  /** What the source said of its last answer; it may then say that nothing changed. */
  unless?: { etag?: string | undefined; lastModified?: string | undefined } | undefined;
  signal?: AbortSignal | undefined;
  /** Called once per attempt with an answer of status 200, or one of `statuses`. A DomainError `upstream` means that another try may help. */
  read(answer: Answer): Promise<T>;
};

export type PoliteFetcher = {
  /**
   * @returns what `read` made of it, or null where the source says that nothing changed (status 304)
   * @throws DomainError `upstream`, after at most four attempts; whatever else `read` throws; the signal's reason
   */
  fetch<T>(request: FetchRequest<T>): Promise<T | null>;
};

export function createPoliteFetcher(options: FetcherOptions): PoliteFetcher {
  const { name, turns, contact, resolve = systemResolve, stranger } = options;
  const userAgent = `Paperwire/0.1 (${contactOf(contact)})`;

  async function attempt<T>(request: FetchRequest<T>, onPart: () => Promise<void>): Promise<T | null> {
    const { url, accept, timeoutMs = TIMEOUT_MS, bodyBytesMax = BODY_BYTES_MAX, unless, signal, read } = request;
    const { statuses = [], json } = request;
    const deadline = AbortSignal.timeout(timeoutMs);
    const headers: Record<string, string> = { ...request.headers, "user-agent": userAgent, accept };
    const body = json === undefined ? undefined : JSON.stringify(json);
    if (body !== undefined) headers["content-type"] = "application/json";
    if (unless?.etag) headers["if-none-match"] = unless.etag;
    if (unless?.lastModified) headers["if-modified-since"] = unless.lastModified;
    const both = signal ? AbortSignal.any([signal, deadline]) : deadline;
    try {
      const sent = { name, headers, bodyBytesMax, resolve, signal: both, onPart, body, stranger };
      return await requestPage(url, sent, async (answer) => {
        if (answer.status === 304) return null;
        if (answer.status !== 200 && !statuses.includes(answer.status)) throw refusalOf(name, answer);
        return await read(answer);
      });
    } catch (error) {
      throw signal?.aborted ? signal.reason : explain(error, deadline, name, timeoutMs);
    }
  }

  return {
    async fetch(request) {
      const { url, signal, attemptsMax = ATTEMPTS_MAX } = request;
      for (let count = 1; ; count++) {
        try {
          return await turns.run(
            houseOf(url.host),
            (turn) =>
              attempt(request, turn.touch).catch((error: unknown) => {
                if (error instanceof Failure) turn.postpone(pauseAfter(error, count, attemptsMax));
                throw error;
              }),
            signal,
          );
        } catch (error) {
          if (!(error instanceof Failure)) throw error;
          if (error.retryAfterMs === null || count >= attemptsMax) throw upstream(error.message, error);
          if (error.retryAfterMs > RETRY_AFTER_MAX_MS) throw upstream(withWait(error, error.retryAfterMs), error);
        }
      }
    },
  };
}

/** Nobody else asks in the meantime, either: the source asked for it. Not after the last try, which others need not pay for. */
function pauseAfter({ retryAfterMs }: Failure, count: number, attemptsMax: number): number {
  if (retryAfterMs === null || (count >= attemptsMax && retryAfterMs === 0)) return 0;
  if (retryAfterMs > RETRY_AFTER_MAX_MS) return RETRY_AFTER_MAX_MS;
  return Math.max(retryAfterMs, Math.min(PAUSE_MS * 2 ** count, BACK_OFF_MAX_MS));
}

function withWait(error: Failure, waitMs: number): string {
  return `${error.message} It asks to wait ${inDigits(Math.ceil(waitMs / 1_000))} s.`;
}

/** Errors of the network have many names; what a reader threw on purpose keeps its own. */
function explain(error: unknown, deadline: AbortSignal, name: string, timeoutMs: number): unknown {
  if (error instanceof Failure && error.retryAfterMs === null) return error;
  if (deadline.aborted) {
    return new Failure(`${name} did not answer within ${inDigits(timeoutMs)} ms.`, 0, { cause: error });
  }
  if (error instanceof Failure) return error;
  if (error instanceof DomainError) {
    return error.code === "upstream" ? new Failure(error.message, 0, { cause: error }) : error;
  }
  const code = error instanceof Error ? String(codeOf(error)) : "";
  const isOfNetwork =
    error instanceof Error && ("syscall" in error || NETWORK_CODES.has(code) || OF_CONNECTION.test(code));
  return isOfNetwork ? new Failure(`${name} cannot be reached.`, 0, { cause: error }) : error;
}

const codeOf = (error: Error) => (error as NodeJS.ErrnoException).code;
const NETWORK_CODES = new Set([
  "ECONNRESET",
  "EPIPE",
  "ABORT_ERR",
  "ERR_STREAM_PREMATURE_CLOSE",
  "HPE_INVALID_CONSTANT",
]);

/** Certificates that are not good, answers that are no HTTP, packed bodies that are none. */
const OF_CONNECTION =
  /^(?:HPE_|ERR_TLS|ERR_SSL|ERR_HTTP|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|EPROTO|Z_)/;

function refusalOf(name: string, answer: Answer): Failure {
  const passing = answer.status === 429 || answer.status >= 500;
  return new Failure(`${name} answers with status ${answer.status}.`, passing ? retryAfterOf(answer) : null);
}

/** Seconds, or a date against the server's own clock. @source RFC 9110, 10.2.3 */
function retryAfterOf(answer: Answer): number {
  const said = answer.header("retry-after")?.trim() ?? "";
  if (/^\d{1,9}$/.test(said)) return Number(said) * 1_000;
  const wait = Date.parse(said) - Date.parse(answer.header("date") ?? "");
  return wait > 0 ? wait : 0;
}

/** Fit for a header: visible ASCII. */
function contactOf(contact: string | undefined): string {
  const plain = (contact ?? "").replace(/[^\x20-\x7e]|[()]/g, "").trim();
  return plain.slice(0, CONTACT_CHARS_MAX) || "no contact given";
}
