/** What the store keeps of the links that papers name. */
import type { EditionDate, LinkEvent, LinkKind, LinkStanding, PaperId, PaperLinkHistory } from "@paperwire/domain";
import type { SourceMark } from "./source-store.ts";

/** What one paper names and promises, as it reads now. */
export type NamedLinks = {
  paperId: PaperId;
  links: readonly { url: string; kind: LinkKind; label?: string; isPromised: boolean }[];
  promise: string | null;
  /** The day on which it is first seen to do so. */
  since: EditionDate;
};

export type DueLink = LinkStanding & { url: string; etag: string | null };

export type LinkCheck = LinkStanding & {
  url: string;
  day: EditionDate;
  event: LinkEvent | null;
  /** ISO 8601. */
  checkedAt: string;
  dueAt: string;
  /** Absent where the look found nothing new to say: what is known stays. */
  facts?:
    | { etag?: string; license?: string | null; changedAt?: string | null; isArchived?: boolean; stars?: number }
    | undefined;
  reason: string | null;
};

export type LinkStore = {
  /** Links and promises of papers; what is known keeps its day. The mark says up to which paper all were read. */
  note(named: readonly NamedLinks[], mark?: SourceMark): Promise<void>;
  /** Links whose time has come, longest due first. At most 500. */
  listDue(limit: number): Promise<DueLink[]>;
  countDue(): Promise<number>;
  /**
   * Keeps what looks came to, together. Papers that name a link learn its stars, and of a link that is there; only where
   * that changes something that a page shows do they get a new revision. At most 500.
   */
  record(checks: readonly LinkCheck[]): Promise<void>;
  /** Puts off what is due of a host that answers no more: all links that begin so. */
  postpone(prefix: string, dueAt: string): Promise<void>;
  historyOf(id: PaperId): Promise<PaperLinkHistory>;
  /** Leaves of stars older than 90 days one count a week, of those older than two years one a month. */
  thinStars(): Promise<void>;
  /** Watched links by state. */
  totals(): Promise<Record<string, number>>;
};
