/** Reads a source's list to its end, page by page, and goes on where the last run stopped. */
import { addDays, DomainError, type EditionDate, invalid, isEditionDate, upstream } from "@paperwire/domain";
import type { PaperStore, SourceMark, SourceStore } from "@paperwire/store";
import { z } from "zod";
import type { HostTurns, Turn } from "../polite/host-turns.ts";
import { takeInBatch } from "../take-in-batch.ts";
import type { ListRange, PaperSource, SourcePage } from "./port.ts";

const BATCH = 500;
/** Pages of one run. */
const PAGES_MAX = 20_000;
const REFUSALS_KEPT = 100;

export type SourceProgress = {
  set: string;
  pages: number;
  /** Items read, repeats included. */
  read: number;
  total: number | null;
  /** Of the list, 0..1. */
  share: number | null;
  /** Committed. */
  added: number;
  updated: number;
  unchanged: number;
};

export type SourceSummary = SourceProgress & {
  refused: number;
  /** The first hundred. */
  refusals: { id: string; reason: string }[];
  /** Why the run ended before its last page; what was stored stays, and the next run goes on there. */
  stopped?: string;
};

export type SourceRequest = {
  source: PaperSource;
  papers: Pick<PaperStore, "takeIn">;
  marks: Pick<SourceStore, "findMark">;
  /** One harvest of a set at a time. */
  turns: HostTurns;
  set: string;
  /** First day of changes; without it, from where the last run ended. */
  since?: EditionDate | undefined;
  nowMs: number;
  signal?: AbortSignal | undefined;
  /** After each page, when it is committed. */
  onProgress?(progress: SourceProgress): void;
};

const day = z.string().refine(isEditionDate);
const markShape = z.object({
  /** First day of the list that is being read, or of the next one. */
  from: day,
  /** A list that was broken off goes on here. */
  cursor: z.json().optional(),
  /** When the list that is being read began; the next one goes back from there. */
  begunOn: day.optional(),
  kept: z.json().optional(),
});
type Mark = z.output<typeof markShape>;

/**
 * Safe to repeat and to break off anywhere: the mark is saved in the transaction of the papers it speaks of.
 * @returns never throws for what the source does: a failing request ends the run and is told in `stopped`
 * @throws DomainError `invalid`: not a set, or never harvested and no day to begin with; whatever the store throws;
 *   the signal's reason
 */
export async function harvestSource(request: SourceRequest): Promise<SourceSummary> {
  const { source, turns, signal } = request;
  const set = source.checkSet(request.set);
  return turns.run(`${source.name} ${set}`, (turn) => harvestInTurn({ ...request, set }, turn), signal);
}

async function harvestInTurn(request: SourceRequest, turn: Turn): Promise<SourceSummary> {
  const { source, set, marks, signal } = request;
  const saved = markShape.safeParse(await marks.findMark(source.name, set)).data;
  const run = new Run(request, firstMark(saved, request), turn);
  try {
    await run.readAll();
  } catch (error) {
    if (signal?.aborted || !(error instanceof DomainError && error.code === "upstream")) throw error;
    run.summary.stopped = error.message;
  }
  return run.summary;
}

const dayOf = (nowMs: number): EditionDate => new Date(nowMs).toISOString().slice(0, 10);

/** A list that was asked for in the same words and broken off is gone on with. */
function firstMark(saved: Mark | undefined, { source, set, since, nowMs }: SourceRequest): Mark {
  if (saved && (since === undefined || saved.from === since)) return saved;
  if (since !== undefined) return { from: since, ...(saved?.kept === undefined ? {} : { kept: saved.kept }) };
  if (source.firstDays === null) return { from: dayOf(nowMs) };
  if (source.firstDays > 0) return { from: addDays(dayOf(nowMs), -source.firstDays) };
  throw invalid(`${set} was never harvested; say from which day on, such as --since 2026-11-01.`);
}

class Run {
  readonly summary: SourceSummary;
  readonly #request: SourceRequest;
  readonly #turn: Turn;
  #mark: Mark;

  constructor(request: SourceRequest, mark: Mark, turn: Turn) {
    this.#request = request;
    this.#turn = turn;
    this.#mark = mark;
    const counts = { pages: 0, read: 0, total: null, share: null, added: 0, updated: 0, unchanged: 0 };
    this.summary = { set: request.set, ...counts, refused: 0, refusals: [] };
  }

  async readAll(): Promise<void> {
    const { source, set, signal, nowMs, onProgress } = this.#request;
    const today = dayOf(nowMs);
    let begunOn = this.#mark.cursor === undefined ? today : (this.#mark.begunOn ?? today);
    let cursor = this.#mark.cursor ?? source.begin(set, this.#range(today));
    for (let restarted = false; this.summary.pages < PAGES_MAX; ) {
      signal?.throwIfAborted();
      let page: SourcePage;
      try {
        page = await source.readPage(set, cursor, signal);
      } catch (error) {
        const isForeign = error instanceof DomainError && error.code === "invalid";
        if (!isForeign || restarted) throw error;
        restarted = true;
        begunOn = today;
        cursor = source.begin(set, this.#range(today));
        continue;
      }
      if (page.next !== null && JSON.stringify(page.next) === JSON.stringify(cursor)) {
        throw upstream(`${source.title}'s list goes round in a circle.`);
      }
      await this.#store(page, begunOn);
      onProgress?.(this.summary);
      if (page.next === null) return;
      cursor = page.next;
    }
    throw upstream(`${source.title}'s list has more than ${PAGES_MAX} pages.`);
  }

  #range(today: EditionDate): ListRange {
    const { from, kept } = this.#mark;
    return { from, today, ...(kept === undefined ? {} : { kept }) };
  }

  async #store(page: SourcePage, begunOn: EditionDate): Promise<void> {
    const { summary } = this;
    const { source, set, papers } = this.#request;
    await this.#turn.touch();
    const good = page.items.filter((item) => "record" in item);
    for (const item of page.items) if ("refused" in item) this.#refuse(item.id, item.refused);
    summary.pages++;
    summary.read += page.items.length;
    summary.total = page.total ?? summary.total;
    summary.share = page.share;
    const mark = this.#markAfter(page, begunOn);
    const saved: SourceMark = { source: source.name, set, mark };
    for (let at = 0; at === 0 || at < good.length; at += BATCH) {
      const isLast = at + BATCH >= good.length;
      const refuse = ({ id }: { id: string }, reason: string) => this.#refuse(id, reason);
      const part = good.slice(at, at + BATCH);
      for (const outcome of await takeInBatch(papers, part, refuse, isLast ? saved : undefined)) summary[outcome]++;
    }
    this.#mark = mark;
  }

  #markAfter({ next, kept }: SourcePage, begunOn: EditionDate): Mark {
    const { from } = this.#mark;
    const keeps = (kept ?? this.#mark.kept) as Mark["kept"];
    const rest = keeps === undefined ? {} : { kept: keeps };
    if (next !== null) return { from, begunOn, cursor: next as NonNullable<Mark["cursor"]>, ...rest };
    const back = addDays(begunOn, -this.#request.source.overlapDays);
    return { from: back > from ? back : from, ...rest };
  }

  #refuse(id: string, reason: string): void {
    this.summary.refused++;
    if (this.summary.refusals.length < REFUSALS_KEPT) this.summary.refusals.push({ id, reason });
  }
}
