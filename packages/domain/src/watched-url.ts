/** One name for whatever leads to the same repository or page. Pure. */
import type { Link } from "./paper.ts";

/** Hosts whose addresses begin with an owner and a repository. */
const REPOSITORY_HOSTS = /^(?:github\.com|gitlab\.com|gitee\.com|bitbucket\.org|codeberg\.org)$/;
/** Addresses of papers are normal already; this only takes them apart. */
const PARTS = /^(https?:)\/\/(?:www\.)?([^/?#]+)(\/[^?#]*)?(\?[^#]*)?/i;

/** Null for what is not watched: papers and their PDFs. */
export function watchedUrl({ kind, url }: Pick<Link, "kind" | "url">): string | null {
  if (kind === "pdf" || kind === "page") return null;
  const [, scheme, authority = "", pathname = "/", query = ""] = PARTS.exec(url) ?? [];
  if (scheme === undefined || authority.includes("@")) return null;
  const host = authority.toLowerCase();
  const path = pathname.split("/").filter(Boolean);
  if (REPOSITORY_HOSTS.test(host) && path.length >= 2) {
    const repository = `${path[0]}/${path[1]!.replace(/\.git$/, "")}`;
    return `https://${host}/${host === "github.com" ? repository.toLowerCase() : repository}`;
  }
  if (host === "huggingface.co" && path.length >= 2) {
    const depth = path[0] === "datasets" || path[0] === "spaces" ? 3 : 2;
    return `https://${host}/${path.slice(0, depth).join("/")}`;
  }
  return `${scheme.toLowerCase()}//${host}${pathname}${query}`;
}
