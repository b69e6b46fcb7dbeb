/** A list of papers at an address: its page, its Markdown, every feed and export are made from this one thing. */
import type { ListedPaper, Surface } from "@paperwire/domain";
import type { VNode } from "preact";
import type { ServerContext } from "../context.ts";
import type { Form } from "../forms.ts";
import type { PageRequest, PageView, Redirect } from "../page.ts";
import type { Site } from "../site.ts";

export type PaperList = {
  /** Plain text, without the site's name: "Friday, 28 March 2025", "Topic: cs.CL". */
  title: string;
  /** Plain sentences under the title: how many papers, in which order, whether they are all there. */
  intro: string;
  /** Address of the list with the query that makes it, without a page number: `/search?q=ranking`. */
  path: string;
  items: readonly ListedPaper[];
  page: number;
  perPage: number;
  total: number;
  /** The whole document. Taken only where a page is asked for. */
  html: VNode;
  /** By default 200, also where the list is empty. */
  status?: 200 | 404;
  /** False while the list still changes without a new version of the store. */
  keep?: boolean;
  /** Heading of the Markdown form where it is another than the title. */
  heading?: string;
  /** True where the hub is told of changes, as in `hubPathsOf`; lists that follow from what somebody asked are not. */
  told?: boolean;
};

/** @returns a view of its own where there is no list to show, such as a search for nothing */
export type ListSource = (
  request: PageRequest,
  context: ServerContext,
  site: Site,
) => Promise<PaperList | PageView | Redirect>;

export type ListRoute = {
  route: string;
  list: ListSource;
  /** Where looks at its papers are counted. */
  surface: Surface;
  /** What it lists and an address to copy, for people who look for a feed; absent for a second address of the same list. */
  about?: { text: string; example: string };
};

/** Papers on one page of an export: what a reference manager takes at once. */
const EXPORT_PAPERS = 500;
const EXPORTS: readonly Form[] = ["bib", "ris", "csl.json"];

/** How many papers of a long list a form holds. @param usual for pages and feeds */
export function paperCount({ form }: PageRequest, usual: number): number {
  return EXPORTS.includes(form) ? EXPORT_PAPERS : usual;
}
