/** One POST of a form to an address that the operator wrote down: guarded like every fetch, no redirects, little read. */
import { type ClientRequest, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { checkLiteral, guardedLookup, isLoopbackHost, type Resolve, systemResolve } from "./address-guard.ts";

const TIMEOUT_MS = 15_000;
/** Of an answer, for the log. */
const ANSWER_CHARS_MAX = 200;

export type PostAnswer = {
  status: number;
  /** The beginning of what it said, one line. */
  text: string;
  /** Seconds that it asks to wait; absent where it does not. */
  retryAfterSeconds?: number;
};

export type PostForm = (
  url: URL,
  fields: Readonly<Record<string, string>>,
  signal?: AbortSignal,
) => Promise<PostAnswer>;

export type GuardedRequest = {
  method: "POST" | "PUT";
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** A host on the operator's own network may be asked, where the operator said so. */
  allowPrivate?: boolean;
};

export type GuardedSend = (request: GuardedRequest, signal?: AbortSignal) => Promise<PostAnswer>;

/** Thrown where the body may have been read and no answer came. */
export class UnansweredRequest extends Error {
  override readonly name = "UnansweredRequest";
}

/**
 * @param resolve names to addresses; by default the system's
 * @param answerChars how much of an answer is kept
 * @returns a function that throws where the address is not public, cannot be reached, or does not answer in 15 s
 *   (`UnansweredRequest` where the body was on its way); a host that is written down as this very machine may be asked;
 *   redirects are answers, never followed
 */
export function createGuardedSend({
  resolve = systemResolve,
  answerChars = ANSWER_CHARS_MAX,
}: {
  resolve?: Resolve;
  answerChars?: number;
} = {}): GuardedSend {
  return ({ method, url, headers, body, allowPrivate = false }, signal) => {
    const also = allowPrivate ? () => true : undefined;
    const rules = { allowLoopback: isLoopbackHost(url.hostname), also };
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    const deadline = AbortSignal.timeout(TIMEOUT_MS);
    return new Promise((answered, failed) => {
      checkLiteral(url.hostname, rules);
      let written = false;
      const fail = (error: Error) =>
        failed(written ? new UnansweredRequest(`no answer: ${error.message}`, { cause: error }) : error);
      const options = {
        method,
        headers: { ...headers, "content-length": Buffer.byteLength(body), "user-agent": "Paperwire/0.1" },
        lookup: guardedLookup(resolve, rules),
        signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
        agent: false,
      };
      const request: ClientRequest = send(url, options, (response) => {
        let text = "";
        response.setEncoding("utf8");
        const end = () => {
          const seconds = Number(response.headers["retry-after"]);
          answered({
            status: response.statusCode ?? 0,
            text: text.replace(/\s+/g, " ").trim().slice(0, answerChars),
            ...(seconds >= 0 && response.headers["retry-after"] !== undefined && { retryAfterSeconds: seconds }),
          });
        };
        response.on("data", (part: string) => {
          text += part;
          if (text.length > answerChars) response.destroy();
        });
        response.on("close", end).on("error", fail);
      });
      request.on("socket", (socket) => {
        const ready = url.protocol === "https:" ? "secureConnect" : "connect";
        socket.once(ready, () => {
          written = true;
        });
      });
      request.on("error", fail).end(body);
    });
  };
}

/** @throws as `createGuardedSend` says */
export function createPostForm({ resolve = systemResolve }: { resolve?: Resolve } = {}): PostForm {
  const send = createGuardedSend({ resolve });
  return (url, fields, signal) =>
    send(
      {
        method: "POST",
        url,
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams(fields).toString(),
      },
      signal,
    );
}
