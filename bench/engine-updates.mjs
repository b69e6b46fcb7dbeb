/**
 * Writes to an index on disk while it is asked: `npm run bench -- engine-updates [--documents 100000] [--rate 500]
 * [--seconds 60] [--file FILE]`. First it is built (documents/s, bytes on disk), then asked alone, then asked while
 * `--rate` papers a second are replaced (10 % new, 5 % removed), and at last killed while writing and opened again.
 * FILE: documents as `bench/search` keeps them; without it the papers, and above their number documents made from them.
 */
import { fork } from "node:child_process";
import { mkdtempSync, openSync, readdirSync, readFileSync, readSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { summariseLatency } from "@paperwire/engine/eval";
import { openIndex } from "@paperwire/engine/node";
import { prepareDocuments, readBatches } from "./search/documents.mjs";
import { prepareQueries } from "./search/queries.mjs";

const ROOT = join(import.meta.dirname, "..");
const OUT = join(ROOT, "bench/out/search");
const SCHEMA = { fields: { title: { weight: 2.5 }, text: { weight: 1 } } };
const BUILD_BATCH = 10_000;
/** Updates are gathered for so long, as the site does. */
const TICK_MS = 200;
/** A query is asked about so often, with pauses in which the runtime can do other things. */
const QUERY_PAUSE_MS = 5;
const KILL_AFTER_MS = 1_500;

const { values: options } = parseArgs({
  options: {
    documents: { type: "string", default: "100000" },
    rate: { type: "string", default: "500" },
    seconds: { type: "string", default: "60" },
    papers: { type: "string", default: join(ROOT, "../shared/data/papers") },
    judged: { type: "string", default: join(ROOT, "../shared/data/ir") },
    folder: { type: "string" },
  },
});
const folder = options.folder ?? mkdtempSync(join(tmpdir(), "paperwire-updates-"));
if (options.folder !== undefined) await writeUntilKilled();
else await measure();

async function measure() {
  const documents = await prepareDocuments({ count: Number(options.documents), papers: options.papers, out: OUT });
  const drawn = await prepareQueries({ documents, judged: options.judged, each: 125, out: OUT });
  const queries = readFileSync(drawn.file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t")[1]);
  const index = await openIndex({ folder, schema: SCHEMA });
  const built = await build(index, documents);
  for (let round = 0; round < 3; round += 1) for (const query of queries) index.search(query);
  const seconds = Number(options.seconds);
  const idle = await ask(index, queries, seconds / 3, () => {});
  const writing = startWriting(index, documents.count, await readSome(documents));
  const busy = await ask(index, queries, seconds, writing.tick);
  await writing.end();
  const worstMs = writing.visibleMs.reduce((worst, ms) => Math.max(worst, ms), 0);
  await index.close();
  const row = {
    documents: documents.count,
    data: documents.data,
    ...built,
    bytesOnDiskPerDocument: Math.round(folderBytes() / documents.count),
    idleP50Ms: idle.p50Ms,
    idleP99Ms: idle.p99Ms,
    idleRunningP99Ms: idle.runningP99Ms,
    busyP50Ms: busy.p50Ms,
    busyP99Ms: busy.p99Ms,
    busyRunningP99Ms: busy.runningP99Ms,
    updatesPerSecond: Math.round(writing.written() / seconds),
    searchableAfterMsMax: Math.round(worstMs),
    ...(await killAndOpen()),
    rssMb: Math.round(process.memoryUsage().rss / 2 ** 20),
  };
  rmSync(folder, { recursive: true, force: true });
  console.table([row]);
  console.log(JSON.stringify({ rows: [row] }));
}

async function build(index, documents) {
  const cpu = process.cpuUsage();
  let ms = 0;
  let revision = 0;
  for await (const batch of readBatches({ file: documents.file, count: documents.count, batch: BUILD_BATCH })) {
    const started = performance.now();
    await index.apply({ upserts: batch.map(toIndexed), removals: [], revision: ++revision });
    ms += performance.now() - started;
  }
  const used = process.cpuUsage(cpu);
  return {
    buildDocsPerSecond: Math.round((documents.count / ms) * 1000),
    buildDocsPerCpuSecond: Math.round(documents.count / ((used.user + used.system) / 1e6)),
  };
}

/** Asks one query after the other for so long; `tick` is called between them. */
async function ask(index, queries, seconds, tick) {
  const times = [];
  const running = [];
  const waitedMs = startWaitClock();
  const end = performance.now() + seconds * 1000;
  for (let at = 0; performance.now() < end; at += 1) {
    const waitedBefore = waitedMs();
    const started = performance.now();
    index.search(queries[at % queries.length]);
    const ms = performance.now() - started;
    times.push(ms);
    running.push(Math.max(0, ms - (waitedMs() - waitedBefore)));
    tick();
    await new Promise((resolve) => setTimeout(resolve, QUERY_PAUSE_MS));
  }
  const { p50Ms, p99Ms } = summariseLatency(times);
  const rounded = (ms) => Number(ms.toFixed(3));
  return {
    p50Ms: rounded(p50Ms),
    p99Ms: rounded(p99Ms),
    runningP99Ms: rounded(summariseLatency(running).p99Ms),
  };
}

/** How long this thread has waited for a core so far, because others had them; always 0 where the system does not say. */
function startWaitClock() {
  let file;
  try {
    file = openSync("/proc/thread-self/schedstat", "r");
  } catch {
    return () => 0;
  }
  const bytes = Buffer.alloc(128);
  return () => Number(bytes.toString("latin1", 0, readSync(file, bytes, 0, bytes.length, 0)).split(" ")[1]) / 1e6;
}

/** Replaces papers at the wanted rate, a batch every `TICK_MS`; one batch at a time, and never more than are due. */
function startWriting(index, count, stock) {
  const begun = performance.now();
  const visibleMs = [];
  let written = 0;
  let running = null;
  let lastTick = 0;
  const tick = () => {
    const now = performance.now();
    if (running !== null || now - lastTick < TICK_MS) return;
    lastTick = now;
    const due = Math.floor(((now - begun) / 1000) * Number(options.rate)) - written;
    const upserts = [];
    const removals = [];
    for (let at = written; at < written + due; at += 1) {
      const source = stock[at % stock.length];
      if (at % 20 === 7) removals.push(stock[(at * 3) % stock.length].id);
      else upserts.push(toIndexed(at % 10 === 3 ? { ...source, id: `new-${count + at}` } : source));
    }
    written += due;
    running = index.apply({ upserts, removals, revision: index.revision + 1 }).then(() => {
      visibleMs.push(performance.now() - now);
      running = null;
    });
  };
  return { tick, visibleMs, written: () => written, end: async () => running };
}

async function readSome(documents) {
  const stock = [];
  for await (const batch of readBatches({ file: documents.file, count: Math.min(documents.count, 20_000) }))
    stock.push(...batch);
  return stock;
}

/** Another process opens the same folder, writes, and is killed; then the index is opened as after a crash. */
async function killAndOpen() {
  const child = fork(import.meta.filename, ["--folder", folder]);
  await new Promise((resolve) => {
    child.once("message", () => setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS));
    child.once("exit", resolve);
  });
  const started = performance.now();
  const index = await openIndex({ folder, schema: SCHEMA });
  const recoveryMs = Math.round(performance.now() - started);
  const { damaged } = index;
  await index.close();
  return { recoveryMs, damaged: damaged !== null };
}

async function writeUntilKilled() {
  const index = await openIndex({ folder, schema: SCHEMA });
  process.send?.("open");
  for (let revision = index.revision + 1; ; revision += 1) {
    const upserts = Array.from({ length: 100 }, (_, at) => ({
      id: `killed-${revision}-${at}`,
      fields: { title: `kill ${revision}`, text: "words that were being written" },
    }));
    await index.apply({ upserts, removals: [], revision });
  }
}

function folderBytes() {
  return readdirSync(folder).reduce((bytes, name) => bytes + statSync(join(folder, name)).size, 0);
}

function toIndexed({ id, title, text }) {
  return { id, fields: { title, text } };
}
