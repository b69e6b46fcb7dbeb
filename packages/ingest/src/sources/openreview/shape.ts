/** A note of OpenReview's API. In version 2 every field of its content stands in a box with its readers, in 1 it does not. */
import { z } from "zod";
import { optionalString } from "../../formats/shape.ts";

/** Milliseconds since 1970. */
const time = z.number().int().min(0).max(8.64e15).nullish();

/** `{value: …}`; version 1 has the value alone; a field that may not be read has a box without a value. */
function field<Shape extends z.ZodType>(shape: Shape) {
  return z.preprocess(
    (said) =>
      said !== null && typeof said === "object" && !Array.isArray(said) ? (said as { value?: unknown }).value : said,
    shape,
  );
}

const author = z.union([z.string(), z.object({ fullname: optionalString, name: optionalString })]);

export const noteShape = z.object({
  id: z.string(),
  forum: optionalString,
  cdate: time,
  pdate: time,
  odate: time,
  mdate: time,
  tmdate: time,
  /** When it was deleted. */
  ddate: time,
  content: z.object({
    title: field(optionalString),
    abstract: field(optionalString),
    TLDR: field(optionalString),
    /** The same in version 1. */
    "TL;DR": field(optionalString),
    authors: field(z.array(author).nullish()),
    /** Beside the authors: profiles, or the addresses of people who have none. */
    authorids: field(z.array(z.string().nullable()).nullish()),
    keywords: field(z.union([z.array(z.string()), z.string()]).nullish()),
    venue: field(optionalString),
    venueid: field(optionalString),
    pdf: field(optionalString),
    code: field(optionalString),
    code_link: field(optionalString),
    project_page: field(optionalString),
  }),
});
export type OpenReviewNote = z.output<typeof noteShape>;

/** Items are checked one by one. @source https://docs.openreview.net/reference/api-v2 */
export const notesShape = z.object({ notes: z.array(z.unknown()), count: z.number().int().nullish() });
