/** A line of `hf-daily/editions.jsonl`: one paper of one Hugging Face edition, as it stood that morning. */
import { z } from "zod";
import { count, day, instant, optionalString, strings } from "../shape.ts";

export const hfEntryShape = z.object({
  edition: day,
  id: z.string(),
  title: z.string(),
  abstract: optionalString,
  /** `claimed` is a user name and only present when the claim is verified. */
  authors: z.array(z.object({ name: z.string(), claimed: optionalString })).nullish(),
  publishedAt: instant.nullish(),
  /** Since 2025 HF sends the arXiv time here, in local time written as UTC; then `submittedOnDailyAt` is the real one. */
  submittedAt: instant.nullish(),
  submittedOnDailyAt: instant.nullish(),
  submittedBy: optionalString,
  upvotes: count.nullish(),
  numComments: count.nullish(),
  githubRepo: optionalString,
  githubStars: count.nullish(),
  projectPage: optionalString,
  aiSummary: optionalString,
  aiKeywords: strings,
  organization: optionalString,
});

export type HfEntry = z.output<typeof hfEntryShape>;
