/** What the frame of every page needs: the site's name, its assets' addresses, today's date. */
import type { EditionDate } from "@paperwire/domain";
import type { Assets } from "./assets.ts";
import type { SiteSettings } from "./context.ts";

export type Site = {
  settings: SiteSettings;
  assets: Assets;
  /** The edition that is open now. */
  today(): EditionDate;
};
