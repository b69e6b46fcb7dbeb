/** A Python environment in the bench's cache folder, with the packages a bench asks for. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const INSTALL_LIMIT_MS = 10 * 60_000;

/**
 * Makes the environment if it is not there and installs what it lacks.
 * @param {string} folder cache folder, outside git
 * @param {string[]} packages as for `pip install`
 * @returns {string} path of its Python
 * @throws {Error} Python is missing or an installation failed, with the last line that said why
 */
export function preparePython(folder, packages) {
  const home = join(folder, "python");
  const python = join(home, "bin", "python");
  if (!existsSync(python)) runOrThrow("python3", ["-m", "venv", home]);
  for (const wanted of packages) {
    const [name] = wanted.split("==");
    const known = spawnSync(python, ["-m", "pip", "show", "-q", name], { encoding: "utf8" });
    if (known.status !== 0) runOrThrow(python, ["-m", "pip", "install", "-q", "--disable-pip-version-check", wanted]);
  }
  return python;
}

/** Runs a command to its end; on failure the error carries the last line of what it printed. */
export function runOrThrow(command, args, options = {}) {
  const done = spawnSync(command, args, {
    encoding: "utf8",
    timeout: INSTALL_LIMIT_MS,
    maxBuffer: 2 ** 28,
    ...options,
  });
  if (done.status === 0) return done.stdout;
  const said = `${done.stdout ?? ""}\n${done.stderr ?? ""}`.trim().split("\n").at(-1);
  throw new Error(`${command} ${args.slice(0, 4).join(" ")}: ${done.error?.message ?? said}`);
}
