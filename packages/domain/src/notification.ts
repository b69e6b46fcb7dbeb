/** What is told to whom, and when by mail. Pure. */

/** Each kind can be switched off by itself, on the site and by mail. */
export const NOTIFICATION_KINDS = [
  { kind: "reply", name: "Answers to what you wrote" },
  { kind: "mention", name: "Comments that call you by name" },
  { kind: "claim", name: "Your claims to be a paper’s author" },
  { kind: "pick", name: "Papers of yours that a curator picks" },
  { kind: "submission", name: "What becomes of papers you put forward" },
  { kind: "moderation", name: "What moderators do about you or your words" },
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number]["kind"];

/** `daily`: one mail a day at most. `at-once`: as things happen, for who asks for it. */
export const MAIL_PACES = ["daily", "at-once", "never"] as const;
export type MailPace = (typeof MAIL_PACES)[number];

export type NotificationWishes = {
  pace: MailPace;
  /** Kinds that are not shown on the site. Moderators' acts always are: people are told. */
  hidden: readonly NotificationKind[];
  /** Kinds that are not mailed. */
  unmailed: readonly NotificationKind[];
};

export const DEFAULT_NOTIFICATION_WISHES: NotificationWishes = { pace: "daily", hidden: [], unmailed: [] };

export const NOTIFICATION_LIMITS = {
  wordsChars: 400,
  /** Kept for one account; older ones go. */
  kept: 500,
  /** In one mail; the rest is counted. */
  perMail: 30,
} as const;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The first of a bundle waits so long for company. */
const GATHER_MS = HOUR_MS;

/** @param fields of a form: `pace`, and a checkbox `site-<kind>` and `mail-<kind>` for each kind that is wanted */
export function readNotificationWishes(fields: Readonly<Record<string, string | undefined>>): NotificationWishes {
  const pace = MAIL_PACES.find((one) => one === fields["pace"]) ?? DEFAULT_NOTIFICATION_WISHES.pace;
  const without = (where: string) =>
    NOTIFICATION_KINDS.map(({ kind }) => kind).filter((kind) => fields[`${where}-${kind}`] === undefined);
  return { pace, hidden: without("site").filter((kind) => kind !== "moderation"), unmailed: without("mail") };
}

/** How one happening is told; null where its reader does not want to know. */
export function howToTell(kind: NotificationKind, wishes: NotificationWishes): { mail: boolean } | null {
  const mail = wishes.pace !== "never" && !wishes.unmailed.includes(kind);
  if (wishes.hidden.includes(kind) && kind !== "moderation") return mail ? { mail } : null;
  return { mail };
}

/**
 * Whether what waits for an account is mailed now: by default after an hour of gathering and never twice within a day.
 * @param oldestMs when the oldest of what waits happened
 * @param mailedMs when the last mail was put together; null where there was none
 */
export function bundleIsDue(
  { pace, oldestMs, mailedMs }: { pace: MailPace; oldestMs: number; mailedMs: number | null },
  nowMs: number,
): boolean {
  if (pace === "never") return false;
  if (pace === "at-once") return true;
  return nowMs - oldestMs >= GATHER_MS && (mailedMs === null || nowMs - mailedMs >= DAY_MS);
}
