/** Reads the path by which a request is routed: `.md` or `.atom` is a form of a page, not another page. */
import { getPath } from "hono/utils/url";
import { formOf } from "./forms.ts";

/** Under these, `.md` is a name like any other. */
const VERBATIM = /^\/(?:api|assets|\.well-known)\//;

/**
 * The path without the ending of its form or a slash at its end, and without doubled slashes, which clients send whose configured
 * address ends in one. @source huggingface_hub, hf_api.py: an `endpoint` keeps its trailing slash
 */
export function pathOf(request: Request): string {
  let path = getPath(request);
  if (path.includes("//")) path = path.replace(/\/{2,}/g, "/");
  if (path.length > 1 && path.endsWith("/")) path = path.slice(0, -1);
  if (VERBATIM.test(path)) return path;
  // Judged by the address as it was sent: in `geo%2Ejson` the ending belongs to the name.
  const form = formOf(request);
  const page = form !== "html" && path.endsWith(`.${form}`) ? path.slice(0, -form.length - 1) : path;
  return page === "/index" || page === "" ? "/" : page;
}
