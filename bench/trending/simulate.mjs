/** Two hundred days under each order: how true is its front page, how fair to small fields, and what can a ring buy? */
import {
  baseRates,
  countVotes,
  DEFAULT_DIALS,
  findLikeness,
  independence,
  NO_LIKENESS,
  rankPapers,
  weightsOf,
} from "@paperwire/domain";
import { FORMULAS } from "./formulas.mjs";
import { mean, ndcg, quantile } from "./measures.mjs";
import {
  createWorld,
  DAY_MS,
  DAYS,
  FIELDS,
  FRONT_PAGE,
  liveDay,
  looksAt,
  MANNERS,
  SMALL_FIELDS,
  seededRandom,
  vote,
} from "./world.mjs";

/** Nothing is measured before readers, rates and rings have a history. */
const FIRST_MEASURED = 30;
/** A ring of 20 may move a paper by so many places. */
const PLACES_ALLOWED = 2;
const HISTORY_DAYS = 60;
/** A site looks for rings every five minutes; to do so every third morning is to our disadvantage, and quick. */
const LIKENESS_DAYS = 3;
const dateOf = (day) => new Date(Date.UTC(2026, 0, 5) + day * DAY_MS).toISOString().slice(0, 10);

/** Ours without what looks tell, to see what they are worth. */
const UNCORRECTED = "ours, looks not counted";
export const NAMES = ["ours", UNCORRECTED, ...Object.keys(FORMULAS)];

export function simulate(seed, names = NAMES) {
  return Object.fromEntries(names.map((name) => [name, live(name, seed)]));
}

function live(name, seed) {
  const world = createWorld(seed);
  const random = seededRandom(seed + 1);
  const site =
    name in FORMULAS ? createTheirs(FORMULAS[name]) : createOurs(world, { countsLooks: name !== UNCORRECTED });
  const figures = {
    ndcg: [],
    inEdition: [],
    small: [],
    bought: [],
    kept: { lab: [], niche: [], club: [], avid: [], reader: [] },
  };
  const measured = Map.groupBy(world.plots, (plot) => plot.measured);
  const plotted = Map.groupBy(
    [...world.followed, ...world.plots.flatMap(({ paper, votes }) => votes.map((one) => ({ ...one, paper })))],
    ({ hour }) => Math.floor(hour / 24),
  );
  for (let day = 0; day < DAYS; day++) {
    site.morning(day);
    selfVote(world, day);
    for (const { paper, voter, hour } of plotted.get(day) ?? []) vote(paper, voter, hour * 3_600_000);
    liveDay(world, day, site.order, random);
    if (day >= FIRST_MEASURED) measure({ world, day, site, figures, plots: measured.get(day) ?? [] });
  }
  return summary(figures);
}

/** An author's account has a number of its own below zero. */
function selfVote(world, day) {
  for (const paper of world.days[day]) {
    for (let n = 0; n < world.selfVotes[paper.id]; n++)
      vote(paper, -(paper.id * 4 + n + 1), (day * 24 + paper.hour) * 3_600_000);
  }
}

function createTheirs(formula) {
  return {
    morning: () => undefined,
    order: (papers, day, hour = 24) =>
      papers
        .map((paper) => ({
          paper,
          score: formula({ votes: paper.votes.length, ageHours: (day - paper.day) * 24 + hour - paper.hour / 6 }),
        }))
        .sort((a, b) => b.score - a.score || a.paper.id - b.paper.id)
        .map(({ paper }) => paper),
    kept: () => null,
  };
}

/** Ours, as the site runs it: rates and likeness learnt in the morning from the days before. */
function createOurs(world, { countsLooks }) {
  let likeness = NO_LIKENESS;
  let rates = baseRates([]);
  const invitedBy = new Map(
    world.accounts.filter((one) => one.invitedBy !== null).map((one) => [one.id, one.invitedBy]),
  );
  const weights = weightsOf(DEFAULT_DIALS);
  const known = new Map();
  const count = (paper) => {
    // Asked for many times between two votes.
    const before = known.get(paper.id);
    if (before?.votes === paper.votes && before.length === paper.votes.length && before.likeness === likeness)
      return before.counts;
    const counts = countAnew(paper);
    known.set(paper.id, { votes: paper.votes, length: paper.votes.length, likeness, counts });
    return counts;
  };
  const countAnew = (paper) =>
    countVotes(
      0,
      paper.votes.map(({ voter }) => ({ voter, trust: world.accounts[voter]?.trust ?? 1, isAuthor: voter < 0 })),
      likeness,
    );
  const toCandidate = (paper) => ({
    id: String(paper.id).padStart(6, "0"),
    field: FIELDS[paper.field].name,
    topics: [],
    edition: dateOf(paper.day),
    position: null,
    votes: count(paper),
    looks: countsLooks ? looksAt(paper) : null,
    starsGained: null,
    citationsGained: null,
    pick: null,
    promise: 0,
  });
  return {
    morning: (day) => {
      const past = world.days.slice(Math.max(0, day - HISTORY_DAYS), day).flat();
      const votes = past.flatMap((paper) =>
        paper.votes.map(({ voter, atMs }) => ({ voter, paper: paper.id, atMs, field: paper.field })),
      );
      if (day % LIKENESS_DAYS === 0)
        likeness = findLikeness({ votes: votes.filter(({ voter }) => voter >= 0), invitedBy });
      rates = baseRates(samples(past, count));
    },
    order: (papers) => {
      const byId = new Map(papers.map((paper) => [String(paper.id).padStart(6, "0"), paper]));
      return rankPapers(papers.map(toCandidate), { rates, weights }).map(({ id }) => byId.get(id));
    },
    kept: (voters) => independence(voters, likeness),
  };
}

