/** A small arXiv of our own making: papers, versions, announcements. Only tests and benches speak to it. */
import { addDays, type EditionDate } from "@paperwire/domain";

export type ReplayVersion = { date: string; sourceType?: string };

export type ReplayPaper = {
  id: string;
  title: string;
  authors: string[];
  abstract: string;
  /** The first is the primary one. */
  categories: string[];
  comments?: string;
  /** ISO 8601 instants, oldest first. */
  versions: ReplayVersion[];
  /** When its record last changed. */
  datestamp: EditionDate;
  isDeleted?: boolean;
  /** The batch that announced its newest version. */
  announcedOn: EditionDate;
};

/** `n` papers of a batch, submitted on the day before it. */
export function papersOf(
  day: EditionDate,
  n: number,
  { category = "cs.CL", first = 1 }: { category?: string; first?: number } = {},
): ReplayPaper[] {
  return Array.from({ length: n }, (_, index) => {
    const number = first + index;
    const id = `${day.slice(2, 4)}${day.slice(5, 7)}.${String(number).padStart(5, "0")}`;
    return {
      id,
      title: `On the question number ${number} of ${day}`,
      authors: ["Ada A. Author", `Ben ${number} Bauer`],
      abstract: `We ask question ${number}, and answer it with <care> & $x < ${number}$.`,
      categories: [category, "cs.LG"],
      versions: [{ date: `${addDays(day, -1)}T15:00:00.000Z` }],
      datestamp: day,
      announcedOn: day,
    };
  });
}

export function escapeXml(text: string): string {
  return text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
