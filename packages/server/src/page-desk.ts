/** Serves pages: from the cache where it can, else made once for all who ask at the same time. */
import { createHash } from "node:crypto";
import { type Account, notFound } from "@paperwire/domain";
import type { Context, Handler } from "hono";
import { h } from "preact";
import { render } from "preact-render-to-string";
import { prefersMarkdown } from "./accept.ts";
import { clientAddress } from "./api/client-address.ts";
import type { ServerContext } from "./context.ts";
import { pickEncoding, wantedEncoding } from "./encoding.ts";
import { type DataForm, FORM_TYPES, type Form, formOf, isData, isFeed } from "./forms.ts";
import type { Metrics } from "./metrics.ts";
import { type Page, type PageView, type Redirect, readRequest } from "./page.ts";
import { type CachedPage, PAGE_LIMITS, PageCache, QUERY_LIMITS } from "./page-cache.ts";
import type { PageVersion } from "./page-version.ts";
import type { RequestIds } from "./request-ids.ts";
import type { Site } from "./site.ts";
import { type Reading, ReadingContext } from "./views/reading.ts";
import { formUrl, markdownUrl } from "./views/urls.ts";

type Parts = {
  context: ServerContext;
  site: Site;
  version: PageVersion;
  metrics: Metrics;
  requestIds: RequestIds;
  /** Sent with every page. */
  headers: Readonly<Record<string, string>>;
};

type Made = Redirect | { page: CachedPage; status: number };
type Asked = { form: Form; target: string };
/** What a page is finished for, and whoever reads it, where that is one person. */
type Finishing = Asked & { route: string; version: string; reader?: Account | undefined };

/** Feeds are asked for by programs on a timer; between two looks nobody needs to ask again. */
const FEED_SECONDS = 300;
/** A program that has a feed needs no more to know that it still has it. @source RFC 9110, 15.4.5 */
const HEADERS_OF_304 = ["etag", "last-modified", "cache-control", "vary", "access-control-allow-origin"];

/** Papers of one page whose votes are looked up; no page shows more. */
const IDS_MAX = 1_000;

export class PageDesk {
  readonly #parts: Parts;
  readonly #pages = new PageCache(PAGE_LIMITS);
  readonly #queries = new PageCache(QUERY_LIMITS);
  /** As many as there are different pages asked for at this moment. */
  readonly #inTheMaking = new Map<string, Promise<Made>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The finished page for a GET or HEAD request, at once where it has the form asked for; undefined where there is none. */
  fromCache(request: Request, address: () => string): Response | Promise<Response> | undefined {
    const version = this.#parts.version.current();
    if (version === undefined) return undefined;
    const asked = askedOf(request);
    if (!isData(asked.form) && this.#parts.context.accounts?.maySpeakFor(request)) return undefined;
    const key = keyOf(asked);
    const cache = this.#cacheOf(key);
    const page = cache.find(key, version);
    if (!page) return undefined;
    const answer = () => {
      if (page.shown) this.#parts.context.looks?.count(page.shown, request, address);
      const response = respond(page, 200, request, this.#parts.requestIds.next());
      this.#parts.metrics.observeHit(page.route, response.status);
      return response;
    };
    const accepted = request.headers.get("accept-encoding");
    // Another client than the first may want another form: made once, then kept beside it.
    return page.bodies[wantedEncoding(accepted)] ? answer() : cache.pack(key, page, accepted).then(answer);
  }

  /**
   * The route handler of a page.
   * @param route its pattern, for the metrics
   */
  serve(route: string, page: Page): Handler {
    return async (c) => {
      this.#parts.metrics.observeMiss();
      const { raw } = c.req;
      const asked = askedOf(raw);
      // A feed is the same for everybody, whoever is signed in.
      const reader = isData(asked.form) ? null : await this.#parts.context.accounts?.accountOf(raw);
      const made = reader ? await this.#makeFor(reader, route, page, c) : await this.#makeOnce(route, page, c);
      if ("page" in made) {
        const key = keyOf(asked);
        if (!reader) await this.#cacheOf(key).pack(key, made.page, raw.headers.get("accept-encoding"));
        const { context } = this.#parts;
        if (made.page.shown) {
          const proxies = context.settings.trustedProxies ?? 0;
          context.looks?.count(made.page.shown, raw, () => clientAddress(c, proxies));
        }
        return respond(made.page, made.status, raw, c.get("requestId"));
      }
      return c.redirect(formUrl(made.redirect, formOf(raw)), made.status);
    };
  }

  /** A page that is never kept, such as an error. */
  async show(view: PageView, request: Request, requestId: string): Promise<Response> {
    // An error is told without asking the database who reads it; a form that comes back is no such page.
    const reader = view.personal ? await this.#parts.context.accounts?.accountOf(request) : undefined;
    const page = await this.#finish(view, { ...askedOf(request), route: "", version: "", reader });
    return respond(page, view.status, request, requestId);
  }

  /** A page of one reader: nobody else gets it, and nobody keeps it. */
  async #makeFor(reader: Account, route: string, page: Page, c: Context): Promise<Made> {
    const { context, site } = this.#parts;
    const answer = await page(readRequest(c), context, { ...site, reader });
    if ("redirect" in answer) return answer;
    const made = await this.#finish(
      { ...answer, personal: true },
      { ...askedOf(c.req.raw), route, version: "", reader },
    );
    return { page: made, status: answer.status };
  }

