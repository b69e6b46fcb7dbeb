/** How often one address may knock: a fixed window with a count, kept in memory, bounded. */
import type { Clock } from "@paperwire/domain";

export type RateLimit = {
  /** Named in the `RateLimit` header, so that a client can tell its limits apart. */
  name: string;
  /** Requests per window and address. */
  quota: number;
  windowSeconds: number;
};

export type RateLimiter = {
  readonly limit: RateLimit;
  /** Counts one request. `left` is negative when there is none left. */
  take(address: string): { left: number; resetSeconds: number };
  /** As `take`, and counts nothing. */
  look(address: string): { left: number; resetSeconds: number };
};

/** The public limits of the service whose clients we accept. @source Hugging Face Hub documentation, "Rate limits": 500 API requests per 5 minutes */
export const API_LIMIT: RateLimit = { name: "api", quota: 500, windowSeconds: 300 };
/** Clicks and previews of one account, beside how many comments it may write. */
export const TALK_LIMIT: RateLimit = { name: "talk", quota: 300, windowSeconds: 300 };
export const SUBSCRIBE_LIMIT: RateLimit = { name: "subscribe", quota: 10, windowSeconds: 3600 };

/** By account: faster than anybody reads, slower than a script that works through all papers. */
export const VOTE_LIMIT: RateLimit = { name: "votes", quota: 300, windowSeconds: 300 };

export const SUBMIT_LIMIT: RateLimit = { name: "submit", quota: 60, windowSeconds: 600 };
/** Each may cost a request to arXiv, which is asked every three seconds at most. */
export const LOOK_UP_LIMIT: RateLimit = { name: "look-ups", quota: 20, windowSeconds: 3600 };
export const NOTIFICATION_LIMIT: RateLimit = { name: "notifications", quota: 120, windowSeconds: 300 };
export const DESK_LIMIT: RateLimit = { name: "desk", quota: 600, windowSeconds: 300 };

/** Addresses remembered at once; beyond that the oldest is forgotten, which can only be to its advantage. */
const ADDRESSES_MAX = 20_000;

export function createRateLimiter(limit: RateLimit, clock: Clock): RateLimiter {
  const windows = new Map<string, { count: number; endsMs: number }>();
  return {
    limit,
    look(address) {
      const window = windows.get(address);
      const now = clock();
      if (!window || window.endsMs <= now) return { left: limit.quota, resetSeconds: limit.windowSeconds };
      return { left: limit.quota - window.count, resetSeconds: Math.ceil((window.endsMs - now) / 1000) };
    },
    take(address) {
      const now = clock();
      let window = windows.get(address);
      if (!window || window.endsMs <= now) {
        windows.delete(address);
        if (windows.size >= ADDRESSES_MAX) windows.delete(windows.keys().next().value!);
        window = { count: 0, endsMs: now + limit.windowSeconds * 1000 };
        windows.set(address, window);
      }
      window.count++;
      return { left: limit.quota - window.count, resetSeconds: Math.ceil((window.endsMs - now) / 1000) };
    },
  };
}
