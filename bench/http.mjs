/**
 * How quickly pages come at 100,000 papers, each beside a bare "hello" of the same HTTP library in the same run: requests
 * per second and latency under 50 concurrent readers, warm (one address) and cold (a different address each time), time
 * to the first page, resident memory, bytes of a page, and the event loop while an import runs. Needs `wrk`.
 */
import { spawn, spawnSync } from "node:child_process";
import { createReadStream, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { createGunzip } from "node:zlib";
import { OUT, residentMb, run, SHARED, serve, stop } from "./site.mjs";

const { values } = parseArgs({
  options: {
    papers: { type: "string", default: "100000" },
    data: { type: "string", default: SHARED },
    seconds: { type: "string", default: "5" },
    readers: { type: "string", default: "50" },
  },
});
const PORT = 3901;
const HELLO_PORT = 3902;
const SERVER_CPU = "0";
const LOAD_CPU = "1";
const ENCODING = "Accept-Encoding: br, gzip";
const COLD_ADDRESSES = 2_000;

if (spawnSync("wrk", ["-v"]).error) {
  console.error("This bench needs wrk: apt-get install wrk");
  process.exit(1);
}
const folder = join(OUT, `http-${values.papers}`);
const papers = join(OUT, `papers-${values.papers}.jsonl.gz`);
const editions = join(values.data, "hf-daily/editions.jsonl.gz");
if (!existsSync(papers)) {
  console.error("Run `npm run bench -- import` first: it makes the file of papers.");
  process.exit(1);
}
mkdirSync(OUT, { recursive: true });
if (!existsSync(folder)) for (const file of [editions, papers]) await run(["import", file], { folder });

await settle();
const { child, address, firstPageMs } = await serve({
  folder,
  port: PORT,
  cpu: SERVER_CPU,
  env: { API_REQUESTS: "1000000" },
});
const hello = spawn("taskset", [
  "-c",
  SERVER_CPU,
  process.execPath,
  join(import.meta.dirname, "hello-server.mjs"),
  String(HELLO_PORT),
]);
while (!(await fetch(`http://127.0.0.1:${HELLO_PORT}/`).catch(() => null)))
  await new Promise((resolve) => setTimeout(resolve, 50));
try {
  await untilIndexed(address);
  const rows = await measure();
  const eventLoop = await eventLoopWhileImporting();
  const result = {
    bench: "http",
    papers: Number(values.papers),
    readers: Number(values.readers),
    firstPageMs: Math.round(firstPageMs),
    rssMb: residentMb(child.pid),
    ...eventLoop,
    rows,
  };
  console.table(rows);
  console.log(JSON.stringify(result));
} finally {
  hello.kill();
  await stop(child);
}

async function measure() {
  const [ids, titles] = await samples();
  const query = (title) => `/search?q=${encodeURIComponent(title.split(/\s+/).slice(0, 3).join(" "))}`;
  const rows = [];
  const add = (name, addresses, port = PORT) => rows.push({ name, ...load(name, addresses, port) });
  load("warm-up", ["/"], HELLO_PORT);
  load("warm-up", ["/"], PORT);
  add("hello", ["/"], HELLO_PORT);
  const pages = {
    "latest edition": "/",
    paper: `/papers/${ids[0]}`,
    month: "/month/2025-03",
    search: query(titles[0]),
    "edition API": "/api/daily_papers",
  };
  for (const [name, path] of Object.entries(pages)) {
    const response = await fetch(`${address}${path}`, { headers: { "Accept-Encoding": "br, gzip" } });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    await response.text();
    await new Promise((resolve) => setTimeout(resolve, 500));
    add(`${name}, warm`, [path]);
  }
  add(
    "paper, cold",
    ids.map((id) => `/papers/${id}`),
  );
  add("search, cold", titles.map(query));
  add("hello again", ["/"], HELLO_PORT);
  const base = (rows[0].requestsPerSecond + rows.at(-1).requestsPerSecond) / 2;
  return rows.map((row) => ({ ...row, ratioToHello: Math.round((100 * row.requestsPerSecond) / base) / 100 }));
}

/** wrk on the other core; addresses in turn. */
function load(name, addresses, port) {
  const script = join(OUT, "wrk.lua");
  const list = addresses.map((one) => JSON.stringify(one)).join(",");
  writeFileSync(
    script,
    `local paths = {${list}}\nlocal n = 0\nrequest = function()\n  n = n % #paths + 1\n  return wrk.format("GET", paths[n])\nend\n`,
  );
  const args = ["-t1", `-c${values.readers}`, `-d${values.seconds}s`, "--latency", "-H", ENCODING];
  if (addresses.length > 1) args.push("-s", script);
  const url = `http://127.0.0.1:${port}${addresses.length > 1 ? "" : addresses[0]}`;
  const { stdout, status } = spawnSync("taskset", ["-c", LOAD_CPU, "wrk", ...args, url], { encoding: "utf8" });
  if (status !== 0) throw new Error(`wrk failed for ${name}`);
  const errors = /Non-2xx or 3xx responses: (\d+)/.exec(stdout)?.[1];
  return {
    requestsPerSecond: Math.round(Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1])),
    p50Ms: milliseconds(/50%\s+([\d.]+)(us|ms|s)/.exec(stdout)),
    p99Ms: milliseconds(/99%\s+([\d.]+)(us|ms|s)/.exec(stdout)),
    errors: Number(errors ?? 0),
  };
}

