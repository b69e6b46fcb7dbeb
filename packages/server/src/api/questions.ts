/** What a client may ask, field by field: the same schemas check requests and document them. */
import { z } from "@hono/zod-openapi";
import {
  COMMENT_LIMITS,
  DomainError,
  isEditionDate,
  parseMonth,
  parseWeek,
  REFERENCE_CHARS,
  SUBMISSION_LIMITS,
} from "@paperwire/domain";

export const DAILY_LIMIT = { default: 50, most: 100 } as const;
export const SEARCH_LIMIT = { default: 50, most: 120 } as const;
export const QUERY_CHARS = 250;
const PAGE_MOST = 1_000_000_000;
const ID_CHARS = 100;
const NAME_CHARS = 300;

const wholeNumber = (name: string, { least, most, or }: { least: number; most: number; or: number }) => {
  const message = `"${name}" must be a whole number from ${least} to ${most}.`;
  return z.coerce.number(message).int(message).min(least, message).max(most, message).default(or);
};

export const DailyQuery = z.object({
  date: z.string().refine(isEditionDate, '"date" is not a day. Write it as 2025-03-28.').optional().openapi({
    description: "One day's edition, in its order; a day without one gives an empty list",
    example: "2025-03-28",
  }),
  week: z
    .string()
    .refine(parses(parseWeek), '"week" is not an ISO week. Write it as 2025-W13.')
    .optional()
    .openapi({ description: "An ISO week; not looked at where `date` is given", example: "2025-W13" }),
  month: z
    .string()
    .refine(parses(parseMonth), '"month" is not a month. Write it as 2025-03.')
    .optional()
    .openapi({ description: "A month; not looked at where `date` or `week` is given", example: "2025-03" }),
  submitter: z
    .string()
    .max(NAME_CHARS, '"submitter" is too long for a user name.')
    .optional()
    .openapi({ description: "User name" }),
  sort: z.enum(["publishedAt", "trending"], '"sort" is publishedAt or trending.').default("publishedAt").openapi({
    description:
      "`publishedAt`: newest edition first, then by place. `trending`: by upvotes; without a date, week or month as on /trending, over the last month",
  }),
  p: wholeNumber("p", { least: 0, most: PAGE_MOST, or: 0 }).openapi({ description: "Page, counted from 0" }),
  limit: wholeNumber("limit", { least: 1, most: DAILY_LIMIT.most, or: DAILY_LIMIT.default }),
});

const dialText = (about: string) => z.string().max(1_000).optional().openapi({ description: about });

export const TrendingQuery = z.object({
  window: z.enum(["day", "week", "month"], '"window" is day, week or month.').default("week"),
  community: dialText("0: only what texts promise … 100: only what readers say; by default 50"),
  fresh: dialText("0: proven … 100: fresh; by default 50"),
  mine: dialText("0: everything … 100: my fields first; by default 50 where `fields` is given"),
  fields: dialText("Categories and topics, with commas between them"),
  p: wholeNumber("p", { least: 0, most: PAGE_MOST, or: 0 }).openapi({ description: "Page, counted from 0" }),
  limit: wholeNumber("limit", { least: 1, most: DAILY_LIMIT.most, or: DAILY_LIMIT.default }),
});

export const SearchQuery = z.object({
  q: z
    .string()
    .max(QUERY_CHARS, `"q" is longer than ${QUERY_CHARS} characters.`)
    .default("")
    .openapi({ description: "Words, a title or an arXiv id; without it the newest papers" }),
  limit: wholeNumber("limit", { least: 1, most: SEARCH_LIMIT.most, or: SEARCH_LIMIT.default }),
});

export const PapersQuery = z.object({
  cursor: z
    .string()
    .max(ID_CHARS, '"cursor" is not one this server gave.')
    .optional()
    .openapi({ description: "From the `Link` header of the page before" }),
  limit: wholeNumber("limit", { least: 1, most: DAILY_LIMIT.most, or: DAILY_LIMIT.default }),
});

export const PaperParams = z.object({
  id: z.string().openapi({
    param: { name: "id", in: "path" },
    description: "arXiv id, with or without a version",
    example: "2503.21776",
  }),
});

export const ReplyParams = PaperParams.extend({
  commentId: z
    .string()
    .max(ID_CHARS)
    .openapi({ param: { name: "commentId", in: "path" }, description: "Of the comment to answer" }),
});

export const CommentBody = z.object({
  comment: z
    .string('"comment" must be a text.')
    .openapi({ description: `Markdown, at most ${COMMENT_LIMITS.chars} characters` }),
});

export const PaperQuery = z.object({
  field: z.string().optional().openapi({ description: "`comments` adds the comments; anything else is not looked at" }),
});

function parses(parse: (text: string) => unknown): (text: string) => boolean {
  return (text) => {
    try {
      parse(text);
      return true;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  };
}

export const SubmitBody = z.object({
  paper_id: z
    .string()
    .min(1, '"paper_id" is empty.')
    .max(REFERENCE_CHARS, '"paper_id" is too long.')
    .openapi({ description: "An arXiv id, or another address or name of the paper", example: "2503.21776" }),
  comment: z
    .string()
    .max(SUBMISSION_LIMITS.noteChars, `"comment" is longer than ${SUBMISSION_LIMITS.noteChars} characters.`)
    .default("")
    .openapi({ description: "Why others should read it; plain text" }),
});
