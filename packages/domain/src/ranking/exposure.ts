/** Exposure: a paper that hardly anybody saw must not lose to one that stood on top all day. */

/** Lists on which papers are shown. */
export const SURFACES = ["front", "edition", "trending", "topic", "search", "author", "collection"] as const;
export type Surface = (typeof SURFACES)[number];

/**
 * Only what stands there for everybody: a search can be made up so that it shows one paper, again and again, until that
 * looks like one that many saw and few liked.
 */
export const JUDGED_SURFACES: readonly Surface[] = ["front", "edition", "trending", "topic"];

/** Last place of each bucket; what stands lower is in the last one. Counts are kept by bucket, not by place. */
const LAST_PLACES = [1, 2, 3, 5, 10, 20, 50, 100] as const;
export const LOOK_BUCKETS = LAST_PLACES.length;

/** @param place from 1 @returns 0 … `LOOK_BUCKETS` - 1 */
export function bucketOf(place: number): number {
  const at = LAST_PLACES.findIndex((last) => place <= last);
  return at < 0 ? LOOK_BUCKETS - 1 : at;
}

/**
 * The chance that a card at a place is looked at, relative to the first one's: a position-based model.
 * @param place from 1
 * @source place^-η with η between 0.5 and 1 (Joachims, Swaminathan & Schnabel, "Unbiased Learning-to-Rank with Biased
 *   Feedback", WSDM 2017)
 */
export function lookAt(place: number): number {
  return place ** -0.8;
}

/** Mean of `lookAt` over the places of each bucket. */
const LOOK_AT_BUCKET = LAST_PLACES.map((last, at) => {
  const first = (LAST_PLACES[at - 1] ?? 0) + 1;
  let sum = 0;
  for (let place = first; place <= last; place++) sum += lookAt(place);
  return sum / (last - first + 1);
});

/** How often the paper was shown, by bucket. */
export type Showings = readonly { bucket: number; count: number }[];

/** Looks that showings came to, as the model has it: one on top of a page is one, one further down a part of one. */
export function looksOf(showings: Showings): number {
  return showings.reduce((sum, { bucket, count }) => sum + count * (LOOK_AT_BUCKET[bucket] ?? 0), 0);
}

/** Looks that must have been counted on average before they are believed: half of a difference counts then. */
const LOOKS_KNOWN = 10;
/**
 * What stands high all day is shown to the same readers again, and each votes once: of ten times the looks two and
 * a half times the votes are expected. Chosen in the simulation; ten times costs small fields, whom strangers see and pass by.
 */
const SAME_EYES = 0.4;
/** No paper's expected votes fall below a tenth, or rise above ten times, for lack or plenty of looks. */
const MOST_FACTOR = 10;

/**
 * How much a paper was seen, relative to the others of its field and edition: 1 is usual.
 * @param looks  of this paper; null where nobody counted
 * @param mean   of the papers of its field in its edition
 */
export function exposure(looks: number | null, mean: number): number {
  if (looks === null) return 1;
  const factor = ((looks + LOOKS_KNOWN) / (mean + LOOKS_KNOWN)) ** SAME_EYES;
  return Math.min(MOST_FACTOR, Math.max(1 / MOST_FACTOR, factor));
}

/**
 * Mean looks among the papers of a field in an edition: that small fields have fewer readers is in their usual votes
 * already, so a paper is compared with its own.
 */
export function meanLooks<Paper extends { edition: string; field: string; looks: number | null }>(
  papers: readonly Paper[],
): (paper: Paper) => number {
  const sums = new Map<string, { sum: number; papers: number }>();
  const keyOf = ({ edition, field }: Paper) => `${edition} ${field}`;
  for (const paper of papers) {
    if (paper.looks === null) continue;
    const peers = sums.get(keyOf(paper)) ?? { sum: 0, papers: 0 };
    sums.set(keyOf(paper), { sum: peers.sum + paper.looks, papers: peers.papers + 1 });
  }
  return (paper) => {
    const peers = sums.get(keyOf(paper));
    return peers ? peers.sum / peers.papers : 0;
  };
}
