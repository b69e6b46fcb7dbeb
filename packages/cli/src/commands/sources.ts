/** `paperwire sources status`: what the sources said of each day's announcement, and whether all of it is here. */
import { listBatchStatus, STATUS_DAYS_MAX } from "@paperwire/discovery";
import { invalid } from "@paperwire/domain";
import type { Config } from "../config.ts";
import { withStore } from "../open-stores.ts";
import { say, type Terminal } from "../terminal.ts";

export type StatusOptions = { days?: string; json?: boolean };

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
    if (options.json) say(terminal, JSON.stringify(rows));
    else if (rows.length === 0)
      say(terminal, "No source was ever asked. Begin with `paperwire harvest arxiv --sets cs --since 2026-11-01`.");
    else for (const line of table(rows)) say(terminal, line);
    const newest = rows.filter(({ day }) => day === rows[0]?.day);
    return newest.every(({ state }) => state === "complete" || state === null) ? 0 : 2;
  });
}

type Row = Awaited<ReturnType<typeof listBatchStatus>>[number];

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
  const widths = head.map((word, at) => Math.max(word.length, ...lines.map((line) => line[at]!.length)));
  return [head, ...lines].map((line) =>
    line
      .map((cell, at) => cell.padEnd(widths[at]!))
      .join("  ")
      .trimEnd(),
  );
}
