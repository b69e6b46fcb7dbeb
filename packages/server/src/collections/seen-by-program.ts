/** Whose program asks for a collection, and whether it may see it. */
import { notFound } from "@paperwire/domain";
import type { Collection } from "@paperwire/store";
import type { Context } from "hono";
import type { ServerContext } from "../context.ts";
import { showsToken } from "../requested-by.ts";
import { idOfSlug } from "./collection-url.ts";

/** The account behind a token of this site. A cookie counts for nothing here: what is private is not for pages to fetch. */
export async function tokenAccount(c: Context, { accounts }: Pick<ServerContext, "accounts">) {
  if (!showsToken(c)) return undefined;
  const account = await accounts?.accountOf(c.req.raw);
  if (account) c.header("Cache-Control", "no-store");
  return account;
}

/** @throws DomainError `not-found`, also where it is another's and private */
export async function seenByProgram(c: Context, context: ServerContext): Promise<Collection> {
  const found = await context.store.collections.find(idOfSlug(c.req.param("slug") ?? ""));
  if (!found) throw notFound("There is no such collection.");
  if (found.isPrivate && (await tokenAccount(c, context))?.id !== found.ownerId) {
    throw notFound("There is no such collection.");
  }
  return found;
}
