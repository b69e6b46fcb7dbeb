/**
 * `npm run bench -- NAME [options]`: runs `bench/NAME.mjs` or `bench/NAME/main.mjs` with the options (`NAME/PART`:
 * `bench/NAME/PART.mjs`); without a name it lists what is there. A bench is a program of its own: it prints a table and,
 * as its last line, one JSON object.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const BENCH = import.meta.dirname;
const [name = "", ...options] = process.argv.slice(2);

const script = /^[a-z][a-z0-9-]*(\/[a-z][a-z0-9-]*)?$/.test(name) ? findScript(name) : null;
if (script === null) {
  console.error(
    `${name === "" ? "Which bench?" : `No bench is called "${name}".`} There is: ${listNames().join(", ")}.`,
  );
  process.exit(2);
}
const done = spawnSync(process.execPath, [...process.execArgv, script, ...options], { stdio: "inherit" });
process.exit(done.status ?? 1);

function findScript(wanted) {
  const places = [join(BENCH, `${wanted}.mjs`), join(BENCH, wanted, "main.mjs")];
  return wanted === "run" ? null : (places.find((file) => existsSync(file)) ?? null);
}

function listNames() {
  return readdirSync(BENCH, { withFileTypes: true })
    .map((entry) => (entry.isDirectory() ? entry.name : entry.name.replace(/\.mjs$/, "")))
    .filter((each) => findScript(each) !== null)
    .toSorted();
}
