/**
 * Real data: on the morning of an edition, can its order by votes be told from what is known before? Learns only from
 * editions before the one it predicts; figures are of the last fifth of the editions, which no setting was chosen on.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { createTaste } from "@paperwire/domain";
import { kendallTau, mean, ndcg } from "./measures.mjs";

/** Editions are cut by time: learn only, choose settings, measure. */
const SHARES = { learn: 0.6, choose: 0.8 };
const PAPERS_LEAST = 5;
const SHAPE = 1;

/** @returns null, after saying so, where the editions are not there */
export function readEditions(shared) {
  const file = join(shared, "hf-daily/editions.jsonl.gz");
  if (!existsSync(file)) {
    console.warn(`SKIPPED: ${file} is not there, so nothing is predicted on real editions.`);
    return null;
  }
  const byDay = new Map();
  for (const row of lines(file)) {
    const papers = byDay.get(row.edition) ?? [];
    if (papers.length === 0) byDay.set(row.edition, papers);
    papers.push({ facts: factsOf(row), field: fieldOf(row, categoriesOf(shared)), votes: row.upvotes ?? 0 });
  }
  return [...byDay].sort(([a], [b]) => (a < b ? -1 : 1)).map(([date, papers]) => ({ date, papers }));
}

/**
 * @param part  "choose" while settings are chosen, "test" for the figures
 * @returns mean Kendall tau-b and nDCG@5 of each way to predict
 */
export function predict(editions, { part = "test", taste: options, passes = 1 } = {}) {
  const [first, last] = part === "test" ? [SHARES.choose, 1] : [SHARES.learn, SHARES.choose];
  const from = Math.floor(editions.length * first);
  const to = Math.floor(editions.length * last);
  const taste = createTaste(options);
  const fields = new Map();
  const authors = new Map();
  let [votes, seen] = [0, 0];
  const figures = Object.fromEntries(
    ["text", "authors", "field", "global"].map((name) => [name, { tau: [], ndcg: [] }]),
  );
  for (const [at, { papers }] of editions.slice(0, to).entries()) {
    const usual = seen === 0 ? 1 : votes / seen;
    const rateOf = (known) => (SHAPE * usual + (known?.votes ?? 0)) / (SHAPE + (known?.papers ?? 0));
    if (at >= from && papers.length >= PAPERS_LEAST) {
      const gains = papers.map((paper) => paper.votes);
      const scores = {
        text: papers.map(({ facts }) => taste.promise(facts)),
        authors: papers.map(({ facts }) => Math.max(0, ...facts.authors.map(({ name }) => rateOf(authors.get(name))))),
        field: papers.map(({ field }) => rateOf(fields.get(field))),
        global: papers.map(() => usual),
      };
      for (const [name, of] of Object.entries(scores)) {
        figures[name].tau.push(kendallTau(of, gains));
        figures[name].ndcg.push(ndcg(of, gains, 5));
      }
    }
    // Relative to its own edition: whether a whole day was busy is not what a text could promise.
    const mean = papers.reduce((sum, paper) => sum + paper.votes, 0) / papers.length;
    for (let pass = 0; pass < passes; pass++) {
      for (const paper of papers) taste.learn(paper.facts, Math.log((SHAPE + paper.votes) / (SHAPE + mean)));
    }
    for (const paper of papers) {
      add(fields, paper.field, paper.votes);
      for (const { name } of paper.facts.authors) add(authors, name, paper.votes);
      votes += paper.votes;
      seen++;
    }
  }
  return Object.fromEntries(
    Object.entries(figures).map(([name, { tau, ndcg: gains }]) => [
      name,
      { kendallTau: mean(tau), ndcg5: mean(gains), editions: tau.length },
    ]),
  );
}

function add(known, key, votes) {
  const entry = known.get(key) ?? { votes: 0, papers: 0 };
  known.set(key, { votes: entry.votes + votes, papers: entry.papers + 1 });
}

/** Only what is known in the morning: no votes, no comments, and not who put it forward. */
function factsOf({
  title,
  abstract,
  authors = [],
  aiKeywords = [],
  githubRepo,
  githubStars,
  projectPage,
  organization,
}) {
  const links = [];
  if (githubRepo)
    links.push({ kind: "code", url: githubRepo, ...(githubStars === undefined ? {} : { stars: githubStars }) });
  if (projectPage) links.push({ kind: "project", url: projectPage });
  return {
    title,
    abstract,
    authors: authors.map(({ name }) => ({ name })),
    keywords: aiKeywords,
    links,
    ...(organization ? { organization: { name: organization.name ?? String(organization), fullname: "" } } : {}),
  };
}

/** Main category where the arXiv listings know it, else the first keyword. */
function fieldOf({ id, aiKeywords }, categories) {
  return categories.get(id) ?? aiKeywords?.[0] ?? "";
}

let known = null;
function categoriesOf(shared) {
  if (known) return known;
  const file = join(shared, "papers/arxiv-dev-1.jsonl.gz");
  known = new Map();
  if (!existsSync(file)) return known;
  for (const { id, area, categories } of lines(file)) known.set(id.slice(3), area ?? categories?.[0]);
  return known;
}

function lines(file) {
  return gunzipSync(readFileSync(file))
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}
