/** What a page is: a function from a request to something shown as a page and as Markdown, and where it is a list, as data. */
import { notFound } from "@paperwire/domain";
import type { Context } from "hono";
import type { VNode } from "preact";
import type { ServerContext } from "./context.ts";
import { type DataForm, type Form, formOf } from "./forms.ts";
import type { ShownPapers } from "./looks/count-looks.ts";
import type { Site } from "./site.ts";

export type PageRequest = {
  /** A part of the path, decoded; empty where the route has no such part. */
  param(name: string): string;
  /** The first value under a name, trimmed; undefined where absent or empty. */
  query(name: string): string | undefined;
  /** In which form it was asked for. */
  form: Form;
};

export type PageView = {
  status: 200 | 400 | 401 | 403 | 404 | 409 | 413 | 429 | 500 | 502;
  /** The whole document. */
  html: VNode;
  /** The same page as Markdown, made only when asked for. */
  markdown: () => string | Promise<string>;
  /** Feeds and exports, each made only when asked for. */
  data?: Readonly<Partial<Record<DataForm, () => string | Promise<string>>>>;
  /** Who tells subscribers of the feeds about changes (WebSub). */
  hub?: { url: string; selfOf(form: Form): string };
  /** The papers that the page shows as a list. */
  shown?: ShownPapers;
  /** Of a saved export, without an ending. */
  fileName?: string;
  /** `Link` header values beside the one for the Markdown form. */
  links?: readonly string[];
  /** False while the answer still changes without a new version of the store. */
  keep: boolean;
  /** True where the address itself is a secret of one reader: no cache keeps the page, and no form of it is named. */
  personal?: boolean;
};

export type Redirect = { redirect: string; status: 301 | 302 | 303 };

export type Page = (request: PageRequest, context: ServerContext, site: Site) => Promise<PageView | Redirect>;

/** No database takes a NUL: as a part of a path it names nothing, in a query it is left out. */
export function readRequest(c: Context): PageRequest {
  return {
    param: (name) => {
      const value = c.req.param(name) ?? "";
      if (value.includes("\0")) throw notFound("There is no page at this address.");
      return value;
    },
    query: (name) => c.req.query(name)?.replaceAll("\0", " ").trim() || undefined,
    form: formOf(c.req.raw),
  };
}

/** Pages of a list beyond this one are not offered. */
const PAGE_MAX = 10_000;

/** 1 for anything that is not a page number. */
export function pageNumber(request: PageRequest): number {
  const value = Number(request.query("page") ?? 1);
  return Number.isInteger(value) && value >= 1 ? Math.min(value, PAGE_MAX) : 1;
}
