/** The dates that name editions, and the weeks and months that gather them. */
import { invalid } from "./errors.ts";

/** `YYYY-MM-DD`, a real day of the calendar. */
export type EditionDate = string;
/** A first and a last day, both included. */
export type DateRange = { first: EditionDate; last: EditionDate };

const DAY_MS = 86_400_000;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2999;

/** @throws DomainError `invalid`: not a day, or no such day (2025-13-40, 2025-02-30) */
export function parseEditionDate(text: string): EditionDate {
  const day = dayOf(text);
  if (day === null) throw invalid(`"${clip(text)}" is not a date. Write it as 2025-03-28.`);
  return text;
}

export function isEditionDate(text: string): boolean {
  return dayOf(text) !== null;
}

export function addDays(date: EditionDate, days: number): EditionDate {
  return formatDay(toUtcMs(date) + days * DAY_MS);
}

/** Midnight UTC of the day, in milliseconds. */
export function toUtcMs(date: EditionDate): number {
  const day = dayOf(date);
  if (day === null) throw invalid(`"${clip(date)}" is not a date. Write it as 2025-03-28.`);
  return day;
}

/** 1 (Monday) … 7 (Sunday). */
export function weekdayOf(date: EditionDate): number {
  return new Date(toUtcMs(date)).getUTCDay() || 7;
}

/**
 * ISO 8601 week `2025-W13` → Monday to Sunday.
 * @throws DomainError `invalid`: malformed, or a week 53 that the year does not have
 */
export function parseWeek(text: string): DateRange {
  const found = /^(\d{4})-W(\d{2})$/.exec(text);
  const year = Number(found?.[1]);
  const week = Number(found?.[2]);
  if (!found || year < FIRST_YEAR || year > LAST_YEAR || week < 1 || week > 53) throw badWeek(text);
  const first = formatDay(mondayOfWeekOne(year) + (week - 1) * 7 * DAY_MS);
  if (formatWeek(first) !== text) throw badWeek(text);
  return { first, last: addDays(first, 6) };
}

/** The ISO week that holds the day: the week's year is the year of its Thursday. */
export function formatWeek(date: EditionDate): string {
  const thursday = toUtcMs(date) + (4 - weekdayOf(date)) * DAY_MS;
  const year = new Date(thursday).getUTCFullYear();
  const week = Math.floor((thursday - mondayOfWeekOne(year)) / (7 * DAY_MS)) + 1;
  return `${String(year).padStart(4, "0")}-W${String(week).padStart(2, "0")}`;
}

/** @throws DomainError `invalid` */
export function parseMonth(text: string): DateRange {
  const first = `${text}-01`;
  if (!/^\d{4}-\d{2}$/.test(text) || dayOf(first) === null) {
    throw invalid(`"${clip(text)}" is not a month. Write it as 2025-03.`);
  }
  const day = new Date(toUtcMs(first));
  return { first, last: formatDay(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)) };
}

export function formatMonth(date: EditionDate): string {
  return date.slice(0, 7);
}

/** `2025-03` plus or minus whole months. */
export function addMonths(month: string, months: number): string {
  const day = new Date(toUtcMs(parseMonth(month).first));
  return formatDay(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, 1)).slice(0, 7);
}

export type EditionClock = {
  /** IANA name, such as `America/New_York`. */
  timeZone: string;
  /** Minutes after local midnight at which the next day's edition begins: 21:30 is 1290. 0 means at midnight. */
  rollOverMinutes: number;
};

/**
 * The edition that is open at an instant: the local day, or the next one after the roll-over hour.
 * @param instantMs milliseconds since 1970
 * @source HF-compatible boundary: America/New_York, 21:30
 */
export function editionDateAt(instantMs: number, { timeZone, rollOverMinutes }: EditionClock): EditionDate {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(instantMs);
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? "";
  const date = `${part("year")}-${part("month")}-${part("day")}`;
  const minutes = Number(part("hour")) * 60 + Number(part("minute"));
  return rollOverMinutes > 0 && minutes >= rollOverMinutes ? addDays(date, 1) : date;
}

function mondayOfWeekOne(year: number): number {
  const fourth = formatDay(Date.UTC(year, 0, 4));
  return toUtcMs(fourth) - (weekdayOf(fourth) - 1) * DAY_MS;
}

function dayOf(text: string): number | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!found) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (year < FIRST_YEAR || year > LAST_YEAR) return null;
  const ms = Date.UTC(year, month - 1, day);
  const back = new Date(ms);
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === day ? ms : null;
}

function formatDay(ms: number): EditionDate {
  return new Date(ms).toISOString().slice(0, 10);
}

function badWeek(text: string) {
  return invalid(`"${clip(text)}" is not a week. Write it as 2025-W13.`);
}

function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
