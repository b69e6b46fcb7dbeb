/**
 * Covoting: how much more often two accounts choose the same papers than their habits explain, as a log-likelihood ratio.
 *
 * Without collusion each chooses on its own: of the votes an account gave in a field, a part falls on a paper as the field's
 * votes fall there, and a part anywhere in the field, as some read all of it. A pair's chance of sharing a paper p of field f is
 * then π = a·b·s² (a, b their votes in f; s the share of p, see `shareOf`). With collusion papers are shared besides, at a rate of
 * θ each. For Poisson counts the ratio is Σ over shared papers of ln(1 + θ/π), less the sum of θ over all papers. So what everybody
 * reads tells nothing, nor what two tell who read all of a field, and a few votes where neither ever votes tell much.
 * @source likelihood ratio of two Poisson processes (Neyman & Pearson); the null is a configuration model (Chung & Lu 2002)
 */

/**
 * What part of the shorter one of two histories they share beyond habits if they act as one: a little, as those who also vote
 * like others do, or all of it. Each is asked, and the likelier one believed.
 */
export const BEYOND = { some: 0.1, all: 1 } as const;

/**
 * Log odds that two accounts act as one before anything is known of their votes: for evidence that counts between two alone, and
 * for evidence that counts in crowds only, where less will do. An invitation is no proof.
 */
const PRIOR = { pair: -6, crowd: -4 } as const;
const INVITED = 1;
/** So much may accomplices in common add to it: who is like the same others is sooner believed to be one of them. */
const SUPPORT = { each: 3, most: 6 } as const;

/** Half of a field's votes is taken to fall evenly on its papers. */
const EVENLY = 0.5;

/**
 * The part of a vote in a field that falls on one of its papers.
 * @param votes   on the paper, of `total` in the field; both without those that are held back, lest a ring make its papers popular
 * @param papers  of the field, over 0
 * @returns over 0, at most 1
 */
export function shareOf({ votes, total, papers }: { votes: number; total: number; papers: number }): number {
  return (1 - EVENLY) * ((votes + 1) / (total + papers)) + EVENLY / papers;
}

/** What is known of a choice: papers in all, votes of the one who made it in the paper's field, and the paper's share. */
export type Choice = { papers: number; own: number; share: number };

/**
 * How likely it is that both chose a paper because they act as one, sharing all of the shorter history, against habits: θ/π.
 * @param shorter  votes of the one who gave fewer
 * @param others   votes of the other one in the paper's field
 */
export function ratioOf(shorter: number, { papers, own, share }: Choice, others: number): number {
  return (BEYOND.all * shorter) / (papers * own * others * share * share);
}

/** What one paper in common adds, natural log; 0 or more. @param ratio see `ratioOf` */
export function evidenceOf(ratio: number, beyond: keyof typeof BEYOND): number {
  return Math.log1p(ratio * BEYOND[beyond]);
}

/** A ratio below this is no evidence: little would be learnt of it, and not to look at such papers is most of the speed. */
const RATIO_LEAST = 0.5;

/** Votes of another one in the field above which the choice tells nothing. @param shorter at most */
export function mostHabits(shorter: number, choice: Choice): number {
  return ratioOf(shorter, choice, RATIO_LEAST);
}

/** What two shared, and what they would have if they acted as one. */
export type Evidence = {
  /** Sums of `evidenceOf`, for either way to act as one. */
  some: number;
  all: number;
  /** Votes of the one who gave fewer. */
  shorter: number;
  invited: boolean;
};

function oddsOf({ some, all, shorter, invited }: Evidence): number {
  return Math.max(some - BEYOND.some * shorter, all - BEYOND.all * shorter) + (invited ? INVITED : 0);
}

/** The chance that two act as one, 0..1. */
export function pairChance(evidence: Evidence): number {
  return logistic(oddsOf(evidence) + PRIOR.pair);
}

/**
 * The same where only a crowd of them counts.
 * @param support  accomplices in common, each by its chance; asked for only where it could matter
 */
export function crowdChance(evidence: Evidence, support: () => number): number {
  const alone = oddsOf(evidence) + PRIOR.crowd;
  if (alone + SUPPORT.most < HOPELESS) return 0;
  return logistic(alone + Math.min(SUPPORT.most, SUPPORT.each * support()));
}

/** Log odds below which nobody is suspected. */
const HOPELESS = -3;

const logistic = (odds: number) => 1 / (1 + Math.exp(-odds));
