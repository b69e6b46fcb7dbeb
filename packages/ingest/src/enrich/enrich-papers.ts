/** Asks a catalogue about the papers of which it was not asked for long, and keeps what it says. */
import { DomainError, type Identifier, type IncomingRecord, LIMITS } from "@paperwire/domain";
import type { CitationStore, PaperStore, StalePaper } from "@paperwire/store";
import { identifiersIn } from "../identifiers.ts";
import { takeInBatch } from "../take-in-batch.ts";
import { BATCH_MAX, type Catalogue, type CatalogueEntry } from "./semantic-scholar.ts";

/** Of one run: 50,000 papers. */
const BATCHES_MAX = 100;
/** It fills gaps and never wins over what a source of papers says. */
const AS_OF = "1900-01-01T00:00:00.000Z";
const PREPRINT = /\b(?:arxiv|preprint|biorxiv|medrxiv)\b/i;

export type EnrichSummary = {
  asked: number;
  known: number;
  /** Papers that got a DOI or a venue. */
  filled: number;
  /** Why it ended early; what was said before stays. */
  stopped?: string;
};

export type EnrichRequest = {
  catalogue: Catalogue;
  citations: Pick<CitationStore, "listStale" | "record">;
  papers: Pick<PaperStore, "takeIn">;
  signal?: AbortSignal | undefined;
  onProgress?(now: EnrichSummary): void;
};

/** Safe to break off anywhere: each batch is kept when it is answered. @throws whatever the store throws; the signal's reason */
export async function enrichPapers(request: EnrichRequest): Promise<EnrichSummary> {
  const { citations, catalogue, signal, onProgress } = request;
  const summary: EnrichSummary = { asked: 0, known: 0, filled: 0 };
  try {
    for (let batch = 0; batch < BATCHES_MAX; batch++) {
      signal?.throwIfAborted();
      const papers = await citations.listStale(BATCH_MAX);
      if (papers.length === 0) break;
      const said = await catalogue.look(
        papers.map(({ identifiers }) => identifiers),
        signal,
      );
      await keep(papers, said, request, summary);
      onProgress?.(summary);
    }
  } catch (error) {
    if (signal?.aborted || !(error instanceof DomainError && error.code === "upstream")) throw error;
    summary.stopped = error.message;
  }
  return summary;
}

async function keep(
  papers: readonly StalePaper[],
  said: readonly (CatalogueEntry | null)[],
  { citations, catalogue, papers: store }: EnrichRequest,
  summary: EnrichSummary,
): Promise<void> {
  const pairs = papers.map((paper, at) => ({ paper, entry: said[at] ?? null }));
  const records = pairs.flatMap(({ paper, entry }) => (entry ? recordsFor(paper, entry) : []));
  const outcomes = await takeInBatch(store, records, () => undefined);
  // Last: a run that breaks off before this asks for these papers again.
  await citations.record(
    catalogue.name,
    pairs.map(({ paper, entry }) => ({
      paperId: paper.id,
      said: entry && { citations: entry.citations, influential: entry.influential },
    })),
  );
  summary.asked += papers.length;
  summary.known += pairs.filter(({ entry }) => entry !== null).length;
  summary.filled += outcomes.filter((outcome) => outcome === "updated").length;
}

/** A DOI that the paper does not have yet, a venue where it has none. */
function recordsFor(paper: StalePaper, { doi, venue, year }: CatalogueEntry): { record: IncomingRecord }[] {
  const isNew = (one: Identifier) =>
    !paper.identifiers.some(({ scheme, value }) => scheme === one.scheme && value === one.value);
  const found = identifiersIn({ doi }).filter((one) => one.scheme === "doi" && isNew(one));
  const named =
    paper.venue === null && venue && venue.length <= LIMITS.nameChars && !PREPRINT.test(venue) ? venue : undefined;
  if (found.length === 0 && named === undefined) return [];
  const facts = { title: paper.title, ...(named === undefined ? {} : { venue: named, ...(year ? { year } : {}) }) };
  return [{ record: { identifiers: [...paper.identifiers, ...found], facts, asOf: AS_OF } }];
}
