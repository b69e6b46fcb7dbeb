/** Answers of the API of bioRxiv and medRxiv. */
import { z } from "zod";
import { day, optionalString } from "../../formats/shape.ts";

/** Numbers come as numbers in one place and as texts in another. */
const number = z.preprocess(
  (said) => (typeof said === "string" && /^\d{1,9}$/.test(said) ? Number(said) : said),
  z.number().int().min(0),
);

/** @source https://api.biorxiv.org/details/help */
export const detailsShape = z.object({
  messages: z.array(
    z.object({ status: optionalString, count: number.nullish(), total: number.nullish(), cursor: number.nullish() }),
  ),
  collection: z.array(z.unknown()).nullish(),
});

export const preprintShape = z.object({
  doi: z.string(),
  title: z.string(),
  /** `Last, F. M.; Other, G.` */
  authors: optionalString,
  /** Of this version. */
  date: day,
  version: z.union([z.string(), z.number()]).nullish(),
  /** `new results`, … or `WITHDRAWN`. */
  type: optionalString,
  category: optionalString,
  abstract: optionalString,
  /** DOI of the journal's version, or `NA`. */
  published: optionalString,
});
export type Preprint = z.output<typeof preprintShape>;
