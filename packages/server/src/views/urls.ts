/** Addresses of our own pages. */

/** The slash of an old arXiv id stays a slash. */
export const paperUrl = (id: string) => `/papers/${id.split("/").map(encodeURIComponent).join("/")}`;
export const authorUrl = (name: string) => `/authors/${encodeURIComponent(name)}`;
export const topicUrl = (word: string) => `/topics/${encodeURIComponent(word)}`;
/** @param next the page of ours that is wanted */
export const signInUrl = (next: string) => `/sign-in?next=${encodeURIComponent(next)}`;
export const editionUrl = (kind: "day" | "week" | "month", name: string) =>
  `/${kind === "day" ? "date" : kind}/${name}`;

/** The Markdown form of a page lives at the same address with `.md` before the query. */
export function markdownUrl(path: string): string {
  const [bare, query] = path.split("?");
  const page = bare === "/" ? "/index.md" : `${bare}.md`;
  return query ? `${page}?${query}` : page;
}

/** A page of a list at the same address; the first has no number. */
export function withQuery(path: string, query: Record<string, string | undefined>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value) params.set(key, value);
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}
