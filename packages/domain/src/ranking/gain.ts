/** What a count gained within some days, from the few days on which somebody looked. */
import type { DateRange, EditionDate } from "../edition-date.ts";

/** A count as it stood on a day. */
export type Observation = { day: EditionDate; count: number };

/**
 * The newest count within the days, less the count on the evening before they began. Nobody looked on that very evening: the
 * line between the looks before and after it says what it was, so a month's growth is not taken for a day's.
 * @param observed  in any order, one a day; what is later than the days is left out
 * @returns null where nobody looked twice, or not within the days; below 0 where the count fell
 */
export function gainWithin(observed: readonly Observation[], { first, last }: DateRange): number | null {
  const known = observed.filter(({ day }) => day <= last).sort((a, b) => (a.day < b.day ? -1 : 1));
  const newest = known.at(-1);
  if (!newest || known.length < 2 || newest.day < first) return null;
  const start = dayNumber(first) - 1;
  const after = known.findIndex(({ day }) => dayNumber(day) > start);
  const next = known[after]!;
  const before = known[after - 1];
  // Nobody had looked yet when the days began: what is known is the growth since the first look.
  if (!before) return newest.count - next.count;
  const share = (start - dayNumber(before.day)) / (dayNumber(next.day) - dayNumber(before.day));
  const then = before.count + share * (next.count - before.count);
  return Math.round((newest.count - then) * 10) / 10;
}

const DAY_MS = 86_400_000;

const dayNumber = (day: EditionDate) => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
