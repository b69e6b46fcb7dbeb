/** Fetches what arXiv says now of papers by their ids, and stores it. */
import { DomainError, invalid, isArxivId, titleKey } from "@paperwire/domain";
import type { PaperStore } from "@paperwire/store";
import { type AdaptedEntry, adaptArxivEntry } from "./arxiv/adapter.ts";
import { type ArxivSource, IDS_PER_REQUEST } from "./arxiv/client.ts";
import type { ArxivEntry } from "./arxiv/feed.ts";
import { arxivIdOf } from "./clean-facts.ts";
import { quote, Refusal } from "./refusal.ts";
import { takeInBatch } from "./take-in-batch.ts";

/** Ids of one run: at three seconds per hundred, 25 minutes. */
export const REFRESH_IDS_MAX = 50_000;

export type RefreshProgress = {
  /** Ids to ask for, and those that were asked for. */
  total: number;
  asked: number;
  /** Committed. */
  added: number;
  updated: number;
  unchanged: number;
};

export type RefreshSummary = RefreshProgress & {
  /** Ids that arXiv does not know. */
  missing: string[];
  /** Their note says so now. */
  withdrawn: string[];
  refused: { id: string; reason: string }[];
  /** Why the run ended before its last id; what was stored before stays. */
  stopped?: string;
};

export type RefreshRequest = {
  /** Without version, in any order; repeats are asked for once. */
  ids: readonly string[];
  source: ArxivSource;
  papers: Pick<PaperStore, "takeIn">;
  /** The present, ISO 8601 UTC: what arXiv says now is newer than what any file said. */
  asOf: string;
  /**
   * Titles by id, for papers whose id is in doubt: where arXiv has another title under the id, nothing is stored, since
   * it would turn one paper into another.
   */
  titles?: ReadonlyMap<string, string>;
  signal?: AbortSignal;
  /** After each request. */
  onProgress?(progress: RefreshProgress): void;
};

/**
 * One request per `IDS_PER_REQUEST` ids, one transaction per request. Safe to repeat and to break off.
 * @returns never throws for what arXiv does: a failing request ends the run and is told in `stopped`
 * @throws DomainError `invalid`: more than `REFRESH_IDS_MAX` ids; whatever the store throws; the signal's reason
 */
export async function refreshFromArxiv(request: RefreshRequest): Promise<RefreshSummary> {
  const { source, papers, onProgress, signal } = request;
  if (request.ids.length > REFRESH_IDS_MAX) {
    throw invalid(`${request.ids.length} ids at once; at most ${REFRESH_IDS_MAX} are asked for.`);
  }
  const ids = [...new Set(request.ids)];
  const wanted = ids.filter(isArxivId);
  const summary = emptySummary(wanted.length);
  for (const id of ids) {
    if (!isArxivId(id)) summary.refused.push({ id, reason: `${quote(id)} is not an arXiv identifier.` });
  }
  for (let at = 0; at < wanted.length; at += IDS_PER_REQUEST) {
    const batch = wanted.slice(at, at + IDS_PER_REQUEST);
    signal?.throwIfAborted();
    try {
      const { entries, misfits } = await source.fetchEntries(batch, signal);
      const records = adaptAll(entries, batch, request, summary);
      noteMisfits(misfits, batch, summary);
      const refuse = ({ id }: RefreshedPaper, reason: string) => summary.refused.push({ id, reason });
      for (const outcome of await takeInBatch(papers, records, refuse)) summary[outcome]++;
    } catch (error) {
      if (!(error instanceof DomainError && error.code === "upstream")) throw error;
      return { ...summary, stopped: error.message };
    }
    summary.asked += batch.length;
    const { total, asked, added, updated, unchanged } = summary;
    onProgress?.({ total, asked, added, updated, unchanged });
  }
  return summary;
}

type RefreshedPaper = AdaptedEntry & { id: string };

function emptySummary(total: number): RefreshSummary {
  return { total, asked: 0, added: 0, updated: 0, unchanged: 0, missing: [], withdrawn: [], refused: [] };
}

/** Entries that were not asked for are passed over; ids without an entry are missing. */
function adaptAll(
  entries: readonly ArxivEntry[],
  batch: readonly string[],
  { asOf, titles }: RefreshRequest,
  summary: RefreshSummary,
): RefreshedPaper[] {
  const open = new Set(batch);
  const adapted: RefreshedPaper[] = [];
  for (const entry of entries) {
    const id = idIn(entry.id);
    if (!id || !open.delete(id)) continue;
    try {
      const one = adaptArxivEntry(entry, asOf);
      refuseOtherTitle(one.record.facts.title, titles?.get(id));
      adapted.push({ ...one, id });
      if (one.isWithdrawn) summary.withdrawn.push(id);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      summary.refused.push({ id, reason: error.message });
    }
  }
  summary.missing.push(...open);
  return adapted;
}

function refuseOtherTitle(title: string, known: string | undefined): void {
  if (known === undefined || titleKey(known) === titleKey(title)) return;
  throw new Refusal(`arXiv has another title under this id: ${quote(title)}.`);
}

function noteMisfits(
  misfits: readonly { id: string; reason: string }[],
  batch: readonly string[],
  summary: RefreshSummary,
) {
  for (const { id, reason } of misfits) {
    const asked = idIn(id);
    if (!asked || !batch.includes(asked)) continue;
    summary.missing = summary.missing.filter((missing) => missing !== asked);
    summary.refused.push({ id: asked, reason: `arXiv's entry does not fit: ${reason}` });
  }
}

function idIn(text: string): string | null {
  try {
    return arxivIdOf(text);
  } catch {
    return null;
  }
}
