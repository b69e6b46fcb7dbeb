/** Looks at the links whose time has come, one by one, and keeps what each look came to. */
import { createHash } from "node:crypto";
import { afterSight, type Clock, nextLookMs } from "@paperwire/domain";
import type { DueLink, LinkStore } from "@paperwire/store";
import type { Turn } from "../polite/host-turns.ts";
import { LimitReached, type LinkDoor, type LinkReport } from "./link-door.ts";

const PAGE = 50;
/** Of one run: at three seconds each it takes an hour and a half. */
export const LOOKS_MAX = 2_000;
/** Where a host answers no more, its links wait for the next run. */
const LIMITED_FOR_MS = 3_600_000;

export type WatchSummary = {
  looked: number;
  /** Due when the run began. */
  due: number;
  there: number;
  empty: number;
  missing: number;
  unreachable: number;
  /** Hosts that answered no more; their links are looked at later. */
  limited: string[];
};

export type WatchRequest = {
  links: Pick<LinkStore, "listDue" | "countDue" | "record">;
  door: LinkDoor;
  clock: Clock;
  /** The right to do this at all, over all processes. */
  turn: Pick<Turn, "touch">;
  limit?: number | undefined;
  signal?: AbortSignal | undefined;
  onProgress?(now: WatchSummary): void;
};

/** Safe to break off anywhere: each look is kept when it is done. @throws whatever the store throws; the signal's reason */
export async function watchLinks(request: WatchRequest): Promise<WatchSummary> {
  const { links, limit = LOOKS_MAX, signal, turn, onProgress } = request;
  const due = await links.countDue();
  const summary: WatchSummary = { looked: 0, due, there: 0, empty: 0, missing: 0, unreachable: 0, limited: [] };
  while (summary.looked < limit) {
    const page = await links.listDue(Math.min(PAGE, limit - summary.looked));
    if (page.length === 0) break;
    for (const link of page) {
      signal?.throwIfAborted();
      await turn.touch();
      await lookAt(link, request, summary);
      onProgress?.(summary);
    }
  }
  return summary;
}

async function lookAt(
  link: DueLink,
  { links, door, clock, signal }: WatchRequest,
  summary: WatchSummary,
): Promise<void> {
  summary.looked++;
  const { url, etag } = link;
  let report: LinkReport;
  try {
    if (summary.limited.includes(hostOf(url))) throw new LimitReached("The host");
    report = await door.look(url, { etag }, signal);
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    if (!summary.limited.includes(hostOf(url))) summary.limited.push(hostOf(url));
    const at = new Date(clock());
    const dueAt = new Date(at.getTime() + LIMITED_FOR_MS).toISOString();
    const { state, misses } = link;
    return links.record({
      url,
      state,
      misses,
      event: null,
      day: dayOf(at),
      checkedAt: at.toISOString(),
      dueAt,
      reason: `${error.message}.`,
    });
  }
  // What answers that nothing changed is as it was.
  const sight =
    report.sight === "there" && report.facts === undefined && link.state === "empty" ? "empty" : report.sight;
  const { event, ...standing } = afterSight(link, sight);
  const at = new Date(clock());
  summary[sight]++;
  await links.record({
    url,
    ...standing,
    event,
    day: dayOf(at),
    checkedAt: at.toISOString(),
    dueAt: new Date(at.getTime() + nextLookMs(standing, sight, spreadOf(url))).toISOString(),
    reason: report.reason,
    ...(report.facts === undefined ? {} : { facts: report.facts }),
  });
}

const hostOf = (url: string) => new URL(url).host;
const dayOf = (at: Date) => at.toISOString().slice(0, 10);

/** 0..1, the same for a link each time. */
function spreadOf(url: string): number {
  return createHash("sha256").update(url).digest().readUInt32BE(0) / 2 ** 32;
}
