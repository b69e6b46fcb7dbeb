/** An item of Hugging Face's paper API: of a list (a `paper` inside, some fields repeated outside) or alone. */
import { NOTICE_KINDS } from "@paperwire/domain";
import { z } from "zod";
import { count, day, instant, optionalString, strings } from "../shape.ts";

/** The two spellings of a user: `user` or `name` holds the user name. */
const user = z.object({ user: optionalString, name: optionalString, fullname: optionalString });

const author = z.object({
  name: z.string(),
  hidden: z.boolean().nullish(),
  status: optionalString,
  user: user.nullish(),
});

const organization = z.object({ name: optionalString, fullname: optionalString });
const linked = z.array(z.object({ id: z.string() })).nullish();

/** Every field may stand inside `paper`, outside, or in both. */
const fields = z.object({
  id: optionalString,
  title: optionalString,
  summary: optionalString,
  authors: z.array(author).nullish(),
  publishedAt: instant.nullish(),
  submittedOnDailyAt: instant.nullish(),
  submittedOnDailyBy: user.nullish(),
  submittedBy: user.nullish(),
  upvotes: count.nullish(),
  numComments: count.nullish(),
  githubRepo: optionalString,
  githubStars: count.nullish(),
  projectPage: optionalString,
  ai_summary: optionalString,
  aiSummary: optionalString,
  ai_summary_model: optionalString,
  aiSummaryModel: optionalString,
  ai_keywords: strings,
  aiKeywords: strings,
  organization: organization.nullish(),
  linkedModels: linked,
  linkedDatasets: linked,
  linkedSpaces: linked,
  /** What another Paperwire says beyond Hugging Face. */
  venue: optionalString,
  notices: z
    .array(z.object({ kind: z.enum(NOTICE_KINDS), source: z.string(), date: day.nullish(), url: optionalString }))
    .nullish(),
  categories: strings,
  links: z
    .array(z.object({ kind: z.string(), url: z.string(), label: optionalString, stars: count.nullish() }))
    .nullish(),
});

export const hfApiShape = fields.extend({ paper: fields.optional() });

export type HfApiFields = z.output<typeof fields>;
export type HfApiItem = z.output<typeof hfApiShape>;
