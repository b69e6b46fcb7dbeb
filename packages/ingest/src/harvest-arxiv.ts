/** Harvests what changed on arXiv, by OAI-PMH, and goes on where the last run stopped. */
import { addDays, DomainError, type EditionDate, invalid, upstream } from "@paperwire/domain";
import type { PaperStore, SourceMark, SourceStore } from "@paperwire/store";
import { ARXIV, withdrawalNotices } from "./arxiv/withdrawal.ts";
import { type AdaptedOaiRecord, adaptOaiRecord, asOf } from "./oai/adapter.ts";
import type { OaiQuestion, OaiSource } from "./oai/client.ts";
import { beginAt, type HarvestMark, MARK_SOURCE, nextList, noteDatestamp, readMark, startOver } from "./oai/mark.ts";
import { checkSet, isPrimaryIn, oaiSetOf } from "./oai/sets.ts";
import type { OaiFormat, OaiPageEnd, OaiRecord } from "./oai/shape.ts";
import type { HostTurns, Turn } from "./polite/host-turns.ts";
import { Refusal } from "./refusal.ts";
import { takeInBatch } from "./take-in-batch.ts";

const BATCH = 500;
/** Pages of one run: 35 million papers. */
const PAGES_MAX = 10_000;
/** Lists begun again in one run because a token was not known any more. */
const RESTARTS_MAX = 3;
const REFUSALS_KEPT = 100;
/** New papers of one day that are remembered; the largest archive has about 1,000. */
const NEWS_MAX = 10_000;
/** A paper that is announced was submitted at most so long before; moderation may take weeks. */
const HELD_DAYS_MAX = 30;

export type HarvestProgress = {
  set: string;
  /** First datestamp that the list was asked for. */
  from: EditionDate;
  pages: number;
  /** Records read, repeats included. */
  read: number;
  /** Length of the whole list, where the server says it. */
  listSize: number | null;
  /** Committed. */
  added: number;
  updated: number;
  unchanged: number;
  /** Datestamp up to which the list has been read. */
  newest: EditionDate | null;
};

export type HarvestSummary = HarvestProgress & {
  /** Marked as withdrawn or deleted in this list. */
  withdrawn: number;
  refused: number;
  /** The first hundred. */
  refusals: { id: string; reason: string }[];
  /**
   * Days → papers that may have been announced as new on them; only the days that were watched. Empty where this run
   * read a part of its list only: a part would look like a short day.
   */
  news: Map<EditionDate, string[]>;
  /** Why the run ended before its last page; what was stored stays, and the next run goes on there. */
  stopped?: string;
};

export type HarvestRequest = {
  source: OaiSource;
  papers: Pick<PaperStore, "takeIn" | "find">;
  marks: Pick<SourceStore, "findMark">;
  /** One harvest of a set at a time: the next one waits, and goes on where this one ended. */
  turns: HostTurns;
  /** `cs` or `cs.CL`. */
  set: string;
  /** First datestamp; without it, from where the last run ended. */
  since?: EditionDate | undefined;
  /** By default arXivRaw, which has the instants of all versions and says what is withdrawn. */
  format?: OaiFormat;
  /** Batches of which new papers are told in `news`. */
  watch?: readonly EditionDate[];
  signal?: AbortSignal | undefined;
  /** After each batch that is committed. */
  onProgress?(progress: HarvestProgress): void;
};

/**
 * Page by page, in transactions of at most 500 papers; the last one of a page also saves where the list goes on. Safe
 * to repeat and to break off anywhere: nothing is lost and nothing doubled.
 * @returns never throws for what the source does: a failing request ends the run and is told in `stopped`
 * @throws DomainError `invalid`: not a set, or a set never harvested and no `since`; whatever the store throws; the
 *   signal's reason
 */
export async function harvestArxiv(request: HarvestRequest): Promise<HarvestSummary> {
  const { set, turns, signal } = request;
  return turns.run(`${MARK_SOURCE} ${checkSet(set)}`, (turn) => harvestInTurn(request, turn), signal);
}

async function harvestInTurn(request: HarvestRequest, turn: Turn): Promise<HarvestSummary> {
  const { set, marks, signal } = request;
  const saved = readMark(await marks.findMark(MARK_SOURCE, set));
  const run = new Run(request, firstMark(saved, request), turn);
  try {
    await run.readAll();
  } catch (error) {
    if (signal?.aborted || !(error instanceof DomainError && error.code === "upstream")) throw error;
    run.summary.stopped = error.message;
    run.summary.news.clear();
  }
  return run.summary;
}

/** A list that was asked for in the same words and broken off is gone on with. */
function firstMark(saved: HarvestMark | undefined, { since, set }: HarvestRequest): HarvestMark {
  if (since === undefined) {
    if (!saved) throw invalid(`${set} was never harvested; say from which day on, such as --since 2026-11-01.`);
    return saved;
  }
  return saved?.token !== undefined && saved.from === since ? saved : beginAt(since);
}

type Waiting = AdaptedOaiRecord & { record: NonNullable<AdaptedOaiRecord["record"]> };

class Run {
  readonly summary: HarvestSummary;
  readonly #request: HarvestRequest;
  readonly #turn: Turn;
  #mark: HarvestMark;
  #waiting: Waiting[] = [];

