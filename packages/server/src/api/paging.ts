/** The address of the next page, as a `Link` header. */
import type { Context } from "hono";

export type NextPage = { baseUrl: string; path: string; query: Record<string, string | number | undefined> };

/** @source RFC 8288; third-party clients loop on it, and its absence says that a list is complete */
export function linkNext(c: Context, { baseUrl, path, query }: NextPage): void {
  const known = Object.entries(query).filter((pair): pair is [string, string | number] => pair[1] !== undefined);
  const search = new URLSearchParams(known.map(([name, value]) => [name, String(value)]));
  c.header("Link", `<${baseUrl}${path}${path.includes("?") ? "&" : "?"}${search}>; rel="next"`, { append: true });
}
