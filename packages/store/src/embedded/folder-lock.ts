/**
 * One owner per data folder. PGlite itself takes no lock, and two processes on one folder lose writes in silence; a
 * lock of the operating system, held through SQLite's file locking, ends with the process however it ends.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { conflict } from "@paperwire/domain";

const SQLITE_BUSY = 5;
const OWNER_ONLY = 0o700;

export type FolderLock = { release(): void };

/** @returns null where another process holds the folder */
export function tryLockFolder(folder: string): FolderLock | null {
  mkdirSync(folder, { recursive: true, mode: OWNER_ONLY });
  const lock = new DatabaseSync(join(folder, "lock"));
  try {
    lock.exec("pragma locking_mode = exclusive; begin exclusive");
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return null;
    throw error;
  }
  writeFileSync(join(folder, "owner"), `${process.pid}\n`);
  return { release: () => lock.close() };
}

/** The refusal, with the owner's process number and what to do. */
export function folderInUse(folder: string): Error {
  const owner = readOwner(folder);
  return conflict(
    `The data folder ${folder} is in use by another process${owner ? ` (number ${owner})` : ""}. ` +
      "Stop that one first, or give this one its own folder with PAPERWIRE_DATA.",
  );
}

function readOwner(folder: string): string | null {
  try {
    return readFileSync(join(folder, "owner"), "utf8").trim();
  } catch {
    return null;
  }
}