function milliseconds([, number, unit]) {
  return Number((Number(number) * { us: 0.001, ms: 1, s: 1000 }[unit]).toFixed(2));
}

/** Addresses of papers and titles, spread over the file. */
async function samples() {
  const [ids, titles] = [[], []];
  for await (const line of createInterface({ input: createReadStream(editions).pipe(createGunzip()) })) {
    const { id, title } = JSON.parse(line);
    ids.push(id);
    titles.push(title);
    if (ids.length >= COLD_ADDRESSES) break;
  }
  return [ids, titles];
}

/** Takes papers in that are new to this database, while nobody reads; the site's own metric says how its loop fared. */
async function eventLoopWhileImporting() {
  await fetch(`${address}/metrics`).then((response) => response.text());
  const fresh = join(OUT, "fresh.jsonl");
  writeFileSync(fresh, Array.from({ length: 3_000 }, (_, n) => JSON.stringify(freshPaper(n))).join("\n"));
  const { seconds } = await run(["import", fresh], { folder, cpu: LOAD_CPU });
  const metrics = await fetch(`${address}/metrics`).then((response) => response.text());
  const value = (name) => Number(new RegExp(`^${name} (\\S+)`, "m").exec(metrics)?.[1] ?? Number.NaN);
  return {
    importSeconds: Math.round(seconds * 10) / 10,
    eventLoopP99MsWhileImporting: Math.round(value("paperwire_event_loop_delay_p99_seconds") * 10_000) / 10,
  };
}

function freshPaper(n) {
  const word = () => Math.random().toString(36).slice(2, 9);
  const words = (count) => Array.from({ length: count }, word).join(" ");
  return {
    id: `pl-${(Date.now() * 4_096 + n).toString(16).padStart(12, "0").slice(-12)}`,
    title: words(8),
    abstract: words(160),
    authors: ["Ada Example"],
    venue: "BENCH",
    year: 2025,
    keywords: [],
    url: "",
    pdf: "",
    code: "",
    site: "",
    status: "",
  };
}

/** Waits until the index on disk is complete, so that the measured start is an ordinary one. */
async function settle() {
  const site = await serve({ folder, port: PORT });
  await untilIndexed(site.address);
  await stop(site.child);
}

/** While the index is read from disk, it competes with the pages. */
async function untilIndexed(at) {
  for (;;) {
    const ready = await fetch(`${at}/readyz`).then((response) => response.json());
    if (ready.index.complete) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
