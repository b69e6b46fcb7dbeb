/** When arXiv announces: Sunday to Thursday at 20:00 US Eastern, except on its own holidays. Data and pure functions. */
import { addDays, type EditionDate, toUtcMs, weekdayOf } from "./edition-date.ts";

/** All of arXiv's schedule is kept in this zone. @source https://info.arxiv.org/help/availability.html */
export const ARXIV_TIME_ZONE = "America/New_York";
const ANNOUNCED_AT_HOUR = 20;
const FRIDAY = 5;
const SATURDAY = 6;
const SUNDAY = 7;
const HOUR_MS = 3_600_000;
/** Longest run of days without an announcement is six (2011-12); beyond this a table is wrong. */
const SEARCH_DAYS_MAX = 30;

/**
 * Days on which no submissions are closed, and so nothing is announced that evening; after a holiday on a Friday the
 * Sunday is quiet. Years before 2023 are left out, and so are outages: they are what the states of a batch are for.
 * A year that is not here has weekends only; the first days of January are to be filled in each December.
 * @source arXiv's own table `arXiv_holidays`, repository arXiv/arxiv-base, as of May 2026
 */
export const ARXIV_HOLIDAYS: ReadonlySet<EditionDate> = new Set([
  ..."2023-01-16 2023-06-14 2023-06-19 2023-07-04 2023-08-17 2023-09-04 2023-11-23 2023-12-25 2023-12-27".split(" "),
  ..."2024-01-15 2024-05-22 2024-06-19 2024-07-04 2024-09-02 2024-10-08 2024-11-28 2024-12-25 2024-12-26 2024-12-31".split(
    " ",
  ),
  ..."2025-01-01 2025-01-20 2025-06-19 2025-07-04 2025-09-01 2025-11-27 2025-12-25 2025-12-30".split(" "),
  ..."2026-01-01 2026-01-19 2026-06-19 2026-07-03 2026-09-07 2026-11-26 2026-12-25 2026-12-29 2026-12-31".split(" "),
]);

/** Whether arXiv announces on the evening (20:00 Eastern) of a day. */
export function isAnnouncementEvening(evening: EditionDate, holidays = ARXIV_HOLIDAYS): boolean {
  const weekday = weekdayOf(evening);
  if (weekday === FRIDAY || weekday === SATURDAY) return false;
  // What was closed on Friday is announced on Sunday.
  return !holidays.has(weekday === SUNDAY ? addDays(evening, -2) : evening);
}

/**
 * Whether a batch bears the date of a day. Feeds and listings date a batch by the morning after its announcement, and
 * so do we: what is announced on Sunday evening is the batch of Monday.
 */
export function hasBatch(day: EditionDate, holidays = ARXIV_HOLIDAYS): boolean {
  return isAnnouncementEvening(addDays(day, -1), holidays);
}

/** The instant, in milliseconds, at which the batch of a day is announced: 20:00 Eastern on the evening before. */
export function announcedAtMs(day: EditionDate): number {
  return easternMs(addDays(day, -1), ANNOUNCED_AT_HOUR);
}

/**
 * The newest batch that has been announced at an instant.
 * @throws RangeError  a table of holidays that leaves no announcement in 30 days
 */
export function latestBatchDay(instantMs: number, holidays = ARXIV_HOLIDAYS): EditionDate {
  let day = addDays(easternDay(instantMs), 1);
  for (let step = 0; step < SEARCH_DAYS_MAX; step++) {
    if (hasBatch(day, holidays) && announcedAtMs(day) <= instantMs) return day;
    day = addDays(day, -1);
  }
  throw new RangeError(`no announcement in the ${SEARCH_DAYS_MAX} days before ${day}`);
}

/** The next announcement after an instant, in milliseconds: when a worker should wake. */
export function nextAnnouncementMs(instantMs: number, holidays = ARXIV_HOLIDAYS): number {
  let day = easternDay(instantMs);
  for (let step = 0; step < SEARCH_DAYS_MAX; step++) {
    if (hasBatch(day, holidays) && announcedAtMs(day) > instantMs) return announcedAtMs(day);
    day = addDays(day, 1);
  }
  throw new RangeError(`no announcement in the ${SEARCH_DAYS_MAX} days after ${day}`);
}

/** Midnight to midnight in New York. */
export function easternDay(instantMs: number): EditionDate {
  return new Date(instantMs + easternOffsetMs(instantMs)).toISOString().slice(0, 10);
}

/** An hour of a day in New York; clocks change at 02:00, so hours from 3 on exist once. */
export function easternMs(day: EditionDate, hour: number): number {
  const wall = toUtcMs(day) + hour * HOUR_MS;
  const guess = wall - easternOffsetMs(wall);
  return wall - easternOffsetMs(guess);
}

const offset = new Intl.DateTimeFormat("en-US", { timeZone: ARXIV_TIME_ZONE, timeZoneName: "longOffset" });

/** −5 h or −4 h. */
function easternOffsetMs(instantMs: number): number {
  const name = offset.formatToParts(instantMs).find((part) => part.type === "timeZoneName")?.value ?? "";
  const found = /^GMT([+-])(\d{2}):(\d{2})$/.exec(name);
  if (!found) return 0;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return (found[1] === "-" ? -1 : 1) * minutes * 60_000;
}
