/** The JSON API that existing clients of daily papers accept, and its description for machines. */
import { OpenAPIHono } from "@hono/zod-openapi";
import { createComments, vote } from "@paperwire/community";
import { invalid, parseArxivId } from "@paperwire/domain";
import type { Context, MiddlewareHandler } from "hono";
import { changedBy } from "../changed-by.ts";
import type { PageVersion } from "../page-version.ts";
import { createRateLimiter, type RateLimiter, TALK_LIMIT, VOTE_LIMIT } from "../rate-limit.ts";
import { showsToken } from "../requested-by.ts";
import type { ApiVote } from "./answers.ts";
import type { ApiContext } from "./context.ts";
import { dailyPapers } from "./daily-papers.ts";
import { linkedRepos, listPapers, paperDetails, searchPapers } from "./find-papers.ts";
import { keepAnswers } from "./keep-answers.ts";
import { limitRequests } from "./limit-requests.ts";
import { linkNext } from "./paging.ts";
import {
  commentRoute,
  dailyRoute,
  markdownPath,
  paperRoute,
  papersRoute,
  replyRoute,
  reposRoute,
  searchRoute,
  takeBackRoute,
  trendingRoute,
  upvoteRoute,
} from "./routes.ts";
import { addSubmissions } from "./submissions.ts";
import { trending } from "./trending.ts";

export type ApiOptions = {
  /** How many proxies stand in front of this server; 0 believes no forwarded address. */
  trustedProxies?: number;
  /** Which state of the store the answers show; without it nothing is kept and every request asks the store. */
  version?: PageVersion;
  /** Counts votes by account; pages and API share one. */
  voteLimiter?: RateLimiter;
};

/**
 * Mounted at the root: `app.route("/", apiRoutes(context))`. The app around it collapses doubled slashes and turns thrown
 * `DomainError`s into `{"error": …}`. All reads are anonymous; their `Authorization` header is neither looked at nor
 * written down, because clients send tokens that belong elsewhere.
 */
export function apiRoutes(
  context: ApiContext,
  { trustedProxies = 0, version, voteLimiter }: ApiOptions = {},
): OpenAPIHono {
  const api = new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) throw invalid(result.error.issues.map((issue) => issue.message).join(" "));
    },
  });
  api.use("/api/*", limitRequests(context.apiLimiter, trustedProxies));
  api.use("/api/*", refuseNul);
  if (version) api.use("/api/*", forEverybody(keepAnswers({ version })));
  addLists(api, context);
  addPapers(api, context);
  addSubmissions(api, context);
  addVotes(api, context, voteLimiter ?? createRateLimiter(VOTE_LIMIT, context.clock));
  addComments(api, context, createRateLimiter(TALK_LIMIT, context.clock));
  addDescription(api, context);
  return api;
}

/** What a token may change in an answer, no kept answer says. */
const forEverybody =
  (keep: MiddlewareHandler): MiddlewareHandler =>
  (c, next) =>
    c.req.path.startsWith("/api/collections") && showsToken(c) ? next() : keep(c, next);

/** PostgreSQL has no text with a NUL in it, and nobody means one. */
const refuseNul: MiddlewareHandler = async (c, next) => {
  if (c.req.url.includes("%00")) throw invalid("An address cannot hold a NUL character.");
  await next();
};

function addLists(api: OpenAPIHono, context: ApiContext): void {
  const { baseUrl } = context.settings;
  api.openapi(dailyRoute, async (c) => {
    const query = c.req.valid("query");
    const { items, hasMore } = await dailyPapers(context, query);
    if (hasMore) linkNext(c, { baseUrl, path: dailyRoute.path, query: { ...query, p: query.p + 1 } });
    return c.json(items, 200);
  });
  api.openapi(trendingRoute, async (c) => {
    const query = c.req.valid("query");
    const { items, hasMore } = await trending(context, query);
    if (hasMore) linkNext(c, { baseUrl, path: trendingRoute.path, query: { ...query, p: query.p + 1 } });
    return c.json(items, 200);
  });
  api.openapi(searchRoute, async (c) => c.json(await searchPapers(context, c.req.valid("query")), 200));
  api.openapi(papersRoute, async (c) => {
    const query = c.req.valid("query");
    const { items, next } = await listPapers(context, query);
    if (next !== null) linkNext(c, { baseUrl, path: papersRoute.path, query: { limit: query.limit, cursor: next } });
    return c.json(items, 200);
  });
}

