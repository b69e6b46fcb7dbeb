/** Whom a signed link is for. */
import { notFound } from "@paperwire/domain";
import type { TokenPurpose } from "@paperwire/mail";
import type { Subscriber } from "@paperwire/store";
import type { ServerContext } from "./context.ts";

/** The same words for a forged link, an old one and a subscriber who was erased: nobody can tell them apart. */
export const goneLink = () =>
  notFound(
    "This link does not work any more: it was used, is too old, or was copied incompletely. You can subscribe again.",
  );

/** @throws DomainError `not-found` */
export async function subscriberOf(
  { store, mail, clock }: Pick<ServerContext, "store" | "mail" | "clock">,
  purpose: TokenPurpose,
  token: string,
): Promise<Subscriber> {
  const id = mail.tokens.read(purpose, token, clock());
  const subscriber = id === null ? null : await store.subscribers.find(id);
  if (subscriber === null) throw goneLink();
  return subscriber;
}
