/** Who sends a change, after every check that a change needs: the one way into all routes that write for a reader. */
import type { Asking } from "@paperwire/accounts";
import { forbidden, type Role, tooMany, unauthorized, waitInWords } from "@paperwire/domain";
import type { Context } from "hono";
import type { ServerContext } from "./context.ts";
import type { RateLimiter } from "./rate-limit.ts";
import { showsToken, writtenBy } from "./requested-by.ts";
import { refuseOtherSites } from "./same-origin.ts";

export type ChangeRule = {
  least?: Role;
  /** What an API token must be for; absent where no token may. */
  scope?: "vote" | "write";
  /** Counts by account. */
  limiter: RateLimiter;
};

/**
 * The account behind a request that changes something: signed in, of the role, not suspended, from a page of this site
 * or with a token that is for it, and not too often.
 * @throws DomainError `unauthorized`, `forbidden` or `too-many`
 */
export async function changedBy(
  c: Context,
  context: Pick<ServerContext, "accounts" | "clock" | "settings">,
  { least = "reader", scope, limiter }: ChangeRule,
): Promise<Asking> {
  // A page cannot make a browser send this header to another site without that site's leave. Any other kind of
  // authorization belongs to a proxy before us.
  const byToken = showsToken(c);
  if (!byToken) {
    if (saysNothing(c)) throw unauthorized("Sign in on the site, or show a token of it: Authorization: Bearer pw_…");
    refuseOtherSites(c, context.settings.baseUrl);
  }
  const account = await writtenBy(c, context, least);
  const { scopes } = account;
  if (byToken || scopes !== undefined) {
    if (scope === undefined) throw forbidden("No token is for this.");
    if (!scopes?.includes(scope)) throw forbidden(`This token is not for this: it lacks "${scope}".`);
  }
  const { left, resetSeconds } = limiter.take(account.id);
  if (left < 0) {
    c.header("Retry-After", String(resetSeconds));
    throw tooMany(`That was very often. Try again ${waitInWords(resetSeconds)}.`);
  }
  return account;
}

/** A program that shows neither a token nor a session. Every browser says where a form comes from. */
const saysNothing = (c: Context) =>
  ["cookie", "origin", "sec-fetch-site"].every((name) => c.req.header(name) === undefined);