  /** Everybody who asks for a page while it is being made gets the same one. */
  #makeOnce(route: string, page: Page, c: Context): Promise<Made> {
    const asked = askedOf(c.req.raw);
    const key = keyOf(asked);
    const flight = `${this.#parts.version.current()} ${route} ${key}`;
    const known = this.#inTheMaking.get(flight);
    if (known) return known;
    const request = readRequest(c);
    const { context, site } = this.#parts;
    const making = this.#make(asked, route, () => page(request, context, site)).finally(() =>
      this.#inTheMaking.delete(flight),
    );
    this.#inTheMaking.set(flight, making);
    return making;
  }

  async #make(asked: Asked, route: string, view: () => ReturnType<Page>): Promise<Made> {
    // Read before the data are: a change in between makes the kept page old, never the other way round.
    const version = this.#parts.version.current();
    const answer = await view();
    if ("redirect" in answer) return answer;
    const page = await this.#finish(answer, { ...asked, route, version: version ?? "" });
    const key = keyOf(asked);
    if (answer.keep && answer.status === 200 && version !== undefined) this.#cacheOf(key).keep(key, page);
    return { page, status: answer.status };
  }

  async #finish(view: PageView, { form, target, route, version, reader }: Finishing): Promise<CachedPage> {
    const shown = view.status === 200;
    const open = shown && !view.personal;
    if (shown && isData(form) && !view.data?.[form]) throw notFound(`This page cannot be read as ${form}.`);
    const given = isData(form) && !shown ? "html" : form;
    const identity = Buffer.from(await this.#bodyOf(view, { form: given, target, reader }));
    const links = [...(view.links ?? [])];
    if (given === "html" && open) links.push(`<${markdownUrl(target)}>; rel="alternate"; type="text/markdown"`);
    if (isFeed(given) && view.hub)
      links.push(`<${view.hub.url}>; rel="hub"`, `<${view.hub.selfOf(given)}>; rel="self"`);
    const etag = `W/"${createHash("sha1").update(identity).digest("base64url")}"`;
    const lastModified = this.#lastModified({ form, target }, etag);
    const headers = {
      ...this.#parts.headers,
      "content-type": FORM_TYPES[given],
      "cache-control": open ? "public, no-cache" : "no-store",
      vary: "Accept, Accept-Encoding, Cookie",
      ...(open && { etag }),
      ...(open && isData(given) && { ...this.#dataHeaders(view, given), "last-modified": lastModified }),
      ...(links.length > 0 && { link: links.join(", ") }),
    };
    const counted = given === "html" && shown && view.shown ? { shown: view.shown } : {};
    const page = { version, route, etag, bodies: { identity }, headers, ...counted };
    return open && isData(given) ? { ...page, headersOf304: pick(headers, HEADERS_OF_304) } : page;
  }

  #bodyOf(view: PageView, { form, target, reader }: Asked & Pick<Finishing, "reader">): string | Promise<string> {
    if (form === "html") return this.#rendered(view, target, reader);
    return form === "md" ? view.markdown() : view.data![form]!();
  }

  #dataHeaders({ fileName, hub }: PageView, form: DataForm) {
    return {
      vary: "Accept-Encoding",
      // A hub comes because there is news; a proxy's older copy would be none.
      "cache-control": hub ? "public, no-cache" : `public, max-age=${FEED_SECONDS}`,
      // Scripts of other sites may read what everybody may.
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
      ...(fileName !== undefined && { "content-disposition": `inline; filename="${fileName}.${form}"` }),
    };
  }

  /** When the same text was first made here: a change of the store that does not touch a feed leaves it as it was. */
  #lastModified(asked: Asked, etag: string): string {
    const key = keyOf(asked);
    const before = this.#cacheOf(key).peek(key);
    const same = before?.etag === etag ? before.headers["last-modified"] : undefined;
    return same ?? new Date(this.#parts.context.clock()).toUTCString();
  }

  /** What a reader has voted for is asked once, for the papers that the page turned out to show. */
  async #rendered({ html }: PageView, here: string, reader?: Account): Promise<string> {
    const document = (reading: Reading) =>
      `<!doctype html>\n${render(h(ReadingContext.Provider, { value: reading, children: html }))}`;
    const unread = reader ? await this.#parts.context.store.notifications.unread(reader.id) : 0;
    const reading: Reading = { here, signedIn: reader !== undefined, unread, voted: new Set(), shown: new Set() };
    const text = document(reading);
    if (!reader || reading.shown.size === 0) return text;
    const voted = await this.#parts.context.store.upvotes.votedAmong(reader.id, [...reading.shown].slice(0, IDS_MAX));
    return voted.size === 0 ? text : document({ ...reading, voted });
  }

  #cacheOf(key: string): PageCache {
    return key.includes("?") ? this.#queries : this.#pages;
  }
}

