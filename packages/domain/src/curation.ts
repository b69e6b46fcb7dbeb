/** What curators may do to an edition, and when it ends. */
import type { EditionDate } from "./edition-date.ts";

export const CURATION_LIMITS = {
  /** Picks of one edition. */
  picks: 50,
  noteChars: 500,
} as const;

export type EditionState = {
  date: EditionDate;
  closed: boolean;
  entries: number;
};

/** @returns why a curator cannot close an edition by hand; null where they can */
export function closeRefusal({ date, closed, entries }: EditionState, today: EditionDate): string | null {
  if (closed) return `The edition of ${date} is closed already.`;
  if (date > today) return `The edition of ${date} has not begun yet.`;
  if (entries === 0) return "An edition without papers cannot be closed. Pick one first.";
  return null;
}

/** @returns why nothing can be picked, ordered or annotated any more; null where it can */
export function curationRefusal({ date, closed }: Pick<EditionState, "date" | "closed">): string | null {
  return closed ? `The edition of ${date} is closed; its picks and their order stay as they are.` : null;
}

/**
 * Moves one of several to another place; all others keep their order.
 * @param to 1-based; beyond the ends means the end
 */
export function moved<T>(items: readonly T[], item: T, to: number): T[] {
  const rest = items.filter((one) => one !== item);
  if (rest.length === items.length) return [...items];
  const at = Math.min(Math.max(to, 1), items.length) - 1;
  return [...rest.slice(0, at), item, ...rest.slice(at)];
}
