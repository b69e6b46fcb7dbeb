/** The ways in and out, as the site's pages use them. */
import type { TokenScope } from "@paperwire/store";
import type { AccountDesk, Asking } from "./account-desk.ts";
import type { Provider } from "./providers.ts";

/** Somebody is signed in now: the cookies say so to the browser. */
export type SignedIn = {
  account: Asking;
  /** Values of `Set-Cookie`. */
  cookies: string[];
  /** Whether the account has only just been made. */
  isNew: boolean;
};

/** How a session looks to its own owner. */
export type CurrentSession = { account: Asking; sessionId: string };

export type SignInDesk = AccountDesk & {
  /** The other sites that may say who somebody is. */
  readonly providers: readonly Provider[];
  /** A token that signs in whoever reads the mail of this address, once, within `LINK_MINUTES`. */
  makeLink(email: string): Promise<string>;
  /** Which address an open link is for; null once used or expired. Uses nothing up. */
  findLink(token: string): Promise<string | null>;
  /**
   * Uses a link up, ends the session that the browser had, and begins another.
   * @param by invitation of somebody who may be new; `exempt` for an account that needs none
   * @returns null where there is no such link
   * @throws DomainError `forbidden`: a new account needs an invitation, and there was none that works
   */
  openLink(
    token: string,
    request: Request,
    by?: { invite?: string | undefined; exempt?: boolean },
  ): Promise<SignedIn | null>;
  /** The session of a request, never a token. */
  sessionOf(request: Request): Promise<CurrentSession | undefined>;
  /** Ends the session of a request. @returns values of `Set-Cookie` that clear the browser's */
  signOut(request: Request): Promise<string[]>;
  /**
   * Where a browser goes to be known by another site; afterwards it is back at `next`, or at `failed` with `?error=`.
   * @param invite token of an invitation that a new account comes by
   * @param link true joins that site's account with the one that is signed in
   * @returns null where there is no such site
   */
  startProvider(start: {
    provider: string;
    request: Request;
    next: string;
    welcome: string;
    failed: string;
    link: boolean;
    invite?: string | undefined;
  }): Promise<{ url: string; cookies: string[] } | null>;
  /** The way back from another site: `GET /auth/callback/…`. */
  finishProvider(request: Request): Promise<Response>;
  /** The four steps of passkeys, as the page's script asks for them; answers JSON, and never a session's token. */
  passkeyStep(step: PasskeyStep, request: Request): Promise<Response>;
};

export const PASSKEY_STEPS = ["register-options", "register", "sign-in-options", "sign-in"] as const;
export type PasskeyStep = (typeof PASSKEY_STEPS)[number];

export const TOKEN_SCOPES: readonly TokenScope[] = ["read", "vote", "write"];
