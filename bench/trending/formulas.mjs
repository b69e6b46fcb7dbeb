/** The orders that ours is put beside, as their makers published them. Each takes papers with votes and age and scores them. */

/** @source Righto 2013, from the published Arc code: ((v - 1)^0.8 / (h + 2)^1.8) */
const hackerNews = ({ votes, ageHours }) => {
  const points = Math.max(0, votes - 1);
  return points ** 0.8 / (ageHours + 2) ** 1.8;
};

/** @source Reddit's _sorts.pyx: log10(max(|s|, 1)) + t / 45000, t in seconds */
const reddit = ({ votes, ageHours }) => Math.log10(Math.max(votes, 1)) - (ageHours * 3600) / 45_000;

/** @source lobsters/lobsters, story.rb: log10(max(|s + 1| + c, 1)) + t / 79200 (22 hours); no comments here */
const lobsters = ({ votes, ageHours }) => Math.log10(Math.max(votes + 1, 1)) - (ageHours * 3600) / 79_200;

const rawVotes = ({ votes }) => votes;

export const FORMULAS = { votes: rawVotes, hackerNews, reddit, lobsters };
