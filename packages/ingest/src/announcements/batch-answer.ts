/** What a door shows of a batch, whichever door it was. */
import type { EditionDate } from "@paperwire/domain";

export type BatchAnswer = {
  /** The day that the door names; null where it names none. */
  dated: EditionDate | null;
  /** New submissions by the door's own count. */
  claimed: number;
  /** arXiv ids of what it lists as new, without version, repeats included. */
  news: string[];
  /** Everything that it lists. */
  entries: number;
};

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** `3 September 2026`, `03 Sep 2026` anywhere in a text → 2026-09-03. */
export function dayIn(text: string): EditionDate | null {
  const found = /\b(\d{1,2})\s+([A-Za-z]{3})[a-z]*\.?\s+(\d{4})\b/.exec(text);
  const month = MONTHS.indexOf(found?.[2]?.toLowerCase() ?? "") + 1;
  if (!found || month === 0) return null;
  return `${found[3]}-${String(month).padStart(2, "0")}-${found[1]!.padStart(2, "0")}`;
}
