/** One set of arXiv: what changed, what was announced, and whether all of it is here. */
import { addDays, type BatchState, batchState, hasBatch, latestBatchDay } from "@paperwire/domain";
import {
  type AnnouncementSource,
  type CheckSummary,
  checkAnnouncement,
  createAnnouncementClient,
  createOaiClient,
  createPoliteFetcher,
  type HarvestProgress,
  type HarvestSummary,
  type HostTurns,
  harvestArxiv,
  type OaiSource,
} from "@paperwire/ingest";
import type { BatchRecord, Store } from "@paperwire/store";
import type { Config } from "./config.ts";

const UNTOLD_DAYS = 30;

export type ArxivClients = { oai: OaiSource; announcements: AnnouncementSource; turns: HostTurns };

export function arxivClients(
  { contact, arxivMirror }: Pick<Config, "contact" | "arxivMirror">,
  turns: HostTurns,
): ArxivClients {
  const fetcher = createPoliteFetcher({ name: "arXiv", turns, contact });
  return {
    turns,
    oai: createOaiClient({ fetcher, ...(arxivMirror ? { baseUrl: `${arxivMirror}/oai` } : {}) }),
    announcements: createAnnouncementClient({
      fetcher,
      ...(arxivMirror ? { rssUrl: `${arxivMirror}/rss`, listingUrl: `${arxivMirror}/list` } : {}),
    }),
  };
}

export type ArxivSetRun = ArxivClients & {
  store: Store;
  nowMs: number;
  since?: string | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: HarvestProgress) => void) | undefined;
};

export type ArxivSetResult = {
  harvested: HarvestSummary;
  checked: CheckSummary;
  /** The newest batch that has been announced. */
  day: string;
  batch: BatchRecord | undefined;
  state: BatchState | null;
};

export async function harvestArxivSet(set: string, run: ArxivSetRun): Promise<ArxivSetResult> {
  const { store, oai, announcements, turns, nowMs, since, signal, onProgress } = run;
  const day = latestBatchDay(nowMs);
  const watch = [day, ...(await untoldDays(store, set, day))];
  const harvested = await harvestArxiv({
    source: oai,
    papers: store.papers,
    marks: store.sources,
    turns,
    set,
    since,
    watch,
    signal,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  const checked = await checkAnnouncement({
    source: announcements,
    papers: store.papers,
    sources: store.sources,
    set,
    nowMs,
    harvested: harvested.news,
    signal,
  });
  const batch = (await store.sources.listBatches({ first: day, last: day })).find((one) => one.set === set);
  return { harvested, checked, day, batch, state: batch ? batchState({ ...batch, nowMs }) : null };
}

/** Days on which nobody asked: feed and listing have moved on, and only the harvest still knows something of them. */
async function untoldDays(store: Store, set: string, day: string): Promise<string[]> {
  const first = addDays(day, -UNTOLD_DAYS);
  const told = await store.sources.listBatches({ first, last: day });
  const known = new Set(told.filter((batch) => batch.set === set).map((batch) => batch.day));
  const days = Array.from({ length: UNTOLD_DAYS }, (_, at) => addDays(first, at));
  return days.filter((one) => hasBatch(one) && !known.has(one));
}
