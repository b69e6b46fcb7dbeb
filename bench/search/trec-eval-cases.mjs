/** The runs on which our measures are held against trec_eval: small made-up ones, and real ones where data is there. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildPlainBm25, readCollection, seededRandom } from "@paperwire/engine/eval";

const QUERIES = 8;
const DOCUMENTS = 40;
const HITS = 24;
/** One to four bytes in UTF-8; the last two sort otherwise by UTF-16 unit. */
const UNUSUAL = ["z", "A", "_", "é", "\u{ff5e}", "\u{1f4dc}"];

/**
 * Made by us, seeded, small enough to keep as golden files: each case is one way in which scorers come to differ.
 * @returns {{name: string, qrels: Map<string, Map<string, number>>, run: Map<string, {id: string, score: number}[]>}[]}
 */
export function makeSmallCases() {
  return [
    makeCase("binary", { seed: 1 }),
    makeCase("graded", { seed: 2, grades: [0, 1, 2, 3, 4] }),
    makeCase("ties", { seed: 3, grades: [0, 1, 2], score: (random) => Math.floor(random() * 4) }),
    makeCase("float-ties", { seed: 4, score: (random) => 10 + Math.floor(random() * 50) * 1e-8 }),
    makeCase("missing-queries", { seed: 5, answered: (number) => number % 3 !== 0 }),
    makeCase("unjudged-and-negative", { seed: 6, grades: [-1, 0, 0, 1, 2], judgedShare: 0.2 }),
    makeCase("nothing-relevant", { seed: 7, grades: [0] }),
    makeCase("byte-order", {
      seed: 8,
      score: () => 1,
      documentId: (number) => `${UNUSUAL[number % UNUSUAL.length]}${number}`,
    }),
    makeCase("huge-and-negative-scores", {
      seed: 9,
      score: (random) => (random() - 0.5) * 10 ** Math.floor(random() * 30),
    }),
  ];
}

function makeCase(name, options) {
  const random = seededRandom(options.seed);
  const { grades = [0, 1], judgedShare = 0.5, answered = () => true } = options;
  const score = options.score ?? ((next) => next() * 20);
  const documentId = options.documentId ?? ((number) => `d${number}`);
  const ids = Array.from({ length: DOCUMENTS }, (_, number) => documentId(number));
  const qrels = new Map();
  const run = new Map();
  for (let number = 1; number <= QUERIES; number++) {
    const judged = ids
      .filter(() => random() < judgedShare)
      .map((id) => [id, grades[Math.floor(random() * grades.length)]]);
    if (judged.length > 0) qrels.set(`q${number}`, new Map(judged));
    const order = ids.map((id) => [random(), id]).sort((a, b) => a[0] - b[0]);
    const hits = order.slice(0, HITS).map(([, id]) => ({ id, score: score(random) }));
    if (answered(number)) run.set(`q${number}`, hits);
  }
  // A query that nobody judged must not change any figure.
  run.set("q-unjudged", [{ id: ids[0], score: 1 }]);
  return { name, qrels, run };
}

/**
 * Runs over the judged collections under `folder`; none where the folder is missing.
 * @param {string} folder holds scifact, cranfield and cacm in BEIR layout
 */
export async function makeRealCases(folder) {
  const wanted = [
    ["scifact", "test"],
    ["scifact", "train"],
    ["cranfield", "test"],
    ["cacm", "test"],
  ].filter(([name]) => existsSync(join(folder, name)));
  const cases = [];
  for (const [name, split] of wanted) {
    const { corpus, queries, qrels } = await readCollection(join(folder, name), { split });
    const judged = queries.filter((query) => qrels.has(query.id));
    const ask = (system, rescore = (hit) => hit) =>
      new Map(judged.map((query) => [query.id, system.search(query.text, 1000).map(rescore)]));
    const anserini = buildPlainBm25(corpus, { k1: 0.9, b: 0.4 });
    cases.push({ name: `${name}-${split} bm25 k1=0.9 b=0.4`, qrels, run: ask(anserini) });
    cases.push({
      name: `${name}-${split} bm25 k1=1.2 b=0.75`,
      qrels,
      run: ask(buildPlainBm25(corpus, { k1: 1.2, b: 0.75 })),
    });
    cases.push({
      name: `${name}-${split} bm25, scores rounded to whole numbers`,
      qrels,
      run: ask(anserini, roundScore),
    });
  }
  return cases;
}

function roundScore({ id, score }) {
  return { id, score: Math.round(score) };
}
