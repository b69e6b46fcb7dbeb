/** A digest: what a closed edition, week or month brought, frozen, and what of it one subscriber gets. */
import {
  addDays,
  type DateRange,
  type EditionClock,
  type EditionDate,
  editionDateAt,
  formatMonth,
  formatWeek,
  parseMonth,
  parseWeek,
  toUtcMs,
} from "./edition-date.ts";
import type { PaperId } from "./paper.ts";
import type { Cadence, Preferences } from "./subscription.ts";

export type DigestLink = { label: string; url: string };

/** A paper as the mail shows it; kept with the digest, so that a later change cannot rewrite what was sent. */
export type DigestItem = {
  paperId: PaperId;
  title: string;
  /** The first few names; `authorsTotal` counts all. */
  authors: readonly string[];
  authorsTotal: number;
  /** One or two sentences; empty where there is neither summary nor abstract. */
  lead: string;
  /** Who wrote the lead, where it was not the authors. */
  leadCredit?: string;
  /** The strongest notice against the paper when it was mailed, as `noticeText` writes it. */
  notice?: string;
  upvotes: number;
  submittedBy?: string;
  /** As `topicKey` gives them. */
  topics: readonly string[];
  /** Beside the paper's page here: arXiv, PDF, code. */
  links: readonly DigestLink[];
};

/** What changed about a paper after it had been mailed. */
export type Correction = { paperId: PaperId; title: string; what: string };

export type Digest = {
  /** The last part of its address: `2025-03-28`, `2025-W13`, `2025-03`. */
  name: string;
  cadence: Cadence;
  range: DateRange;
  /** By place within a day; by upvotes over a week or month. At most `DIGEST_ITEMS_MAX`. */
  items: readonly DigestItem[];
  /** Papers in the editions; `items` may hold fewer. */
  total: number;
  corrections: readonly Correction[];
};

/** Frozen per digest; a subscriber's own selection is made from these. */
export const DIGEST_ITEMS_MAX = 200;
export const CORRECTIONS_MAX = 10;

/** The digest of a cadence that holds the day. */
export function digestNameOf(cadence: Cadence, date: EditionDate): string {
  if (cadence === "daily") return date;
  return cadence === "weekly" ? formatWeek(date) : formatMonth(date);
}

export function digestRangeOf(cadence: Cadence, date: EditionDate): DateRange {
  if (cadence === "daily") return { first: date, last: date };
  return cadence === "weekly" ? parseWeek(formatWeek(date)) : parseMonth(formatMonth(date));
}

/** The newest day that a digest may be about today: yesterday, or the last day of the week or month before. */
export function lastClosedDay(cadence: Cadence, today: EditionDate): EditionDate {
  return addDays(digestRangeOf(cadence, today).first, -1);
}

const MINUTE_MS = 60_000;

/** The instant at which the edition of a day ends: the first that belongs to a later one, to the minute. */
export function editionEndMs(date: EditionDate, clock: EditionClock): number {
  let open = toUtcMs(date) / MINUTE_MS - 2 * 1_440;
  let closed = toUtcMs(date) / MINUTE_MS + 3 * 1_440;
  while (closed - open > 1) {
    const middle = Math.floor((open + closed) / 2);
    if (editionDateAt(middle * MINUTE_MS, clock) > date) closed = middle;
    else open = middle;
  }
  return closed * MINUTE_MS;
}

/** What one subscriber gets of a digest, in its order. */
export type Selection = {
  items: readonly DigestItem[];
  /** Papers that would fit the wishes but not the number asked for. */
  heldBack: number;
};

/** Pure: the same digest and the same wishes always give the same mail. */
export function selectFor(
  digest: Pick<Digest, "items">,
  wishes: Pick<Preferences, "papersMax" | "upvotesMin" | "topics">,
): Selection {
  const fitting = digest.items.filter(
    (item) =>
      item.upvotes >= wishes.upvotesMin &&
      (wishes.topics.length === 0 || item.topics.some((topic) => wishes.topics.includes(topic))),
  );
  return { items: fitting.slice(0, wishes.papersMax), heldBack: Math.max(0, fitting.length - wishes.papersMax) };
}

/** Why a paper is in the mail, in words. */
export function reasonFor(item: DigestItem, wishes: Pick<Preferences, "topics">): string {
  const counted = item.upvotes === 1 ? "1 upvote" : `${item.upvotes} upvotes`;
  const votes = item.upvotes === 0 ? "in the edition, no upvotes yet" : counted;
  const topic = item.topics.find((one) => wishes.topics.includes(one));
  const parts = [votes];
  if (item.submittedBy) parts.push(`put forward by ${item.submittedBy}`);
  if (topic) parts.push(`your topic ${topic}`);
  return parts.join(", ");
}
