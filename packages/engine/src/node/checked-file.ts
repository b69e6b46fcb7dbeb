/** Files that are there whole or not at all, and that show when a byte of them has changed. */
import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from "node:fs";
import { crc32 } from "node:zlib";
import { DamagedIndexError } from "../errors.ts";
import type { Allocate } from "../segment/bytes.ts";

/** Eight bytes behind the content: CRC-32 and a mark, both little-endian. */
const FOOTER_BYTES = 8;
const MARK = 0x32_65_77_70;
/** One read or write call handles at most so much. */
const PIECE_BYTES = 2 ** 26;

/** Written beside, flushed, then renamed: a crash leaves the old file or the new one. The folder is flushed by the caller. */
export function writeChecked(path: string, content: Uint8Array): void {
  const temporary = `${path}.tmp`;
  try {
    writeFlushed(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    // On a full disk it would keep the room that a smaller batch, or one of removals, could do with.
    rmSync(temporary, { force: true });
    throw error;
  }
}

function writeFlushed(path: string, content: Uint8Array): void {
  const footer = new DataView(new ArrayBuffer(FOOTER_BYTES));
  footer.setUint32(0, crc32(content), true);
  footer.setUint32(4, MARK, true);
  const file = openSync(path, "w");
  try {
    for (const bytes of [content, new Uint8Array(footer.buffer)]) {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, Math.min(PIECE_BYTES, bytes.length - at));
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** @throws DamagedIndexError  the file is missing, too short, or its bytes are not those written */
export function readChecked(path: string, allocate: Allocate): Uint8Array {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (cause) {
    throw new DamagedIndexError(`${path} is missing`, { cause });
  }
  try {
    const length = fstatSync(file).size - FOOTER_BYTES;
    if (length < 0) throw new DamagedIndexError(`${path} is too short`);
    const content = new Uint8Array(allocate(length));
    const footer = new Uint8Array(FOOTER_BYTES);
    readFully(file, content, 0);
    readFully(file, footer, length);
    const view = new DataView(footer.buffer);
    if (view.getUint32(4, true) !== MARK || view.getUint32(0, true) !== crc32(content)) {
      throw new DamagedIndexError(`${path} has changed bytes`);
    }
    return content;
  } finally {
    closeSync(file);
  }
}

function readFully(file: number, bytes: Uint8Array, position: number): void {
  for (let at = 0; at < bytes.length; ) {
    const read = readSync(file, bytes, at, Math.min(PIECE_BYTES, bytes.length - at), position + at);
    if (read === 0) throw new DamagedIndexError("a file ended early");
    at += read;
  }
}

/** Makes renames and removals in a folder outlive a power cut. Where a folder cannot be opened (Windows) there is nothing to do. */
export function flushFolder(path: string): void {
  let folder: number;
  try {
    folder = openSync(path, "r");
  } catch {
    return;
  }
  try {
    fsyncSync(folder);
  } catch {
    // Some file systems refuse to flush folders; the file itself has been flushed.
  } finally {
    closeSync(folder);
  }
}
