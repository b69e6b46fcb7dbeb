/** Putting papers forward by program. Pictures come by the page's form alone. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { findPaper, submitPaper } from "@paperwire/community";
import { invalid, tooMany, waitInWords } from "@paperwire/domain";
import { changedBy } from "../changed-by.ts";
import { createRateLimiter, LOOK_UP_LIMIT, SUBMIT_LIMIT } from "../rate-limit.ts";
import { submitParts } from "../submit/submit-parts.ts";
import type { ApiContext } from "./context.ts";
import { submitRoute } from "./routes.ts";

export function addSubmissions(api: OpenAPIHono, context: ApiContext): void {
  const { store, clock, settings, lookUp } = context;
  const limiter = createRateLimiter(SUBMIT_LIMIT, clock);
  const lookUps = createRateLimiter(LOOK_UP_LIMIT, clock);
  const ownHost = new URL(settings.baseUrl).host;
  api.openapi(submitRoute, async (c) => {
    const account = await changedBy(c, context, { scope: "write", limiter });
    const { paper_id: text, comment: note } = c.req.valid("json");
    const mayAsk = () => {
      const { left, resetSeconds } = lookUps.take(account.id);
      if (left < 0) throw tooMany(`Too many papers were looked up. Try again ${waitInWords(resetSeconds)}.`);
    };
    const found = await findPaper({ store, ...(lookUp && { lookUp }) }, { text, ownHost, mayAsk });
    if (found.kind === "titles") throw invalid('"paper_id" names no paper. Give an id or an address, not a title.');
    const { id, paperId, edition, state } = await submitPaper(submitParts(context), {
      account,
      paperId: found.id,
      note,
    });
    c.header("Cache-Control", "no-store");
    return c.json({ id, paperId, edition, state }, 200);
  });
}
