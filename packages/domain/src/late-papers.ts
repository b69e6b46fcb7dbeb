/** Papers that reach a site after their announcement's own day, because a source lagged: they open the next edition. */
import { easternMs } from "./announcement-calendar.ts";
import { addDays, type EditionDate } from "./edition-date.ts";

export type Arrival = {
  /** The day of the batch that announced the paper. */
  announcedOn: EditionDate;
  /** When it was taken in here, milliseconds. */
  takenInMs: number;
  edition: EditionDate;
};

/**
 * Whether an edition shows a paper with the mark "announced earlier": it was announced for an earlier day, and that day was
 * over, by arXiv's own clock, when it came in. A paper that was here in time and is put forward later bears no mark.
 */
export function isAnnouncedEarlier({ announcedOn, takenInMs, edition }: Arrival): boolean {
  return announcedOn < edition && takenInMs >= easternMs(addDays(announcedOn, 1), 0);
}
