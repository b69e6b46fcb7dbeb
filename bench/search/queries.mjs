/** The queries of the bench: two, three and five words in a row from documents' titles, and questions that people asked. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readCollection, seededRandom } from "@paperwire/engine/eval";
import { readBatches } from "./documents.mjs";

const QUERY_SEED = 20260403;
const WORDS = [2, 3, 5];
/** Whose queries are sentences or questions; Cranfield, CACM and SciFact claims. */
const QUESTION_COLLECTIONS = ["scifact", "cranfield", "cacm"];
const CHARS_MAX = 400;
const TITLES_MAX = 50_000;

/**
 * Draws the queries and writes them to a file of tab-separated lines (kind, text), the kinds mixed.
 * @param {{documents: {file: string, count: number}, judged: string, each: number, out: string}} options
 *   judged: folder of judged collections; each: queries of every kind
 * @returns {Promise<{file: string, kinds: Record<string, number>}>} questions are missing where the folder is
 */
export async function prepareQueries({ documents, judged, each, out }) {
  const random = seededRandom(QUERY_SEED);
  const titles = await readTitles(documents);
  const queries = WORDS.flatMap((words) => drawTitleWords({ titles, words, each, random }));
  queries.push(...drawSome(await readQuestions(judged), each, random).map((text) => ["question", text]));
  const mixed = drawSome(queries, queries.length, random);
  const file = join(out, `queries-${documents.count}-${each}.tsv`);
  writeFileSync(file, mixed.map(([kind, text]) => `${kind}\t${text}\n`).join(""));
  const kinds = {};
  for (const [kind] of mixed) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return { file, kinds };
}

/** Titles spread evenly over the documents; copied, since a slice would keep its whole line in memory. */
async function readTitles(documents) {
  const step = Math.ceil(documents.count / TITLES_MAX);
  const titles = [];
  let at = 0;
  for await (const batch of readBatches(documents)) {
    for (const { title } of batch) if (at++ % step === 0) titles.push(Buffer.from(title).toString());
  }
  return titles;
}

function drawTitleWords({ titles, words, each, random }) {
  const drawn = [];
  // Titles that are too short are drawn again; the bound is for a corpus that has no other.
  for (let tries = 0; drawn.length < each && tries < each * 100; tries++) {
    const found = titles[Math.floor(random() * titles.length)].match(/[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*/gu) ?? [];
    if (found.length < words) continue;
    const start = Math.floor(random() * (found.length - words + 1));
    drawn.push([`title-${words}`, found.slice(start, start + words).join(" ")]);
  }
  return drawn;
}

async function readQuestions(judged) {
  const texts = [];
  for (const name of QUESTION_COLLECTIONS) {
    if (!existsSync(join(judged, name))) continue;
    const { queries, qrels } = await readCollection(join(judged, name));
    for (const { id, text } of queries)
      if (qrels.has(id)) texts.push(text.replace(/\s+/g, " ").trim().slice(0, CHARS_MAX));
  }
  return texts;
}

function drawSome(items, count, random) {
  const pool = [...items];
  const drawn = [];
  while (drawn.length < count && pool.length > 0) drawn.push(...pool.splice(Math.floor(random() * pool.length), 1));
  return drawn;
}
