import { bucketOf, looksOf } from "@paperwire/domain";

/**
 * A site that never was: fields of very different size, readers who look at what stands high, rings, authors who vote for
 * themselves, labs and journal clubs who share a taste. Made from a seed, so that every order lives in the same world.
 */

export const DAYS = 200;
export const FRONT_PAGE = 30;
/** Papers stay in sight for so many days. */
const WINDOW_DAYS = 7;
export const DAY_MS = 86_400_000;

/** Papers a day and readers of each field; the small ones are most of the fields and few of the papers. */
export const FIELDS = [
  { name: "cs.CV", papers: 24, readers: 700 },
  { name: "cs.CL", papers: 18, readers: 600 },
  { name: "cs.LG", papers: 12, readers: 350 },
  { name: "cs.RO", papers: 6, readers: 90 },
  { name: "cs.IR", papers: 4, readers: 50 },
  { name: "stat.ME", papers: 3, readers: 25 },
  { name: "q-bio.NC", papers: 2, readers: 14 },
  { name: "math.CV", papers: 1.5, readers: 8 },
];
export const SMALL_FIELDS = new Set(["cs.RO", "cs.IR", "stat.ME", "q-bio.NC", "math.CV"]);

/** A reader comes on so many days, looks down the list of the field and the front page, and votes for what is good. */
const VISITS = 0.35;
const LOOKS_DEEP = { field: 12, front: 30 };
/** The chance that a card at a place is looked at; not the curve that ranking assumes. */
const lookChance = (place) => 1 / (1 + 0.35 * (place - 1));
const VOTE_CHANCE = 0.12;

/** Topics so narrow, as a part of their field's papers. */
const NICHES = [
  { field: 0, part: 0.03 },
  { field: 1, part: 0.03 },
  { field: 2, part: 0.03 },
  { field: 3, part: 0.1 },
];

export const RING_SIZES = [5, 10, 20, 50, 100];
/**
 * How a ring votes: within an hour; spread over a day; over five days; within an hour while its members also vote as honestly
 * and as often as readers; a random half of it each time, over a day. Those who hide are all of twenty.
 */
export const MANNERS = {
  lockstep: { sizes: RING_SIZES, spanHours: 1, share: 1, honest: 0.5 },
  patient: { sizes: RING_SIZES, spanHours: 20, share: 1, honest: 0.5 },
  slow: { sizes: [20], spanHours: 120, share: 1, honest: 0.5 },
  mixed: { sizes: [20], spanHours: 1, share: 1, honest: 2 },
  split: { sizes: [20], spanHours: 20, share: 0.5, honest: 0.5 },
};

export function createWorld(seed) {
  const random = seededRandom(seed);
  const papers = [];
  const days = [];
  for (let day = 0; day < DAYS; day++) {
    const today = [];
    for (const [field, { papers: mean }] of FIELDS.entries()) {
      for (let n = poisson(mean * (day % 7 >= 5 ? 0.15 : 1), random); n > 0; n--) {
        // Gamma(1.5) with mean 1: most papers are middling, a few are several times as good, in every field alike.
        const paper = {
          id: papers.length,
          day,
          field,
          quality: gamma(1.5, random) / 1.5,
          hour: random() * 6,
          votes: [],
          shown: new Float64Array(8),
        };
        papers.push(paper);
        today.push(paper);
      }
    }
    days.push(today);
  }
  const people = createPeople(random);
  const followed = follow(papers, people, seededRandom(seed + 2));
  return {
    seed,
    papers,
    days,
    ...people,
    followed,
    plots: plot({ days, people, random }),
    selfVotes: selfVotes(papers, random),
  };
}

function createPeople(random) {
  const accounts = [];
  const add = (more) => accounts.push({ id: accounts.length, invitedBy: null, trust: 1, ...more }) - 1;
  for (const [field, { readers }] of FIELDS.entries()) {
    for (let n = 0; n < readers; n++) add({ kind: "reader", field, trust: random() < 0.1 ? 0 : 1 });
  }
  // Honest groups: a lab of one invitation reads the same field; a club meets weekly and votes within the hour.
  const labs = [];
  const clubs = [];
  for (let field = 0; field < FIELDS.length; field++) {
    const lab = [add({ kind: "lab", field })];
    for (let n = 0; n < 5; n++) lab.push(add({ kind: "lab", field, invitedBy: lab[0] }));
    labs.push({ field, members: lab });
    const club = [add({ kind: "club", field })];
    for (let n = 0; n < 5; n++) club.push(add({ kind: "club", field, invitedBy: club[0] }));
    clubs.push({ field, members: club });
    // The few who read nearly all of their field, each day, and vote for much of it.
    for (let n = 0; n < 6; n++) add({ kind: "avid", field, eager: 4 });
  }
  const rings = Object.entries(MANNERS).flatMap(([manner, { sizes, honest }], at) =>
    sizes.map((size) => {
      const field = at % 3;
      const members = [add({ kind: "ring", field, honest, trust: 1 })];
      // Half of the members were brought in by the first, the others came by themselves.
      while (members.length < size)
        members.push(
          add({
            kind: "ring",
            field,
            honest,
            invitedBy: members.length % 2 ? members[0] : null,
            trust: random() < 0.3 ? 0 : 1,
          }),
        );
      return { size, manner, members };
    }),
  );
  // Six who follow one narrow topic of a field, wherever its papers stand, and within three days vote for what is good.
  const niches = NICHES.flatMap(({ field, part }) =>
    Array.from({ length: 2 }, () => ({
      field,
      part,
      members: Array.from({ length: 6 }, () => add({ kind: "niche", field })),
    })),
  );
  return { accounts, labs, clubs, rings, niches };
}

