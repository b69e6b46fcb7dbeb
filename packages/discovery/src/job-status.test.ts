import type { StoredJob } from "@paperwire/store";
import { expect, test } from "vitest";
import { listJobs } from "./job-status.ts";

const NOW = Date.UTC(2026, 10, 24, 12);
const job = (changes: Partial<StoredJob>): StoredJob => ({
  name: "arxiv",
  beganAt: "2026-11-24T05:15:00.000Z",
  endedAt: "2026-11-24T05:20:00.000Z",
  outcome: "cs: 3 added",
  error: null,
  failures: 0,
  nextAt: "2026-11-25T05:15:00.000Z",
  ...changes,
});

test.each<[string, Partial<StoredJob>]>([
  ["waiting", {}],
  ["failed", { error: "arXiv cannot be reached.", failures: 1 }],
  ["running", { endedAt: "2026-11-23T05:20:00.000Z" }],
  ["running", { endedAt: null }],
  ["cut off", { beganAt: "2026-11-23T05:15:00.000Z", endedAt: null }],
  ["asleep", { nextAt: "2026-11-24T10:00:00.000Z" }],
  ["off", { nextAt: null }],
])("a job is %s: %j", async (state, changes) => {
  expect(await listJobs({ list: async () => [job(changes)] }, NOW)).toMatchObject([{ state }]);
});
