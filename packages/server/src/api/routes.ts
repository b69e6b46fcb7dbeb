/** The table of the API's routes, each with what it takes and gives. */
import { createRoute, type z } from "@hono/zod-openapi";
import {
  CommentMadeSchema,
  ErrorSchema,
  ItemSchema,
  PaperAnswerSchema,
  ReposSchema,
  SubmissionSchema,
  TrendingSchema,
  VoteSchema,
} from "./answers.ts";
import {
  CommentBody,
  DailyQuery,
  PaperParams,
  PaperQuery,
  PapersQuery,
  ReplyParams,
  SearchQuery,
  SubmitBody,
  TrendingQuery,
} from "./questions.ts";

const json = (schema: z.ZodType, description: string) => ({
  description,
  content: { "application/json": { schema } },
});
const badRequest = json(ErrorSchema, "A parameter is malformed; the message says which");
const tooMany = json(ErrorSchema, "Too many requests from this address; `Retry-After` says for how long");
const nextPage = {
  Link: {
    description: 'Address of the next page with `rel="next"`; absent on the last',
    schema: { type: "string" as const },
  },
};

export const dailyRoute = createRoute({
  method: "get",
  path: "/api/daily_papers",
  operationId: "listDailyPapers",
  summary: "Papers of one or more daily editions",
  request: { query: DailyQuery },
  responses: {
    200: { ...json(ItemSchema.array(), "One page of the list; empty where there is nothing"), headers: nextPage },
    400: badRequest,
    429: tooMany,
  },
});

export const trendingRoute = createRoute({
  method: "get",
  path: "/api/trending",
  operationId: "listTrending",
  summary: "Trending papers, best first, with the parts of each score",
  request: { query: TrendingQuery },
  responses: {
    200: { ...json(TrendingSchema.array(), "One page of the list; the parts add up to the score"), headers: nextPage },
    400: badRequest,
    429: tooMany,
  },
});

export const searchRoute = createRoute({
  method: "get",
  path: "/api/papers/search",
  operationId: "searchPapers",
  summary: "Papers that match a query, best first",
  request: { query: SearchQuery },
  responses: {
    200: json(ItemSchema.array(), "Best first, with the passages that show why"),
    400: badRequest,
    429: tooMany,
  },
});

export const papersRoute = createRoute({
  method: "get",
  path: "/api/papers",
  operationId: "listPapers",
  summary: "All papers, newest first",
  request: { query: PapersQuery },
  responses: {
    200: { ...json(ItemSchema.array(), "One page of the list"), headers: nextPage },
    400: badRequest,
    429: tooMany,
  },
});

export const paperRoute = createRoute({
  method: "get",
  path: "/api/papers/{id}",
  operationId: "getPaper",
  summary: "One paper with everything known of it",
  request: { params: PaperParams, query: PaperQuery },
  responses: {
    200: json(PaperAnswerSchema, "The paper"),
    400: badRequest,
    404: json(ErrorSchema, "There is no such paper"),
    429: tooMany,
  },
});

export const reposRoute = createRoute({
  method: "get",
  path: "/api/arxiv/{id}/repos",
  operationId: "listLinkedRepos",
  summary: "Models, datasets and spaces linked with a paper",
  request: { params: PaperParams },
  responses: { 200: json(ReposSchema, "Empty lists for a paper that is not known"), 400: badRequest, 429: tooMany },
});

const needsAccount = {
  401: json(ErrorSchema, "No session and no token of this site"),
  403: json(ErrorSchema, "The account or the token may not, or another site's page sent this"),
};

export const upvoteRoute = createRoute({
  method: "post",
  path: "/api/papers/{id}/upvote",
  operationId: "upvotePaper",
  summary: "Upvote a paper; asking twice votes once",
  security: [{ token: ["vote"] }],
  request: { params: PaperParams },
  responses: {
    200: json(VoteSchema, "The counts, with this vote in them; it is kept by now"),
    404: json(ErrorSchema, "There is no such paper"),
    429: tooMany,
    ...needsAccount,
  },
});

export const submitRoute = createRoute({
  method: "post",
  path: "/api/papers/submit",
  operationId: "submitPaper",
  summary: "Put a paper forward for the open edition",
  security: [{ token: ["write"] }],
  request: { body: { required: true, content: { "application/json": { schema: SubmitBody } } } },
  responses: {
    200: json(SubmissionSchema, "It is in the edition, or waits for a curator"),
    400: badRequest,
    404: json(ErrorSchema, "Nobody knows such a paper"),
    409: json(ErrorSchema, "Refused; the message says why"),
    429: tooMany,
    ...needsAccount,
  },
});

export const takeBackRoute = createRoute({
  ...upvoteRoute,
  method: "delete",
  operationId: "takeUpvoteBack",
  summary: "Take an upvote back; without one nothing happens",
});

const commentBody = {
  body: { required: true, content: { "application/json": { schema: CommentBody } } },
};

export const commentRoute = createRoute({
  method: "post",
  path: "/api/papers/{id}/comment",
  operationId: "commentPaper",
  summary: "Comment on a paper",
  security: [{ token: ["write"] }],
  request: { params: PaperParams, ...commentBody },
  responses: {
    200: json(CommentMadeSchema, "The comment; `hidden` while it waits for a moderator"),
    400: badRequest,
    404: json(ErrorSchema, "There is no such paper"),
    429: tooMany,
    ...needsAccount,
  },
});

export const replyRoute = createRoute({
  ...commentRoute,
  path: "/api/papers/{id}/comment/{commentId}/reply",
  operationId: "answerComment",
  summary: "Answer a comment; an answer to an answer joins the same thread",
  request: { params: ReplyParams, ...commentBody },
});

/** Served by the pages; documented here because clients of the API read it. */
export const markdownPath = {
  method: "get" as const,
  path: "/papers/{id}.md",
  operationId: "readPaper",
  summary: "One paper as Markdown",
  request: { params: PaperParams },
  responses: {
    200: {
      description: "The paper's page as Markdown",
      content: { "text/markdown": { schema: { type: "string" as const } } },
    },
    404: { description: "There is no such paper" },
  },
};
