/** Passkeys: four questions of our own script, answered as JSON; `passkey.js` asks them. */
import { PASSKEY_STEPS } from "@paperwire/accounts";
import { Hono, type MiddlewareHandler } from "hono";
import { sameOrigin } from "../same-origin.ts";
import { type AccountParts, sessionOf, signInOf } from "./account-parts.ts";

export function passkeyRoutes({ context }: AccountParts, door: MiddlewareHandler): Hono {
  const app = new Hono();
  for (const step of PASSKEY_STEPS) {
    // Options change something, too: they begin a ceremony.
    app.post(`/passkeys/${step}`, sameOrigin(context.settings.baseUrl), door, async (c) => {
      if (step.startsWith("register")) await sessionOf(c, context);
      return signInOf(context).passkeyStep(step, c.req.raw);
    });
  }
  return app;
}
