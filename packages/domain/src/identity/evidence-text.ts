/** Why two papers were taken for one, in words. */
import type { Evidence } from "./same-work.ts";

const TITLES: Record<Evidence["title"], string> = {
  equal: "the same title",
  subtitle: "the same title but for a subtitle",
  near: "nearly the same title",
  other: "another title",
};
const AGAINST: Record<NonNullable<Evidence["against"]>, string> = {
  catalogue: "they have two ids in one catalogue",
  venues: "they were published at two venues",
  numbers: "the numbers in their titles differ",
  about: "one may be about the other",
  years: "they lie many years apart",
};

/** `the same title; 3 of 4 authors; 92 % of the abstract; 1 year apart`. */
export function evidenceText({ title, abstract, authors, years, against }: Evidence): string {
  const parts = [TITLES[title]];
  if (authors.least > 0) parts.push(`${authors.shared} of ${authors.most} authors`);
  parts.push(abstract === null ? "no abstract to compare" : `${Math.round(abstract * 100)} % of the abstract`);
  if (years) parts.push(years === 1 ? "1 year apart" : `${years} years apart`);
  if (against) parts.push(`but ${AGAINST[against]}`);
  return parts.join("; ");
}
