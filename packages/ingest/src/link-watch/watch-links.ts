/** Looks at the links whose time has come, one by one, and keeps what each look came to. */
import { createHash } from "node:crypto";
import { afterSight, type Clock, nextLookMs } from "@paperwire/domain";
import type { DueLink, LinkCheck, LinkStore } from "@paperwire/store";
import type { Turn } from "../polite/host-turns.ts";
import { LimitReached, type LinkDoor, type LinkReport } from "./link-door.ts";

const PAGE = 50;
const KEPT_TOGETHER = 10;
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
  links: Pick<LinkStore, "listDue" | "countDue" | "record" | "postpone">;
  door: LinkDoor;
  clock: Clock;
  /** The right to do this at all, over all processes. */
  turn: Pick<Turn, "touch">;
  limit?: number | undefined;
  signal?: AbortSignal | undefined;
  onProgress?(now: WatchSummary): void;
};

/**
 * Looks are kept ten at a time: each keeping makes pages anew. Safe to break off anywhere; after a crash the last few
 * links are looked at once more.
 * @throws whatever the store throws; the signal's reason
 */
export async function watchLinks(request: WatchRequest): Promise<WatchSummary> {
  const { links, limit = LOOKS_MAX } = request;
  const due = await links.countDue();
  const summary: WatchSummary = { looked: 0, due, there: 0, empty: 0, missing: 0, unreachable: 0, limited: [] };
  while (summary.looked < limit) {
    const page = await links.listDue(Math.min(PAGE, limit - summary.looked));
    if (page.length === 0) break;
    await lookAtAll(page, request, summary);
  }
  return summary;
}

async function lookAtAll(page: readonly DueLink[], request: WatchRequest, summary: WatchSummary): Promise<void> {
  const { links, signal, turn, onProgress } = request;
  const waiting: LinkCheck[] = [];
  try {
    for (const link of page) {
      signal?.throwIfAborted();
      // What is due of a host that answers no more was put off.
      if (summary.limited.includes(hostOf(link.url))) continue;
      await turn.touch();
      const check = await lookAt(link, request, summary);
      if (check) waiting.push(check);
      if (waiting.length >= KEPT_TOGETHER) await links.record(waiting.splice(0));
      onProgress?.(summary);
    }
  } finally {
    await links.record(waiting);
  }
}

/** @returns null where the host answers no more */
async function lookAt(
  link: DueLink,
  { links, door, clock, signal }: WatchRequest,
  summary: WatchSummary,
): Promise<LinkCheck | null> {
  const { url, etag } = link;
  let report: LinkReport;
  try {
    report = await door.look(url, { etag }, signal);
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    summary.limited.push(hostOf(url));
    await links.postpone(`${new URL(url).origin}/`, new Date(clock() + LIMITED_FOR_MS).toISOString());
    return null;
  }
  summary.looked++;
  // What answers that nothing changed is as it was.
  const sight =
    report.sight === "there" && report.facts === undefined && link.state === "empty" ? "empty" : report.sight;
  const { event, ...standing } = afterSight(link, sight);
  const at = new Date(clock());
  summary[sight]++;
  return {
    url,
    ...standing,
    event,
    day: at.toISOString().slice(0, 10),
    checkedAt: at.toISOString(),
    dueAt: new Date(at.getTime() + nextLookMs(standing, sight, spreadOf(url))).toISOString(),
    reason: report.reason,
    ...(report.facts === undefined ? {} : { facts: report.facts }),
  };
}

const hostOf = (url: string) => new URL(url).host;

/** 0..1, the same for a link each time. */
function spreadOf(url: string): number {
  return createHash("sha256").update(url).digest().readUInt32BE(0) / 2 ** 32;
}
