/**
 * Words that are names and subjects: what it costs a subject that authors have its words for a name, and how well authors
 * are still found by theirs. usage: npm run bench -- search/names [--data FOLDER] [--papers N] [--queries N]
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { createIndex } from "@paperwire/engine";
import { seededRandom } from "@paperwire/engine/eval";

const { values: options } = parseArgs({
  options: {
    data: { type: "string", default: join(import.meta.dirname, "../../../shared/data") },
    papers: { type: "string", default: "60000" },
    queries: { type: "string", default: "500" },
  },
});
const SEED = 20261130;
/** Of the product: packages/discovery/src/paper-document.ts. */
const TEXT = { title: { weight: 2.5 }, abstract: { weight: 1 } };
const NAMED = { ...TEXT, authors: { weight: 1.5, kind: "name" } };
const SHOWN = 10;

const source = join(options.data, "papers/arxiv-dev-1.jsonl.gz");
if (!existsSync(source)) {
  console.error(`bench search/names: there is no file ${source}`);
  process.exit(2);
}
const random = seededRandom(SEED);
const papers = readPapers(source, Number(options.papers));
const names = new Set(papers.flatMap(({ authors }) => authors.flatMap((name) => name.toLowerCase().split(/[\s-]+/))));
const named = indexOf(papers, NAMED);
const unnamed = indexOf(papers, TEXT);
const rows = [...subjectRows(), authorRow("full name"), authorRow("last name and a word of the title")];
console.table(rows);
console.log(JSON.stringify({ papers: papers.length, rows }));

function readPapers(file, count) {
  const lines = gunzipSync(readFileSync(file)).toString("utf8").split("\n", count);
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
}

function indexOf(documents, fields) {
  const index = createIndex({ fields });
  for (let at = 0; at < documents.length; at += 2_000)
    index.upsert(
      documents.slice(at, at + 2_000).map(({ id, title, abstract, authors }) => ({
        id,
        fields: { title, abstract, ...(fields.authors && { authors }) },
      })),
    );
  return index;
}

/** Queries without any name: the more of their first ten stay what they are without authors, the better. */
function subjectRows() {
  return [1, 2, 3, 5].map((words) => {
    let same = 0;
    let found = 0;
    const drawn = drawMany(() => {
      const paper = draw(papers);
      const line = paper.title.match(/[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*/gu) ?? [];
      const from = Math.floor(random() * (line.length - words + 1));
      const run = line.slice(from, from + words);
      const isNamed = run.some((word) => names.has(word.toLowerCase()));
      return run.length === words && isNamed ? { paper, query: run.join(" ") } : null;
    });
    for (const { query } of drawn) {
      const without = new Set(idsOf(unnamed, query));
      same += idsOf(named, query).filter((id) => without.has(id)).length;
      found += without.size;
    }
    return {
      queries: `${words} words of a title, one of them a name`,
      count: drawn.length,
      measure: "same ten",
      value: round(same / found),
    };
  });
}

function authorRow(kind) {
  const byAuthor = new Map();
  for (const paper of papers)
    for (const name of paper.authors) byAuthor.set(name, [...(byAuthor.get(name) ?? []), paper]);
  const authors = [...byAuthor].filter(
    ([name, theirs]) => name.includes(" ") && theirs.length > 1 && theirs.length <= SHOWN,
  );
  let sum = 0;
  const drawn = drawMany(() => draw(authors));
  for (const [name, theirs] of drawn) {
    if (kind === "full name") {
      const ids = new Set(idsOf(named, name));
      sum += theirs.filter(({ id }) => ids.has(id)).length / theirs.length;
      continue;
    }
    const [paper] = theirs;
    const word = draw(paper.title.match(/\p{L}{5,}/gu) ?? [paper.title]);
    sum += idsOf(named, `${name.split(" ").at(-1)} ${word}`).includes(paper.id) ? 1 : 0;
  }
  return { queries: kind, count: drawn.length, measure: "recall@10", value: round(sum / drawn.length) };
}

function drawMany(next) {
  const drawn = [];
  for (let tries = 0; drawn.length < Number(options.queries) && tries < 100_000; tries += 1) {
    const one = next();
    if (one !== null) drawn.push(one);
  }
  return drawn;
}

function draw(items) {
  return items[Math.floor(random() * items.length)];
}

function idsOf(index, query) {
  return index.search(query, { limit: SHOWN }).hits.map(({ id }) => id);
}

function round(value) {
  return Math.round(value * 1000) / 1000;
}
