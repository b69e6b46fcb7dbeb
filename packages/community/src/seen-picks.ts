/** The picks of an edition as a curator saw them, short enough for a form, and what became of them since. */
import { createHash } from "node:crypto";
import { invalid, type PaperId } from "@paperwire/domain";
import type { PickedPaper } from "@paperwire/store";

/** Longer than any form of ours: `CURATION_LIMITS.picks` names with their marks. */
const SEEN_CHARS_MAX = 8_000;
/** 48 bits: enough to see that a note is another one. */
const MARK_CHARS = 8;

export type PickChanges = {
  picked: PickedPaper[];
  takenOut: PaperId[];
  /** Those with another note than before. */
  annotated: PickedPaper[];
  /** Whether those that were there before and are there now stand in another order. */
  reordered: boolean;
};

/** Names in their order, each with a mark of its note. */
export const writeSeenPicks = (picks: readonly PickedPaper[]): string =>
  picks.map(({ paper, note }) => `${paper.id}=${markOf(note)}`).join(" ");

/**
 * @param seen as `writeSeenPicks` wrote it
 * @returns null where nothing changed
 * @throws DomainError `invalid`
 */
export function changesSince(seen: string, now: readonly PickedPaper[]): PickChanges | null {
  if (seen.length > SEEN_CHARS_MAX) throw invalid("The form could not be read.");
  if (seen === writeSeenPicks(now)) return null;
  const marks = new Map(seen.split(" ").map((one) => [one.slice(0, one.lastIndexOf("=")), one.split("=").at(-1)]));
  const ids = new Set(now.map(({ paper }) => paper.id));
  const [before, after] = [[...marks.keys()].filter((id) => ids.has(id)), [...ids].filter((id) => marks.has(id))];
  return {
    picked: now.filter(({ paper }) => !marks.has(paper.id)),
    takenOut: [...marks.keys()].filter((id) => id !== "" && !ids.has(id)),
    annotated: now.filter(({ paper, note }) => (marks.get(paper.id) ?? markOf(note)) !== markOf(note)),
    reordered: before.join(" ") !== after.join(" "),
  };
}

const markOf = (note: string | null) =>
  note === null ? "" : createHash("sha256").update(note).digest("base64url").slice(0, MARK_CHARS);
