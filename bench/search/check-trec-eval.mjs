/**
 * Holds our measures against the real trec_eval, query by query, and prints a table; exits 1 where they differ.
 * usage: node bench/search/check-trec-eval.mjs [--data FOLDER] [--write-golden]
 * `--data` holds judged collections in BEIR layout; `--write-golden` renews the files that the unit tests read.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { formatQrels, formatRun, measureRun } from "@paperwire/engine/eval";
import { preparePython, runOrThrow } from "./python-env.mjs";
import { makeRealCases, makeSmallCases } from "./trec-eval-cases.mjs";

const ROOT = join(import.meta.dirname, "../..");
const OUT = join(ROOT, "bench/out");
const GOLDEN = join(ROOT, "packages/engine/src/eval/testdata");
/** What four printed digits can hide; in fact the sums agree to rounding, about 1e-16. */
const DIFFERENCE_MAX = 1e-9;

const { values: options } = parseArgs({
  options: {
    data: { type: "string", default: join(ROOT, "../shared/data/ir") },
    "write-golden": { type: "boolean", default: false },
  },
});

const small = makeSmallCases();
const real = await makeRealCases(options.data);
if (real.length === 0) console.log(`No judged collections under ${options.data}: only made-up runs are checked.`);
const python = preparePython(OUT, ["pytrec_eval-terrier==0.5.11", "ir_measures==0.4.3"]);
const theirs = scoreWithTrecEval([...small, ...real]);
const rows = [...small, ...real].map(compare);
console.table(rows);
if (options["write-golden"]) writeGolden();
const worst = Math.max(
  ...rows.map((row) => Math.max(row["largest difference, a query"], row["largest difference, means"])),
);
console.log(`${rows.length} runs, largest difference ${worst.toExponential(1)} (${worst.toFixed(4)})`);
process.exit(worst <= DIFFERENCE_MAX ? 0 : 1);

function scoreWithTrecEval(cases) {
  const folder = join(OUT, "trec-eval");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const args = cases.map((each, index) => {
    const files = [`${index}.qrels`, `${index}.run`].map((name) => join(folder, name));
    writeFileSync(files[0], formatQrels(each.qrels));
    writeFileSync(files[1], formatRun(shuffleRanks(each.run)));
    return [index, ...files].join("=");
  });
  const answers = JSON.parse(runOrThrow(python, [join(import.meta.dirname, "check_trec_eval.py"), ...args]));
  return new Map(cases.map((each, index) => [each.name, answers[index]]));
}

/** Backwards: whoever trusts the order of the file instead of the scores is found out. */
function shuffleRanks(run) {
  return new Map([...run].map(([query, hits]) => [query, hits.toReversed()]));
}

function compare({ name, qrels, run }) {
  const { perQuery, mean } = theirs.get(name);
  const measures = [...new Set([...Object.keys(Object.values(perQuery)[0]), ...Object.keys(mean)])];
  const ours = measureRun(qrels, run, measures);
  let largest = 0;
  let compared = 0;
  for (const [query, values] of Object.entries(perQuery)) {
    for (const [measure, value] of Object.entries(values)) {
      largest = Math.max(largest, Math.abs(value - ours.perQuery.get(query)[measure]));
      compared += 1;
    }
  }
  const means = Object.entries(mean).map(([measure, value]) => Math.abs(value - ours.mean[measure]));
  return {
    run: name,
    judged: qrels.size,
    answered: Object.keys(perQuery).length,
    "ndcg@10": ours.mean["ndcg@10"].toFixed(4),
    map: ours.mean.map.toFixed(4),
    "values compared": compared,
    "largest difference, a query": largest,
    "largest difference, means": Math.max(...means),
  };
}

function writeGolden() {
  const values = Object.fromEntries(small.map(({ name }) => [name, theirs.get(name)]));
  for (const { name, qrels, run } of small) {
    writeFileSync(join(GOLDEN, `${name}.qrels`), formatQrels(qrels));
    writeFileSync(join(GOLDEN, `${name}.run`), formatRun(run));
  }
  writeFileSync(join(GOLDEN, "trec-eval.json"), `${JSON.stringify(values)}\n`);
}
