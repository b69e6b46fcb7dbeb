/** Age: nothing inside an edition, days between editions; only days that had an edition count. */
import type { EditionDate } from "../edition-date.ts";

/**
 * A place for each edition of a list: 0 for the newest, then 1, 2, … so that a weekend makes nothing older.
 * @param editions  of the candidates, in any order, repeats allowed
 */
export function editionAges(editions: Iterable<EditionDate>): Map<EditionDate, number> {
  return new Map([...new Set(editions)].sort((a, b) => (a < b ? 1 : -1)).map((date, age) => [date, age]));
}

/** What age costs: half of the rate after each half-life. @param halfLife in editions, over 0 */
export function ageValue(age: number, halfLife: number): number {
  return age === 0 ? 0 : (-Math.LN2 * age) / halfLife;
}
