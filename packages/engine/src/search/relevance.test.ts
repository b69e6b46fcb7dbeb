/** The defaults must not lose relevance: nDCG@10 on the judged collections, where they are at hand. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { createIndex } from "../index.ts";

const DATA = fileURLToPath(new URL("../../../../../shared/data/ir/", import.meta.url));
/** Wanted at least, and what plain BM25 (k1 0.9, b 0.4) reaches on the same files. */
const COLLECTIONS = [
  { name: "scifact", wanted: 0.695, plain: 0.678 },
  { name: "cranfield", wanted: 0.4, plain: 0.342 },
  { name: "cacm", wanted: 0.5, plain: 0.477 },
];
const CUT = 10;

type Row = { id: string; title?: string; text: string };

function rows(text: string): Row[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line.replace('"_id":', '"id":')) as Row);
}

function meanNdcg(name: string): number {
  const index = createIndex({ fields: { title: { weight: 2.5 }, text: { weight: 1 } } });
  const corpus = rows(gunzipSync(readFileSync(`${DATA}${name}/corpus.jsonl.gz`)).toString());
  index.upsert(corpus.map((row) => ({ id: row.id, fields: { title: row.title ?? "", text: row.text } })));
  const judged = new Map<string, Map<string, number>>();
  for (const line of readFileSync(`${DATA}${name}/qrels/test.tsv`, "utf8").split("\n").slice(1)) {
    const [query, document, grade] = line.split("\t");
    if (grade !== undefined)
      judged.set(query, (judged.get(query) ?? new Map<string, number>()).set(document, Number(grade)));
  }
  const gain = (grade: number, rank: number): number => Math.max(0, grade) / Math.log2(rank + 2);
  let sum = 0;
  for (const { id, text } of rows(readFileSync(`${DATA}${name}/queries.jsonl`, "utf8"))) {
    const grades = judged.get(id);
    if (grades === undefined) continue;
    const found = index
      .search(text, { limit: CUT })
      .hits.reduce((total, hit, rank) => total + gain(grades.get(hit.id) ?? 0, rank), 0);
    const ideal = [...grades.values()]
      .sort((a, b) => b - a)
      .slice(0, CUT)
      .reduce((total, grade, rank) => total + gain(grade, rank), 0);
    if (ideal > 0) sum += found / ideal;
  }
  return sum / judged.size;
}

const isAbsent = !existsSync(DATA);
const reason = isAbsent ? " (skipped: no judged collections beside the repository)" : "";

it.skipIf(isAbsent).each(COLLECTIONS)(
  `$name reaches its nDCG@10${reason}`,
  { timeout: 120_000 },
  ({ name, wanted, plain }) => {
    const reached = meanNdcg(name);
    expect(reached).toBeGreaterThanOrEqual(wanted);
    expect(reached).toBeGreaterThan(plain - 0.005);
  },
);
