/** The shapes of the API's answers, as the clients read them; the OpenAPI document is made from these. */
import { z } from "@hono/zod-openapi";

const instant = z.string().openapi({ format: "date-time", example: "2025-03-28T00:00:00.000Z" });
const hexId = z.string().openapi({ pattern: "^[0-9a-f]{24}$", example: "64f1c0a2b3d4e5f601234567" });
const count = z.int().min(0);

export const UserSchema = z
  .object({
    _id: hexId,
    user: z.string().openapi({ description: "User name" }),
    name: z.string().openapi({ description: "User name again: clients read one spelling or the other" }),
    fullname: z.string(),
    avatarUrl: z.string().openapi({ description: "Empty: this server keeps no pictures" }),
    type: z.literal("user"),
    isPro: z.boolean(),
    isHf: z.boolean(),
    isHfAdmin: z.boolean(),
    isMod: z.boolean(),
    isUserFollowing: z.boolean(),
  })
  .openapi("User");

export const OrganizationSchema = z
  .object({ _id: hexId, name: z.string(), fullname: z.string(), avatar: z.string(), avatarUrl: z.string() })
  .openapi("Organization");

export const AuthorSchema = z
  .object({
    _id: hexId,
    name: z.string(),
    hidden: z.boolean(),
    user: UserSchema.optional(),
    status: z.literal("claimed_verified").optional(),
  })
  .openapi("Author");

const LinkSchema = z
  .object({
    kind: z.enum(["code", "project", "model", "dataset", "demo", "pdf", "page"]),
    url: z.string(),
    label: z.string().optional(),
    stars: count.optional(),
  })
  .openapi("Link");

const NoticeSchema = z
  .object({
    kind: z.enum(["retracted", "withdrawn", "concern"]),
    source: z.string().openapi({ example: "arXiv" }),
    date: z.string().optional().openapi({ format: "date" }),
    url: z.string().optional(),
  })
  .openapi("Notice");

const details = {
  summary: z.string().optional().openapi({ description: "The abstract; a summary where the abstract is not known" }),
  upvotes: count.openapi({ description: "All of them: those that the edition's source counted, and those given here" }),
  upvotesHere: count
    .optional()
    .openapi({ description: "The part of `upvotes` given here; absent where there is none" }),
  discussionId: hexId,
  source: z.string().optional().openapi({ description: "`arxiv` for papers with an arXiv id" }),
  ai_summary: z.string().optional().openapi({ description: "Written by a language model" }),
  ai_summary_model: z.string().optional(),
  ai_keywords: z.array(z.string()).optional(),
  projectPage: z.string().optional(),
  githubRepo: z.string().optional(),
  githubStars: count.optional(),
  organization: OrganizationSchema.optional(),
  announcedEarlierOn: z
    .string()
    .optional()
    .openapi({ format: "date", description: "The day of its announcement, where the paper came in after that" }),
  mediaUrls: z.array(z.string()),
  notices: z.array(NoticeSchema).optional().openapi({ description: "What is said against the paper, strongest first" }),
  submittedOnDailyAt: instant.optional().openapi({ description: "Midnight UTC of the edition's date" }),
  submittedOnDailyBy: UserSchema.optional(),
};

export const PaperSchema = z
  .object({
    id: z.string().openapi({ example: "2503.21776" }),
    title: z.string(),
    authors: z.array(AuthorSchema),
    publishedAt: instant.optional(),
    ...details,
    venue: z.string().optional(),
    categories: z.array(z.string()).optional(),
    links: z.array(LinkSchema).optional(),
    unverified: z
      .array(z.enum(["id", "published"]))
      .optional()
      .openapi({ description: "Facts that nobody checked" }),
  })
  .openapi("Paper");

const PassageSchema = z
  .array(z.object({ type: z.enum(["text", "highlight"]), text: z.string() }))
  .openapi({ description: "Text in parts, marked where the query's words are" });

export const ItemSchema = z
  .object({
    paper: PaperSchema,
    id: z.string(),
    title: z.string(),
    publishedAt: instant
      .optional()
      .openapi({ description: "Midnight UTC of the edition's date; absent outside editions" }),
    ...details,
    submittedBy: UserSchema.optional(),
    numComments: count,
    isAuthorParticipating: z.boolean(),
    highlightedTitle: PassageSchema.optional(),
    highlightedSummary: PassageSchema.optional(),
  })
  .openapi("PaperItem", { description: "A paper in a list: the paper itself, and its fields repeated outside" });

export const TrendingSchema = z
  .object({
    item: ItemSchema,
    score: z.number(),
    parts: z
      .array(z.object({ term: z.string(), value: z.number(), text: z.string(), detail: z.string() }))
      .openapi({ description: "Summands of the score, penalties too" }),
  })
  .openapi("TrendingPaper");

export const RepoSchema = z
  .object({
    id: z.string().openapi({ example: "owner/name" }),
    author: z.string(),
    private: z.boolean(),
    repoType: z.enum(["model", "dataset", "space"]),
    url: z.string(),
  })
  .openapi("LinkedRepo");

export const PaperAnswerSchema = PaperSchema.extend({
  numComments: count,
  linkedModels: z.array(RepoSchema),
  numTotalModels: count,
  linkedDatasets: z.array(RepoSchema),
  numTotalDatasets: count,
  linkedSpaces: z.array(RepoSchema),
  numTotalSpaces: count,
  comments: z
    .array(z.unknown())
    .optional()
    .openapi({ description: "Only with `field=comments`: threads, newest first, with their answers" }),
}).openapi("PaperDetails");

export const ReposSchema = z
  .object({ models: z.array(RepoSchema), datasets: z.array(RepoSchema), spaces: z.array(RepoSchema) })
  .openapi("LinkedRepos");

export const VoteSchema = z
  .object({
    id: z.string(),
    upvoted: z.boolean().openapi({ description: "Whether the account that asks has a vote here now" }),
    upvotes: count,
    upvotesHere: count,
  })
  .openapi("Vote");

export const CommentMadeSchema = z
  .object({ id: z.string(), url: z.string(), hidden: z.boolean() })
  .openapi("CommentMade");

export const SubmissionSchema = z
  .object({
    id: z.string(),
    paperId: z.string(),
    edition: z.string().openapi({ example: "2025-03-28" }),
    state: z
      .enum(["waiting", "shown", "declined", "undone"])
      .openapi({ description: "`waiting`: a curator looks first, because the account is new" }),
  })
  .openapi("Submission");

export const ErrorSchema = z.object({ error: z.string() }).openapi("Error");

export type ApiUser = z.infer<typeof UserSchema>;
export type ApiAuthor = z.infer<typeof AuthorSchema>;
export type ApiPaper = z.infer<typeof PaperSchema>;
export type ApiItem = z.infer<typeof ItemSchema>;
export type ApiRepo = z.infer<typeof RepoSchema>;
export type ApiRepos = z.infer<typeof ReposSchema>;
export type ApiVote = z.infer<typeof VoteSchema>;
export type ApiPaperAnswer = z.infer<typeof PaperAnswerSchema>;
