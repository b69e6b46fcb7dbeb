/** The site: which address shows what. */
import { createNotifier } from "@paperwire/community";
import { editionDateAt, notFound, parseEditionDate } from "@paperwire/domain";
import { Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { adminRoutes } from "./account/admin-routes.tsx";
import { settingsRoutes } from "./account/settings-routes.tsx";
import { signInRoutes } from "./account/sign-in-routes.tsx";
import { addAliases } from "./aliases.ts";
import { apiRoutes } from "./api/api.ts";
import { clientAddress } from "./api/client-address.ts";
import { assetRoutes } from "./asset-routes.ts";
import { loadAssets } from "./assets.ts";
import { collectionApi } from "./collections/collection-api.ts";
import { collectionRoutes } from "./collections/collection-routes.ts";
import type { ServerContext } from "./context.ts";
import { deskRoutes } from "./desk/desk-routes.ts";
import { healthRoutes } from "./health.ts";
import { inviteRoutes } from "./invites/invite-routes.tsx";
import { LISTS } from "./lists/all-lists.ts";
import { listPage } from "./lists/list-page.ts";
import { mailDeskRoutes } from "./mail-desk/mail-desk-routes.ts";
import { mailHookRoutes } from "./mail-hook.ts";
import { mergeRoutes } from "./merge-routes.ts";
import { createMetrics } from "./metrics.ts";
import { notificationRoutes } from "./notifications/notification-routes.ts";
import type { Page } from "./page.ts";
import { PageDesk } from "./page-desk.ts";
import { type PageVersion, watchPageVersion } from "./page-version.ts";
import { aboutPage } from "./pages/about.tsx";
import { citationOf } from "./pages/citation.ts";
import { digestPage, digestsPage } from "./pages/digest.tsx";
import { feedsPage } from "./pages/feeds.tsx";
import { ledgerEntryPage, ledgerPage } from "./pages/ledger.tsx";
import { mergesPage } from "./pages/merges.tsx";
import { paperPage } from "./pages/paper.tsx";
import { sourcesPage } from "./pages/sources.tsx";
import { subscribedPage, subscribePage } from "./pages/subscribe.tsx";
import { pathOf } from "./paths.ts";
import { privateFeedRoutes } from "./private-feeds.ts";
import { API_LIMIT, createRateLimiter, VOTE_LIMIT } from "./rate-limit.ts";
import { GUESS_LIMIT, refuseGuessing } from "./refuse-guessing.ts";
import { reportFailures } from "./report-failures.ts";
import { createRequestIds } from "./request-ids.ts";
import { requestLog } from "./request-log.ts";
import { secured, securityHeaders } from "./security-headers.ts";
import type { Site } from "./site.ts";
import { isSubmissionPath, PICTURE_TOO_LARGE, SUBMISSION_BYTES_MAX, submitRoutes } from "./submit/submit-routes.ts";
import { subscribeRoutes } from "./subscribe.ts";
import { subscriptionRoutes } from "./subscription-routes.ts";
import { suggestionRoutes } from "./suggestion-routes.ts";
import { claimRoutes } from "./talk/claim-routes.tsx";
import { COMMENT_FEED_ROUTE, commentFeed } from "./talk/comment-feed.ts";
import { commentRoutes } from "./talk/comment-routes.tsx";
import { moderationRoutes } from "./talk/moderation-routes.tsx";
import { readerPage } from "./talk/reader-page.tsx";
import { voteRoutes } from "./vote-routes.ts";

export type AppOptions = Omit<ServerContext, "apiLimiter"> & {
  /** Which state of the store the pages show; by default asked for by a timer. */
  pageVersion?: PageVersion;
  /** Ends the timer. */
  signal?: AbortSignal;
  /** Begins every request id; differs between processes. */
  requestIdPrefix?: string;
};

/** Nothing we take in is longer, but a submission with its picture. */
const BODY_BYTES_MAX = 64 * 1024;

/**
 * The whole site as one Hono app; `app.request(path)` asks it without a socket.
 * @throws where an asset cannot be read
 */
export function createApp(options: AppOptions): Hono {
  const { app, desk } = routedApp(options);
  return behindCache(app, desk, options.settings.trustedProxies ?? 0);
}

/** All routes, without the cache before them: what the security tests compare their table with. */
export function routedApp({ pageVersion, signal, requestIdPrefix = "r", ...parts }: AppOptions): {
  app: Hono;
  desk: PageDesk;
} {
  const limit = { ...API_LIMIT, quota: parts.settings.apiRequests ?? API_LIMIT.quota };
  const notifier = createNotifier(parts);
  const { onComment, onModerated } = notifier;
  const context: ServerContext = {
    onComment,
    onModerated,
    ...parts,
    apiLimiter: createRateLimiter(limit, parts.clock),
  };
  const { settings, clock, logger } = context;
  const site: Site = {
    settings,
    assets: loadAssets(),
    today: () => editionDateAt(clock(), settings.editionClock),
    signIn: parts.signIn !== undefined,
  };
  const metrics = createMetrics(context);
  const requestIds = createRequestIds(requestIdPrefix);
  const headers = securityHeaders(settings.baseUrl);
  const version = pageVersion ?? watchPageVersion(context, signal);
  const desk = new PageDesk({ context, site, version, metrics, requestIds, headers });

  const voteLimiter = createRateLimiter(VOTE_LIMIT, clock);
  const app = new Hono({ getPath: pathOf });
  app.use(requestLog({ logger, metrics, requestIds }), secured(headers));
  const long = bodyLimit({
    maxSize: SUBMISSION_BYTES_MAX,
    onError: () => {
      throw new HTTPException(413, { message: PICTURE_TOO_LARGE });
    },
  });
  const short = bodyLimit({ maxSize: BODY_BYTES_MAX });
  app.on(["POST", "PUT", "PATCH", "DELETE"], "*", (c, next) =>
    isSubmissionPath(c.req.path) ? long(c, next) : short(c, next),
  );
  app.use(refuseNul, refuseGuessing(createRateLimiter(GUESS_LIMIT, clock), settings.trustedProxies ?? 0));
  addAliases(app, context);
  app.route("/", apiRoutes(context, { trustedProxies: settings.trustedProxies ?? 0, version, voteLimiter }));
  app.route("/", collectionApi(context));
  app.route("/", voteRoutes({ context, desk, limiter: voteLimiter }));
  addPages(app, desk, { context, site });
  app.route("/", suggestionRoutes(context));
  app.route("/", subscribeRoutes(context));
  app.route("/", mailHookRoutes(context));
  app.route("/", subscriptionRoutes({ context, site, desk }));
  app.route("/", privateFeedRoutes(context, site));
  app.route("/", submitRoutes({ context, site, desk }));
  app.route("/", mailDeskRoutes({ context, desk }));
  app.route("/", deskRoutes({ context, site, desk, notifier }));
  app.route("/", commentRoutes({ context, site, desk }));
  app.route("/", claimRoutes({ context, site, desk }));
  app.route("/", moderationRoutes({ context, site, desk }));
  app.route("/", mergeRoutes(context));
  app.route("/", notificationRoutes({ context, site, desk }));
  app.route("/", signInRoutes({ context, site, desk }));
  app.route("/", inviteRoutes({ context, site, desk }));
  app.route("/", settingsRoutes({ context, site, desk }));
  app.route("/", collectionRoutes({ context, site, desk }));
  app.route("/", adminRoutes({ context, site, desk }));
  app.route("/", assetRoutes(site.assets));
  app.route("/", healthRoutes(context, metrics));
  reportFailures(app, { context, site, desk });
  return { app, desk };
}

/** PostgreSQL has no text with a NUL in it: such an address names nothing. The API has words of its own for it. */
const refuseNul: MiddlewareHandler = async (c, next) => {
  if (c.req.path.includes("\0") || /^[^?]*%00/.test(c.req.url)) {
    if (!c.req.path.startsWith("/api/")) throw notFound("There is no page at this address.");
  }
  await next();
};

function addPages(app: Hono, desk: PageDesk, { context, site }: { context: ServerContext; site: Site }): void {
  const show = (route: string, page: Page) => app.get(route, desk.serve(route, page));
  for (const list of LISTS) show(list.route, listPage(list));
  app.get("/papers/:file{.+\\.(?:bib|ris|csl\\.json)}", citationOf(context));
  app.get(COMMENT_FEED_ROUTE, commentFeed(context, site));
  show("/papers/:id{.+}", paperPage);
  show("/feeds", feedsPage);
  show("/about", aboutPage);
  show("/sources", sourcesPage);
  show("/ledger", ledgerPage);
  show("/ledger/:date", ledgerEntryPage);
  app.get("/ledger/:date/content.json", async (c) => {
    const entry = await context.store.ledger.find(parseEditionDate(c.req.param("date")));
    if (!entry) throw notFound("The ledger has no such edition.");
    return c.body(entry.content, 200, { "content-type": "application/json", "x-checksum-sha256": entry.checksum });
  });
  show("/merges", mergesPage);
  show("/digests", digestsPage);
  show("/digests/:name", digestPage);
  show("/:handle{@[a-z0-9-]+}", readerPage);
  show("/subscribe", subscribePage);
  show("/subscribe/thanks", subscribedPage);
}

/** A finished page is handed out before any routing: one look into the cache is all it costs. */
function behindCache(app: Hono, desk: PageDesk, trustedProxies: number): Hono {
  const front = new Hono();
  front.all("*", (c) => {
    const { raw } = c.req;
    const kept =
      raw.method === "GET" || raw.method === "HEAD"
        ? desk.fromCache(raw, () => clientAddress(c, trustedProxies))
        : undefined;
    return kept ?? app.fetch(raw, c.env);
  });
  return front;
}
