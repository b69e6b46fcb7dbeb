/**
 * How quickly feeds come, beside a bare handler of the same HTTP library that has the same bytes in its hand: warm, and
 * answered 304, by requests per second and by processor time per request, which another program's load does not blur. Also
 * how long one takes to make, and how large it is. On the built-in edition; needs `wrk`.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { brotliDecompressSync } from "node:zlib";
import { emptyFolder, OUT, serve, stop } from "./site.mjs";

const { values } = parseArgs({
  options: { seconds: { type: "string", default: "3" }, readers: { type: "string", default: "50" } },
});
const PORT = 3911;
const BARE_PORT = 3912;
const [SERVER_CPU, LOAD_CPU] = ["0", "1"];
const PACKED = { "Accept-Encoding": "br" };
const ROUNDS = 5;
/** Start-up is over after the one, the other is long enough for clock ticks of 10 ms. */
const [SETTLE_MS, IDLE_MS] = [5_000, 5_000];

if (spawnSync("wrk", ["-v"]).error) {
  console.error("This bench needs wrk: apt-get install wrk");
  process.exit(1);
}
mkdirSync(OUT, { recursive: true });
const folder = emptyFolder("feeds");
const { child, address } = await serve({ folder, port: PORT, cpu: SERVER_CPU, env: { DIGESTS: "off" } });
const rows = [];
let bare;
let idlePerSecond = 0;
try {
  idlePerSecond = await idleTicksPerSecond();
  for (const form of ["atom", "rss", "json"]) await measure(form);
  console.table(rows);
  const least = (key) => Math.min(...rows.map((row) => row[key]));
  console.log(
    JSON.stringify({
      bench: "feeds",
      readers: Number(values.readers),
      leastWarm: least("warmByCpu"),
      least304: least("304ByCpu"),
      idleCpuPercent: idlePerSecond,
      rows,
    }),
  );
} finally {
  bare?.kill();
  await stop(child);
}

async function measure(form) {
  const path = `/latest.${form}`;
  const startedMs = performance.now();
  const { body: packed, etag } = await ask(path);
  const makeMs = Math.round(performance.now() - startedMs);
  const text = brotliDecompressSync(packed);
  const file = join(OUT, `feed.${form}.br`);
  writeFileSync(file, packed);
  await startBare(file);
  const ratios = { warm: [], 304: [], warmByCpu: [], "304ByCpu": [] };
  for (let round = 0; round < ROUNDS; round++) {
    const kinds = [
      ["warm", load(PORT, path), load(BARE_PORT, "/feed")],
      ["304", load(PORT, path, etag), load(BARE_PORT, "/same", etag)],
    ];
    for (const [kind, ours, theirs] of kinds) {
      ratios[kind].push(ours.perSecond / theirs.perSecond);
      ratios[`${kind}ByCpu`].push(theirs.cpuPerRequest / ours.cpuPerRequest);
    }
  }
  rows.push({
    form,
    kB: Math.round(text.length / 1000),
    packedKb: Math.round(packed.length / 1000),
    makeMs,
    ...Object.fromEntries(Object.entries(ratios).map(([kind, values]) => [kind, median(values)])),
  });
}

async function startBare(file) {
  bare?.kill();
  if (bare) await new Promise((resolve) => bare.on("exit", resolve));
  const script = join(import.meta.dirname, "feed-handler.mjs");
  bare = spawn("taskset", ["-c", SERVER_CPU, process.execPath, script, String(BARE_PORT), file], { stdio: "inherit" });
  while (spawnSync("wrk", ["-c1", "-t1", "-d1s", `http://127.0.0.1:${BARE_PORT}/same`]).status !== 0) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** As it travels, on a connection of its own: kept ones die while wrk runs. */
function ask(path) {
  return new Promise((resolve, reject) => {
    get(`${address}${path}`, { headers: PACKED, agent: false }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => resolve({ body: Buffer.concat(parts), etag: response.headers.etag }));
    }).on("error", reject);
  });
}

/** User and system time of a process, in clock ticks. @source proc(5), fields 14 and 15 of stat */
function cpuTicks(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

/** What the site does by itself each second, asked or not: it must not count as the cost of answering. */
async function idleTicksPerSecond() {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const ticks = cpuTicks(child.pid);
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  return ((cpuTicks(child.pid) - ticks) * 1000) / IDLE_MS;
}

/** @returns requests a second, and processor time of the server for each */
function load(port, path, etag) {
  const pid = port === PORT ? child.pid : bare.pid;
  const ticks = cpuTicks(pid);
  const startedMs = performance.now();
  const args = ["-t1", `-c${values.readers}`, `-d${values.seconds}s`, "-H", "Accept-Encoding: br"];
  if (etag) args.push("-H", `If-None-Match: ${etag}`);
  const { stdout, status } = spawnSync("taskset", ["-c", LOAD_CPU, "wrk", ...args, `http://127.0.0.1:${port}${path}`], {
    encoding: "utf8",
  });
  if (status !== 0 || /Non-2xx or 3xx responses/.test(stdout)) throw new Error(`wrk failed for ${path}: ${stdout}`);
  const own = port === PORT ? (idlePerSecond * (performance.now() - startedMs)) / 1000 : 0;
  const requests = Number(/(\d+) requests in/.exec(stdout)[1]);
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]),
    cpuPerRequest: (cpuTicks(pid) - ticks - own) / requests,
  };
}

function median(numbers) {
  return Math.round(100 * numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]) / 100;
}
