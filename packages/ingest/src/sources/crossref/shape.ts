/** Works of Crossref's REST API. */
import { z } from "zod";
import { optionalString, strings } from "../../formats/shape.ts";

/** `[[2026, 11, 3]]`, month and day may be missing; also `[[null]]`. */
const dateParts = z.object({ "date-parts": z.array(z.array(z.number().int().nullable())).nullish() }).nullish();
const stamp = z
  .object({ "date-time": optionalString, "date-parts": z.array(z.array(z.number().int().nullable())).nullish() })
  .nullish();

/** @source https://www.crossref.org/documentation/retrieve-metadata/retraction-watch/ */
const update = z.object({
  DOI: optionalString,
  type: optionalString,
  label: optionalString,
  updated: stamp,
  source: optionalString,
});

export const workShape = z.object({
  DOI: z.string(),
  title: strings,
  subtitle: strings,
  /** JATS. */
  abstract: optionalString,
  author: z
    .array(
      z.object({
        given: optionalString,
        family: optionalString,
        suffix: optionalString,
        name: optionalString,
        ORCID: optionalString,
      }),
    )
    .nullish(),
  "container-title": strings,
  published: dateParts,
  issued: dateParts,
  deposited: stamp,
  subject: strings,
  "updated-by": z.array(update).nullish(),
});
export type CrossrefWork = z.output<typeof workShape>;
export type CrossrefUpdate = z.output<typeof update>;

export const worksShape = z.object({ message: z.object({ items: z.array(z.unknown()) }) });
