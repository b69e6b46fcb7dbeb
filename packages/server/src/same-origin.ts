/** Only our own pages may send our forms. */
import { forbidden } from "@paperwire/domain";
import type { MiddlewareHandler } from "hono";

/**
 * Refuses a form that another site's page sent. Browsers say where a request comes from (`Sec-Fetch-Site`, in older
 * ones `Origin`); who says neither is no browser with a reader in it, and is refused as well.
 */
export function sameOrigin(baseUrl: string): MiddlewareHandler {
  const ownHost = new URL(baseUrl).host;
  return async (c, next) => {
    const site = c.req.header("sec-fetch-site");
    const origin = c.req.header("origin");
    const fine = site === undefined ? isOwn(origin, [ownHost, c.req.header("host")]) : site === "same-origin";
    if (!fine) throw forbidden("This form can only be sent from a page of this site.");
    await next();
  };
}

function isOwn(origin: string | undefined, hosts: readonly (string | undefined)[]): boolean {
  if (!origin || !URL.canParse(origin)) return false;
  return hosts.includes(new URL(origin).host);
}
