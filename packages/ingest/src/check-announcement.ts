/** Asks every door of arXiv what it says of the newest batch, stores its papers, and keeps what each door said. */
import { addDays, type BatchDoor, DomainError, type EditionDate, easternDay, latestBatchDay } from "@paperwire/domain";
import type { PaperStore, SourceStore } from "@paperwire/store";
import { z } from "zod";
import type { BatchAnswer } from "./announcements/batch-answer.ts";
import type { AnnouncementSource, Validators } from "./announcements/client.ts";
import { adaptFeed } from "./announcements/rss-adapter.ts";
import { checkSet } from "./oai/sets.ts";
import { takeInBatch } from "./take-in-batch.ts";

export const ARXIV_SOURCE = "arxiv";
const FEED_MARK = "arxiv-rss";
const BATCH = 500;
const REFUSALS_KEPT = 100;
/** Of a list of new papers, as many as the store keeps of a batch. */
const NEWS_MAX = 10_000;

export type CheckRequest = {
  source: AnnouncementSource;
  papers: Pick<PaperStore, "takeIn">;
  sources: Pick<SourceStore, "findMark" | "report">;
  /** `cs` or `cs.CL`. */
  set: string;
  nowMs: number;
  /** What a harvest saw as new (`HarvestSummary.news`), of the newest batch and of earlier ones nobody has told of. */
  harvested?: ReadonlyMap<EditionDate, readonly string[]>;
  signal?: AbortSignal | undefined;
};

export type CheckSummary = {
  set: string;
  /** The newest batch that has been announced. */
  day: EditionDate;
  added: number;
  updated: number;
  unchanged: number;
  refusals: { id: string; reason: string }[];
  /** Doors that could not be asked, with the reason. */
  failed: { door: BatchDoor; reason: string }[];
};

/**
 * Each door is asked for itself: one that fails says nothing, which is what the state of the batch is judged by.
 * @throws DomainError `invalid`: not a set; whatever the store throws; the signal's reason
 */
export async function checkAnnouncement(request: CheckRequest): Promise<CheckSummary> {
  const { set, nowMs, harvested, signal } = request;
  checkSet(set);
  const day = latestBatchDay(nowMs);
  const summary: CheckSummary = { set, day, added: 0, updated: 0, unchanged: 0, refusals: [], failed: [] };
  const ask = async (door: BatchDoor, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (signal?.aborted || !(error instanceof DomainError && error.code === "upstream")) throw error;
      summary.failed.push({ door, reason: error.message });
    }
  };
  await ask("rss", () => readFeed(request, summary));
  await ask("listing", async () => keep(request, "listing", await request.source.fetchListing(set, signal), day));
  for (const [of, news] of harvested ?? []) {
    const answer = { dated: of, claimed: new Set(news).size, news: [...news], entries: news.length };
    if (news.length > 0) await keep(request, "oai", answer, of);
  }
  return summary;
}

/** What the feed said when it last changed, for the time until it changes again. */
const markShape = z.object({
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  dated: z.string().nullable(),
  entries: z.number(),
});

async function readFeed(request: CheckRequest, summary: CheckSummary): Promise<void> {
  const { source, papers, sources, set, signal } = request;
  const mark = markShape.safeParse(await sources.findMark(FEED_MARK, set)).data;
  const unless: Validators = mark ? { etag: mark.etag, lastModified: mark.lastModified } : {};
  const answer = await source.fetchFeed(set, unless, signal);
  if (!answer) {
    // Nothing changed: it still says what it said, which is stored, and which may be of an earlier day.
    if (mark && mark.dated !== summary.day) {
      await keep(request, "rss", { dated: mark.dated, claimed: 0, news: [], entries: mark.entries }, summary.day);
    }
    return;
  }
  const adapted = adaptFeed(answer.feed, summary.day);
  summary.refusals.push(...adapted.refusals.slice(0, REFUSALS_KEPT));
  const refuse = ({ id }: { id: string }, reason: string) => {
    if (summary.refusals.length < REFUSALS_KEPT) summary.refusals.push({ id, reason });
  };
  for (let at = 0; at < adapted.records.length; at += BATCH) {
    for (const outcome of await takeInBatch(papers, adapted.records.slice(at, at + BATCH), refuse)) summary[outcome]++;
  }
  await keep(request, "rss", adapted.answer, summary.day);
  // Last: a run that breaks off before this asks for the whole feed again.
  const { dated, entries } = adapted.answer;
  const saved = { ...answer.validators, dated, entries };
  await papers.takeIn([], { source: FEED_MARK, set, mark: saved });
}

/**
 * What a door says of an earlier day goes to that day's batch; that it does not speak of the newest one is kept there.
 * A later day without entries is a weekend's or a holiday's feed and says nothing of any batch; with entries it is an
 * announcement that our calendar does not know, unless the day is so far off that a clock must be wrong.
 */
async function keep(request: CheckRequest, door: BatchDoor, answer: BatchAnswer, day: EditionDate): Promise<void> {
  const { sources, set, nowMs } = request;
  const { dated, claimed, entries } = answer;
  const report = { source: ARXIV_SOURCE, set, door, dated, askedAt: new Date(nowMs).toISOString() };
  const news = answer.news.slice(0, NEWS_MAX);
  if (dated !== null && dated > day && dated <= addDays(easternDay(nowMs), 1)) {
    if (entries > 0) await sources.report({ ...report, day: dated, claimed, entries, news });
    return;
  }
  if (dated !== null && dated < day) {
    await sources.report({ ...report, day: dated, claimed, entries, news });
    await sources.report({ ...report, day, claimed: 0, entries, news: [] });
    return;
  }
  await sources.report({ ...report, day, claimed, entries, news });
}