/** Ids of the years before 2007 hold a slash (`hep-th/9901001`), which a client sends as it is. */
function addPapers(api: OpenAPIHono, context: ApiContext): void {
  const withComments = (c: Context) => c.req.query("field") === "comments";
  const oldId = (c: Context) => `${c.req.param("archive")}/${c.req.param("number")}`;
  api.openapi(paperRoute, async (c) =>
    c.json(await paperDetails(context, { id: c.req.valid("param").id, withComments: withComments(c) }), 200),
  );
  api.get("/api/papers/:archive/:number", async (c) =>
    c.json(await paperDetails(context, { id: oldId(c), withComments: withComments(c) })),
  );
  api.openapi(reposRoute, async (c) => c.json(await linkedRepos(context, c.req.valid("param").id), 200));
  api.get("/api/arxiv/:archive/:number/repos", async (c) => c.json(await linkedRepos(context, oldId(c))));
}

function addVotes(api: OpenAPIHono, context: ApiContext, limiter: RateLimiter): void {
  const answer = async (c: Context, paperId: string, upvoted: boolean): Promise<ApiVote> => {
    const account = await changedBy(c, context, { scope: "vote", limiter });
    const { paperId: id, total, here } = await vote(context, { account, paperId, upvoted });
    c.header("Cache-Control", "no-store");
    return { id, upvoted, upvotes: total, upvotesHere: here };
  };
  const oldId = (c: Context) => `${c.req.param("archive")}/${c.req.param("number")}`;
  api.openapi(upvoteRoute, async (c) => c.json(await answer(c, c.req.valid("param").id, true), 200));
  api.openapi(takeBackRoute, async (c) => c.json(await answer(c, c.req.valid("param").id, false), 200));
  api.post("/api/papers/:archive/:number/upvote", async (c) => c.json(await answer(c, oldId(c), true)));
  api.delete("/api/papers/:archive/:number/upvote", async (c) => c.json(await answer(c, oldId(c), false)));
}

function addComments(api: OpenAPIHono, context: ApiContext, limiter: RateLimiter): void {
  const comments = createComments(context, context.onComment);
  const made = async (
    c: Context,
    { paperId, parentId, typed }: { paperId: string; parentId?: string; typed: string },
  ) => {
    const account = await changedBy(c, context, { scope: "write", limiter });
    const work = parseArxivId(paperId)?.id ?? paperId;
    const { id, state } = await comments.write(account, { paperId: work, typed, ...(parentId && { parentId }) });
    c.header("Cache-Control", "no-store");
    return { id, url: `${context.settings.baseUrl}/comments/${id}`, hidden: state !== "shown" };
  };
  api.openapi(commentRoute, async (c) =>
    c.json(await made(c, { paperId: c.req.valid("param").id, typed: c.req.valid("json").comment }), 200),
  );
  api.openapi(replyRoute, async (c) => {
    const { id, commentId } = c.req.valid("param");
    return c.json(await made(c, { paperId: id, parentId: commentId, typed: c.req.valid("json").comment }), 200);
  });
}

function addDescription(api: OpenAPIHono, { settings }: ApiContext): void {
  api.openAPIRegistry.registerPath(markdownPath);
  api.openAPIRegistry.registerComponent("securitySchemes", "token", {
    type: "http",
    scheme: "bearer",
    description: "A token of this site, from its settings, that is for what the request does",
  });
  let description: object | undefined;
  api.get("/.well-known/openapi.json", (c) => {
    description ??= api.getOpenAPI31Document({
      openapi: "3.1.0",
      info: {
        title: `${settings.siteName} API`,
        version: settings.version,
        description: "Daily editions of research papers. Reads are anonymous.",
      },
      servers: [{ url: settings.baseUrl }],
    });
    return c.json(description);
  });
}
