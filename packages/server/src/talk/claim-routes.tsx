/** The addresses of claims and of what verified authors set. */
import { createClaims } from "@paperwire/community";
import { type Context, Hono } from "hono";
import { changedBy } from "../changed-by.ts";
import type { ServerContext } from "../context.ts";
import type { PageDesk } from "../page-desk.ts";
import { createRateLimiter, type RateLimit } from "../rate-limit.ts";
import { requestedBy } from "../requested-by.ts";
import type { Site } from "../site.ts";
import { paperUrl } from "../views/urls.ts";
import { claimsPage } from "./claim-pages.tsx";
import { textFields } from "./form-fields.ts";

type Parts = { context: ServerContext; site: Site; desk: PageDesk };

const CLAIM_LIMIT: RateLimit = { name: "claims", quota: 60, windowSeconds: 3600 };

export function claimRoutes({ context, site, desk }: Parts): Hono {
  const claims = createClaims(context);
  const limiter = createRateLimiter(CLAIM_LIMIT, context.clock);
  const writer = (c: Context) => changedBy(c, context, { limiter });
  const id = (c: Context) => c.req.param("id") ?? "";
  const app = new Hono();
  app.get("/claims", async (c) => {
    const reader = await requestedBy(c, context);
    const view = claimsPage(
      {
        claims: await context.store.claims.listByAccount(reader.id),
        concerning: await context.store.moderation.logOf(reader.id),
      },
      { ...site, reader },
    );
    return desk.show(view, c.req.raw, String(c.get("requestId" as never) ?? ""));
  });
  app.post("/claims", async (c) => {
    const by = await writer(c);
    const { paper, author, statement } = await textFields(c, ["paper", "author", "statement"]);
    const claim = await claims.claim(by, { paperId: paper, authorName: author, statement });
    return c.redirect(claim.state === "verified" ? paperUrl(paper) : "/claims", 303);
  });
  app.post("/claims/:id/withdraw", async (c) => {
    await claims.withdraw(await writer(c), id(c));
    return c.redirect("/claims", 303);
  });
  app.post("/author-words", async (c) => {
    const by = await writer(c);
    const { paper, kind, value } = await textFields(c, ["paper", "kind", "value"]);
    await claims.setWord(by, { paperId: paper, kind, typed: value });
    return c.redirect(paperUrl(paper), 303);
  });
  app.post("/author-words/:id/revert", async (c) => {
    const by = await writer(c);
    const word = await context.store.claims.findWord(id(c));
    await claims.revertWord(by, id(c));
    return c.redirect(word ? paperUrl(word.paperId) : "/claims", 303);
  });
  return app;
}
