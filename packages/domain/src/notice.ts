/** Notices: what a source says against a paper that stays listed: withdrawn, retracted, doubted. */
import type { EditionDate } from "./edition-date.ts";

/** Strongest first. A withdrawal is the authors' own act, a retraction the publisher's, a concern may come to nothing. */
export const NOTICE_KINDS = ["retracted", "withdrawn", "concern"] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export type Notice = {
  kind: NoticeKind;
  /** Who says so: "arXiv", "Crossref", … */
  source: string;
  /** The day on which the source says that it happened, or first said so. */
  date?: EditionDate;
  /** Where it is said; http or https. */
  url?: string;
};

/** More from one paper would be a mistake. */
export const NOTICES_MAX = 20;

const WORDS: Record<NoticeKind, string> = {
  retracted: "Retracted",
  withdrawn: "Withdrawn",
  concern: "Expression of concern",
};

/** The one that a short mark shows; undefined for a paper of which nobody says anything. */
export function strongestNotice(notices: readonly Notice[] | undefined): Notice | undefined {
  return NOTICE_KINDS.map((kind) => notices?.find((notice) => notice.kind === kind)).find((one) => one !== undefined);
}

export function noticeWord({ kind }: Pick<Notice, "kind">): string {
  return WORDS[kind];
}

/** `Retracted (Crossref, 2025-03-28)`: for places that take plain text. */
export function noticeText(notice: Notice): string {
  return `${noticeWord(notice)} (${[notice.source, notice.date].filter(Boolean).join(", ")})`;
}

/**
 * One notice per kind and source, with its earliest date: silence takes none back.
 * @param speaksFor  a source whose notices are all among the winner's: what it no longer says falls away
 */
export function mergeNotices(winner: readonly Notice[], other: readonly Notice[], speaksFor?: string): Notice[] {
  const byKey = new Map<string, Notice>();
  for (const notice of [...winner, ...other.filter(({ source }) => source !== speaksFor)]) {
    const key = `${notice.kind} ${notice.source}`;
    const seen = byKey.get(key) ?? other.find(({ kind, source }) => `${kind} ${source}` === key);
    const date = [notice.date, seen?.date].filter((one) => one !== undefined).sort()[0];
    byKey.set(key, { ...notice, ...byKey.get(key), ...(date === undefined ? {} : { date }) });
  }
  return [...byKey.values()]
    .sort((a, b) => NOTICE_KINDS.indexOf(a.kind) - NOTICE_KINDS.indexOf(b.kind) || (a.source < b.source ? -1 : 1))
    .slice(0, NOTICES_MAX);
}
