/** Opens the segments of a folder; large ones in two threads, with which the memory goes that opening takes beside. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { DamagedIndexError } from "../errors.ts";
import type { Allocate } from "../segment/bytes.ts";
import type { Layout } from "../segment/layout.ts";
import { openSearchable, openSegment } from "../segment/open-segment.ts";
import { Segment } from "../segment/segment.ts";
import { readChecked } from "./checked-file.ts";
import type { OpenerReply, OpenerStart } from "./messages.ts";

/** Below this a thread takes longer to start than the files to open. */
const APART_FROM_BYTES = 2 ** 24;
const THREADS = 2;

/** An opened segment, or why its file cannot be used. */
export type OpenedFile = Segment | DamagedIndexError;

/** The segment without what the first stage reads. @throws DamagedIndexError  the file is missing or changed, or of another schema */
export function openSegmentFile(folder: string, file: string, layout: Layout, allocate: Allocate): Segment {
  return openSegment(readChecked(join(folder, file), allocate), layout, allocate);
}

/**
 * Opens all `files`. Damage is told per file, so that a caller can go on with the others. Few bytes are opened with all that
 * searching reads; of many the impacts are left out, so that answering begins earlier.
 * @param apartFrom  from so many bytes on in threads of their own
 */
export async function openSegmentFiles(
  folder: string,
  files: readonly string[],
  layout: Layout,
  allocate: Allocate,
  apartFrom: number = APART_FROM_BYTES,
): Promise<Map<string, OpenedFile>> {
  const sized = files.map((file) => ({ file, bytes: bytesOf(join(folder, file)) }));
  if (sized.reduce((sum, { bytes }) => sum + bytes, 0) < apartFrom)
    return new Map(files.map((file) => [file, openHere(folder, file, layout, allocate)]));
  const opened = await Promise.all(share(sized).map((files) => openApart({ folder, schema: layout.schema, files })));
  return new Map(opened.flat());
}

function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function openHere(folder: string, file: string, layout: Layout, allocate: Allocate): OpenedFile {
  try {
    return openSearchable(readChecked(join(folder, file), allocate), layout, allocate);
  } catch (error) {
    if (error instanceof DamagedIndexError) return error;
    throw error;
  }
}

/** The largest first, each to the thread that has less to do. */
function share(sized: { file: string; bytes: number }[]): string[][] {
  const shares = Array.from({ length: THREADS }, () => ({ files: [] as string[], bytes: 0 }));
  for (const { file, bytes } of sized.sort((a, b) => b.bytes - a.bytes)) {
    const least = shares.reduce((one, other) => (other.bytes < one.bytes ? other : one));
    least.files.push(file);
    least.bytes += bytes;
  }
  return shares.map(({ files }) => files).filter((files) => files.length > 0);
}

function openApart(start: OpenerStart): Promise<[string, OpenedFile][]> {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const worker = new Worker(new URL(`./opener.${extension}`, import.meta.url), { workerData: start });
  return new Promise((resolve, reject) => {
    const opened: [string, OpenedFile][] = [];
    worker.on("message", (reply: OpenerReply) => {
      opened.push([reply.file, "parts" in reply ? new Segment(reply.parts) : new DamagedIndexError(reply.damage)]);
    });
    worker.once("error", reject);
    worker.once("exit", () => {
      if (opened.length === start.files.length) resolve(opened);
      else reject(new Error("engine: a thread that opens segments ended early"));
    });
  });
}
