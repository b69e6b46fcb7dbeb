/** The door to accounts, as the site uses it. */
import type { Account } from "@paperwire/domain";

export type AccountDesk = {
  /**
   * Who sent a request: by the session's cookie, or by a token in `Authorization: Bearer …`; undefined for a visitor.
   * A cookie alone never permits a change from another site's page: routes that change something also check the origin.
   */
  accountOf(request: Request): Promise<Account | undefined>;
  /** Whether a request carries anything that could name an account; costs no look-up. */
  maySpeakFor(request: Request): boolean;
};
