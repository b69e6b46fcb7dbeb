/** Addresses of our own pages. */
import { type Form, nameSegment } from "../forms.ts";

/** The slash of an old arXiv id stays a slash. */
export const paperUrl = (id: string) => `/papers/${id.split("/").map(encodeURIComponent).join("/")}`;
export const authorUrl = (name: string) => `/authors/${nameSegment(name)}`;
export const topicUrl = (word: string) => `/topics/${nameSegment(word)}`;
/** @param next the page of ours that is wanted */
export const signInUrl = (next: string) => `/sign-in?next=${encodeURIComponent(next)}`;
export const editionUrl = (kind: "day" | "week" | "month", name: string) =>
  `/${kind === "day" ? "date" : kind}/${name}`;

/** Another form of a page lives at the same address with its ending before the query; the front page's are named apart. */
export function formUrl(path: string, form: Form): string {
  if (form === "html") return path;
  const [bare, query] = path.split("?");
  const page = bare === "/" ? (form === "md" ? "/index" : "/latest") : bare;
  return `${page}.${form}${query ? `?${query}` : ""}`;
}

export const markdownUrl = (path: string) => formUrl(path, "md");

/** A page of a list at the same address; the first has no number. */
export function withQuery(path: string, query: Record<string, string | undefined>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value) params.set(key, value);
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

/** The same address with a page number; the first page has none. */
export function withPage(path: string, page: number): string {
  const [bare = "", query] = path.split("?");
  const params = new URLSearchParams(query);
  params.delete("page");
  if (page > 1) params.set("page", String(page));
  const text = params.toString();
  return text ? `${bare}?${text}` : bare;
}
