/** `paperwire backup FILE` and `paperwire restore FILE`. */
import { createReadStream, createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { invalid } from "@paperwire/domain";
import { backup, restore } from "@paperwire/store";
import type { Config } from "../config.ts";
import { locationOf } from "../open-stores.ts";
import { type Progress, startProgress } from "../progress.ts";
import { count, say, type Terminal } from "../terminal.ts";

const STANDARD = "-";

/** The file appears under its name only when it is whole and on the disk. */
export async function backupCommand(file: string, config: Config, terminal: Terminal): Promise<void> {
  const progress = start("Backing up", terminal);
  const unfinished = `${file}.unfinished`;
  const { stdout } = terminal;
  const output = file === STANDARD ? stdout : createWriteStream(unfinished, { mode: 0o600, flush: true });
  try {
    const location = locationOf(config, "join");
    const counts = await backup({ location, output, clock: terminal.clock, onProgress: shown(progress) });
    if (file === STANDARD) return;
    await rename(unfinished, file);
    await flushFolder(dirname(file));
    say(terminal, `${file}: ${sum(counts)}`);
  } catch (error) {
    if (file !== STANDARD) await rm(unfinished, { force: true });
    throw error;
  } finally {
    progress.stop();
  }
}

export async function restoreCommand(
  file: string,
  options: { replace?: boolean },
  config: Config,
  terminal: Terminal,
): Promise<void> {
  const input = file === STANDARD ? terminal.stdin : createReadStream(file);
  const progress = start("Restoring", terminal);
  try {
    const location = locationOf(config, "refuse");
    const replace = options.replace ?? false;
    const counts = await restore({ location, input, replace, onProgress: shown(progress) });
    say(terminal, `Restored ${sum(counts)}.`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw invalid(`There is no file ${file}.`, error);
    throw error;
  } finally {
    progress.stop();
  }
}

function start(label: string, { stderr, clock }: Terminal): Progress {
  return startProgress({ label, total: null, output: stderr, clock });
}

function shown(progress: Progress) {
  return ({ table, rows }: { table: string; rows: number }) => progress.update(rows, `${table}: ${count(rows, "row")}`);
}

function sum(counts: Record<string, number>): string {
  const filled = Object.entries(counts).filter(([, rows]) => rows > 0);
  return filled.map(([table, rows]) => `${count(rows)} ${table.replaceAll("_", " ")}`).join(", ");
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}
