/** Where a form leads back to: only ever a page of this site. */

const BACK_CHARS_MAX = 2_000;
/** Read against any host, an address of ours stays on it. */
const ANY_HOST = "http://same.invalid";

/**
 * @param text as a form or a query says it: path, query and anchor
 * @returns the path as it was, or `otherwise` where it would lead elsewhere
 */
export function backPath(text: unknown, otherwise: string): string {
  if (typeof text !== "string" || text.length > BACK_CHARS_MAX || !/^\/(?![/\\])/.test(text)) return otherwise;
  if (/[\p{Cc}\\]/u.test(text) || !URL.canParse(text, ANY_HOST)) return otherwise;
  const url = new URL(text, ANY_HOST);
  return url.origin === ANY_HOST && !url.pathname.startsWith("//") ? url.pathname + url.search + url.hash : otherwise;
}
