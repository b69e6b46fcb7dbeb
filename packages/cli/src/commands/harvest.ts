/** `paperwire harvest`: takes in what changed at a source, asks what it announced, and says what came of it. */
import { invalid, isEditionDate, toUtcMs } from "@paperwire/domain";
import { type CheckSummary, checkSet, type HarvestProgress, type HarvestSummary } from "@paperwire/ingest";
import type { Store } from "@paperwire/store";
import { type ArxivClients, arxivClients, harvestArxivSet } from "../arxiv-set.ts";
import type { Config } from "../config.ts";
import { withStore } from "../open-stores.ts";
import { startProgress } from "../progress.ts";
import { openTurns } from "../source-turns.ts";
import { count, say, type Terminal } from "../terminal.ts";
import { harvestOtherSource } from "./harvest-source.ts";

export type HarvestOptions = { since?: string; sets?: string; json?: boolean };

/** As a shell gives it for a program that Ctrl-C ended. */
const INTERRUPTED = 130;
/** Sets of one run. */
const SETS_MAX = 200;
/** Steps of the bar. */
const WHOLE = 1_000;
const MOST_SHOWN = 20;

/**
 * @param source  `arxiv`
 * @param signal  aborts at the next transaction; what is stored stays, and the same command goes on there
 * @returns the exit code: 0 all good, 2 something was refused or broke off, 1 nothing came, 130 interrupted
 */
export async function harvestCommand(
  source: string,
  options: HarvestOptions,
  config: Config,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const { since } = options;
  if (since !== undefined && !isEditionDate(since))
    throw invalid(`--since ${since} is not a date. Write it as 2026-11-01.`);
  const wanted = setsIn(options.sets);
  const isArxiv = source === "arxiv";
  if (isArxiv) wanted.map(checkSet);
  return withStore(config, terminal, async (store) => {
    try {
      return isArxiv
        ? await harvestArxivSets(wanted, { ...options, store, terminal, signal, config })
        : await harvestOtherSource(source, wanted, { ...options, store, terminal, signal, config });
    } catch (error) {
      if (!signal.aborted) throw error;
      say(terminal, "Interrupted. What was stored stays; the same command goes on from there.");
      return INTERRUPTED;
    }
  });
}

type ArxivRun = HarvestOptions & { store: Store; terminal: Terminal; signal: AbortSignal; config: Config };

async function harvestArxivSets(wanted: readonly string[], run: ArxivRun): Promise<number> {
  const { store, config, terminal } = run;
  const sets = wanted.length > 0 ? wanted : await harvestedSets(store);
  if (sets.length === 0)
    throw invalid("Nothing was harvested before; say what, such as --sets cs,stat --since 2026-11-01.");
  const clients = arxivClients(config, openTurns(store, terminal));
  const codes: number[] = [];
  for (const set of sets) codes.push(await harvestSet(set, { ...run, ...clients }));
  return codes.every((code) => code === codes[0]) ? codes[0]! : 2;
}

function setsIn(list: string | undefined): string[] {
  const sets = (list ?? "")
    .split(",")
    .map((set) => set.trim())
    .filter((set) => set !== "");
  if (sets.length > SETS_MAX) throw invalid(`${sets.length} sets at once; at most ${SETS_MAX}.`);
  return [...new Set(sets)];
}

async function harvestedSets(store: Store): Promise<string[]> {
  return (await store.sources.listMarks()).filter(({ source }) => source === "arxiv-oai").map(({ set }) => set);
}

type SetRun = HarvestOptions & ArxivClients & { store: Store; terminal: Terminal; signal: AbortSignal };

async function harvestSet(set: string, run: SetRun): Promise<number> {
  const { terminal, since, json } = run;
  const { harvested, checked, day, batch, state } = await withProgress(set, terminal, (onProgress) =>
    harvestArxivSet(set, { ...run, since, nowMs: terminal.clock(), onProgress }),
  );
  const { news: _, ...told } = harvested;
  if (json) say(terminal, JSON.stringify({ ...told, announcement: { ...checked, state } }));
  else
    sumUp(
      harvested,
      checked,
      `batch of ${day}: ${state ?? "not due yet"}${batch ? `, ${count(batch.announced)} new` : ""}`,
      terminal,
    );
  if (harvested.stopped !== undefined && harvested.read === 0) return 1;
  return harvested.stopped !== undefined || harvested.refused + checked.refusals.length > 0 ? 2 : 0;
}

async function withProgress<T>(
  set: string,
  { stderr, clock }: Terminal,
  work: (onProgress: (now: HarvestProgress) => void) => Promise<T>,
): Promise<T> {
  const progress = startProgress({ label: `Harvesting ${set}`, total: WHOLE, output: stderr, clock });
  try {
    return await work((now) => {
      const { read, listSize, added, updated, newest } = now;
      const of = listSize === null ? "" : ` of ${count(listSize)}`;
      progress.update(
        shareOf(now, clock()) * WHOLE,
        `${count(read)}${of} read up to ${newest ?? "…"}, ${count(added)} added, ${count(updated)} updated`,
      );
    });
  } finally {
    progress.stop();
  }
}

/** arXiv does not say how long its list is, but it is in the order of days: how far along them is the best estimate. */
function shareOf({ read, listSize, from, newest }: HarvestProgress, nowMs: number): number {
  if (listSize !== null) return Math.min(read / listSize, 1);
  if (newest === null) return 0;
  const whole = nowMs - toUtcMs(from);
  return whole <= 0 ? 0 : Math.min(Math.max((toUtcMs(newest) - toUtcMs(from)) / whole, 0), 1);
}

function sumUp(harvest: HarvestSummary, check: CheckSummary, state: string, terminal: Terminal): void {
  const { set, read, pages, added, updated, unchanged, withdrawn, refused, refusals, stopped } = harvest;
  say(
    terminal,
    `${set}: ${count(read, "record")} on ${count(pages, "page")}: ${count(added + check.added)} added, ${count(updated + check.updated)} updated, ${count(unchanged)} unchanged, ${count(withdrawn)} withdrawn, ${count(refused)} refused`,
  );
  for (const { id, reason } of [...refusals, ...check.refusals].slice(0, MOST_SHOWN))
    say(terminal, `  ${id}: ${reason}`);
  if (stopped !== undefined) say(terminal, `  broke off, what was stored stays: ${stopped}`);
  for (const { door, reason } of check.failed) say(terminal, `  ${door} says nothing: ${reason}`);
  say(terminal, `  ${state}`);
}
