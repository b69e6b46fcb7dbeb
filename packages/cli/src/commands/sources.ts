/** `paperwire sources status`: what the sources said of each day's announcement, and whether all of it is here. */
import { type JobStatus, listBatchStatus, listJobs, STATUS_DAYS_MAX } from "@paperwire/discovery";
import { invalid } from "@paperwire/domain";
import type { Config } from "../config.ts";
import { withStore } from "../open-stores.ts";
import { say, type Terminal } from "../terminal.ts";

export type StatusOptions = { days?: string; json?: boolean; jobs?: boolean };

const DAYS = 14;

/** @returns the exit code: 0 where the newest batch of every set is complete or not due, 2 otherwise */
export async function sourcesStatusCommand(
  options: StatusOptions,
  config: Config,
  terminal: Terminal,
): Promise<number> {
  const days = options.days === undefined ? DAYS : Number(options.days);
  if (!Number.isInteger(days) || days < 1 || days > STATUS_DAYS_MAX) {
    throw invalid(`--days ${options.days} is not a whole number from 1 to ${STATUS_DAYS_MAX}.`);
  }
  return withStore(config, terminal, async (store) => {
    const rows = await listBatchStatus(store.sources, { nowMs: terminal.clock(), days });
    const jobs = await listJobs(store.jobs, terminal.clock());
    if (options.json) {
      // Batches as before; jobs are told with --jobs.
      say(terminal, JSON.stringify(options.jobs ? jobs : rows));
      return options.jobs ? 0 : exitCodeOf(rows);
    }
    if (rows.length === 0)
      say(terminal, "No source was ever asked. Begin with `paperwire harvest arxiv --sets cs --since 2026-11-01`.");
    else for (const line of table(rows)) say(terminal, line);
    for (const line of jobs.length > 0 ? ["", ...jobTable(jobs)] : []) say(terminal, line);
    return exitCodeOf(rows);
  });
}

type Row = Awaited<ReturnType<typeof listBatchStatus>>[number];

function exitCodeOf(rows: readonly Row[]): number {
  const newest = rows.filter(({ day }) => day === rows[0]?.day);
  return newest.every(({ state }) => state === "complete" || state === null) ? 0 : 2;
}

const minute = (instant: string | null) => instant?.slice(0, 16).replace("T", " ") ?? "–";

function jobTable(jobs: readonly JobStatus[]): string[] {
  const head = ["job", "state", "next (UTC)", "last ended (UTC)", "what came of it"];
  const lines = jobs.map(({ name, state, nextAt, endedAt, error, outcome }) => [
    name,
    state,
    minute(nextAt),
    minute(endedAt),
    error === null ? (outcome ?? "–") : `failed: ${error}`,
  ]);
  return aligned([head, ...lines]);
}

function table(rows: readonly Row[]): string[] {
  const head = ["day", "set", "state", "new", "stored", "feed", "listing", "harvest", "asked (UTC)"];
  const said = (row: Row, door: string) => {
    const report = row.reports.find((one) => one.door === door);
    if (!report) return "–";
    // A door that speaks of another day says so.
    return report.dated !== null && report.dated !== row.day ? `(${report.dated})` : String(report.claimed);
  };
  const lines = rows.map((row) => [
    row.day,
    row.set,
    row.state ?? "not due",
    String(row.announced),
    String(row.stored),
    said(row, "rss"),
    said(row, "listing"),
    said(row, "oai"),
    row.reports
      .map(({ askedAt }) => askedAt)
      .sort()
      .at(-1)
      ?.slice(0, 16)
      .replace("T", " ") ?? "never",
  ]);
  return aligned([head, ...lines]);
}

function aligned(lines: readonly (readonly string[])[]): string[] {
  const widths = lines[0]!.map((_, at) => Math.max(...lines.map((line) => line[at]!.length)));
  return lines.map((line) =>
    line
      .map((cell, at) => cell.padEnd(widths[at]!))
      .join("  ")
      .trimEnd(),
  );
}
