/** Voting by form: works without scripts, leads back to the same card, and sends visitors to sign in first. */
import { vote } from "@paperwire/community";
import { Hono } from "hono";
import { backPath } from "./back-path.ts";
import { changedBy } from "./changed-by.ts";
import type { ServerContext } from "./context.ts";
import type { PageDesk } from "./page-desk.ts";
import { votePage } from "./pages/vote.tsx";
import type { RateLimiter } from "./rate-limit.ts";
import { paperUrl, signInUrl, withQuery } from "./views/urls.ts";

type Parts = { context: ServerContext; desk: PageDesk; limiter: RateLimiter };

export function voteRoutes({ context, desk, limiter }: Parts): Hono {
  const app = new Hono();
  app.get("/papers/:id{.+}/upvote", desk.serve("/papers/:id/upvote", votePage));
  app.post("/papers/:id{.+}/upvote", async (c) => {
    const paperId = c.req.param("id");
    const { back, upvote } = await c.req.parseBody();
    const page = backPath(back, paperUrl(paperId));
    if (!(await context.accounts?.accountOf(c.req.raw))) {
      return c.redirect(signInUrl(withQuery(`${paperUrl(paperId)}/upvote`, { back: page })), 303);
    }
    const account = await changedBy(c, context, { limiter });
    await vote(context, { account, paperId, upvoted: upvote !== "off" });
    return c.redirect(page, 303);
  });
  return app;
}
