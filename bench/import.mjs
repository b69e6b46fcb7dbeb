/**
 * How fast and how large: the daily entries, then 100,000 papers, into a fresh embedded database, each as the command a
 * person would type; then both again, which must change nothing.
 */
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { createGunzip, createGzip } from "node:zlib";
import { emptyFolder, folderMb, OUT, run, SHARED } from "./site.mjs";

const { values } = parseArgs({
  options: { papers: { type: "string", default: "100000" }, data: { type: "string", default: SHARED } },
});
const papers = Number(values.papers);
const editions = join(values.data, "hf-daily/editions.jsonl.gz");
const lists = ["conf-dev-1.jsonl.gz", "arxiv-dev-1.jsonl.gz"].map((name) => join(values.data, "papers", name));
for (const file of [editions, ...lists]) {
  if (existsSync(file)) continue;
  console.error(`${file} is not there; name the folder of the data with --data.`);
  process.exit(1);
}

const file = join(OUT, `papers-${papers}.jsonl.gz`);
await mkdir(OUT, { recursive: true });
if (!existsSync(file))
  await pipeline(Readable.from(firstLines(lists, papers)), createGzip({ level: 1 }), createWriteStream(file));

const folder = emptyFolder("import");
const rows = [];
for (const [name, path] of [
  ["daily entries", editions],
  [`${papers} papers`, file],
]) {
  for (const round of ["first", "again"]) {
    const { seconds, peakMb, printed } = await run(["import", "--json", path], { folder });
    const { read, added, updated, unchanged, refused } = JSON.parse(printed);
    const row = { what: name, round, read, added, updated, unchanged, refused };
    rows.push({
      ...row,
      seconds: round2(seconds),
      papersPerSecond: Math.round(read / seconds),
      peakMb,
      databaseMb: folderMb(folder),
    });
    console.table(rows.slice(-1));
  }
}
console.log(JSON.stringify({ bench: "import", rows }));

async function* firstLines(files, count) {
  let left = count;
  for (const path of files) {
    for await (const line of createInterface({ input: createReadStream(path).pipe(createGunzip()) })) {
      if (left-- <= 0) return;
      yield `${line}\n`;
    }
  }
}

function round2(number) {
  return Math.round(number * 100) / 100;
}
