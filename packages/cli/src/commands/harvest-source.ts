/** `paperwire harvest hf|openreview|acl|preprints|crossref`: takes in what a source beside arXiv lists. */
import { invalid } from "@paperwire/domain";
import { type HostTurns, harvestSource, type PaperSource, type SourceSummary } from "@paperwire/ingest";
import type { Store } from "@paperwire/store";
import type { Config } from "../config.ts";
import { openSource } from "../paper-sources.ts";
import { startProgress } from "../progress.ts";
import { openTurns } from "../source-turns.ts";
import { count, say, type Terminal } from "../terminal.ts";

const MOST_SHOWN = 20;
/** Steps of the bar. */
const WHOLE = 1_000;

type Run = {
  since?: string;
  json?: boolean;
  store: Store;
  terminal: Terminal;
  signal: AbortSignal;
  config: Config;
};

/** @returns the exit code: 0 all good, 2 something was refused or broke off, 1 nothing came */
export async function harvestOtherSource(name: string, wanted: readonly string[], run: Run): Promise<number> {
  const { store, terminal, config } = run;
  const turns = openTurns(store, terminal);
  const source = openSource(name, { store, turns, config });
  const sets = wanted.length > 0 ? wanted.map((set) => source.checkSet(set)) : await setsBefore(store, name);
  if (sets.length === 0)
    throw invalid(`Nothing was harvested from there before; say what with --sets: ${source.setSentence}.`);
  const codes: number[] = [];
  for (const set of sets) codes.push(await harvestOne(source, set, { ...run, turns }));
  return codes.every((code) => code === codes[0]) ? codes[0]! : 2;
}

async function setsBefore(store: Store, name: string): Promise<string[]> {
  return (await store.sources.listMarks()).filter(({ source }) => source === name).map(({ set }) => set);
}

async function harvestOne(source: PaperSource, set: string, run: Run & { turns: HostTurns }): Promise<number> {
  const { store, terminal, signal, turns, since, json } = run;
  const { stderr, clock } = terminal;
  const progress = startProgress({ label: `Harvesting ${set}`, total: WHOLE, output: stderr, clock });
  let summary: SourceSummary;
  try {
    summary = await harvestSource({
      source,
      papers: store.papers,
      marks: store.sources,
      turns,
      set,
      since,
      nowMs: clock(),
      signal,
      onProgress: ({ share, read, total, added, updated }) =>
        progress.update(
          (share ?? 0) * WHOLE,
          `${count(read)}${total === null ? "" : ` of ${count(total)}`} read, ${count(added)} added, ${count(updated)} updated`,
        ),
    });
  } finally {
    progress.stop();
  }
  if (json) say(terminal, JSON.stringify(summary));
  else sumUp(summary, terminal);
  if (summary.stopped !== undefined && summary.read === 0) return 1;
  return summary.stopped !== undefined || summary.refused > 0 ? 2 : 0;
}

function sumUp(summary: SourceSummary, terminal: Terminal): void {
  const { set, read, pages, added, updated, unchanged, refused, refusals, stopped } = summary;
  say(
    terminal,
    `${set}: ${count(read, "record")} on ${count(pages, "page")}: ${count(added)} added, ${count(updated)} updated, ${count(unchanged)} unchanged, ${count(refused)} refused`,
  );
  for (const { id, reason } of refusals.slice(0, MOST_SHOWN)) say(terminal, `  ${id}: ${reason}`);
  if (refused > MOST_SHOWN) say(terminal, `  … and ${count(refused - MOST_SHOWN)} more`);
  if (stopped !== undefined) say(terminal, `  broke off, what was stored stays: ${stopped}`);
}