  constructor(request: HarvestRequest, mark: HarvestMark, turn: Turn) {
    const { set, watch = [] } = request;
    this.#request = request;
    this.#turn = turn;
    this.#mark = mark;
    const counts = { pages: 0, read: 0, listSize: null, added: 0, updated: 0, unchanged: 0, newest: null };
    const isWholeList = mark.token === undefined;
    const news = new Map((isWholeList ? watch : []).map((day) => [day, []]));
    this.summary = { set, from: mark.from, ...counts, withdrawn: 0, refused: 0, refusals: [], news };
  }

  async readAll(): Promise<void> {
    const { source, signal } = this.#request;
    for (let restarts = 0; this.summary.pages < PAGES_MAX; ) {
      signal?.throwIfAborted();
      const asked = this.#mark.token;
      const page = await source.readPage(this.#question(), (records) => this.#take(records), signal);
      this.summary.pages++;
      this.summary.listSize ??= page.listSize;
      if (page.error?.code === "badResumptionToken") {
        if (restarts++ === RESTARTS_MAX)
          throw upstream(`arXiv forgot its place in the list ${RESTARTS_MAX + 1} times.`);
        await this.#store([], startOver(this.#mark));
        continue;
      }
      if (page.token !== "" && page.token === asked) throw upstream("arXiv's list goes round in a circle.");
      await this.#store(this.#waiting.splice(0), markAfter(this.#mark, page));
      if (page.token === "") return;
    }
    throw upstream(`arXiv's list has more than ${PAGES_MAX} pages.`);
  }

  #question(): OaiQuestion {
    const { token, from } = this.#mark;
    const { format = "arXivRaw", set } = this.#request;
    return token === undefined ? { kind: "list", format, from, set: oaiSetOf(set) } : { kind: "resume", token };
  }

  /** What waits is stored with the mark at the end of the page, or when there is more than a transaction of it. */
  async #take(records: readonly OaiRecord[]): Promise<void> {
    for (const said of records) {
      this.summary.read++;
      const one = await this.#adapt(said);
      noteDatestamp(this.#mark, said.datestamp);
      if (one) this.#waiting.push(one);
    }
    this.summary.newest = this.#mark.newest ?? null;
    // One transaction's worth stays back for the mark.
    while (this.#waiting.length >= 2 * BATCH) await this.#store(this.#waiting.splice(0, BATCH));
  }

  async #adapt(said: OaiRecord): Promise<Waiting | null> {
    try {
      const one = adaptOaiRecord(said);
      if (one.isWithdrawn) this.summary.withdrawn++;
      this.#noteNews(one);
      return one.record ? { ...one, record: one.record } : await this.#deleted(one, said.datestamp);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#refuse(said.identifier, error.message);
      return null;
    }
  }

  /** Only the id is left of it: a paper that is known says so from now on, one that is not known never comes. */
  async #deleted(one: AdaptedOaiRecord, datestamp: string): Promise<Waiting | null> {
    const waiting = this.#waiting.findLast(({ id }) => id === one.id);
    const known = waiting?.record.facts ?? (await this.#request.papers.find(one.id));
    if (!known || known.notices?.some(({ source }) => source === ARXIV)) return null;
    const notices = withdrawalNotices(true, datestamp);
    const facts = { title: known.title, note: `Withdrawn on arXiv. ${known.note ?? ""}`.trim(), notices };
    return { ...one, record: { identifiers: [{ scheme: "arxiv", value: one.id }], facts, asOf: asOf(datestamp) } };
  }

  #noteNews({ id, record, mayBeNewOn }: AdaptedOaiRecord): void {
    const day = mayBeNewOn ?? "";
    const news = this.summary.news.get(day);
    if (!news || !record || news.length >= NEWS_MAX) return;
    const { publishedAt = "", primaryCategory = "" } = record.facts;
    const isRecent = publishedAt >= addDays(day, -HELD_DAYS_MAX);
    if (isRecent && isPrimaryIn(this.#request.set, primaryCategory)) news.push(id);
  }

  async #store(batch: readonly Waiting[], mark?: HarvestMark): Promise<void> {
    const { papers, set, onProgress } = this.#request;
    await this.#turn.touch();
    const saved: SourceMark | undefined = mark && { source: MARK_SOURCE, set, mark };
    for (let at = 0; at === 0 || at < batch.length; at += BATCH) {
      const isLast = at + BATCH >= batch.length;
      const refuse = ({ id }: Waiting, reason: string) => this.#refuse(id, reason);
      const part = batch.slice(at, at + BATCH);
      for (const outcome of await takeInBatch(papers, part, refuse, isLast ? saved : undefined))
        this.summary[outcome]++;
    }
    if (mark) this.#mark = mark;
    onProgress?.(this.summary);
  }

  #refuse(id: string, reason: string): void {
    this.summary.refused++;
    if (this.summary.refusals.length < REFUSALS_KEPT) this.summary.refusals.push({ id, reason });
  }
}

function markAfter(mark: HarvestMark, page: OaiPageEnd): HarvestMark {
  if (page.token === "") return nextList(mark);
  const { tokenEndsAt: _, ...rest } = mark;
  return { ...rest, token: page.token, ...(page.tokenEndsAt === "" ? {} : { tokenEndsAt: page.tokenEndsAt }) };
}
