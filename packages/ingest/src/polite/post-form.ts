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

/**
 * @param resolve names to addresses; by default the system's
 * @returns a function that throws where the address is not public, cannot be reached, or does not answer in 15 s; a host that is
 *   written down as this very machine may be asked
 */
export function createPostForm({ resolve = systemResolve }: { resolve?: Resolve } = {}): PostForm {
  return (url, fields, signal) => {
    const rules = { allowLoopback: isLoopbackHost(url.hostname) };
    const body = new URLSearchParams(fields).toString();
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    const deadline = AbortSignal.timeout(TIMEOUT_MS);
    return new Promise((answered, failed) => {
      checkLiteral(url.hostname, rules);
      const options = {
        method: "POST",
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          "content-length": Buffer.byteLength(body),
          "user-agent": "Paperwire/0.1",
        },
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
            text: text.replace(/\s+/g, " ").trim().slice(0, ANSWER_CHARS_MAX),
            ...(seconds >= 0 && response.headers["retry-after"] !== undefined && { retryAfterSeconds: seconds }),
          });
        };
        response.on("data", (part: string) => {
          text += part;
          if (text.length > ANSWER_CHARS_MAX) response.destroy();
        });
        response.on("close", end).on("error", failed);
      });
      request.on("error", failed).end(body);
    });
  };
}
