/** Who may do what: the one place where a route learns which account asks. */
import type { Asking } from "@paperwire/accounts";
import { atLeast, forbidden, type Role, unauthorized } from "@paperwire/domain";
import type { Context } from "hono";
import type { ServerContext } from "./context.ts";

/**
 * Whether a request shows a token, ours or another service's: then its cookie counts for nothing. Whitespace of any kind
 * ends the scheme, as where the token is read; a stricter reading here would let a token pass for a session.
 */
export const showsToken = (c: Context) => /^Bearer\s/i.test(c.req.header("authorization") ?? "");

const UNKNOWN_TOKEN = "This token is not known here: it was revoked, has run out, or was not copied whole.";

export const notOffice = (least: Role) => forbidden(`This is for accounts with the role ${least}, or a higher one.`);

/**
 * The account that sent a request. A token never carries more than a reader's role: what an office may needs a session.
 * @throws DomainError `unauthorized`: a visitor; `forbidden`: a role below `least`
 */
export async function requestedBy(
  c: Context,
  { accounts }: Pick<ServerContext, "accounts">,
  least: Role = "reader",
): Promise<Asking> {
  const account = await accounts?.accountOf(c.req.raw);
  if (!account) throw unauthorized(showsToken(c) ? UNKNOWN_TOKEN : "Sign in first.");
  if (!atLeast(account.role, least)) throw notOffice(least);
  return account;
}

/**
 * As `requestedBy`, for requests that change something.
 * @throws DomainError `forbidden`: the account is suspended
 */
export async function writtenBy(
  c: Context,
  context: Pick<ServerContext, "accounts" | "clock">,
  least: Role = "reader",
): Promise<Asking> {
  const account = await requestedBy(c, context, least);
  const { suspendedUntil } = account;
  if (suspendedUntil && suspendedUntil.getTime() > context.clock()) {
    throw forbidden(`This account may read but not write until ${suspendedUntil.toISOString().slice(0, 10)}.`);
  }
  return account;
}
