/**
 * Makes PGlite's commits survive a power cut. PGlite writes its write-ahead log to the files but never asks the system
 * to put them on the disk; we do, before a commit is acknowledged. After a checkpoint the data files are flushed, too:
 * until that is done (well under a second) a power cut may still cost the database, which is what backups are for.
 */
import { type FileHandle, open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** File times are coarse on some systems: whatever may have changed since the last flush is flushed again. */
const TIME_SLACK_MS = 2_000;

export type Flush = () => Promise<void>;

/** @param folder  a PGlite data folder */
export function createFlush(folder: string): Flush {
  const controlFile = join(folder, "global", "pg_control");
  let flushedAtMs = 0;
  let checkpointMs = 0;
  return async () => {
    const since = flushedAtMs - TIME_SLACK_MS;
    const startedAtMs = await timeOf(controlFile);
    if (startedAtMs !== checkpointMs) {
      await flushTree(folder, checkpointMs - TIME_SLACK_MS);
      checkpointMs = startedAtMs;
    }
    flushedAtMs = Math.max(flushedAtMs, await flushFiles(join(folder, "pg_wal"), since));
  };
}

async function flushTree(folder: string, sinceMs: number): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await flushTree(join(folder, entry.name), sinceMs);
  }
  await flushFiles(folder, sinceMs);
}

/** @returns the newest change seen, in milliseconds */
async function flushFiles(folder: string, sinceMs: number): Promise<number> {
  let newest = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(folder, entry.name);
    const changed = await timeOf(path);
    newest = Math.max(newest, changed);
    if (changed >= sinceMs) await flushFile(path);
  }
  return newest;
}

async function flushFile(path: string): Promise<void> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, "r+");
    await file.datasync();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  } finally {
    await file?.close();
  }
}

async function timeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw error;
  }
}
