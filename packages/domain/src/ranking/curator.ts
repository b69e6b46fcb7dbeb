/** A curator's pick: worth as much as doing twice as well as usual; a later pick of the same edition a little less. */

const PICK = Math.LN2;
/** The tenth pick is worth about two thirds of the first: a curator who picks everything picks nothing. */
const FALL = 0.05;

/** @param pick  place among the picks of its edition, from 1; null where it was not picked */
export function pickValue(pick: number | null): number {
  return pick === null ? 0 : PICK / (1 + FALL * (pick - 1));
}
