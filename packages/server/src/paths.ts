/** Reads the path by which a request is routed: `.md` is a form of a page, not another page. */
import { getPath } from "hono/utils/url";

/** Under these, `.md` is a name like any other. */
const VERBATIM = /^\/(?:api|assets|\.well-known)\//;

/**
 * The path without a `.md` or a slash at its end, and without doubled slashes, which clients send whose configured address ends
 * in one. @source huggingface_hub, hf_api.py: an `endpoint` keeps its trailing slash
 */
export function pathOf(request: Request): string {
  let path = getPath(request);
  if (path.includes("//")) path = path.replace(/\/{2,}/g, "/");
  if (path.length > 1 && path.endsWith("/")) path = path.slice(0, -1);
  if (!path.endsWith(".md") || VERBATIM.test(path)) return path;
  const page = path.slice(0, -3);
  return page === "/index" || page === "/" ? "/" : page;
}

export function isMarkdownPath({ url }: Request): boolean {
  const end = url.indexOf("?");
  return url.endsWith(".md", end === -1 ? undefined : end);
}
