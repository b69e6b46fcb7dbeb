/** How long somebody is asked to wait, in words that they need not reckon with. */

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** "in 40 seconds", "in 5 minutes", "in an hour", "in 3 hours"; never sooner than it is. */
export function waitInWords(seconds: number): string {
  if (seconds <= 1) return "in a second";
  if (seconds < 2 * MINUTE) return `in ${Math.ceil(seconds)} seconds`;
  if (seconds <= 55 * MINUTE) return `in ${Math.ceil(seconds / MINUTE)} minutes`;
  if (seconds <= HOUR) return "in an hour";
  return `in ${Math.ceil(seconds / HOUR)} hours`;
}
