/**
 * The commands of the root `package.json`, runnable by any Node ≥ 20.19: installs what is missing,
 * finds Node 24 (the caller's, or the one that npm put into node_modules), builds, and hands over.
 * Plain JavaScript without dependencies, because it runs before anything is installed.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const OLDEST_NODE = [20, 19];
const NEEDED_MAJOR = 24;
const STAMP = join(ROOT, "node_modules", ".paperwire-installed");
const [command = "help", ...args] = process.argv.slice(2);

/** The command with the flags of its own first line. */
const PAPERWIRE = ["--max-semi-space-size=4", "packages/cli/bin/paperwire.mjs"];

const COMMANDS = {
  start: () => node([...PAPERWIRE, "serve", ...args], { build: true }),
  dev: () => node(["--watch-path=packages", ...PAPERWIRE, "serve", ...args], { build: true }),
  paperwire: () => node([...PAPERWIRE, ...args], { build: true }),
  test: () => node([bin("vitest", "vitest.mjs"), "run", ...args], { build: true }),
  build: () => build(),
  format: () => node([bin("@biomejs/biome", "bin/biome"), "check", "--write", "."]),
  bench: () => node(["bench/run.mjs", ...args], { build: true }),
  check: () => check(),
};

main();

function main() {
  refuseOldNode();
  const run = COMMANDS[command];
  if (!run) {
    console.error(`Unknown command "${command}". There is: ${Object.keys(COMMANDS).join(", ")}.`);
    process.exit(2);
  }
  install();
  run();
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  console.error(`Paperwire needs Node ${OLDEST_NODE.join(".")} or later to start; this is ${process.version}.`);
  process.exit(1);
}

/** Installs once per lock file: the stamp holds the checksum of the lock that was installed. */
function install() {
  const lock = createHash("sha256")
    .update(readFileSync(join(ROOT, "package-lock.json")))
    .digest("hex");
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === lock) return;
  console.error("Installing packages (once, about half a minute) …");
  // Older system Nodes only start npm here: the packages themselves run on the Node 24 that this installs.
  // Development packages stay in even under NODE_ENV=production: the build needs them. Not `npm ci`: it refuses a lock
  // file in which another platform's optional binary is not recorded; `install --no-save` keeps to the lock, too.
  const npm = ["install", "--no-save", "--no-fund", "--no-audit", "--loglevel=error", "--include=dev"];
  const done = spawnSync("npm", npm, {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  if (done.status !== 0) {
    console.error("The installation failed; the lines above say why. Nothing was started.");
    process.exit(done.status ?? 1);
  }
  writeFileSync(STAMP, lock);
}

function node24() {
  if (Number(process.versions.node.split(".")[0]) >= NEEDED_MAJOR) return process.execPath;
  const file = process.platform === "win32" ? "node.exe" : "node";
  const pinned = join(ROOT, "node_modules", `node-${platform()}-${process.arch}`, "bin", file);
  if (existsSync(pinned)) return pinned;
  console.error(
    `Paperwire runs on Node ${NEEDED_MAJOR} or later; this is ${process.version}, and npm has no Node ${NEEDED_MAJOR} ` +
      `for ${process.platform}-${process.arch}. Install Node ${NEEDED_MAJOR} and try again.`,
  );
  return process.exit(1);
}

function platform() {
  return process.platform === "win32" ? "win" : process.platform;
}

function bin(packageName, file) {
  return join("node_modules", packageName, file);
}

function build() {
  runOrExit("build", [bin("typescript", "bin/tsc"), "-b"]);
}

function check() {
  const steps = [
    [
      "format",
      [
        bin("@biomejs/biome", "bin/biome"),
        "ci",
        "--error-on-warnings",
        ...(process.stdout.isTTY ? [] : ["--colors=off"]),
        ".",
      ],
    ],
    ["lint", [bin("oxlint", "bin/oxlint"), "--deny-warnings"]],
    ["types", [bin("typescript", "bin/tsc"), "-b"]],
    [
      "arrows",
      [bin("dependency-cruiser", "bin/dependency-cruiser.mjs"), "--config", ".dependency-cruiser.cjs", "packages"],
    ],
  ];
  for (const [name, command] of steps) {
    console.error(`▸ ${name}`);
    runOrExit(name, command);
  }
  console.error("All checks passed.");
}

function runOrExit(name, command) {
  const done = spawnSync(node24(), command, { cwd: ROOT, stdio: "inherit" });
  if (done.status === 0) return;
  console.error(`The step "${name}" failed.`);
  process.exit(done.status ?? 1);
}

/** Replaces this process as far as Node can: signals go through, the exit code comes back. */
function node(command, { build: first = false } = {}) {
  if (first) build();
  const child = spawn(node24(), command, { cwd: ROOT, stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}
