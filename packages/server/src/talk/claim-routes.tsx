/** The addresses of claims and of what verified authors set. */
import { createClaims } from "@paperwire/community";
import type { Account } from "@paperwire/domain";
import { type Context, Hono } from "hono";
import { changedBy } from "../changed-by.ts";
import type { ServerContext } from "../context.ts";
import { orAgain } from "../field-problem.tsx";
import type { PageDesk } from "../page-desk.ts";
import { paperView } from "../pages/paper.tsx";
import { createRateLimiter, type RateLimit } from "../rate-limit.ts";
import { requestedBy } from "../requested-by.ts";
import type { Site } from "../site.ts";
import { paperUrl } from "../views/urls.ts";
import { claimsPage } from "./claim-pages.tsx";
import type { ClaimAgain } from "./claim-section.tsx";
import { textFields } from "./form-fields.ts";
import { orderNamed } from "./talk-of-paper.ts";

type Again = { reader: Account; paper: string; again: ClaimAgain };
type Parts = { context: ServerContext; site: Site; desk: PageDesk };

const CLAIM_LIMIT: RateLimit = { name: "claims", quota: 60, windowSeconds: 3600 };

export function claimRoutes({ context, site, desk }: Parts): Hono {
  const claims = createClaims(context);
  const limiter = createRateLimiter(CLAIM_LIMIT, context.clock);
  const writer = (c: Context) => changedBy(c, context, { limiter });
  const id = (c: Context) => c.req.param("id") ?? "";
  const paperAgain = async (c: Context, { reader, paper, again }: Again) => {
    const view = await paperView({ asked: paper, order: orderNamed(undefined), again }, context, { ...site, reader });
    if ("redirect" in view) return c.redirect(view.redirect, 303);
    return desk.show(view, c.req.raw, String(c.get("requestId" as never) ?? ""));
  };
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
    return orAgain(
      async () => {
        const claim = await claims.claim(by, { paperId: paper, authorName: author, statement });
        return c.redirect(claim.state === "verified" ? paperUrl(paper) : "/claims", 303);
      },
      (problem) => paperAgain(c, { reader: by, paper, again: { problem, claim: { author, statement } } }),
    );
  });
  app.post("/claims/:id/withdraw", async (c) => {
    await claims.withdraw(await writer(c), id(c));
    return c.redirect("/claims", 303);
  });
  app.post("/author-words", async (c) => {
    const by = await writer(c);
    const { paper, kind, value } = await textFields(c, ["paper", "kind", "value"]);
    return orAgain(
      async () => {
        await claims.setWord(by, { paperId: paper, kind, typed: value });
        return c.redirect(paperUrl(paper), 303);
      },
      (problem) => paperAgain(c, { reader: by, paper, again: { problem, word: { kind, value } } }),
    );
  });
  app.post("/author-words/:id/revert", async (c) => {
    const by = await writer(c);
    const word = await context.store.claims.findWord(id(c));
    await claims.revertWord(by, id(c));
    return c.redirect(word ? paperUrl(word.paperId) : "/claims", 303);
  });
  return app;
}
