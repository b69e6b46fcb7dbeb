/** Pages that only make sense for somebody: visitors are led to sign in, and back. */
import { atLeast, type Role } from "@paperwire/domain";
import type { Page, PageRequest } from "./page.ts";
import { notOffice } from "./requested-by.ts";
import { signInUrl } from "./views/urls.ts";

/** @param path of the page, for the way back */
export function forReaders(path: (request: PageRequest) => string, page: Page, least: Role = "reader"): Page {
  return async (request, context, site) => {
    if (!site.reader) return { redirect: signInUrl(path(request)), status: 303 };
    if (!atLeast(site.reader.role, least)) throw notOffice(least);
    return page(request, context, site);
  };
}
