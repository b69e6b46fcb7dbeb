/** What the benches of the whole site share: commands as processes of their own, on a folder of their own. */
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");
const COMMAND = join(ROOT, "packages/cli/bin/paperwire.mjs");
export const SHARED = join(ROOT, "../shared/data");
/** Where the benches keep what they make; git ignores it. */
export const OUT = join(ROOT, "bench/out");
const POLL_MS = 20;

/** Starts `paperwire ...` on a data folder; `cpu` pins it where `taskset` is there. */
export function start(args, { folder, env = {}, cpu = null }) {
  const command = [process.execPath, "--max-semi-space-size=4", COMMAND, ...args];
  const [file, ...rest] =
    cpu === null || !existsSync("/usr/bin/taskset") ? command : ["taskset", "-c", cpu, ...command];
  return spawn(file, rest, {
    env: { ...process.env, PAPERWIRE_DATA: folder, LOG_LEVEL: "error", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Runs a command to its end. @returns seconds, peak resident megabytes, what it printed */
export async function run(args, options) {
  const startedMs = performance.now();
  const child = start(args, options);
  let printed = "";
  let peakMb = 0;
  child.stdout.on("data", (text) => (printed += text));
  child.stderr.on("data", () => undefined);
  const watch = setInterval(() => (peakMb = Math.max(peakMb, residentMb(child.pid, "VmHWM"))), 100);
  const code = await new Promise((resolve) => child.on("exit", resolve));
  clearInterval(watch);
  if (code === 1) throw new Error(`paperwire ${args.join(" ")} failed:\n${printed}`);
  return { seconds: (performance.now() - startedMs) / 1000, peakMb, printed };
}

/** Starts the site and waits for its first page. @returns the process, its address, milliseconds to the first page */
export async function serve({ folder, port, env = {}, cpu = null }) {
  const startedMs = performance.now();
  const child = start(["serve"], { folder, cpu, env: { PORT: String(port), ...env } });
  child.stdout.on("data", () => undefined);
  child.stderr.pipe(process.stderr);
  const address = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the site ended with ${child.exitCode}`);
    const response = await fetch(`${address}/`).catch(() => null);
    if (response?.ok && (await response.text()).length > 0) break;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return { child, address, firstPageMs: performance.now() - startedMs };
}

export async function stop(child) {
  const ended = new Promise((resolve) => child.on("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}

/** Resident memory of a process and its children, in megabytes. `what`: VmRSS now, VmHWM at its peak. */
export function residentMb(pid, what = "VmRSS") {
  try {
    const found = new RegExp(`${what}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return found ? Math.round(Number(found[1]) / 1024) : 0;
  } catch {
    return 0;
  }
}

export function folderMb(folder) {
  const bytes = readdirSync(folder, { recursive: true })
    .map((name) => statSync(join(folder, name), { throwIfNoEntry: false }))
    .reduce((sum, about) => sum + (about?.isFile() ? about.size : 0), 0);
  return Math.round(bytes / 1e6);
}

export function emptyFolder(name) {
  const folder = join(OUT, name);
  rmSync(folder, { recursive: true, force: true });
  return folder;
}
