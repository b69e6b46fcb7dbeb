/** Exposure: a paper that hardly anybody saw must not lose to one that stood on top all day. */

/**
 * The chance that a card at a place is looked at, relative to the first one's.
 * @param place from 1
 * @source position-based click models use place^-η with η between 0.5 and 1 (Joachims et al., WSDM 2017)
 */
export function lookAt(place: number): number {
  return place ** -0.8;
}

/** Looks that must have been counted on average before they are believed: half of a difference counts then. */
const LOOKS_KNOWN = 10;
/** No paper's expected votes fall below a tenth, or rise above ten times, for lack or plenty of looks. */
const MOST_FACTOR = 10;

/**
 * How much a paper was seen, relative to the others of its field and edition: 1 is usual.
 * @param looks  of this paper; null where nobody counted
 * @param mean   of the papers of its field in its edition
 */
export function exposure(looks: number | null, mean: number): number {
  if (looks === null) return 1;
  const factor = (looks + LOOKS_KNOWN) / (mean + LOOKS_KNOWN);
  return Math.min(MOST_FACTOR, Math.max(1 / MOST_FACTOR, factor));
}
