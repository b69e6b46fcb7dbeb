/** A line of the seed's facts: what is known of a paper of one edition, and how surely. */
import { z } from "zod";
import { dayOrMonth, optionalString, strings } from "../shape.ts";

export const factsShape = z.object({
  /** 1-based place in the edition. */
  n: z.number().int().min(1).max(10_000),
  title: z.string(),
  arxiv_id: optionalString,
  /** "high" means seen beside the title. */
  arxiv_id_confidence: optionalString,
  /** A day, or only a month. */
  published: dayOrMonth.nullish(),
  /** "verified", or "recalled" without a look at the source. */
  published_confidence: optionalString,
  /** null stands for authors whose names were not known. */
  authors: z.array(z.string().nullable()).nullish(),
  primary_category: optionalString,
  /** "ICCV 2023" */
  venue: optionalString,
  code_url: optionalString,
  project_url: optionalString,
  tldr: optionalString,
  keywords: strings,
  note: optionalString,
});

export type SeedFacts = z.output<typeof factsShape>;
