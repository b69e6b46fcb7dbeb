/** Takes the wish to get the digest: checked, counted, stored; the answer never tells whether it was known. */
import { invalid } from "@paperwire/domain";
import { parseMailAddress } from "@paperwire/mail";
import { Hono } from "hono";
import { limitRequests } from "./api/limit-requests.ts";
import type { ServerContext } from "./context.ts";
import { createRateLimiter, SUBSCRIBE_LIMIT } from "./rate-limit.ts";
import { sameOrigin } from "./same-origin.ts";

/** Names the words that stand beside the form; a change of them changes this, too: it is part of the proof of consent. */
const CONSENT_TEXT = "2026-11: trending papers by mail, confirmed first, a way out in every mail";

export function subscribeRoutes(context: Pick<ServerContext, "store" | "settings" | "clock" | "mail" | "post">): Hono {
  const { settings, clock } = context;
  const app = new Hono();
  const limiter = createRateLimiter(SUBSCRIBE_LIMIT, clock);
  app.post(
    "/subscribe",
    sameOrigin(settings.baseUrl),
    limitRequests(limiter, settings.trustedProxies ?? 0),
    async (c) => {
      const { email } = await c.req.parseBody();
      await takeWish(context, typeof email === "string" ? email : "");
      return c.redirect("/subscribe/thanks", 303);
    },
  );
  return app;
}

async function takeWish(
  { store, settings, clock, mail, post }: Parameters<typeof subscribeRoutes>[0],
  typed: string,
): Promise<void> {
  const { address: email, key, domain } = parseMailAddress(typed);
  if (isRefused(domain, settings.refusedDomains))
    throw invalid("Addresses of that domain cannot subscribe here. Please use one that you keep.");
  const answer = await store.subscribers.request({ email, key, source: "web", text: CONSENT_TEXT });
  const nowMs = clock();
  if (answer.mail === "confirm") {
    const { email: to, confirmId, untilMs } = answer;
    await post.send(mail.confirmation({ to, confirmId, untilMs, nowMs }), { expiresMs: untilMs });
  } else if (answer.mail === "known") {
    const { email: to, subscriberId } = answer;
    await post.send(mail.alreadySubscribed({ to, subscriberId, nowMs }));
  } else {
    // Over before it could leave: an address that must not be written to takes as long as any other.
    await post.send(mail.alreadySubscribed({ to: email, subscriberId: "nobody", nowMs }), { expiresMs: nowMs });
  }
}

/** A domain, or one above it. */
function isRefused(domain: string, refused: ReadonlySet<string> = new Set()): boolean {
  const labels = domain.split(".");
  return labels.some((_label, from) => refused.has(labels.slice(from).join(".")));
}
