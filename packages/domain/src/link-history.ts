/** What became of a watched link: promised, there, empty, gone; and when to look again. Pure. */
import type { EditionDate } from "./edition-date.ts";

export const LINK_STATES = ["unknown", "missing", "empty", "there", "gone"] as const;
/** `missing` was never there; `gone` was. */
export type LinkState = (typeof LINK_STATES)[number];

/** What one look came to. `unreachable` says nothing of the link: a host may be down. */
export type LinkSight = "there" | "empty" | "missing" | "unreachable";

export const LINK_EVENTS = ["appeared", "empty", "filled", "gone", "back"] as const;
export type LinkEvent = (typeof LINK_EVENTS)[number];

export type LinkStanding = {
  state: LinkState;
  /** Looks in a row that did not find it, or found nobody to ask. */
  misses: number;
};

/** A repository that is renamed or a host that answers wrongly once is not gone. */
const MISSES_MAX = 2;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

export function afterSight(
  { state, misses }: LinkStanding,
  sight: LinkSight,
): LinkStanding & { event: LinkEvent | null } {
  if (sight === "unreachable") return { state, misses: misses + 1, event: null };
  if (sight === "missing") {
    const wasThere = state === "there" || state === "empty";
    if (!wasThere) return { state: state === "gone" ? "gone" : "missing", misses: misses + 1, event: null };
    if (misses + 1 < MISSES_MAX) return { state, misses: misses + 1, event: null };
    return { state: "gone", misses: misses + 1, event: "gone" };
  }
  return { state: sight, misses: 0, event: eventOf(state, sight) };
}

/** What is there at the first look is no event: it may have been there for years. */
function eventOf(before: LinkState, now: "there" | "empty"): LinkEvent | null {
  if (before === now) return null;
  if (before === "gone") return "back";
  if (now === "empty") return "empty";
  if (before === "empty") return "filled";
  return before === "missing" ? "appeared" : null;
}

/**
 * Weekly; what was promised and is not there yet daily, and what could not be asked after a day, two, four, a week.
 * @param spread  0..1, fixed for the link, so that not all are due at once
 */
export function nextLookMs({ state, misses }: LinkStanding, sight: LinkSight, spread: number): number {
  const late = Math.floor(spread * DAY_MS);
  if (sight === "unreachable") return Math.min(DAY_MS * 2 ** Math.min(misses - 1, 3), WEEK_MS) + late;
  if (state === "missing" && misses <= 90) return DAY_MS + Math.floor(late / 4);
  if (sight === "missing" && state !== "gone" && state !== "missing") return DAY_MS;
  return WEEK_MS + late;
}

export type LinkHistory = {
  url: string;
  kind: string;
  state: LinkState;
  /** First day on which a paper named it. */
  since: EditionDate;
  /** The text that named it said that it was still to come. */
  isPromised: boolean;
  events: { day: EditionDate; event: LinkEvent }[];
  /** Oldest first, one a day at most. */
  stars: { day: EditionDate; stars: number }[];
  license: string | null;
  /** Last commit or change, ISO 8601. */
  changedAt: string | null;
  isArchived: boolean;
  checkedAt: string | null;
  /** Why the last look found nobody to ask. */
  reason: string | null;
};

export type PaperLinkHistory = {
  links: LinkHistory[];
  /** The sentence that promises something, and since when it is known. */
  promise: { said: string; since: EditionDate } | null;
};
