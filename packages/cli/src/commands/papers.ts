/** `paperwire papers …`: which papers are one work, what was merged and why, and taking it back. */
import { type FoundPair, findDuplicates } from "@paperwire/discovery";
import { conflict, DomainError, evidenceText, invalid } from "@paperwire/domain";
import type { Merge, Store } from "@paperwire/store";
import type { Config } from "../config.ts";
import { withStore } from "../open-stores.ts";
import { startProgress } from "../progress.ts";
import { count, say, type Terminal } from "../terminal.ts";

const PAIRS_SHOWN = 50;
const MERGES_SHOWN = 50;
const BY_COMMAND = "duplicates";
const BY_OPERATOR = "the operator";

export type DuplicatesOptions = { merge?: boolean; json?: boolean };

/** @returns the exit code: 0 where nothing is left for a person to look at, 2 otherwise */
export async function duplicatesCommand(
  options: DuplicatesOptions,
  config: Config,
  terminal: Terminal,
): Promise<number> {
  return withStore(config, terminal, async (store) => {
    const pairs = await find(store, terminal);
    const same = pairs.filter(({ verdict }) => verdict === "same");
    const likely = pairs.filter(({ verdict }) => verdict === "likely");
    const merged = options.merge ? await mergeAll(store, same, terminal) : 0;
    if (options.json) {
      say(terminal, JSON.stringify({ same: same.length, likely: likely.length, merged, pairs }));
    } else {
      tell(same, options.merge ? "merged" : "the same work; --merge makes one paper of each pair", terminal);
      tell(likely, "perhaps the same work; `paperwire papers merge ID ID` if so", terminal);
    }
    return likely.length > 0 || (same.length > 0 && !options.merge) ? 2 : 0;
  });
}

async function find(store: Store, { stderr, clock }: Terminal): Promise<FoundPair[]> {
  const total = await store.papers.count();
  // Comparing takes about as long as reading.
  const progress = startProgress({ label: "Looking for duplicates", total: 2 * total, output: stderr, clock });
  try {
    return await findDuplicates(store, ({ phase, done }) =>
      progress.update(phase === "reading" ? done : total + done, `${phase} ${count(done)} of ${count(total)}`),
    );
  } finally {
    progress.stop();
  }
}

/** A pair may meet a paper that an earlier pair merged away. */
async function mergeAll(store: Store, pairs: readonly FoundPair[], { stderr, clock }: Terminal): Promise<number> {
  const progress = startProgress({ label: "Merging", total: pairs.length, output: stderr, clock });
  let merged = 0;
  try {
    for (const [at, { first, second, evidence }] of pairs.entries()) {
      const [a, b] = [
        (await store.merges.findWinner(first)) ?? first,
        (await store.merges.findWinner(second)) ?? second,
      ];
      if (a !== b && (await mergeOne(store, [a, b], evidence))) merged++;
      progress.update(at + 1, `${count(merged)} merged`);
    }
  } finally {
    progress.stop();
  }
  return merged;
}

/** What a person decided meanwhile holds. */
async function mergeOne(
  store: Store,
  papers: readonly [string, string],
  evidence: FoundPair["evidence"],
): Promise<boolean> {
  try {
    await store.merges.merge({ papers, evidence, by: BY_COMMAND });
    return true;
  } catch (error) {
    if (error instanceof DomainError && (error.code === "conflict" || error.code === "not-found")) return false;
    throw error;
  }
}

function tell(pairs: readonly FoundPair[], what: string, terminal: Terminal): void {
  say(terminal, `${count(pairs.length, "pair")} ${what}`);
  for (const { first, second, titles, evidence } of pairs.slice(0, PAIRS_SHOWN)) {
    say(terminal, `  ${first}  ${titles[0]}\n  ${second}  ${titles[1]}\n    ${evidenceText(evidence)}`);
  }
  if (pairs.length > PAIRS_SHOWN) say(terminal, `  … and ${count(pairs.length - PAIRS_SHOWN)} more; --json lists them`);
}

export async function mergesCommand({ json }: { json?: boolean }, config: Config, terminal: Terminal): Promise<void> {
  await withStore(config, terminal, async (store) => {
    const { items, total } = await store.merges.list({ limit: MERGES_SHOWN, offset: 0 });
    if (json) return say(terminal, JSON.stringify({ total, merges: items }));
    if (total === 0) return say(terminal, "No papers were merged.");
    for (const merge of items) for (const line of linesOf(merge)) say(terminal, line);
    if (total > items.length)
      say(terminal, `… and ${count(total - items.length)} before; the site's /merges has them all`);
  });
}

function linesOf({ id, winner, loser, winnerTitle, loserTitle, evidence, by, at, undone }: Merge): string[] {
  const why = evidence === null ? `decided by ${by}` : `${evidenceText(evidence)} (${by})`;
  return [
    `${id}  ${at.slice(0, 10)}${undone ? `  taken apart by ${undone.by} on ${undone.at.slice(0, 10)}` : ""}`,
    `  ${winner}  ${winnerTitle}`,
    `  ${loser}  ${loserTitle}`,
    `    ${why}`,
  ];
}

export async function mergeCommand(
  [first = "", second = ""]: readonly string[],
  { keep }: { keep?: string },
  config: Config,
  terminal: Terminal,
): Promise<void> {
  await withStore(config, terminal, async (store) => {
    const papers = [first, second] as const;
    const made = await store.merges.merge({
      papers,
      ...(keep === undefined ? {} : { keep }),
      evidence: null,
      by: BY_OPERATOR,
    });
    say(terminal, `${made.loser} is ${made.winner} now. To take it back: paperwire papers split ${made.id}`);
  });
}

/** @param name  a merge, or a paper that was merged away */
export async function splitCommand(name: string, config: Config, terminal: Terminal): Promise<void> {
  await withStore(config, terminal, async (store) => {
    const id = (await store.merges.find(name))?.id ?? (await mergeOfLoser(store, name));
    const { winner, loser } = await store.merges.undo(id, BY_OPERATOR);
    say(terminal, `${winner} and ${loser} are two papers again, and will not be merged.`);
  });
}

async function mergeOfLoser(store: Store, name: string): Promise<string> {
  const winner = await store.merges.findWinner(name);
  if (winner === null) throw invalid(`${name} is neither a merge nor a paper that was merged away.`);
  const found = (await store.merges.listOf(winner)).find(({ loser }) => loser === name);
  if (!found) throw conflict(`${name} went to ${winner} in several steps; see paperwire papers merges.`);
  return found.id;
}
