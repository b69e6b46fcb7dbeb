/** A line of `papers/*.jsonl`: a conference paper (`pl-…`) or one seen in an arXiv listing (`ax-…`). */
import { z } from "zod";
import { day, optionalString, strings, year } from "../shape.ts";

export const paperLineShape = z.object({
  id: z.string(),
  title: z.string(),
  abstract: z.string(),
  authors: strings,
  venue: optionalString,
  year: year.nullish(),
  keywords: strings,
  url: optionalString,
  pdf: optionalString,
  code: optionalString,
  site: optionalString,
  /** Poster, Oral, …, Reject, Withdraw; empty for arXiv. */
  status: optionalString,
  /** Subject area of a conference, or the first arXiv category. */
  area: optionalString,
  categories: strings,
  /** Day on which the arXiv listing was read. */
  date: day.nullish(),
  comment: optionalString,
  /** The authors' own sentence. */
  tldr: optionalString,
  arxiv: optionalString,
});

export type PaperLine = z.output<typeof paperLineShape>;