function respond(page: CachedPage, status: number, request: Request, requestId: string): Response {
  if (status === 200 && isKnown(page, request)) {
    return new Response(null, { status: 304, headers: { ...headersOf304(page), "x-request-id": requestId } });
  }
  const encoding = pickEncoding(page.bodies, request.headers.get("accept-encoding"));
  const body = page.bodies[encoding]!;
  const headers: Record<string, string> = { ...page.headers, "x-request-id": requestId };
  if (encoding !== "identity") headers["content-encoding"] = encoding;
  return new Response(body as Uint8Array<ArrayBuffer>, { status, headers });
}

function headersOf304({ headersOf304: few, headers }: CachedPage): Readonly<Record<string, string>> {
  if (few) return few;
  const { "content-type": _type, ...all } = headers;
  return all;
}

function pick(headers: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])));
}

/** The checksum decides where both are sent. @source RFC 9110, 13.2.2 */
function isKnown(page: CachedPage, { headers }: Request): boolean {
  const match = headers.get("if-none-match");
  if (match !== null) return page.headers["etag"] !== undefined && match.includes(page.etag);
  const since = headers.get("if-modified-since");
  const modified = page.headers["last-modified"];
  return since !== null && modified !== undefined && Date.parse(since) >= Date.parse(modified);
}

/** The form, then path and query as they were asked for. */
function askedOf(request: Request): Asked {
  const { url } = request;
  const target = url.slice(url.indexOf("/", url.indexOf("://") + 3));
  const form = formOf(request);
  return { form: form === "html" && prefersMarkdown(request.headers.get("accept")) ? "md" : form, target };
}

const keyOf = ({ form, target }: Asked) => `${form} ${target}`;
