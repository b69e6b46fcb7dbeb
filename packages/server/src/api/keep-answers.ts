/** Finished answers, kept as bytes until the store changes: a poll by many clients costs one question. */
import { createHash } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { pickEncoding } from "../encoding.ts";
import { type CachedPage, type CacheLimits, PageCache } from "../page-cache.ts";
import type { PageVersion } from "../page-version.ts";

/** Answers are larger than pages (50 papers with abstracts: 320 kB), and most addresses have a query. */
const ANSWER_LIMITS: CacheLimits = { entries: 300, bytes: 24 * 1024 * 1024 };
export type KeepOptions = { version: PageVersion };

/** Answers 304 to a client that has the answer already, and sends it packed to one that can unpack it. */
export function keepAnswers({ version }: KeepOptions): MiddlewareHandler {
  const answers = new PageCache(ANSWER_LIMITS);
  return async (c, next) => {
    if (c.req.method !== "GET" && c.req.method !== "HEAD") return next();
    const key = c.req.url.slice(c.req.url.indexOf("/", c.req.url.indexOf("://") + 3));
    // Read before the data are: a change in between makes the kept answer old, never the other way round.
    const current = version.current();
    const known = current === undefined ? undefined : answers.find(key, current);
    const accepted = c.req.header("accept-encoding");
    if (known) {
      await answers.pack(key, known, accepted);
      return respond(c, known);
    }
    await next();
    // What is said to one person alone says so.
    if (c.res.status !== 200 || c.res.headers.get("cache-control")?.includes("no-store")) return;
    const made = await finish(c.res, current ?? "");
    if (current !== undefined) answers.keep(key, made);
    await answers.pack(key, made, accepted);
    c.res = respond(c, made);
  };
}

async function finish(response: Response, version: string): Promise<CachedPage> {
  const identity = new Uint8Array(await response.arrayBuffer());
  const etag = `W/"${createHash("sha1").update(identity).digest("base64url")}"`;
  const headers: Record<string, string> = {
    "content-type": "application/json",
    "cache-control": "public, no-cache",
    vary: "Accept-Encoding",
    etag,
  };
  const link = response.headers.get("link");
  if (link !== null) headers["link"] = link;
  return { version, route: "", etag, headers, bodies: { identity } };
}

function respond(c: Context, { bodies, headers, etag }: CachedPage): Response {
  if (c.req.header("if-none-match")?.includes(etag)) return c.body(null, 304, headers);
  const encoding = pickEncoding(bodies, c.req.header("accept-encoding"));
  const packed = encoding === "identity" ? headers : { ...headers, "content-encoding": encoding };
  return c.body(bodies[encoding] as Uint8Array<ArrayBuffer>, 200, packed);
}
