/** What the store keeps of how often papers are cited. */
import type { EditionDate, Identifier, PaperId } from "@paperwire/domain";

export type Citations = {
  source: string;
  citations: number;
  influential: number | null;
  /** ISO 8601: as of when. */
  saidAt: string;
};

/** As the catalogue said on a day. */
export type CitationCount = { day: EditionDate; citations: number };

export type StalePaper = { id: PaperId; title: string; venue: string | null; identifiers: Identifier[] };

export type CitationReport = {
  paperId: PaperId;
  /** Null where the catalogue does not know the paper: what it said before stays. */
  said: { citations: number; influential: number | null } | null;
};

export type CitationStore = {
  /**
   * Papers with a name in a catalogue of which nobody asked for long: a week for those of the last year, a month for
   * older ones. Never asked first, then the newest. At most 500.
   */
  listStale(limit: number): Promise<StalePaper[]>;
  record(source: string, reports: readonly CitationReport[]): Promise<void>;
  find(id: PaperId): Promise<Citations | null>;
  /** What was said over time by the catalogue that was asked last, oldest first; at most 400. */
  historyOf(id: PaperId): Promise<CitationCount[]>;
  /** Leaves of what is older than 90 days one count a week, of what is older than two years one a month. */
  thin(): Promise<void>;
};
