/** Fields of CSL-JSON that two formats share: names and dates. @source https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html */
import { z } from "zod";
import { optionalString } from "../shape.ts";

export const cslName = z.object({
  family: optionalString,
  given: optionalString,
  suffix: optionalString,
  literal: optionalString,
  "non-dropping-particle": optionalString,
  "dropping-particle": optionalString,
});
export type CslName = z.output<typeof cslName>;

const part = z.preprocess(
  (said) => (typeof said === "string" && /^\d{1,4}$/.test(said) ? Number(said) : said),
  z.number().int(),
);
export const cslDate = z.object({
  "date-parts": z.array(z.array(part)).nullish(),
  raw: optionalString,
  literal: optionalString,
});
export type CslDate = z.output<typeof cslDate>;

/** "Ludwig van Beethoven Jr." */
export function sayName(name: CslName): string {
  if (name.literal) return name.literal;
  const family = [name["non-dropping-particle"], name.family].filter(Boolean).join(" ");
  return [name.given, name["dropping-particle"], family, name.suffix].filter(Boolean).join(" ");
}

/** Year, month, day, as far as they are said. */
export function datePartsOf(date: CslDate | null | undefined): number[] {
  const [parts] = date?.["date-parts"] ?? [];
  if (parts && parts.length > 0) return parts;
  const found = /\b(1\d{3}|20\d{2})(?:-(\d{2})(?:-(\d{2}))?)?\b/.exec(date?.raw ?? date?.literal ?? "");
  return found ? found.slice(1).filter(Boolean).map(Number) : [];
}

/** `arXiv:2503.00001v2 [cs.CL]` among other words. */
export function arxivIn(...texts: (string | null | undefined)[]): string | undefined {
  for (const text of texts) {
    const found = /\barxiv:\s*(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})/i.exec(text ?? "")?.[1];
    if (found) return found;
  }
  return undefined;
}
