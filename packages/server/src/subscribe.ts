/** Takes the wish to get the digest: checked, counted, stored; the answer never tells whether it was known. */
import { invalid } from "@paperwire/domain";
import { Hono } from "hono";
import { z } from "zod";
import { limitRequests } from "./api/limit-requests.ts";
import type { ServerContext } from "./context.ts";
import { createRateLimiter, SUBSCRIBE_LIMIT } from "./rate-limit.ts";
import { sameOrigin } from "./same-origin.ts";
import { EMAIL_CHARS_MAX } from "./views/subscribe-form.tsx";

const Form = z.object({ email: z.string().trim().toLowerCase().max(EMAIL_CHARS_MAX).pipe(z.email()) });

export function subscribeRoutes({ store, settings, clock }: Pick<ServerContext, "store" | "settings" | "clock">): Hono {
  const app = new Hono();
  const limiter = createRateLimiter(SUBSCRIBE_LIMIT, clock);
  app.post(
    "/subscribe",
    sameOrigin(settings.baseUrl),
    limitRequests(limiter, settings.trustedProxies ?? 0),
    async (c) => {
      const form = Form.safeParse(await c.req.parseBody());
      if (!form.success) throw invalid("That is not an e-mail address. It should look like you@example.org.");
      await store.subscribers.request({ email: form.data.email, key: form.data.email, source: "web", text: "v1" });
      return c.redirect("/subscribe/thanks", 303);
    },
  );
  return app;
}
