/** When a job is due: by arXiv's announcements, every so many hours, or at night. Pure. */
import { announcedAtMs, latestBatchDay, nextAnnouncementMs } from "./announcement-calendar.ts";
import { addDays, toUtcMs } from "./edition-date.ts";

export type JobRecord = {
  /** ISO 8601; null where it never did. */
  beganAt: string | null;
  endedAt: string | null;
  /** Of the last run, where it failed. */
  error: string | null;
  /** In a row. */
  failures: number;
};

export type JobPlan =
  /** When a batch is due, and again while it is not whole. */
  | { kind: "announcement"; isComplete: boolean }
  | { kind: "hours"; hours: number }
  /** Once every so many nights, at a minute of the day in a time zone. */
  | { kind: "night"; minute: number; timeZone: string; nights: number };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** @source observed: harvesting follows the announcement after 2 h 30 min, the feed after 4 h */
const ALL_DOORS_MS = 4.25 * HOUR_MS;
/** A batch that is not whole is asked for again after so long, and less often the older it is. */
const ASK_AGAIN_MS = HOUR_MS;
const ASK_AGAIN_MAX_MS = 6 * HOUR_MS;
const RETRY_MS = 10 * MINUTE_MS;
const RETRY_MAX_MS = 6 * HOUR_MS;

/**
 * The instant, in milliseconds, from which on the job is due; in the past where it is overdue. What was cut off by a
 * crash never ended, so it is due as it was before.
 */
export function nextRunMs(plan: JobPlan, { endedAt, failures }: JobRecord, nowMs: number): number {
  const endedMs = endedAt === null ? null : Date.parse(endedAt);
  const regular = regularMs(plan, endedMs, nowMs);
  if (failures === 0 || endedMs === null) return regular;
  const retry = endedMs + Math.min(RETRY_MS * 2 ** (failures - 1), RETRY_MAX_MS);
  // A failed run is repeated sooner than the next regular one would be, and never at once.
  return regular > retry || regular < endedMs + RETRY_MS ? retry : regular;
}

function regularMs(plan: JobPlan, endedMs: number | null, nowMs: number): number {
  if (plan.kind === "hours") return endedMs === null ? nowMs : endedMs + plan.hours * HOUR_MS;
  if (plan.kind === "night") return nightMs(plan, endedMs, nowMs);
  const announced = announcedAtMs(latestBatchDay(nowMs));
  const first = announced + ALL_DOORS_MS;
  if (endedMs === null) return nowMs;
  if (endedMs < first) return first;
  const next = nextAnnouncementMs(nowMs) + ALL_DOORS_MS;
  if (plan.isComplete) return next;
  const pause = Math.min(Math.max((endedMs - first) / 2, ASK_AGAIN_MS), ASK_AGAIN_MAX_MS);
  return Math.min(endedMs + pause, next);
}

/** The first night after the last run; without one, the next night: nobody is surprised at noon. */
function nightMs(
  plan: { minute: number; timeZone: string; nights: number },
  endedMs: number | null,
  nowMs: number,
): number {
  const from = endedMs === null ? nowMs : endedMs + (plan.nights - 1) * DAY_MS;
  let day = addDays(new Date(from).toISOString().slice(0, 10), -1);
  for (let step = 0; step < 4; step++, day = addDays(day, 1)) {
    const night = wallMs(day, plan);
    if (night > from) return night;
  }
  return from + DAY_MS;
}

/** A minute of a day in a time zone; where clocks jump over it, an hour later. */
function wallMs(day: string, { minute, timeZone }: { minute: number; timeZone: string }): number {
  const wall = toUtcMs(day) + minute * MINUTE_MS;
  const guess = wall - offsetMs(wall, timeZone);
  return wall - offsetMs(guess, timeZone);
}

function offsetMs(instantMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" }).formatToParts(instantMs);
  const found = /^GMT([+-])(\d{2}):(\d{2})$/.exec(parts.find(({ type }) => type === "timeZoneName")?.value ?? "");
  return found ? (found[1] === "-" ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) * MINUTE_MS : 0;
}
