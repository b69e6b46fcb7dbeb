/** What the site does by itself, for whoever runs it. */
import type { JobStore, StoredJob } from "@paperwire/store";

/** A job that is this late is not going to wake: nobody runs it any more. */
const LATE_MS = 3_600_000;

export type JobStatus = StoredJob & {
  /** `cut off` began and never ended; `asleep` has not woken though it was due long ago. */
  state: "waiting" | "running" | "failed" | "cut off" | "asleep" | "off";
};

/** A run that began so long ago and has not ended was cut off; the longest takes hours. */
const RUN_MAX_MS = 12 * LATE_MS;

/** In the order of their names. */
export async function listJobs(jobs: Pick<JobStore, "list">, nowMs: number): Promise<JobStatus[]> {
  return (await jobs.list()).map((job) => ({ ...job, state: stateOf(job, nowMs) }));
}

function stateOf({ beganAt, endedAt, nextAt, error }: StoredJob, nowMs: number): JobStatus["state"] {
  if (beganAt !== null && (endedAt === null || endedAt < beganAt)) {
    return nowMs - Date.parse(beganAt) > RUN_MAX_MS ? "cut off" : "running";
  }
  if (nextAt === null) return "off";
  if (nowMs - Date.parse(nextAt) > LATE_MS) return "asleep";
  return error === null ? "waiting" : "failed";
}
