/** Serves pages: from the cache where it can, else made once for all who ask at the same time. */
import { createHash } from "node:crypto";
import type { Account } from "@paperwire/domain";
import type { Context, Handler } from "hono";
import { h } from "preact";
import { render } from "preact-render-to-string";
import { prefersMarkdown } from "./accept.ts";
import type { ServerContext } from "./context.ts";
import { pickEncoding, wantedEncoding } from "./encoding.ts";
import type { Metrics } from "./metrics.ts";
import { type Page, type PageView, type Redirect, readRequest } from "./page.ts";
import { type CachedPage, PAGE_LIMITS, PageCache, QUERY_LIMITS } from "./page-cache.ts";
import type { PageVersion } from "./page-version.ts";
import { isMarkdownPath } from "./paths.ts";
import type { RequestIds } from "./request-ids.ts";
import type { Site } from "./site.ts";
import { type Reading, ReadingContext } from "./views/reading.ts";
import { markdownUrl } from "./views/urls.ts";

type Parts = {
  context: ServerContext;
  site: Site;
  version: PageVersion;
  metrics: Metrics;
  requestIds: RequestIds;
  /** Sent with every page. */
  headers: Readonly<Record<string, string>>;
};

/** What a page is finished for: its key, and whoever reads it, where that is one person. */
type Finish = { key: string; route: string; version: string; reader?: Account };

type Made = Redirect | { page: CachedPage; status: number };

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
  fromCache(request: Request): Response | Promise<Response> | undefined {
    const version = this.#parts.version.current();
    if (version === undefined || this.#parts.context.accounts?.maySpeakFor(request)) return undefined;
    const key = keyOf(request);
    const cache = this.#cacheOf(key);
    const page = cache.find(key, version);
    if (!page) return undefined;
    const answer = () => {
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
      const reader = await this.#parts.context.accounts?.accountOf(raw);
      const made = reader ? await this.#makeFor(reader, route, page, c) : await this.#makeOnce(route, page, c);
      if ("page" in made) {
        const key = keyOf(raw);
        if (!reader) await this.#cacheOf(key).pack(key, made.page, raw.headers.get("accept-encoding"));
        return respond(made.page, made.status, raw, c.get("requestId"));
      }
      return c.redirect(isMarkdownPath(raw) ? markdownUrl(made.redirect) : made.redirect, made.status);
    };
  }

  /** A page that is never kept, such as an error. */
  async show(view: PageView, request: Request, requestId: string): Promise<Response> {
    const page = await this.#finish(view, { key: keyOf(request), route: "", version: "" });
    return respond(page, view.status, request, requestId);
  }

  /** A page of one reader: nobody else gets it, and nobody keeps it. */
  async #makeFor(reader: Account, route: string, page: Page, c: Context): Promise<Made> {
    const { context, site } = this.#parts;
    const answer = await page(readRequest(c), context, { ...site, reader });
    if ("redirect" in answer) return answer;
    const key = keyOf(c.req.raw);
    const made = await this.#finish({ ...answer, personal: true }, { key, route, version: "", reader });
    return { page: made, status: answer.status };
  }

  /** Everybody who asks for a page while it is being made gets the same one. */
  #makeOnce(route: string, page: Page, c: Context): Promise<Made> {
    const key = keyOf(c.req.raw);
    const flight = `${this.#parts.version.current()} ${route} ${key}`;
    const known = this.#inTheMaking.get(flight);
    if (known) return known;
    const request = readRequest(c);
    const { context, site } = this.#parts;
    const making = this.#make(key, route, () => page(request, context, site)).finally(() =>
      this.#inTheMaking.delete(flight),
    );
    this.#inTheMaking.set(flight, making);
    return making;
  }

  async #make(key: string, route: string, view: () => ReturnType<Page>): Promise<Made> {
    // Read before the data are: a change in between makes the kept page old, never the other way round.
    const version = this.#parts.version.current();
    const answer = await view();
    if ("redirect" in answer) return answer;
    const page = await this.#finish(answer, { key, route, version: version ?? "" });
    if (answer.keep && answer.status === 200 && version !== undefined) this.#cacheOf(key).keep(key, page);
    return { page, status: answer.status };
  }

  async #finish(view: PageView, { key, route, version, reader }: Finish) {
    const markdown = key.startsWith("m");
    const identity = Buffer.from(markdown ? await view.markdown() : await this.#rendered(view, key.slice(1), reader));
    const links = [...(view.links ?? [])];
    if (!markdown && view.status === 200 && !view.personal) {
      links.push(`<${markdownUrl(key.slice(1))}>; rel="alternate"; type="text/markdown"`);
    }
    const etag = `W/"${createHash("sha1").update(identity).digest("base64url")}"`;
    const headers = {
      ...this.#parts.headers,
      "content-type": markdown ? "text/markdown; charset=utf-8" : "text/html; charset=utf-8",
      "cache-control": view.status === 200 && !view.personal ? "public, no-cache" : "no-store",
      vary: "Accept, Accept-Encoding, Cookie",
      ...(view.status === 200 && !view.personal && { etag }),
      ...(links.length > 0 && { link: links.join(", ") }),
    };
    return { version, route, etag, bodies: { identity }, headers } satisfies CachedPage;
  }

  /** What a reader has voted for is asked once, for the papers that the page turned out to show. */
  async #rendered({ html }: PageView, here: string, reader?: Account): Promise<string> {
    const document = (reading: Reading) =>
      `<!doctype html>\n${render(h(ReadingContext.Provider, { value: reading, children: html }))}`;
    const reading: Reading = { here, signedIn: reader !== undefined, voted: new Set(), shown: new Set() };
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
  if (status === 200 && request.headers.get("if-none-match")?.includes(page.etag)) {
    const { "content-type": _type, ...headers } = page.headers;
    return new Response(null, { status: 304, headers: { ...headers, "x-request-id": requestId } });
  }
  const encoding = pickEncoding(page.bodies, request.headers.get("accept-encoding"));
  const body = page.bodies[encoding]!;
  const headers: Record<string, string> = { ...page.headers, "x-request-id": requestId };
  if (encoding !== "identity") headers["content-encoding"] = encoding;
  return new Response(body as Uint8Array<ArrayBuffer>, { status, headers });
}

/** `h` or `m` for the form, then path and query as they were asked for. */
function keyOf(request: Request): string {
  const { url } = request;
  const target = url.slice(url.indexOf("/", url.indexOf("://") + 3));
  const markdown = isMarkdownPath(request) || prefersMarkdown(request.headers.get("accept"));
  return `${markdown ? "m" : "h"}${target}`;
}
