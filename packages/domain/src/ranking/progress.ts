/** How far an edition has come: votes take days to arrive, and a paper of this morning has not had them yet. */

/** Votes that must be there before an edition, or a field in it, is believed to differ: half of its difference counts then. */
const VOTES_KNOWN = 20;

export type Standing = {
  edition: string;
  field: string;
  /** Votes that its place rests on. */
  counted: number;
  /** Votes expected in the end. */
  expected: number;
};

/**
 * The part of the expected votes that have come by now, by what the other papers of the same field and edition have: a Gamma
 * prior around the whole edition's part, which has one around 1. Without it all papers of a new edition seem poor, those of busy
 * fields poorest, as they are further from what they will have. A paper's own votes are left out, or it would raise its own bar.
 * @returns over 0; 1 where as many votes are there as expected in the end
 * @source conjugate prior of the Poisson, in two levels
 */
export function progress(papers: readonly Standing[]): (paper: Standing) => number {
  const editions = sums(papers, ({ edition }) => edition);
  const fields = sums(papers, fieldOf);
  return (paper) => {
    const ofEdition = part(editions.get(paper.edition), paper, 1);
    return part(fields.get(fieldOf(paper)), paper, ofEdition);
  };
}

const fieldOf = ({ edition, field }: Standing) => `${edition} ${field}`;

type Sum = Pick<Standing, "counted" | "expected">;

function part(all: Sum | undefined, own: Sum, around: number): number {
  const [counted, expected] = all
    ? [all.counted - millionths(own.counted), all.expected - millionths(own.expected)]
    : [0, 0];
  return (VOTES_KNOWN * around + counted / 1e6) / (VOTES_KNOWN + expected / 1e6);
}

/** Whole numbers add up to the same in any order. */
const millionths = (votes: number) => Math.round(votes * 1e6);

/** In millionths of votes. */
function sums(papers: readonly Standing[], keyOf: (paper: Standing) => string): Map<string, Sum> {
  const groups = new Map<string, Sum>();
  for (const paper of papers) {
    const { counted, expected } = groups.get(keyOf(paper)) ?? { counted: 0, expected: 0 };
    groups.set(keyOf(paper), {
      counted: counted + millionths(paper.counted),
      expected: expected + millionths(paper.expected),
    });
  }
  return groups;
}
