/** The door to accounts, as the site uses it. */
import type { Account } from "@paperwire/domain";
import type { TokenScope } from "@paperwire/store";

/** An account and how it speaks: with a session it may do all that it may, with a token what that is for, as a reader. */
export type Asking = Account & {
  /** Of the API token; absent for a session. */
  scopes?: readonly TokenScope[];
};

export type AccountDesk = {
  /**
   * Who sent a request: by a token in `Authorization: Bearer …`, else by the session's cookie; undefined for a visitor.
   * A request with a token is never answered for its cookie. A cookie alone never permits a change from another site's
   * page: routes that change something also check the origin.
   */
  accountOf(request: Request): Promise<Asking | undefined>;
  /** Whether a request carries anything that could name an account; costs no look-up. */
  maySpeakFor(request: Request): boolean;
};
