/** How complete the announcements of each day are, for whoever runs the site and for whoever reads an edition. */
import {
  addDays,
  type BatchState,
  batchState,
  type EditionDate,
  easternDay,
  hasBatch,
  latestBatchDay,
} from "@paperwire/domain";
import type { BatchRecord, SourceStore } from "@paperwire/store";

/** Days that one question may span. */
export const STATUS_DAYS_MAX = 400;
/** The source whose calendar we know, under the name of its batches and of its harvests. */
const ARXIV = "arxiv";
const HARVEST = "arxiv-oai";

export type BatchStatus = BatchRecord & {
  /** Null where no announcement is due yet, or none is planned. */
  state: BatchState | null;
};

/**
 * Every batch of the days, newest first; batches that should be there and of which nobody said anything, too, from the
 * first batch of their set on.
 * @param days  1..400, counted back from the newest batch
 */
export async function listBatchStatus(
  sources: Pick<SourceStore, "listBatches" | "listMarks">,
  { nowMs, days }: { nowMs: number; days: number },
): Promise<BatchStatus[]> {
  if (days < 1 || days > STATUS_DAYS_MAX) throw new RangeError(`${days} days; 1 to ${STATUS_DAYS_MAX} are shown`);
  const last = latestBatchDay(nowMs);
  const today = addDays(easternDay(nowMs), 1);
  const first = addDays(last, 1 - days);
  const batches = await sources.listBatches({ first, last: today > last ? today : last });
  const marks = await sources.listMarks();
  const sets = new Set(marks.filter(({ source }) => source === HARVEST).map(({ set }) => set));
  for (const { source, set } of batches) if (source === ARXIV) sets.add(set);
  const all = [...batches, ...[...sets].flatMap((set) => missingOf(set, batches, { first, last }))];
  return all.map((batch) => ({ ...batch, state: batchState({ ...batch, nowMs }) })).sort(newestFirst);
}

/** Of a set that nobody followed before a day nothing is missing there. */
function missingOf(
  set: string,
  batches: readonly BatchRecord[],
  { first, last }: { first: EditionDate; last: EditionDate },
) {
  const known = batches.filter((batch) => batch.source === ARXIV && batch.set === set).map(({ day }) => day);
  const begin = known.at(-1) ?? last;
  const missing: BatchRecord[] = [];
  for (let day = begin > first ? begin : first; day <= last; day = addDays(day, 1)) {
    if (!hasBatch(day) || known.includes(day)) continue;
    missing.push({ source: ARXIV, set, day, reports: [], announced: 0, stored: 0, usual: null });
  }
  return missing;
}

const newestFirst = (a: BatchStatus, b: BatchStatus) =>
  a.day === b.day ? `${a.source} ${a.set}`.localeCompare(`${b.source} ${b.set}`, "en") : a.day < b.day ? 1 : -1;

/** What a reader of an edition is told of the announcements behind it. */
export type Completeness = {
  /** The worst state of all sets that are followed. */
  state: BatchState;
  /** New papers announced on the day, and how many of them are here; a paper in two sets counts in both. */
  announced: number;
  stored: number;
  sets: string[];
};

const WORST: readonly BatchState[] = ["missing", "stale", "provisional", "complete"];

/** @returns null where nobody follows a source, or no announcement belongs to the day */
export async function completenessOf(
  sources: Pick<SourceStore, "listBatches">,
  { day, nowMs }: { day: EditionDate; nowMs: number },
): Promise<Completeness | null> {
  const batches = await sources.listBatches({ first: day, last: day });
  const judged = batches.map((batch) => ({ ...batch, state: batchState({ ...batch, nowMs }) }));
  const states = judged.map(({ state }) => state).filter((state) => state !== null);
  const state = WORST.find((one) => states.includes(one));
  if (state === undefined) return null;
  const sum = (key: "announced" | "stored") => judged.reduce((total, batch) => total + batch[key], 0);
  return { state, announced: sum("announced"), stored: sum("stored"), sets: judged.map(({ set }) => set).sort() };
}
