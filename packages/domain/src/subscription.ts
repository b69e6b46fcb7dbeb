/** What a subscriber chose: how often, how much, about what, and at which hour of which zone. */
import { isEditionDate } from "./edition-date.ts";
import { invalid } from "./errors.ts";
import { topicKey } from "./keys.ts";

export type Cadence = "daily" | "weekly" | "monthly";
export const CADENCES: readonly Cadence[] = ["daily", "weekly", "monthly"];

/** `left` keeps the address, so that coming back needs a new confirmation; erasing forgets it. */
export type SubscriptionState = "pending" | "confirmed" | "left";

export type Preferences = {
  cadence: Cadence;
  /** 1..15; more is on the web. */
  papersMax: number;
  /** Papers below are left out. */
  upvotesMin: number;
  /** As `topicKey` gives them; empty means everything. */
  topics: readonly string[];
  /** Local hour at which mail may come, 0..23. */
  hour: number;
  /** IANA name. */
  timeZone: string;
  /** No HTML part. */
  plainText: boolean;
  /** Nothing is sent for editions up to and including this day. */
  pausedUntil?: string;
};

export const PREFERENCE_LIMITS = { papers: 15, upvotes: 1_000_000, topics: 20, topicChars: 100 } as const;

export const DEFAULT_PREFERENCES: Preferences = {
  cadence: "daily",
  papersMax: 10,
  upvotesMin: 0,
  topics: [],
  hour: 8,
  timeZone: "UTC",
  plainText: false,
};

/** As a form sends it: text under names. */
export type PreferenceForm = Readonly<Record<string, string | undefined>>;

/**
 * @param form  fields `cadence`, `papers`, `upvotes`, `topics` (separated by commas), `hour`, `zone`, `plain`, `pause`;
 *   an absent field keeps what `before` says, but an absent `plain` is an empty check box
 * @throws DomainError `invalid`: names the field and what is accepted
 */
export function readPreferences(form: PreferenceForm, before: Preferences): Preferences {
  const cadence = CADENCES.find((one) => one === (form.cadence ?? before.cadence));
  if (!cadence) throw invalid("How often? One of daily, weekly, monthly is wanted.");
  const pausedUntil = form.pause ?? before.pausedUntil ?? "";
  if (pausedUntil !== "" && !isEditionDate(pausedUntil)) {
    throw invalid("The last day of the pause is not a date. Write it as 2025-03-28, or leave it empty.");
  }
  return {
    cadence,
    papersMax: whole(form.papers, before.papersMax, {
      name: "The number of papers",
      least: 1,
      most: PREFERENCE_LIMITS.papers,
    }),
    upvotesMin: whole(form.upvotes, before.upvotesMin, {
      name: "The least upvotes",
      least: 0,
      most: PREFERENCE_LIMITS.upvotes,
    }),
    topics: form.topics === undefined ? before.topics : readTopics(form.topics),
    hour: whole(form.hour, before.hour, { name: "The hour", least: 0, most: 23 }),
    timeZone: form.zone === undefined ? before.timeZone : readTimeZone(form.zone),
    plainText: form.plain === "on",
    ...(pausedUntil === "" ? {} : { pausedUntil }),
  };
}

export function isPausedOn(date: string, { pausedUntil }: Pick<Preferences, "pausedUntil">): boolean {
  return pausedUntil !== undefined && date <= pausedUntil;
}

type Bounds = { name: string; least: number; most: number };

function whole(text: string | undefined, before: number, { name, least, most }: Bounds): number {
  if (text === undefined) return before;
  const value = Number(text);
  if (/^\d{1,9}$/.test(text) && value >= least && value <= most) return value;
  throw invalid(`${name}: a whole number from ${least} to ${most} is wanted.`);
}

function readTopics(text: string): string[] {
  const topics = [...new Set(text.split(",").map(topicKey))].filter((topic) => topic !== "");
  if (topics.length > PREFERENCE_LIMITS.topics) throw invalid(`At most ${PREFERENCE_LIMITS.topics} topics, please.`);
  const long = topics.find((topic) => topic.length > PREFERENCE_LIMITS.topicChars);
  if (long) throw invalid(`A topic has at most ${PREFERENCE_LIMITS.topicChars} characters; separate topics by commas.`);
  return topics;
}

function readTimeZone(text: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text.trim() }).resolvedOptions().timeZone;
  } catch (error) {
    throw invalid("That time zone is not known. Write it as Europe/Berlin or America/New_York.", error);
  }
}
