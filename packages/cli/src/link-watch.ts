/** The watch over links as this program runs it: papers are read for links, then those that are due are looked at. */
import { createLinkDoor, type HostTurns, readPaperLinks, type WatchSummary, watchLinks } from "@paperwire/ingest";
import type { Store } from "@paperwire/store";
import type { Config } from "./config.ts";
import { count } from "./terminal.ts";

export type LinkWatchParts = {
  store: Store;
  config: Pick<Config, "contact" | "githubToken" | "sourcesMirror">;
  turns: HostTurns;
  clock: () => number;
  signal?: AbortSignal | undefined;
  limit?: number | undefined;
  onProgress?(now: WatchSummary): void;
};

/** @returns what came of it, in words */
export async function runLinkWatch(parts: LinkWatchParts): Promise<string> {
  const { store, config, turns, clock, signal, limit, onProgress } = parts;
  const { contact, githubToken, sourcesMirror } = config;
  const read = await readPaperLinks({
    papers: store.papers,
    links: store.links,
    marks: store.sources,
    epoch: await store.epoch(),
    nowMs: clock(),
    signal,
  });
  const mirror = sourcesMirror === undefined ? {} : { githubApi: `${sourcesMirror}/github` };
  const door = createLinkDoor({ turns, contact, githubToken, ...mirror });
  const summary = await turns.run(
    "link-watch",
    (turn) =>
      watchLinks({ links: store.links, door, clock, turn, limit, signal, ...(onProgress ? { onProgress } : {}) }),
    signal,
  );
  const { looked, there, empty, missing, unreachable, limited } = summary;
  const later = limited.length > 0 ? `; ${limited.join(", ")} answered no more for now` : "";
  return `${count(read, "paper")} read, ${count(looked)} of ${count(summary.due, "link")} looked at: ${count(there)} there, ${count(empty)} empty, ${count(missing)} missing, ${count(unreachable)} not reached${later}`;
}
