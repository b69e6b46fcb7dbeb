/** For whoever keeps the site running: is it alive, can it serve, what are its figures. */
import { Hono } from "hono";
import type { ServerContext } from "./context.ts";
import type { Metrics } from "./metrics.ts";

/** A database that takes longer does not count as answering. */
const PING_LIMIT_MS = 2_000;

export function healthRoutes(context: ServerContext, metrics: Metrics): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.header("Cache-Control", "no-store");
  });
  app.get("/healthz", (c) => c.text("ok\n"));
  app.get("/readyz", async (c) => {
    const index = context.discovery.indexing();
    const database = await answers(context);
    const ready = database === "ok";
    return c.json({ ready, database, index: { ...index, complete: index.done >= index.total } }, ready ? 200 : 503);
  });
  app.get("/metrics", async (c) => c.body(await metrics.text(), 200, { "Content-Type": metrics.contentType }));
  return app;
}

/** The version is read from a table, so it answers only where the migrations are in. */
async function answers({ store, logger }: ServerContext): Promise<"ok" | "unreachable"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PING_LIMIT_MS} ms`)), PING_LIMIT_MS);
  });
  try {
    await Promise.race([Promise.all([store.ping(), store.version()]), late]);
    return "ok";
  } catch (error) {
    logger.warn({ err: error }, "the database does not answer");
    return "unreachable";
  } finally {
    clearTimeout(timer);
  }
}
