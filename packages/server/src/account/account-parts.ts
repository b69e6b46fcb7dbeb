/** What the pages around an account are built from, and the steps that all of them share. */
import type { CurrentSession, SignInDesk } from "@paperwire/accounts";
import {
  type Account,
  conflict,
  type InviteMode,
  notFound,
  parseHandle,
  parseName,
  unauthorized,
} from "@paperwire/domain";
import type { StoredAccount } from "@paperwire/store";
import type { Context } from "hono";
import type { VNode } from "preact";
import { clientAddress } from "../api/client-address.ts";
import type { ServerContext } from "../context.ts";
import { atField, FieldError } from "../field-problem.tsx";
import type { PageView } from "../page.ts";
import type { PageDesk } from "../page-desk.ts";
import type { RateLimit } from "../rate-limit.ts";
import { showsToken } from "../requested-by.ts";
import { refuseOtherSites } from "../same-origin.ts";
import type { Site } from "../site.ts";

export type AccountParts = { context: ServerContext; site: Site; desk: PageDesk };

/** Who looks at their own account, or changes it: the two ways in of its pages. */
export type Doors = Record<"reading" | "changing", (c: Context) => Promise<Reader>>;
export type Reader = { account: StoredAccount; sessionId: string; site: Site };

/** Forms around signing in, by network address. */
export const DOOR_LIMIT: RateLimit = { name: "sign-in", quota: 40, windowSeconds: 900 };
/** Mails to one address, whoever asks for them. */
export const LINK_LIMIT: RateLimit = { name: "sign-in-mail", quota: 5, windowSeconds: 3600 };
/** Wishes of one account for another address, and mails to one address because of them. */
export const EMAIL_WISH_LIMIT: RateLimit = { name: "email-wish", quota: 5, windowSeconds: 3600 };
export const EMAIL_LINK_LIMIT: RateLimit = { name: "email-link", quota: 5, windowSeconds: 3600 };
/** Changes of one's own account. */
export const SETTINGS_LIMIT: RateLimit = { name: "settings", quota: 60, windowSeconds: 900 };

/** @throws DomainError `not-found` where the site has no accounts */
export function signInOf({ signIn }: Pick<ServerContext, "signIn">): SignInDesk {
  if (!signIn) throw notFound("This site has no accounts.");
  return signIn;
}

export const invitesOf = ({ settings }: Pick<ServerContext, "settings">): InviteMode => settings.invites ?? "off";

/**
 * Who sits at the browser: tokens can't change an account.
 * @throws DomainError `unauthorized`
 */
export async function sessionOf(c: Context, context: ServerContext): Promise<CurrentSession> {
  if (showsToken(c)) throw unauthorized("No token is for this.");
  const session = await signInOf(context).sessionOf(c.req.raw);
  if (!session) throw unauthorized("Sign in first.");
  return session;
}

/** As `sessionOf`, for a form. @throws DomainError `forbidden`: the form is not ours */
export async function sessionBehindForm(c: Context, context: ServerContext): Promise<CurrentSession> {
  refuseOtherSites(c, context.settings.baseUrl);
  return sessionOf(c, context);
}

/** A page of one reader: kept by nobody, found by nobody. */
export function personal(html: VNode, title: string, status: PageView["status"] = 200): PageView {
  return {
    status,
    keep: false,
    personal: true,
    html,
    markdown: () => `# ${title}\n\nOpen this address in a browser.\n`,
  };
}

export function shower({ desk }: AccountParts) {
  return (c: Context, view: PageView) => desk.show(view, c.req.raw, String(c.get("requestId") ?? ""));
}

/** @throws FieldError at `handle` or `name` */
export async function rename(
  { store }: Pick<ServerContext, "store">,
  { id, handle: before }: Pick<Account, "id" | "handle">,
  typed: { handle: string; name: string },
): Promise<void> {
  // What was given for the time being, and no one may choose, can stay.
  const stays = typed.handle.replace(/^@/, "") === before;
  const handle = stays ? before : atField("handle", () => parseHandle(typed.handle));
  const name = atField("name", () => parseName(typed.name)) || handle;
  const done = await store.accounts.rename(id, { handle, name });
  if (done !== "done") throw new FieldError("handle", handleRefused(handle, done));
}

/** Handles that somebody had are kept: who took one over would be taken for the one before. */
const handleRefused = (handle: string, why: "taken" | "often") =>
  conflict(
    why === "taken"
      ? `@${handle} is taken. Choose another.`
      : "The handle changed five times in 90 days. Keep this one for a while.",
  );

/** Leads elsewhere with cookies. */
export function leave(c: Context, to: string, cookies: readonly string[]): Response {
  for (const cookie of cookies) c.header("Set-Cookie", cookie, { append: true });
  c.header("Cache-Control", "no-store");
  return c.redirect(to, 303);
}

export const addressOf = (c: Context, { settings }: ServerContext) => clientAddress(c, settings.trustedProxies ?? 0);
