/** The link that makes an instance's first administrator: printed at each start until somebody used it. */
import type { Store } from "@paperwire/store";
import { hashSecret, newSecret } from "./secrets.ts";

const SETTING = "first-admin-link";

export type FirstAdmin = {
  /** A new link's token, the one before is void; null where there is an administrator. */
  makeLink(): Promise<string | null>;
  isOpen(token: string): Promise<boolean>;
  /** Gives the account the role and voids the link. @returns false where it was void */
  take(token: string, accountId: string): Promise<boolean>;
};

export function openFirstAdmin({ accounts, settings }: Pick<Store, "accounts" | "settings">): FirstAdmin {
  const isOpen = async (token: string) =>
    token !== "" && (await settings.get(SETTING)) === hashSecret(token) && (await accounts.countAdmins()) === 0;
  return {
    makeLink: async () => {
      if ((await accounts.countAdmins()) > 0) return null;
      const token = newSecret();
      await settings.set(SETTING, hashSecret(token));
      return token;
    },
    isOpen,
    take: async (token, accountId) => {
      if (!(await isOpen(token))) return false;
      await settings.set(SETTING, "");
      return (await accounts.setRole(accountId, "admin")) === "done";
    },
  };
}
