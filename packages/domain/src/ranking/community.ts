/** The community's word: votes, relative to what is usual where the paper stands. */
import { type Candidate, countedVotes, type Part } from "./candidate.ts";

export type Surroundings = {
  /** Votes usual for its field and day, over 0 (see `base-rate.ts`). */
  usual: number;
  /** Shape of the Gamma prior of relative rates. */
  shape: number;
  /** 1 where it was seen as much as others (see `exposure.ts`). */
  exposure: number;
  /** Share of usual votes that our own readers give: only these depend on exposure. */
  here: number;
  /** The part of its votes that has come by now, over 0 (see `progress.ts`). */
  progress: number;
  /** The day on which the reader's dial stands between fresh and proven, as a factor of the uncertainty. */
  chance: number;
};

/**
 * The log of the paper's relative rate, told in steps that add up: with all votes; less those of its authors; less those
 * held back; with exposure; as far as its edition has come; and for how little is known.
 *
 * Votes x of a paper with relative rate r follow Poisson(r·usual), and r follows Gamma(shape, shape), whose mean is 1. The
 * posterior mean is (shape + x) / (shape + usual). Its log is 0 for a paper that does as usual, in any field, and so a
 * field with one vote a paper has its front page as well as one with thirty.
 * @source conjugate prior of the Poisson; McCullagh & Nelder's log link for the scale
 */
export function communityParts({ votes }: Candidate, around: Surroundings): Part[] {
  const { usual, shape, here } = around;
  const seen = usual * (1 - here + here * around.exposure);
  const now = seen * around.progress;
  const rate = (counted: number, expected: number) => Math.log((shape + counted) / (shape + expected));
  const withoutAuthors = Math.max(0, votes.shown - votes.byAuthors);
  const withoutNew = Math.max(0, withoutAuthors - votes.heldNew);
  const counted = countedVotes(votes);
  return [
    { term: "votes", value: rate(votes.shown, usual) },
    { term: "authors", value: rate(withoutAuthors, usual) - rate(votes.shown, usual) },
    { term: "new", value: rate(withoutNew, usual) - rate(withoutAuthors, usual) },
    { term: "alike", value: rate(counted, usual) - rate(withoutNew, usual) },
    { term: "looks", value: rate(counted, seen) - rate(counted, usual) },
    { term: "progress", value: rate(counted, now) - rate(counted, seen) },
    { term: "chance", value: around.chance * uncertainty(shape, counted) },
  ];
}

/** Standard deviation of the log rate, nearly: of a Gamma with shape a it is 1/√a. */
function uncertainty(shape: number, counted: number): number {
  return 1 / Math.sqrt(shape + counted);
}

/** Votes expected of a paper that does as usual, seen as much and standing as long as it was. */
export function expectedVotes({ usual, exposure, here, progress }: Surroundings): number {
  return usual * (1 - here + here * exposure) * progress;
}

/** The prior's share in the posterior: 1 before anybody could vote, near 0 once votes speak for themselves. */
export function priorShare(around: Surroundings): number {
  return around.shape / (around.shape + expectedVotes(around));
}
