/** Other people's clients from PyPI, in a virtual environment of their own. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const CACHE = fileURLToPath(new URL("../../node_modules/.cache/paperwire/", import.meta.url));
const INSTALL_LIMIT_MS = 90_000;
const RUN_LIMIT_MS = 60_000;
const BIN = process.platform === "win32" ? "Scripts" : "bin";

export type Python = { kind: "ready"; folder: string } | { kind: "absent"; reason: string };

/** Made once per content of a file of requirements; a half-made one is thrown away. */
export async function preparePython(file = "requirements.txt"): Promise<Python> {
  const requirements = join(HERE, file);
  const checksum = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
  const folder = join(CACHE, `python-clients-${checksum}`);
  const mark = join(folder, "complete");
  if (existsSync(mark)) return { kind: "ready", folder };
  rmSync(folder, { recursive: true, force: true });
  try {
    await run("python3", ["-m", "venv", folder], {}, INSTALL_LIMIT_MS);
  } catch (error) {
    return { kind: "absent", reason: `python3 with venv is not here (${firstLine(error)})` };
  }
  const install = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--timeout",
    "10",
    "--retries",
    "1",
  ];
  try {
    await run(join(folder, BIN, "python"), [...install, "-r", requirements], {}, INSTALL_LIMIT_MS);
  } catch (error) {
    return { kind: "absent", reason: `PyPI did not give the clients (${firstLine(error)})` };
  }
  writeFileSync(mark, "");
  return { kind: "ready", folder };
}

/**
 * Runs one file of Python tests against a server, with nothing of this machine's own settings for the client.
 * @param more of its environment
 * @returns the report of `unittest`
 * @throws with that report where a test failed
 */
export async function runPythonTests(
  { folder }: { folder: string },
  file: string,
  endpoint: string,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), "paperwire-hf-home-"));
  const { PATH = "" } = process.env;
  const env = {
    PATH,
    HOME: home,
    HF_HOME: home,
    HF_ENDPOINT: endpoint,
    HF_HUB_DISABLE_TELEMETRY: "1",
    HF_HUB_DISABLE_UPDATE_CHECK: "1",
    HF_TOKEN: "hf_not_known_here",
    NO_PROXY: "127.0.0.1",
    NO_COLOR: "1",
    PYTHONDONTWRITEBYTECODE: "1",
    ...more,
  };
  try {
    return await run(join(folder, BIN, "python"), ["-m", "unittest", "-v", file], env, RUN_LIMIT_MS);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function run(program: string, args: string[], env: Record<string, string>, limitMs: number): Promise<string> {
  const options = { cwd: HERE, timeout: limitMs, ...(Object.keys(env).length > 0 ? { env } : {}) };
  return new Promise((resolve, reject) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error) reject(new Error(`${stderr || stdout || error.message}`.trim(), { cause: error }));
      else resolve(`${stdout}${stderr}`);
    });
  });
}

function firstLine(error: unknown): string {
  return String((error as Error).message)
    .split("\n")
    .at(-1)!
    .slice(0, 200);
}
