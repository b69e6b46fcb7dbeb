/** `paperwire refresh`: asks arXiv what it says of papers whose abstract is missing or whose facts are in doubt. */
import { setTimeout as sleep } from "node:timers/promises";
import { invalid, isArxivId, type Paper, parseArxivId } from "@paperwire/domain";
import { createArxivClient, REFRESH_IDS_MAX, type RefreshSummary, refreshFromArxiv } from "@paperwire/ingest";
import type { Store } from "@paperwire/store";
import type { Config } from "../config.ts";
import { withStore } from "../open-stores.ts";
import { startProgress } from "../progress.ts";
import { openTurns } from "../source-turns.ts";
import { count, say, type Terminal } from "../terminal.ts";

const MOST_SHOWN = 20;

/**
 * @param names  arXiv ids or addresses; none means all incomplete papers
 * @returns the exit code: 0 all good, 2 some papers refused or unknown, 1 nothing could be asked
 */
export async function refreshCommand(names: readonly string[], config: Config, terminal: Terminal): Promise<number> {
  const wanted = names.map(toId);
  return withStore(config, terminal, async (store) => {
    const papers = wanted.length > 0 ? await known(store, wanted) : await incomplete(store);
    const ids = wanted.length > 0 ? wanted : papers.map((paper) => paper.id);
    if (ids.length === 0) {
      say(terminal, "Every paper with an arXiv id has its abstract; there is nothing to ask.");
      return 0;
    }
    const summary = await refresh(store, ids, papers, config, terminal);
    sumUp(summary, terminal);
    if (summary.stopped !== undefined) return summary.asked === 0 ? 1 : 2;
    return summary.refused.length + summary.missing.length > 0 ? 2 : 0;
  });
}

function toId(name: string): string {
  const id = parseArxivId(name)?.id;
  if (id === undefined) throw invalid(`"${name.slice(0, 80)}" is no arXiv id or address. Write it as 2503.12345.`);
  return id;
}

async function known(store: Store, ids: readonly string[]): Promise<Paper[]> {
  const papers = await Promise.all(ids.map((id) => store.papers.find(id)));
  return papers.filter((paper) => paper !== null);
}

async function incomplete(store: Store): Promise<Paper[]> {
  return (await store.papers.listIncomplete(REFRESH_IDS_MAX)).filter((paper) => isArxivId(paper.id));
}

async function refresh(
  store: Store,
  ids: readonly string[],
  papers: readonly Paper[],
  config: Config,
  terminal: Terminal,
): Promise<RefreshSummary> {
  const { stderr, clock } = terminal;
  const source = createArxivClient({
    baseUrl: config.arxivApi,
    turns: openTurns(store, terminal),
    clock,
    sleep: async (ms, signal) => {
      await sleep(ms, undefined, signal ? { signal } : {});
    },
    ...(config.contact === undefined ? {} : { contact: config.contact }),
  });
  const doubtful = papers.filter((paper) => paper.unverified?.includes("id"));
  const progress = startProgress({ label: "Asking arXiv", total: ids.length, output: stderr, clock });
  try {
    return await refreshFromArxiv({
      ids,
      source,
      papers: store.papers,
      asOf: new Date(clock()).toISOString(),
      titles: new Map(doubtful.map((paper) => [paper.id, paper.title])),
      onProgress: ({ asked, added, updated }) =>
        progress.update(asked, `${count(asked)} asked, ${count(added)} added, ${count(updated)} updated`),
    });
  } finally {
    progress.stop();
  }
}

function sumUp(summary: RefreshSummary, terminal: Terminal): void {
  const { asked, total, added, updated, unchanged, withdrawn, missing, refused, stopped } = summary;
  say(
    terminal,
    `${count(asked)} of ${count(total, "paper")} asked: ${count(added)} added, ${count(updated)} updated, ${count(unchanged)} unchanged`,
  );
  if (withdrawn.length > 0) say(terminal, `  withdrawn by their authors: ${withdrawn.slice(0, MOST_SHOWN).join(", ")}`);
  if (missing.length > 0) say(terminal, `  unknown to arXiv: ${missing.slice(0, MOST_SHOWN).join(", ")}`);
  for (const { id, reason } of refused.slice(0, MOST_SHOWN)) say(terminal, `  ${id}: ${reason}`);
  if (stopped !== undefined) say(terminal, `  stopped early, what was stored stays: ${stopped}`);
}
