/** Asks arXiv's query API politely: one request at a time, three seconds apart, bounded in every direction. */
import { type Clock, DomainError, upstream } from "@paperwire/domain";
import { inDigits } from "../refusal.ts";
import { type ArxivFeed, parseFeed } from "./feed.ts";

export const ARXIV_API_URL = "https://export.arxiv.org/api/query";
/** Ids per request: their list stays below what servers take as an address. */
export const IDS_PER_REQUEST = 100;
/** @source https://info.arxiv.org/help/api/tou.html: one request every three seconds, one connection */
const PAUSE_MS = 3_000;
const TIMEOUT_MS = 30_000;
const BODY_BYTES_MAX = 10_485_760;
const ATTEMPTS_MAX = 4;
/** A longer wait is for another run; the request then fails and says how long was asked for. */
const RETRY_AFTER_MAX_MS = 120_000;
const REDIRECTS_MAX = 3;
const CONTACT_CHARS_MAX = 200;

/** Where entries come from: arXiv, or a test. */
export type ArxivSource = {
  /**
   * @param ids 1..`IDS_PER_REQUEST` arXiv ids without version
   * @returns in any order; ids that arXiv does not know are left out
   * @throws DomainError `upstream`
   */
  fetchEntries(ids: readonly string[], signal?: AbortSignal): Promise<ArxivFeed>;
};

export type ArxivClientOptions = {
  /** Mail address or page of whoever runs this instance: arXiv writes there before it blocks. */
  contact?: string;
  clock: Clock;
  /** Rejects when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** http or https; tests speak to a server on this machine. */
  baseUrl?: string;
  timeoutMs?: number;
};

/** What went wrong, and whether another try may help. */
class Failure extends Error {
  readonly retryAfterMs: number | null;

  /** @param retryAfterMs null where a repetition would fail in the same way; 0 where nothing was asked for */
  constructor(reason: string, retryAfterMs: number | null, options?: ErrorOptions) {
    super(reason, options);
    this.retryAfterMs = retryAfterMs;
  }
}

export function createArxivClient(options: ArxivClientOptions): ArxivSource {
  const { clock, sleep, baseUrl = ARXIV_API_URL, timeoutMs = TIMEOUT_MS } = options;
  const userAgent = `Paperwire/0.1 (${contactOf(options.contact)})`;
  let lastEndedAt = Number.NEGATIVE_INFINITY;
  let queue: Promise<unknown> = Promise.resolve();

  async function request(url: URL, signal?: AbortSignal): Promise<ArxivFeed> {
    const wait = lastEndedAt + PAUSE_MS - clock();
    if (wait > 0) await sleep(wait, signal);
    const deadline = AbortSignal.timeout(timeoutMs);
    try {
      const response = await follow(url, userAgent, signal ? AbortSignal.any([signal, deadline]) : deadline);
      return readFeed(await boundedBody(response));
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (error instanceof Failure) throw error;
      const reason = deadline.aborted
        ? `arXiv did not answer within ${inDigits(timeoutMs)} ms.`
        : "arXiv cannot be reached.";
      throw new Failure(reason, 0, { cause: error });
    } finally {
      lastEndedAt = clock();
    }
  }

  async function withRetries(url: URL, signal?: AbortSignal): Promise<ArxivFeed> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await request(url, signal);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        const { retryAfterMs } = error;
        if (retryAfterMs === null || attempt === ATTEMPTS_MAX) throw upstream(error.message, error);
        if (retryAfterMs > RETRY_AFTER_MAX_MS) {
          throw upstream(`${error.message} It asks to wait ${inDigits(Math.ceil(retryAfterMs / 1_000))} s.`, error);
        }
        await sleep(Math.max(retryAfterMs, PAUSE_MS * 2 ** attempt), signal);
      }
    }
  }

  return {
    fetchEntries(ids, signal) {
      if (ids.length === 0 || ids.length > IDS_PER_REQUEST) throw new RangeError(`${ids.length} ids in one request`);
      const url = new URL(baseUrl);
      url.searchParams.set("id_list", ids.join(","));
      // Its own default is 10, whatever the length of the list.
      url.searchParams.set("max_results", String(ids.length));
      const answer = queue.then(() => withRetries(url, signal));
      queue = answer.catch(() => undefined);
      return answer;
    },
  };
}

/** Redirects are followed within the host only, and never from https to http: nobody else learns what is asked. */
async function follow(start: URL, userAgent: string, signal: AbortSignal): Promise<Response> {
  let url = start;
  for (let step = 0; step <= REDIRECTS_MAX; step++) {
    const headers = { "user-agent": userAgent, accept: "application/atom+xml" };
    const response = await fetch(url, { headers, signal, redirect: "manual" });
    if (response.status < 300 || response.status >= 400) return checked(response);
    await response.body?.cancel();
    const next = URL.parse(response.headers.get("location") ?? "", url.href);
    const downgrade = next?.protocol !== "https:" && next?.protocol !== start.protocol;
    if (!next || next.hostname !== start.hostname || next.port !== start.port || downgrade) {
      throw new Failure("arXiv redirects to another place, which is not followed.", null);
    }
    url = next;
  }
  throw new Failure(`arXiv redirects more than ${REDIRECTS_MAX} times.`, null);
}

async function checked(response: Response): Promise<Response> {
  if (response.status === 200) return response;
  await response.body?.cancel();
  const reason = `arXiv answers with status ${response.status}.`;
  const passing = response.status === 429 || response.status >= 500;
  throw new Failure(reason, passing ? retryAfterOf(response) : null);
}

/** Seconds, or a date against the server's own clock. @source RFC 9110, 10.2.3 */
function retryAfterOf(response: Response): number {
  const said = response.headers.get("retry-after")?.trim() ?? "";
  if (/^\d{1,9}$/.test(said)) return Number(said) * 1_000;
  const wait = Date.parse(said) - Date.parse(response.headers.get("date") ?? "");
  return wait > 0 ? wait : 0;
}

async function boundedBody(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > BODY_BYTES_MAX) {
      throw new Failure(`arXiv's answer has more than ${inDigits(BODY_BYTES_MAX)} bytes.`, null);
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** What came is no feed, or half of one: arXiv does so when it is busy, so another try may help. */
function readFeed(body: string): ArxivFeed {
  try {
    return parseFeed(body);
  } catch (error) {
    if (error instanceof DomainError) throw new Failure(error.message, 0, { cause: error });
    throw error;
  }
}

/** Fit for a header: visible ASCII. */
function contactOf(contact: string | undefined): string {
  const plain = (contact ?? "").replace(/[^\x20-\x7e]|[()]/g, "").trim();
  return plain.slice(0, CONTACT_CHARS_MAX) || "no contact given";
}
