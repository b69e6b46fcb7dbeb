/**
 * How well every system of `evaluate search` ranks on every judged collection of a folder, and whether the first differs
 * from each other one by more than chance. usage: npm run bench -- search/quality [--judged FOLDER] [--systems a,b]
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import {
  adjustHolm,
  compareRuns,
  evaluateSearch,
  getSystem,
  readCollection,
  SEARCH_SYSTEMS,
  seededRandom,
} from "@paperwire/engine/eval";

const MEASURE = "ndcg@10";
const SEED = 20260404;

const { values: options } = parseArgs({
  options: {
    judged: { type: "string", default: join(import.meta.dirname, "../../../shared/data/ir") },
    systems: { type: "string", default: SEARCH_SYSTEMS.map((system) => system.name).join(",") },
  },
});
const systems = options.systems.split(",").map(getSystem);
const rows = [];
const comparisons = [];
for (const { name, split } of findSplits()) {
  const collection = await readCollection(join(options.judged, name), { split });
  const evaluations = [];
  for (const system of systems) {
    const evaluation = await evaluateSearch({ ...collection, system, clock: () => performance.now() });
    evaluations.push(evaluation);
    rows.push({ collection: `${name} ${split}`, ...evaluation.summary });
  }
  for (const [at, other] of evaluations.entries()) {
    if (at === 0) continue;
    const pair = { a: evaluations[0].perQuery, b: other.perQuery };
    const { differences: _list, ...compared } = compareRuns(pair, MEASURE, { random: seededRandom(SEED) });
    comparisons.push({ collection: `${name} ${split}`, against: systems[at].name, ...compared });
  }
}
// Every comparison of this run was made at once, so each p value pays for the others.
const adjusted = adjustHolm(comparisons.map(({ p }) => p));
comparisons.forEach((compared, at) => {
  compared.pHolm = adjusted[at];
});
printTables();
console.log(JSON.stringify({ measure: MEASURE, rows, comparisons }));

function findSplits() {
  if (!existsSync(options.judged)) {
    console.error(`bench search/quality: there is no folder ${options.judged}`);
    process.exit(2);
  }
  const names = readdirSync(options.judged, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names.flatMap(({ name }) => {
    const files = readdirSync(join(options.judged, name, "qrels")).filter((file) => file.endsWith(".tsv"));
    return files.map((file) => ({ name, split: file.slice(0, -".tsv".length) }));
  });
}

function printTables() {
  const four = (value) => (typeof value === "number" && !Number.isInteger(value) ? value.toFixed(4) : value);
  console.table(rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, four(value)]))));
  console.log(`${MEASURE} of ${systems[0].name}, paired over queries (10,000 draws, seed ${SEED}):`);
  console.table(
    comparisons.map(({ collection, against, difference, interval, p, pHolm, wins, losses, ties }) => ({
      collection,
      against,
      difference: difference.toFixed(4),
      "95 % interval": `${interval.low.toFixed(4)} … ${interval.high.toFixed(4)}`,
      p: p.toFixed(4),
      "p (Holm)": pHolm.toFixed(4),
      "wins/losses/ties": `${wins}/${losses}/${ties}`,
    })),
  );
}