/** Which weak paper each ring pushes on which days, and when its members vote. */
function plot({ days, people: { rings }, random }) {
  const plots = [];
  for (const [at, ring] of rings.entries()) {
    for (let day = 3 + (at % 3); day < DAYS; day += 3) {
      const weak = days[day].filter(({ quality }) => quality < 0.7);
      if (weak.length === 0) continue;
      const paper = weak[Math.floor(random() * weak.length)];
      const { spanHours, share } = MANNERS[ring.manner];
      const startHour = day * 24 + paper.hour + random() * 2;
      const voters = share === 1 ? ring.members : ring.members.filter(() => random() < share);
      const votes = voters.map((voter) => ({ voter, hour: startHour + random() * spanHours }));
      // Measured once the last vote is in.
      const measured = Math.floor(Math.max(...votes.map(({ hour }) => hour), day * 24) / 24);
      plots.push({ ring, paper, day, measured, votes });
    }
  }
  return plots;
}

/** What the readers of a narrow topic vote for, and when. */
function follow(papers, { niches }, random) {
  return niches.flatMap(({ field, part, members }) =>
    papers
      .filter((paper) => paper.field === field && random() < part)
      .flatMap((paper) =>
        members
          .filter(() => random() < 0.4 * paper.quality)
          .map((voter) => ({
            paper,
            voter,
            hour: paper.day * 24 + paper.hour + random() * (random() < 0.6 ? 24 : 72),
          })),
      ),
  );
}

/** Half of the authors vote for their own paper, some with their co-authors. */
function selfVotes(papers, random) {
  return papers.map(() => (random() < 0.5 ? 1 + Math.floor(random() * 3) : 0));
}

/** Who do not read the lists. */
const GATHERED = new Set(["club", "niche"]);

/**
 * One day of readers in front of a site that orders by `order`.
 * @param order (papers, day) → papers, best first
 */
export function liveDay(world, day, order, random) {
  const inSight = [];
  for (let at = Math.max(0, day - WINDOW_DAYS + 1); at <= day; at++) inSight.push(...world.days[at]);
  // Readers come in four waves, each of which sees what the waves before left.
  for (let wave = 0; wave < 4; wave++) {
    const hour = 6 + wave * 5;
    const front = order(inSight, day, hour).slice(0, LOOKS_DEEP.front);
    const ofField = FIELDS.map((_, field) =>
      order(
        inSight.filter((paper) => paper.field === field),
        day,
        hour,
      ).slice(0, LOOKS_DEEP.field),
    );
    for (const account of world.accounts) {
      if (account.id % 4 !== wave || GATHERED.has(account.kind) || random() >= VISITS * (account.eager ?? 1)) continue;
      // What a ring's member does beside: less than a reader, or, to hide, twice as much.
      const visits =
        account.kind !== "ring" || account.honest >= 1 ? (account.honest ?? 1) : Number(random() < account.honest);
      for (let visit = 0; visit < visits; visit++) {
        const list = random() < 0.6 ? ofField[account.field] : front;
        show(list);
        look(list, account, { atMs: (day * 24 + hour + random() * 5) * 3_600_000, random });
      }
    }
  }
  meet(world, day, ofToday(inSight, day), random);
}

/** What the site can count: that a list was shown, not who looked at which card. */
function show(list) {
  for (const [at, paper] of list.entries()) paper.shown[bucketOf(at + 1)] += 1;
}

export const looksAt = ({ shown }) => looksOf(Array.from(shown, (count, bucket) => ({ bucket, count })));

function look(list, account, { atMs, random }) {
  for (const [at, paper] of list.entries()) {
    if (random() >= lookChance(at + 1)) continue;
    // Readers of another field vote as well, but rarely.
    const interest = paper.field === account.field ? 1 : 0.15;
    if (random() < VOTE_CHANCE * (account.eager ?? 1) * paper.quality * interest) vote(paper, account.id, atMs);
  }
}

const ofToday = (papers, day) => papers.filter((paper) => paper.day === day);

/** Once a week a club reads two good papers of its field together and votes within the hour. */
function meet(world, day, today, random) {
  for (const [at, club] of world.clubs.entries()) {
    if (day % 7 !== at % 5) continue;
    const best = today
      .filter(({ field }) => field === club.field)
      .sort((a, b) => b.quality - a.quality)
      .slice(0, 2);
    const hour = 12 + random() * 6;
    for (const paper of best) {
      for (const member of club.members)
        if (random() < 0.7) vote(paper, member, (day * 24 + hour + random()) * 3_600_000);
    }
    // And its members also read alone.
    for (const member of club.members) {
      for (const paper of today) {
        if (paper.field === club.field && random() < 0.15 * paper.quality)
          vote(paper, member, (day * 24 + random() * 24) * 3_600_000);
      }
    }
  }
}

export function vote(paper, voter, atMs) {
  if (!paper.votes.some((known) => known.voter === voter)) paper.votes.push({ voter, atMs });
}

/** @source mulberry32 */
export function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** @source Marsaglia & Tsang 2000, for a shape of at least 1 */
function gamma(shape, random) {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

function poisson(mean, random) {
  const limit = Math.exp(-mean);
  let count = -1;
  for (let product = 1; product > limit; product *= random()) count++;
  return Math.max(0, count);
}
