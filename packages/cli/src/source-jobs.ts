/** The work that the running site does by itself with its sources: what it is, when it is due, what came of it. */
import { addDays, batchState, invalid, type JobPlan, latestBatchDay, upstream } from "@paperwire/domain";
import { checkSet, type HostTurns, harvestSource, isArxivSetKnown } from "@paperwire/ingest";
import type { Store } from "@paperwire/store";
import { arxivClients, harvestArxivSet } from "./arxiv-set.ts";
import type { Config } from "./config.ts";
import { runEnrichment } from "./enrichment.ts";
import { runLinkWatch } from "./link-watch.ts";
import { openSource, type SourceName } from "./paper-sources.ts";
import { count } from "./terminal.ts";

/** A set that was never harvested begins with what changed in the last week. */
const FIRST_DAYS = 7;
const FOLLOW_HOURS = 3;
const WATCH_HOURS = 1;

export type SourceJob = {
  /** In the table of jobs. */
  name: string;
  /** Looked at anew each time: what is due depends on what came. */
  plan(nowMs: number): Promise<JobPlan>;
  /** @returns what came of it, in words. @throws where it is to be tried again soon */
  run(signal: AbortSignal): Promise<string>;
};

export type JobParts = { store: Store; config: Config; turns: HostTurns; clock: () => number };

/** @throws DomainError `invalid`: an option names something that its source does not have */
export function sourceJobs(parts: JobParts): SourceJob[] {
  const { config } = parts;
  return [
    ...(config.harvestArxiv.length > 0 ? [arxivJob(parts)] : []),
    ...listJob(parts, "hf", config.follow, async () => ({ kind: "hours", hours: FOLLOW_HOURS })),
    ...listJob(parts, "openreview", config.openReviewVenues, nightly(config, 1)),
    ...listJob(parts, "acl", config.aclCollections, nightly(config, 1)),
    ...listJob(parts, "preprints", config.preprints, nightly(config, 1)),
    ...listJob(parts, "crossref", config.crossref === "on" ? ["known"] : [], nightly(config, 7)),
    ...(config.citations === "on"
      ? [
          {
            name: "citations",
            plan: nightly(config, 1),
            run: (signal: AbortSignal) => runEnrichment({ ...parts, signal }),
          },
        ]
      : []),
    ...(config.linkWatch === "on"
      ? [
          {
            name: "link-watch",
            plan: async (): Promise<JobPlan> => ({ kind: "hours", hours: WATCH_HOURS }),
            run: (signal: AbortSignal) => runLinkWatch({ ...parts, signal }),
          },
        ]
      : []),
  ];
}

function nightly({ nightAt: minute, editionTimeZone: timeZone }: Config, nights: number) {
  return async (): Promise<JobPlan> => ({ kind: "night", minute, timeZone, nights });
}

function arxivJob({ store, config, turns, clock }: JobParts): SourceJob {
  const sets = config.harvestArxiv.map(checkSet);
  return {
    name: "arxiv",
    async plan(nowMs) {
      const day = latestBatchDay(nowMs);
      const batches = await store.sources.listBatches({ first: day, last: day });
      const states = sets.map((set) => {
        const batch = batches.find((one) => one.source === "arxiv" && one.set === set);
        return batch ? batchState({ ...batch, nowMs }) : null;
      });
      return { kind: "announcement", isComplete: states.every((state) => state === "complete") };
    },
    async run(signal) {
      const clients = arxivClients(config, turns);
      const lines: string[] = [];
      const broken: string[] = [];
      for (const set of sets) {
        const nowMs = clock();
        const isKnown = await isArxivSetKnown(store.sources, set);
        const since = isKnown ? undefined : addDays(latestBatchDay(nowMs), -FIRST_DAYS);
        const { harvested, checked, state } = await harvestArxivSet(set, { ...clients, store, nowMs, since, signal });
        const added = harvested.added + checked.added;
        lines.push(
          `${set}: ${count(added)} added, ${count(harvested.updated + checked.updated)} updated, ${state ?? "not due"}`,
        );
        if (harvested.stopped !== undefined) broken.push(`${set}: ${harvested.stopped}`);
      }
      if (broken.length > 0) throw upstream(broken.join(" "));
      return lines.join("; ");
    },
  };
}

function listJob(parts: JobParts, name: SourceName, wanted: readonly string[], plan: SourceJob["plan"]): SourceJob[] {
  if (wanted.length === 0) return [];
  const source = openSource(name, parts);
  const sets = wanted.map((set) => {
    try {
      return source.checkSet(set);
    } catch (error) {
      throw invalid(`The option for ${source.title}: ${error instanceof Error ? error.message : ""}`, error);
    }
  });
  const run = async (signal: AbortSignal) => {
    const { store, turns, clock } = parts;
    const lines: string[] = [];
    const broken: string[] = [];
    for (const set of sets) {
      const { added, updated, refused, stopped } = await harvestSource({
        source,
        papers: store.papers,
        marks: store.sources,
        turns,
        set,
        nowMs: clock(),
        signal,
      });
      lines.push(
        `${set}: ${count(added)} added, ${count(updated)} updated${refused ? `, ${count(refused)} refused` : ""}`,
      );
      if (stopped !== undefined) broken.push(`${set}: ${stopped}`);
    }
    if (broken.length > 0) throw upstream(broken.join(" "));
    return lines.join("; ");
  };
  return [{ name, plan, run }];
}
