/**
 * Measures one JavaScript peer in a process of its own: node --expose-gc measure-peer.mjs CONFIG.json
 * The Python and Java peers follow the same steps and write the same object.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readBatches } from "./documents.mjs";

const config = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { openPeer } = await import(`./peers/${config.system}.mjs`);
rmSync(config.folder, { recursive: true, force: true });
mkdirSync(config.folder, { recursive: true });

const peer = await openPeer(config);
const buildSeconds = await build();
const queries = readFileSync(config.queries, "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => line.split("\t"));
const { answers, rounds } = await ask();
globalThis.gc?.();
const rssBytes = process.memoryUsage().rss;
const peakRssBytes = process.resourceUsage().maxRSS * 1024;
const bytesOnDisk = await keep();
const result = { buildSeconds, bytesOnDisk, rssBytes, peakRssBytes, answers, rounds };
writeFileSync(config.result, JSON.stringify(result));
await peer.close?.();
process.exit(0);

/** Only the peer's own work is timed, not reading the file. */
async function build() {
  let ms = 0;
  for await (const batch of readBatches({ file: config.documents, count: config.count })) {
    const started = performance.now();
    await peer.add(batch);
    ms += performance.now() - started;
  }
  const started = performance.now();
  await peer.finish?.();
  return (ms + performance.now() - started) / 1000;
}

/**
 * First round: answers are kept; a slow peer is cut off by half the budget and measured on the queries it reached, so
 * that it does not hold up the others. Then further rounds until it is warm, then the timed rounds.
 */
async function ask() {
  const answers = [];
  const budgetMs = config.budgetSeconds * 1000;
  const begun = performance.now();
  for (const [, text] of queries) {
    answers.push(await peer.search(text));
    if (performance.now() - begun > budgetMs / 2) break;
  }
  while (performance.now() - begun < config.warmupSeconds * 1000) {
    for (let at = 0; at < answers.length; at++) await peer.search(queries[at][1]);
  }
  globalThis.gc?.();
  const rounds = [];
  const timed = performance.now();
  for (let round = 0; round < config.runs; round++) {
    if (round > 0 && performance.now() - timed > budgetMs) break;
    const times = [];
    for (let at = 0; at < answers.length; at++) {
      const started = performance.now();
      const answer = peer.search(queries[at][1]);
      if (answer instanceof Promise) await answer;
      times.push(performance.now() - started);
    }
    rounds.push(times);
  }
  return { answers, rounds };
}

/** After all measuring, since an export takes memory of its own; null where a peer cannot export that much. */
async function keep() {
  try {
    await peer.save?.();
    return peer.bytesOnDisk ? await peer.bytesOnDisk() : folderBytes(config.folder);
  } catch (error) {
    console.error(error);
    return null;
  }
}

function folderBytes(folder) {
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name)).size;
  }
  return bytes;
}
