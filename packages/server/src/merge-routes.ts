/** Moderators make one paper of two, and two of one. */
import { parseArxivId } from "@paperwire/domain";
import { Hono } from "hono";
import { changedBy } from "./changed-by.ts";
import type { ServerContext } from "./context.ts";
import { createRateLimiter, type RateLimit } from "./rate-limit.ts";
import { textFields } from "./talk/form-fields.ts";

const MERGE_LIMIT: RateLimit = { name: "merges", quota: 200, windowSeconds: 3600 };

export function mergeRoutes(context: ServerContext): Hono {
  const { merges } = context.store;
  const limiter = createRateLimiter(MERGE_LIMIT, context.clock);
  const app = new Hono();
  app.post("/merges", async (c) => {
    const by = await changedBy(c, context, { least: "moderator", limiter });
    const { keep, other } = await textFields(c, ["keep", "other"]);
    const [winner, loser] = [idOf(keep), idOf(other)];
    const merge = await merges.merge({ papers: [winner, loser], keep: winner, evidence: null, by: `@${by.handle}` });
    return c.redirect(`/merges#${merge.id}`, 303);
  });
  app.post("/merges/:id/undo", async (c) => {
    const by = await changedBy(c, context, { least: "moderator", limiter });
    const merge = await merges.undo(c.req.param("id"), `@${by.handle}`);
    return c.redirect(`/merges#${merge.id}`, 303);
  });
  return app;
}

/** An id, or an address that holds one. */
function idOf(text: string): string {
  const last = text.trim().replace(/^https?:\/\/[^/]+\/papers\//, "");
  return parseArxivId(last)?.id ?? last;
}
