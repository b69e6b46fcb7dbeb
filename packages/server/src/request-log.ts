/** One line and one count per request; the line names the route, never the address, the query or the reader. */
import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { Logger } from "pino";
import type { Metrics } from "./metrics.ts";
import type { RequestIds } from "./request-ids.ts";

/** Slower answers are worth a warning. */
const SLOW_MS = 500;

export function requestLog({
  logger,
  metrics,
  requestIds,
}: {
  logger: Logger;
  metrics: Metrics;
  requestIds: RequestIds;
}): MiddlewareHandler {
  return async (c, next) => {
    const startedMs = performance.now();
    const requestId = requestIds.next();
    c.set("requestId", requestId);
    await next();
    const ms = performance.now() - startedMs;
    const { status } = c.res;
    const { method } = c.req;
    // `/papers/:id{.+}` is written as the cache writes it: `/papers/:id`.
    const route = routePath(c).replace(/\{[^}]*\}/g, "");
    c.res.headers.set("X-Request-Id", requestId);
    metrics.observe({ route, method, status, ms });
    if (ms > SLOW_MS) logger.warn({ requestId, method, route, status, ms: Math.round(ms) }, "slow request");
    else if (logger.isLevelEnabled("debug")) logger.debug({ requestId, method, route, status, ms }, "request");
  };
}
