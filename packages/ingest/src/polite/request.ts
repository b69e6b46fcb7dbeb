/** One request over HTTP: guarded address, redirects within the host, unpacked, with limits of size and time. */
import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { createGunzip } from "node:zlib";
import { inDigits } from "../refusal.ts";
import {
  type AddressRules,
  checkLiteral,
  ForbiddenAddress,
  guardedLookup,
  isLoopbackHost,
  type Resolve,
} from "./address-guard.ts";
import { Failure } from "./failure.ts";

const REDIRECTS_MAX = 3;
/** A connection on which nothing comes for so long is given up, whatever the limit of the whole answer is. */
export const IDLE_MS = 90_000;

export type Answer = {
  status: number;
  header(name: string): string | undefined;
  /** Unpacked. Iterating throws `Failure` where the connection breaks or the size goes beyond the limit. */
  body: AsyncIterable<Uint8Array>;
};

export type RequestOptions = {
  /** Of the source, for sentences: "arXiv". */
  name: string;
  headers: Record<string, string>;
  bodyBytesMax: number;
  resolve: Resolve;
  signal: AbortSignal;
  /** Sent by POST; such a request is never redirected. */
  body?: string | undefined;
  /** The address was written by somebody who is not trusted; by default the operator wrote it. */
  stranger?: StrangerRules | undefined;
  /** Called for each part of the body; the next one is read when it is done. */
  onPart(): Promise<void>;
};

export type StrangerRules = {
  /** Tests: addresses of their own servers. */
  also?: ((address: string) => boolean) | undefined;
  /** Tests: ports beside 80 and 443. */
  ports?: readonly string[] | undefined;
};

/**
 * Redirects are followed within the host only; those of a stranger's address to any public place, each looked at anew, and never from https to http: nobody else learns what is asked.
 * @throws Failure  another place, too many redirects, an address that is not public
 */
export async function requestPage<T>(
  start: URL,
  options: RequestOptions,
  use: (answer: Answer) => Promise<T>,
): Promise<T> {
  const { name, stranger } = options;
  const rules: AddressRules = stranger
    ? { allowLoopback: false, also: stranger.also }
    : { allowLoopback: isLoopbackHost(start.hostname) };
  let url = start;
  for (let step = 0; step <= REDIRECTS_MAX; step++) {
    if (stranger && url.port !== "" && !stranger.ports?.includes(url.port)) {
      throw new Failure(`${name} is at port ${url.port}, which is not asked.`, null);
    }
    const response = await open(url, rules, options);
    try {
      const status = response.statusCode ?? 0;
      if (status < 300 || status >= 400 || status === 304) return await use(toAnswer(response, options));
      url = nextPlace(url, start, response.headers.location ?? "", options);
    } finally {
      response.destroy();
    }
  }
  throw new Failure(`${name} redirects more than ${REDIRECTS_MAX} times.`, null);
}

function nextPlace(from: URL, start: URL, location: string, { name, stranger, body }: RequestOptions): URL {
  const next = URL.parse(location, from.href);
  const downgrade = next?.protocol !== "https:" && (next?.protocol !== start.protocol || from.protocol === "https:");
  const elsewhere = next?.hostname !== start.hostname || next.port !== start.port;
  const hasName = next?.username !== "" || next.password !== "";
  if (!next || downgrade || hasName || (elsewhere && !stranger) || body !== undefined) {
    throw new Failure(`${name} redirects to another place, which is not followed.`, null);
  }
  return next;
}

function open(
  url: URL,
  rules: AddressRules,
  { name, headers, resolve, signal, body }: RequestOptions,
): Promise<IncomingMessage> {
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((answered, failed) => {
    const fail = (error: unknown) => {
      if (!(error instanceof ForbiddenAddress)) return failed(error);
      failed(new Failure(`${name} is at an address that is not public, which is not asked.`, null, { cause: error }));
    };
    try {
      checkLiteral(url.hostname, rules);
      const lookup = guardedLookup(resolve, rules);
      const method = body === undefined ? "GET" : "POST";
      const sent = { ...headers, "accept-encoding": "gzip" };
      send(url, { method, headers: sent, lookup, signal, agent: false, timeout: IDLE_MS })
        .on("response", answered)
        .on("timeout", function giveUp(this: ClientRequest) {
          this.destroy(new Failure(`${name} was silent for ${IDLE_MS / 1_000} s.`, 0));
        })
        .on("error", fail)
        .end(body);
    } catch (error) {
      fail(error);
    }
  });
}

function toAnswer(response: IncomingMessage, options: RequestOptions): Answer {
  const header = (key: string) => {
    const value = response.headers[key];
    return Array.isArray(value) ? value[0] : value;
  };
  return { status: response.statusCode ?? 0, header, body: bounded(unpacked(response), options) };
}

function unpacked(response: IncomingMessage): AsyncIterable<Uint8Array> {
  if (response.headers["content-encoding"] !== "gzip") return response;
  const gunzip = createGunzip();
  response.on("error", (error) => gunzip.destroy(error));
  return response.pipe(gunzip);
}

/** The size is that after unpacking: a small answer may hold a large one. */
async function* bounded(
  body: AsyncIterable<Uint8Array>,
  { name, bodyBytesMax: max, onPart }: RequestOptions,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  const parts = body[Symbol.asyncIterator]();
  for (;;) {
    const part = await parts.next().catch((error: unknown) => {
      throw new Failure(`${name} cannot be reached.`, 0, { cause: error });
    });
    if (part.done) return;
    size += part.value.length;
    if (size > max) throw new Failure(`${name}'s answer has more than ${inDigits(max)} bytes.`, null);
    yield part.value;
    await onPart();
  }
}
