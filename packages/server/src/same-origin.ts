/** Only our own pages may send our forms. */
import { forbidden } from "@paperwire/domain";
import type { Context, MiddlewareHandler } from "hono";

/**
 * Refuses a form that another site's page sent. Browsers say where a request comes from (`Sec-Fetch-Site`, in older
 * ones `Origin`); who says neither is no browser with a reader in it, and is refused as well.
 */
export function sameOrigin(baseUrl: string): MiddlewareHandler {
  return async (c, next) => {
    refuseOtherSites(c, baseUrl);
    await next();
  };
}

/** As `sameOrigin`, for one request. @throws DomainError `forbidden` */
export function refuseOtherSites(c: Context, baseUrl: string): void {
  const site = c.req.header("sec-fetch-site");
  const fine =
    site === undefined
      ? isOwn(c.req.header("origin"), { own: new URL(baseUrl), host: c.req.header("host") })
      : site === "same-origin";
  if (!fine) throw forbidden("This form can only be sent from a page of this site.");
}

/** A site with TLS is not its namesake without: that one may be anybody between reader and server. */
function isOwn(origin: string | undefined, { own, host }: { own: URL; host: string | undefined }): boolean {
  if (!origin || !URL.canParse(origin)) return false;
  const from = new URL(origin);
  if (from.host === own.host) return from.protocol === own.protocol || from.protocol === "https:";
  return from.host === host && from.hostname !== own.hostname;
}
