/**
 * The peer bench: every search engine on the same documents and queries, one process each, one after the other.
 * usage: npm run bench -- search [--documents 10000,100000] [--systems paperwire,lucene] [--runs 5] …   (see ../README.md)
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { prepareDocuments } from "./documents.mjs";
import { installPeers } from "./install-peers.mjs";
import { PEERS } from "./peer-list.mjs";
import { prepareQueries } from "./queries.mjs";
import { printReport, summarise } from "./report.mjs";

const ROOT = join(import.meta.dirname, "../..");
const CACHE = join(ROOT, "bench/out");
const OUT = join(CACHE, "search");
const HEAP_MB = 8192;

const { values: options } = parseArgs({
  options: {
    documents: { type: "string", default: "10000,100000" },
    systems: { type: "string", default: PEERS.map((peer) => peer.name).join(",") },
    runs: { type: "string", default: "5" },
    queries: { type: "string", default: "125" },
    budget: { type: "string", default: "40" },
    limit: { type: "string", default: "900" },
    papers: { type: "string", default: join(ROOT, "../shared/data/papers") },
    judged: { type: "string", default: join(ROOT, "../shared/data/ir") },
    force: { type: "boolean", default: false },
  },
});
const counts = options.documents.split(",").map((text) => readNumber("documents", text));
const wanted = options.systems
  .split(",")
  .map((name) => PEERS.find((peer) => peer.name === name) ?? refuse(`no system "${name}"`));
const settings = {
  runs: readNumber("runs", options.runs),
  budgetSeconds: readNumber("budget", options.budget),
  warmupSeconds: 3,
};

mkdirSync(OUT, { recursive: true });
console.error("Installing what is missing …");
const { ready, missing } = installPeers(wanted, CACHE);
const loadBefore = loadavg()[0];
const rows = [];
for (const count of counts) {
  const documents = await prepareDocuments({ count, papers: options.papers, out: OUT });
  const queries = await prepareQueries({
    documents,
    judged: options.judged,
    each: readNumber("queries", options.queries),
    out: OUT,
  });
  const truth = findTruth(documents, queries);
  for (const peer of wanted.filter(({ name }) => ready.has(name))) {
    const measured = measure(peer, documents, queries);
    if (measured.reason) missing.push({ system: peer.name, documents: documents.count, reason: measured.reason });
    else rows.push(summarise({ peer, documents, result: measured, truth, queries }));
    console.error(`${peer.name} ${documents.count}: ${measured.reason ?? "done"}`);
  }
}
const machine = {
  cpu: cpus()[0]?.model ?? "unknown",
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  /** Before the first peer: above 0.5 others were using the machine, and the times are worth less. */
  loadBefore,
};
printReport({ rows, missing, machine });

function measure(peer, documents, queries) {
  if (documents.count > (peer.documentsMax ?? Infinity) && !options.force) {
    return { reason: `not tried above ${peer.documentsMax} documents without --force` };
  }
  const name = `${peer.name}-${documents.count}`;
  const result = join(OUT, `${name}.result.json`);
  const config = {
    system: peer.name,
    documents: documents.file,
    count: documents.count,
    queries: queries.file,
    ...settings,
  };
  const paths = { result, folder: join(OUT, "index", name), cache: CACHE };
  const configFile = join(OUT, `${name}.config.json`);
  writeFileSync(configFile, JSON.stringify({ ...config, ...paths }));
  rmSync(result, { force: true });
  const { command, args } = ready.get(peer.name);
  const heap = peer.runtime === "node" ? [`--max-old-space-size=${HEAP_MB}`] : [];
  const started = Date.now();
  const done = spawnSync(command, [...heap, ...args, configFile], {
    encoding: "utf8",
    timeout: readNumber("limit", options.limit) * 1000,
    killSignal: "SIGKILL",
    maxBuffer: 2 ** 28,
  });
  writeFileSync(join(OUT, `${name}.log`), `${done.stdout ?? ""}\n${done.stderr ?? ""}`);
  rmSync(paths.folder, { recursive: true, force: true });
  if (done.status === 0 && existsSync(result)) return JSON.parse(readFileSync(result, "utf8"));
  return { reason: explainFailure(done, (Date.now() - started) / 1000) };
}

function explainFailure(done, seconds) {
  if (done.error?.code === "ETIMEDOUT") return `not done within ${options.limit} s`;
  if (/heap out of memory/.test(done.stderr))
    return `out of memory: ${HEAP_MB} MB of heap, after ${seconds.toFixed(0)} s`;
  const said = (done.stderr ?? "").trim().split("\n");
  const line = said.findLast((each) => /error|exception/i.test(each)) ?? said.at(-1);
  return `failed after ${seconds.toFixed(0)} s: ${(line ?? done.signal ?? "").slice(0, 200)}`;
}

/** Kept per documents and queries: at a million documents it takes longer than any peer. */
function findTruth(documents, queries) {
  const asked = createHash("sha256").update(readFileSync(queries.file)).digest("hex").slice(0, 12);
  const file = join(OUT, `truth-${documents.data}-${documents.count}-${asked}.json`);
  if (!existsSync(file)) {
    console.error(`Scoring every posting of ${documents.count} documents once, as the yardstick …`);
    const script = join(import.meta.dirname, "exhaustive-bm25.mjs");
    const args = [
      ...process.execArgv,
      `--max-old-space-size=${HEAP_MB}`,
      script,
      documents.file,
      `${documents.count}`,
      queries.file,
      file,
    ];
    const done = spawnSync(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });
    if (done.status !== 0) refuse("the yardstick could not be made");
  }
  return JSON.parse(readFileSync(file, "utf8"));
}

function readNumber(name, text) {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : refuse(`--${name}: "${text}" is not a whole number above 0`);
}

function refuse(reason) {
  console.error(`bench search: ${reason}`);
  process.exit(2);
}
