/** Where a harvest goes on. */
import { addDays, type EditionDate, isEditionDate } from "@paperwire/domain";
import { z } from "zod";

export const MARK_SOURCE = "arxiv-oai";
/** Records change at night, over midnight UTC: the newest day is read again, and the one before it. */
const OVERLAP_DAYS = 1;

const day = z.string().refine(isEditionDate);
const shape = z.object({
  /** First datestamp of the list that is being read, or of the next one. */
  from: day,
  /** A list that was broken off goes on here. */
  token: z.string().optional(),
  /** When the token ends, ISO 8601, where the server said so. */
  tokenEndsAt: z.string().optional(),
  /** Newest datestamp seen in this list. */
  newest: day.optional(),
  /** So far no record was older than the one before it: then the list can begin again at the newest. */
  isSorted: z.boolean(),
});
export type HarvestMark = z.output<typeof shape>;

/** Undefined where there is none, or one that another version of this program wrote in another form. */
export function readMark(saved: unknown): HarvestMark | undefined {
  return shape.safeParse(saved).data;
}

export const beginAt = (from: EditionDate): HarvestMark => ({ from, isSorted: true });

/** Datestamps are the server's own, so a wrong clock, ours or theirs, moves nothing. */
export function nextList({ from, newest }: HarvestMark): HarvestMark {
  const next = newest === undefined ? from : addDays(newest, -OVERLAP_DAYS);
  return beginAt(next > from ? next : from);
}

/** The token is no longer known: again from as late as is safe. */
export function startOver({ from, newest, isSorted }: HarvestMark): HarvestMark {
  return beginAt(isSorted && newest !== undefined ? newest : from);
}

export function noteDatestamp(mark: HarvestMark, datestamp: string): void {
  if (!isEditionDate(datestamp)) return;
  if (mark.newest !== undefined && datestamp < mark.newest) mark.isSorted = false;
  else mark.newest = datestamp;
}

/** Whether a set was harvested before, so that a harvest knows where to go on. */
export async function isArxivSetKnown(
  marks: { findMark(source: string, set: string): Promise<unknown> },
  set: string,
): Promise<boolean> {
  return readMark(await marks.findMark(MARK_SOURCE, set)) !== undefined;
}
