/** Dates and ranges as people type them behind an operator. */

/**
 * Reads `2024`, `2024-03`, `2024-03-15` (also with `/`, `.` or without signs).
 * @returns the first day meant, as yyyymmdd; null if there is no such day
 */
export function parseDay(text: string): { first: number } | null {
  const match = /^(\d{4})(?:[-/.]?(\d{1,2})(?:[-/.]?(\d{1,2}))?)?$/.exec(text);
  if (match === null) return null;
  const year = Number(match[1]);
  const month = match[2] === undefined ? 1 : Number(match[2]);
  const day = match[3] === undefined ? 1 : Number(match[3]);
  if (month < 1 || month > 12 || day < 1 || day > daysOfMonth(year, month)) return null;
  return { first: year * 10_000 + month * 100 + day };
}

/** Day 0 of the month after is the last of this one. @param month 1..12 */
function daysOfMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Reads `2020`, `2020..2023`, `..2023`, `2020..`; null if it is no range. */
export function parseRange(text: string): { min?: number; max?: number } | null {
  const match = /^(-?\d+(?:\.\d+)?)?(\.\.)?(-?\d+(?:\.\d+)?)?$/.exec(text);
  if (match === null || (match[1] === undefined && match[3] === undefined)) return null;
  const low = match[1] === undefined ? undefined : Number(match[1]);
  const high = match[2] === undefined ? low : match[3] === undefined ? undefined : Number(match[3]);
  return { ...(low === undefined ? {} : { min: low }), ...(high === undefined ? {} : { max: high }) };
}
