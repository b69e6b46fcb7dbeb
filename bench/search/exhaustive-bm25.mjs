/**
 * What plain BM25 finds when every posting of every query term is scored in double precision: the yardstick for
 * `agreement`. A program of its own: node exhaustive-bm25.mjs DOCUMENTS COUNT QUERIES RESULT
 */
import { readFileSync, writeFileSync } from "node:fs";
import { analyzePlain } from "@paperwire/engine/eval";
import { readBatches } from "./documents.mjs";

const K1 = 1.2;
const B = 0.75;
const TOP = 10;
/** Documents that tie with the tenth count as found, too; this many at most. */
const TIES_MAX = 100;
const TIE = 1e-9;

const [file, count, queriesFile, resultFile] = process.argv.slice(2);
const lists = new Map();
const ids = [];
const lengths = [];
for await (const batch of readBatches({ file, count: Number(count) })) {
  for (const document of batch) addDocument(document);
}
const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
const norms = Float64Array.from(lengths, (length) => K1 * (1 - B + (B * length) / mean));
const scores = new Float64Array(ids.length);
const lines = readFileSync(queriesFile, "utf8").trimEnd().split("\n");
writeFileSync(resultFile, JSON.stringify(lines.map((line) => findBest(line.split("\t")[1]))));

function addDocument({ id, title, text }) {
  const terms = analyzePlain(`${title} ${text}`);
  const counts = new Map();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  for (const [term, frequency] of counts) append(term, ids.length, frequency);
  ids.push(id);
  lengths.push(terms.length);
}

/** Typed arrays that double: a million abstracts have a hundred million postings. */
function append(term, document, frequency) {
  let list = lists.get(term);
  if (!list) lists.set(term, (list = { size: 0, documents: new Uint32Array(2), frequencies: new Uint16Array(2) }));
  if (list.size === list.documents.length) {
    const documents = new Uint32Array(list.size * 2);
    const frequencies = new Uint16Array(list.size * 2);
    documents.set(list.documents);
    frequencies.set(list.frequencies);
    Object.assign(list, { documents, frequencies });
  }
  list.documents[list.size] = document;
  list.frequencies[list.size++] = frequency;
}

/** Ids of the ten best and of all that tie with the tenth. */
function findBest(query) {
  scores.fill(0);
  for (const term of analyzePlain(query)) {
    const list = lists.get(term);
    if (!list) continue;
    const idf = Math.log(1 + (ids.length - list.size + 0.5) / (list.size + 0.5));
    for (let at = 0; at < list.size; at++) {
      const frequency = list.frequencies[at];
      scores[list.documents[at]] += (idf * frequency) / (frequency + norms[list.documents[at]]);
    }
  }
  const floor = tenthScore();
  const best = [];
  for (let at = 0; at < scores.length && best.length < TIES_MAX; at++) {
    if (scores[at] > 0 && scores[at] >= floor - TIE) best.push(ids[at]);
  }
  return best;
}

function tenthScore() {
  const top = new Float64Array(TOP);
  for (const score of scores) {
    if (score <= top[0]) continue;
    top[0] = score;
    top.sort();
  }
  return top[0];
}
