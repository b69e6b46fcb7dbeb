/**
 * Who tries secrets is stopped soon: addresses that hold one, and API tokens. Only misses count, so that nobody who has
 * a link is counted at all. The secrets are of 96 bits and more: the limit is for what it says in the log, and for the
 * case that one of them is ever made shorter.
 */
import { API_TOKEN_PREFIX } from "@paperwire/accounts";
import { tooMany, waitInWords } from "@paperwire/domain";
import type { MiddlewareHandler } from "hono";
import { clientAddress } from "./api/client-address.ts";
import type { RateLimit, RateLimiter } from "./rate-limit.ts";

/** By network address. */
export const GUESS_LIMIT: RateLimit = { name: "guesses", quota: 100, windowSeconds: 900 };

/**
 * Addresses that hold a secret. One-click unsubscribing is left out: mail providers do it for many readers from few
 * addresses, also with links that are long over.
 */
const SECRET_PATH = /^\/(?:subscription|feeds|settings\/email|sign-in\/link|first-admin|invited|hooks)\/./;

/** Tokens of ours: clients send those of other services along with whatever they ask, also for what is not here. */
const OUR_TOKEN = new RegExp(`^Bearer\\s+${API_TOKEN_PREFIX}`, "i");

export function refuseGuessing(limiter: RateLimiter, trustedProxies: number): MiddlewareHandler {
  return async (c, next) => {
    const inPath = SECRET_PATH.test(c.req.path);
    const inHeader = OUR_TOKEN.test(c.req.header("authorization") ?? "");
    if (!inPath && !inHeader) return next();
    const address = clientAddress(c, trustedProxies);
    const { left, resetSeconds } = limiter.look(address);
    if (left <= 0) {
      c.header("Retry-After", String(resetSeconds));
      throw tooMany(`Too many links or tokens that do not work. Try again ${waitInWords(resetSeconds)}.`);
    }
    await next();
    if (c.res.status === 401 || (inPath && c.res.status === 404)) limiter.take(address);
  };
}
