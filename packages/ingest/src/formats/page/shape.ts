/** Lines of the captured page: the date line and the links that abstracts hold. */
import { type EditionDate, isEditionDate, type Link, weekdayOf } from "@paperwire/domain";
import { cleanLink } from "../../clean-facts.ts";
import { findLinks } from "../../link-watch/find-links.ts";

/** An abstract is longer than this; a shorter line in its place is the next title. The shortest real one has 1,384. */
export const ABSTRACT_CHARS_MIN = 100;
/** 29 February falls on a given kind of day at least once in this many years. */
const YEARS_BACK = 40;
const SATURDAY = 6;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DATE_LINE = /^(?:([A-Za-z]{3,9})\.? (\d{1,2})|(\d{1,2}) ([A-Za-z]{3,9})\.?)(?:,? (\d{4}))?$/;

export type DateLine = { month: number; day: number; year: number | null };

/** "Mar 28", "March 28", "28 Mar", each with or without a year, "2025-03-28"; null for any other line. */
export function parseDateLine(line: string): DateLine | null {
  if (isEditionDate(line)) {
    const [year, month, day] = line.split("-").map(Number);
    return { year: year!, month: month!, day: day! };
  }
  const found = DATE_LINE.exec(line);
  if (!found) return null;
  const name = (found[1] ?? found[4])!.toLowerCase();
  const month = MONTHS.findIndex((short) => monthNames(short).includes(name)) + 1;
  const day = Number(found[2] ?? found[3]);
  return month === 0 || day < 1 || day > 31 ? null : { month, day, year: found[5] ? Number(found[5]) : null };
}

/** As the page writes it. */
export function formatDateLine({ month, day, year }: DateLine): string {
  const short = MONTHS[month - 1]!;
  return `${short[0]!.toUpperCase()}${short.slice(1)} ${day}${year === null ? "" : `, ${year}`}`;
}

/** The latest weekday with that day and month, none later than `today`; null where the calendar has no such day. */
export function latestWeekday({ month, day }: DateLine, today: EditionDate): EditionDate | null {
  const thisYear = Number(today.slice(0, 4));
  for (let year = thisYear; year > thisYear - YEARS_BACK; year--) {
    const date = dateOf({ year, month, day });
    if (date && date <= today && weekdayOf(date) < SATURDAY) return date;
  }
  return null;
}

/** Null where the line names no year, or a day that its year does not have. */
export function dateOf({ year, month, day }: DateLine): EditionDate | null {
  if (year === null) return null;
  const date = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  return isEditionDate(date) ? date : null;
}

/** The addresses that an abstract names, those that are fit to be links. */
export function linksIn(abstract: string): Link[] {
  return findLinks(abstract).flatMap(({ url, ...link }) => cleanLink(link, url));
}

function monthNames(short: string): string[] {
  const full = new Intl.DateTimeFormat("en", { month: "long", timeZone: "UTC" });
  const name = full.format(Date.UTC(2000, MONTHS.indexOf(short), 1)).toLowerCase();
  return short === "sep" ? [short, "sept", name] : [short, name];
}
