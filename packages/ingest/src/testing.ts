/** What this package's tests share: a store that remembers, bytes as a stream, the data that not every clone has. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { IncomingRecord, Outcome } from "@paperwire/domain";
import type { FormatName, ReadingOptions } from "./formats/format.ts";
import { importPapers } from "./import-papers.ts";

export const TODAY = "2026-05-31";

/** Where real data lie beside the repository; tests that need them are skipped elsewhere. */
export const SHARED = fileURLToPath(new URL("../../../../shared/", import.meta.url));
export const withShared = existsSync(SHARED);
if (!withShared) console.warn("Skipped: tests on real data, because ../shared is not here.");

export type RecordingPapers = {
  records: IncomingRecord[];
  batches: number[];
  takeIn(records: readonly IncomingRecord[]): Promise<Outcome[]>;
};

export function recordingPapers(): RecordingPapers {
  const records: IncomingRecord[] = [];
  const batches: number[] = [];
  return {
    records,
    batches,
    async takeIn(taken) {
      records.push(...taken);
      batches.push(taken.length);
      return taken.map(() => "added");
    },
  };
}

export async function* streamOf(...parts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === "string" ? Buffer.from(part) : part;
}

export async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export async function importText(
  text: string | Uint8Array | AsyncIterable<Uint8Array>,
  { format = "auto", ...options }: Partial<ReadingOptions> & { format?: FormatName | "auto" } = {},
) {
  const papers = recordingPapers();
  const input = typeof text === "string" || text instanceof Uint8Array ? streamOf(text) : text;
  const summary = await importPapers({ input, format, options: { today: TODAY, ...options }, papers });
  return { summary, records: papers.records, batches: papers.batches };
}

/** A line of a paper collection. */
export function paperLine(number: number, changes: object = {}): string {
  const id = `ax-2503.${String(number).padStart(5, "0")}`;
  return `${JSON.stringify({ id, title: `Paper number ${number}`, abstract: "What it says.", ...changes })}\n`;
}
