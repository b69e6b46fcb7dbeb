/** What the frame of every page needs: the site's name, its assets' addresses, today's date, and who reads. */
import type { Account, EditionDate } from "@paperwire/domain";
import type { Assets } from "./assets.ts";
import type { SiteSettings } from "./context.ts";

export type Site = {
  settings: SiteSettings;
  assets: Assets;
  /** The edition that is open now. */
  today(): EditionDate;
  /** Whether people can sign in here. */
  signIn?: boolean;
  /** Who asked for this page; absent for visitors, whose pages are one and the same for all. */
  reader?: Account;
};
