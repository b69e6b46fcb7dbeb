/** Counts every request to the API against its sender's share, and says in each answer how much is left. */
import { tooMany } from "@paperwire/domain";
import type { MiddlewareHandler } from "hono";
import type { RateLimiter } from "../rate-limit.ts";
import { clientAddress } from "./client-address.ts";

/** @source huggingface_hub, utils/_http.py: both headers go into the message for 429 */
export function limitRequests(limiter: RateLimiter, trustedProxies: number): MiddlewareHandler {
  const { name, quota, windowSeconds } = limiter.limit;
  return async (c, next) => {
    const { left, resetSeconds } = limiter.take(clientAddress(c, trustedProxies));
    c.header("RateLimit", `"${name}";r=${Math.max(0, left)};t=${resetSeconds}`);
    c.header("RateLimit-Policy", `"fixed window";"${name}";q=${quota};w=${windowSeconds}`);
    if (left < 0) {
      c.header("Retry-After", String(resetSeconds));
      throw tooMany(
        `Too many requests: ${quota} in ${windowSeconds} seconds are allowed. Try again in ${resetSeconds} s.`,
      );
    }
    await next();
  };
}
