/** Whether a day's announcement has come in whole, judged from what each door of a source said about it. Pure. */
import { announcedAtMs, hasBatch } from "./announcement-calendar.ts";
import type { EditionDate } from "./edition-date.ts";

/**
 * - `complete`: doors agree on the number of new papers, and each of them is stored
 * - `provisional`: some came, and it is not sure that they are all
 * - `stale`: doors speak, with many entries, and none of them is new on a day that must have some
 * - `missing`: no door says anything of the day
 */
export type BatchState = "complete" | "provisional" | "stale" | "missing";

/** One source has several doors that tell of the same announcement, each with its own delays. */
export type BatchDoor = "rss" | "listing" | "oai";

/** What one door said of one batch when it was last asked. */
export type DoorReport = {
  door: BatchDoor;
  /** The day that the door itself says it speaks of; null where it names none. */
  dated: EditionDate | null;
  /** New submissions by the door's own count; where it states none, those it lists. */
  claimed: number;
  /** Different papers that it lists as new. */
  listed: number;
  /** Of those, the ones that no earlier batch announced. */
  fresh: number;
  /** Everything it lists: new, cross-listed, replaced. */
  entries: number;
};

export type BatchFacts = {
  day: EditionDate;
  nowMs: number;
  /** At most one of each door. */
  reports: readonly DoorReport[];
  /** Different fresh papers over all doors, and how many of them the store has. */
  announced: number;
  stored: number;
  /** New papers of an ordinary day in this set; null where there is no history yet. */
  usual: number | null;
  /** By default arXiv's calendar. */
  isExpected?: (day: EditionDate) => boolean;
};

/** Feeds change at midnight Eastern, four hours after the announcement; two more are for their delays. */
const DUE_AFTER_MS = 6 * 3_600_000;
/** A set with fewer new papers a day than this may well have none on a day. */
const SURE_OF_SOME = 5;
/** Two doors that agree on less than this share of an ordinary day may both be half done; a third must confirm. */
const SHORT_SHARE = 1 / 3;

/** @returns null where nothing can be said: no announcement is due, or it is too early to miss it */
export function batchState(facts: BatchFacts): BatchState | null {
  const { day, nowMs, reports, announced, isExpected = hasBatch } = facts;
  const isLate = nowMs >= announcedAtMs(day) + DUE_AFTER_MS;
  if (announced === 0) {
    if (!isExpected(day) || !isLate) return null;
    return stateWithoutNews(facts);
  }
  const agreeing = reports.filter((report) => isWhole(report, facts));
  const enough = isShort(facts) ? 3 : 2;
  return agreeing.length >= enough && facts.stored >= announced ? "complete" : "provisional";
}

function stateWithoutNews({ day, reports, usual }: BatchFacts): BatchState {
  if (reports.some((report) => report.listed > 0 || (report.dated !== day && report.entries > 0))) return "stale";
  // A quiet day of a small set: doors that bear its date say that nothing is new.
  const quiet = reports.filter((report) => report.dated === day);
  const mayBeQuiet = usual !== null && usual < SURE_OF_SOME;
  if (mayBeQuiet && quiet.length > 0) return quiet.length >= 2 ? "complete" : "provisional";
  return reports.some((report) => report.entries > 0) ? "stale" : "missing";
}

/** It lists, or by its own count knows of, exactly what is announced, and nothing of an earlier day. */
function isWhole(report: DoorReport, { announced }: BatchFacts): boolean {
  const ofToday = report.fresh === report.listed;
  return ofToday && report.claimed === announced && report.listed === report.claimed;
}

function isShort({ announced, usual }: BatchFacts): boolean {
  return usual !== null && usual >= SURE_OF_SOME && announced < usual * SHORT_SHARE;
}