function samples(papers, count) {
  const groups = new Map();
  for (const paper of papers) {
    const { shown, byAuthors, heldNew, heldAlike } = count(paper);
    const counted = shown - byAuthors - heldNew - heldAlike;
    const weekday = (paper.day % 7) + 1;
    const key = `${paper.field} ${weekday}`;
    const group = groups.get(key) ?? {
      field: FIELDS[paper.field].name,
      weekday,
      papers: 0,
      votes: 0,
      squares: 0,
      here: 0,
    };
    group.papers++;
    group.votes += counted;
    group.here += counted;
    group.squares += counted * counted;
    groups.set(key, group);
  }
  return [...groups.values()];
}

function measure({ world, day, site, figures, plots }) {
  const inSight = world.days.slice(Math.max(0, day - 6), day + 1).flat();
  const order = site.order(inSight, day);
  const scores = inSight.map((paper) => -order.indexOf(paper));
  figures.ndcg.push(
    ndcg(
      scores,
      inSight.map(({ quality }) => quality),
      FRONT_PAGE,
    ),
  );
  const today = world.days[day];
  if (today.length > 0) {
    const within = site.order(today, day);
    figures.inEdition.push(
      ndcg(
        today.map((paper) => -within.indexOf(paper)),
        today.map(({ quality }) => quality),
        10,
      ),
    );
  }
  const best = [...inSight].sort((a, b) => b.quality - a.quality);
  figures.small.push({ share: smallShare(order), truth: smallShare(best) });
  for (const { ring, paper } of plots)
    figures.bought.push({
      size: ring.size,
      manner: ring.manner,
      places: bought({ ring, paper, order, inSight, day, site }),
    });
  for (const paper of today) {
    const voters = paper.votes.map(({ voter }) => voter).filter((voter) => voter >= 0);
    for (const [at, share] of (site.kept(voters) ?? []).entries())
      figures.kept[world.accounts[voters[at]].kind]?.push(share);
  }
}

/** Places that the ring's votes for this paper move it up, everything else being as it was. */
function bought({ ring, paper, order, inSight, day, site }) {
  const members = new Set(ring.members);
  const { votes } = paper;
  paper.votes = votes.filter(({ voter }) => !members.has(voter));
  const without = site.order(inSight, day).indexOf(paper);
  paper.votes = votes;
  return without - order.indexOf(paper);
}

function summary(figures) {
  const kept = Object.fromEntries(Object.entries(figures.kept).map(([kind, shares]) => [kind, mean(shares)]));
  return {
    ndcg30: mean(figures.ndcg),
    inEditionNdcg10: mean(figures.inEdition),
    smallFieldShare: mean(figures.small.map(({ share }) => share)),
    smallFieldTruth: mean(figures.small.map(({ truth }) => truth)),
    smallFieldOff: mean(figures.small.map(({ share, truth }) => Math.abs(share - truth))),
    places: Object.fromEntries(
      Object.entries(MANNERS).flatMap(([manner, { sizes }]) =>
        sizes.map((size) => {
          const places = figures.bought
            .filter((one) => one.size === size && one.manner === manner)
            .map((one) => one.places);
          const within = places.filter((one) => one <= PLACES_ALLOWED).length / places.length;
          return [
            `${size} ${manner}`,
            { median: quantile(places, 0.5), p90: quantile(places, 0.9), within, plots: places.length },
          ];
        }),
      ),
    ),
    keptVotes: kept,
  };
}

/** The share of small fields among the first papers of a list. */
function smallShare(papers) {
  const first = papers.slice(0, FRONT_PAGE);
  return first.filter((paper) => SMALL_FIELDS.has(FIELDS[paper.field].name)).length / first.length;
}
