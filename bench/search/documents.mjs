/**
 * The documents of the bench as tab-separated lines (id, title, text): real papers in a seeded order, or made-up ones
 * whose words are drawn from the real papers' distribution, so that every peer in every language reads the same file.
 */
import { closeSync, createReadStream, existsSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { seededRandom } from "@paperwire/engine/eval";

const PAPER_FILES = ["conf-dev-1.jsonl.gz", "arxiv-dev-1.jsonl.gz"];
const ORDER_SEED = 20260401;
const SYNTHETIC_SEED = 20260402;
/** Without papers: Zipf-Mandelbrot over this many made-up words, with the lengths of an average abstract. */
const MADE_UP = { words: 60_000, shift: 2.7, title: 9, text: 150 };
const WRITE_BYTES = 1 << 22;

/**
 * Makes the file with at least `count` documents, once; readers take its first `count` lines.
 * @param {{count: number, papers: string, out: string}} options papers: folder with the paper files; out: cache folder
 * @returns {Promise<{file: string, count: number, data: "papers" | "synthetic" | "made-up"}>} `count` may be lower: all papers there are
 */
export async function prepareDocuments({ count, papers, out }) {
  mkdirSync(out, { recursive: true });
  const hasPapers = PAPER_FILES.every((name) => existsSync(join(papers, name)));
  if (!hasPapers) {
    const file = join(out, `made-up-${count}.tsv`);
    if (!existsSync(file)) writeDocuments(file, madeUpDocuments(count));
    return { file, count, data: "made-up" };
  }
  const file = join(out, "papers.tsv");
  if (!existsSync(file)) writeDocuments(file, shuffle(await readPapers(papers), seededRandom(ORDER_SEED)));
  const total = await countLines(file);
  if (count <= total) return { file, count, data: "papers" };
  const synthetic = join(out, `synthetic-${count}.tsv`);
  if (!existsSync(synthetic)) writeDocuments(synthetic, sampledDocuments(await readAll(file), count));
  return { file: synthetic, count, data: "synthetic" };
}

/** The first `count` documents in batches, as `{id, title, text}`. */
export async function* readBatches({ file, count, batch = 1000 }) {
  let documents = [];
  let left = count;
  const input = createReadStream(file);
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (left-- <= 0) break;
    const [id, title, text] = line.split("\t");
    documents.push({ id, title, text });
    if (documents.length < batch) continue;
    yield documents;
    documents = [];
  }
  input.destroy();
  if (documents.length > 0) yield documents;
}

async function readPapers(folder) {
  const rows = [];
  for (const name of PAPER_FILES) {
    const input = createReadStream(join(folder, name)).pipe(createGunzip());
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      const { id, title, abstract } = JSON.parse(line);
      rows.push([id, oneLine(title), oneLine(abstract)]);
    }
  }
  return rows;
}

/** Titles and texts as words; each word is kept once, or twenty-six million of them would need gigabytes. */
async function readAll(file) {
  const known = new Map();
  const keepOnce = (word) => known.get(word) ?? (known.set(word, word), word);
  const rows = [];
  for await (const batch of readBatches({ file, count: Infinity })) {
    for (const { title, text } of batch) rows.push([title, text].map((field) => field.split(" ").map(keepOnce)));
  }
  return rows;
}

/** Every synthetic document takes its lengths from one real paper and each of its words, alone, from all papers' words. */
function* sampledDocuments(rows, count) {
  const random = seededRandom(SYNTHETIC_SEED);
  const titles = rows.flatMap(([title]) => title);
  const texts = rows.map(([, text]) => text);
  // A word of a random text is a draw from the words' distribution once texts are drawn in proportion to their length.
  const ends = new Float64Array(texts.length);
  texts.forEach((text, at) => {
    ends[at] = (at === 0 ? 0 : ends[at - 1]) + text.length;
  });
  const total = ends.at(-1);
  const drawText = () => {
    const at = Math.floor(random() * total);
    const text = firstAbove(ends, at);
    return texts[text][at - (text === 0 ? 0 : ends[text - 1])];
  };
  for (let number = 0; number < count; number++) {
    const [title, text] = rows[Math.floor(random() * rows.length)];
    const titleWords = title.map(() => titles[Math.floor(random() * titles.length)]);
    yield [`s${number}`, titleWords.join(" "), text.map(drawText).join(" ")];
  }
}

function* madeUpDocuments(count) {
  const random = seededRandom(SYNTHETIC_SEED);
  const ends = new Float64Array(MADE_UP.words);
  let total = 0;
  for (let rank = 0; rank < MADE_UP.words; rank++) ends[rank] = total += 1 / (rank + 1 + MADE_UP.shift);
  const draw = () => `w${firstAbove(ends, random() * total).toString(36)}`;
  const words = (mean) => Array.from({ length: Math.ceil(mean * (0.5 + random())) }, draw).join(" ");
  for (let number = 0; number < count; number++) yield [`m${number}`, words(MADE_UP.title), words(MADE_UP.text)];
}

function firstAbove(ascending, value) {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function shuffle(rows, random) {
  for (let at = rows.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [rows[at], rows[other]] = [rows[other], rows[at]];
  }
  return rows;
}

/** Written beside and renamed, so that an interrupted run leaves no half file behind. */
function writeDocuments(file, rows) {
  const unfinished = `${file}.part`;
  const handle = openSync(unfinished, "w");
  let pending = [];
  let bytes = 0;
  const flush = () => {
    writeSync(handle, pending.join(""));
    pending = [];
    bytes = 0;
  };
  for (const row of rows) {
    const line = `${row.join("\t")}\n`;
    pending.push(line);
    bytes += line.length;
    if (bytes >= WRITE_BYTES) flush();
  }
  flush();
  closeSync(handle);
  renameSync(unfinished, file);
}

async function countLines(file) {
  let lines = 0;
  for await (const chunk of createReadStream(file)) for (const byte of chunk) if (byte === 10) lines += 1;
  return lines;
}

function oneLine(text) {
  return text.replace(/\s+/g, " ").trim();
}
