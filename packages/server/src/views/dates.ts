/** Dates as people read them. All of them are days of a calendar, so all are formatted in UTC. */
import { addDays, type DateRange, type EditionDate, formatMonth, type Paper, toUtcMs } from "@paperwire/domain";

const format = (options: Intl.DateTimeFormatOptions) => {
  const formatter = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
  return (date: EditionDate) => formatter.format(toUtcMs(date));
};

/** Friday, 28 March 2025 */
export const longDay = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
/** 28 March 2025 */
export const plainDay = format({ day: "numeric", month: "long", year: "numeric" });
/** 28 Mar */
export const shortDay = format({ day: "numeric", month: "short" });
const monthOnly = format({ month: "short" });
/** Mar, from `2025-03`. */
export const shortMonth = (month: string) => monthOnly(`${month}-01`);
const monthAndYear = format({ month: "long", year: "numeric" });
/** March 2025, from `2025-03`. */
export const longMonth = (month: string) => monthAndYear(`${month}-01`);

/** 24–30 March 2025; 31 March – 6 April 2025 */
export function dayRange({ first, last }: DateRange): string {
  if (formatMonth(first) === formatMonth(last)) return `${Number(first.slice(8))}–${plainDay(last)}`;
  const from = first.slice(0, 4) === last.slice(0, 4) ? plainDay(first).replace(/ \d{4}$/, "") : plainDay(first);
  return `${from} – ${plainDay(last)}`;
}

/** Weeks of a month, Monday first; null where a day belongs to another month. */
export function weeksOfMonth({ first, last }: DateRange): (EditionDate | null)[][] {
  const days: (EditionDate | null)[] = [];
  const leading = (new Date(toUtcMs(first)).getUTCDay() + 6) % 7;
  for (let blank = 0; blank < leading; blank++) days.push(null);
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  while (days.length % 7 !== 0) days.push(null);
  return Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7));
}

/** When a paper was published, no more exactly than is known; null where it is not. */
export function publication(paper: Paper): { text: string; machine: string } | null {
  if (!paper.publishedAt) return paper.year ? { text: String(paper.year), machine: String(paper.year) } : null;
  if (paper.publishedPrecision === "year") {
    const year = paper.publishedAt.slice(0, 4);
    return { text: year, machine: year };
  }
  const day = paper.publishedAt.slice(0, 10);
  return { text: plainDay(day), machine: day };
}
