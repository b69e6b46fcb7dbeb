/** The trip of a file into the store: bytes → pieces → records → batches, with every refusal explained. */
import { isUtf8 } from "node:buffer";
import type { PaperStore } from "@paperwire/store";
import {
  type FormatReader,
  type Framing,
  framingFor,
  HEAD_BYTES,
  readerFor,
  splitterFor,
} from "./formats/detect-format.ts";
import type { FormatName, ReadingOptions, ReadRecord } from "./formats/format.ts";
import { type Counts, countOutcomes, type ImportSummary, noCounts, REFUSALS_KEPT } from "./import-summary.ts";
import { BrokenInput, openInput } from "./reading/open-input.ts";
import type { Piece, Splitter } from "./reading/piece.ts";
import { Refusal, Unreadable } from "./refusal.ts";
import { takeInBatch } from "./take-in-batch.ts";

/** Records per transaction: large enough that its cost is spread, small enough that progress is seen and memory flat. */
export const BATCH_RECORDS = 500;

const NO_RECORDS = "The input holds no records.";

export type ImportProgress = Counts & { bytesRead: number };

export type ImportRequest = {
  /** Plain or gzip; chunks of any size. */
  input: AsyncIterable<Uint8Array>;
  format: FormatName | "auto";
  options: ReadingOptions;
  papers: Pick<PaperStore, "takeIn">;
  /** After each batch that was committed, and at the end. */
  onProgress?(progress: ImportProgress): void;
};

/**
 * Reads one input to its end and stores what is good in it, `BATCH_RECORDS` per transaction and never more than one
 * batch in memory. Safe to repeat: the same input a second time leaves everything unchanged.
 * @returns counts of committed records, and each refusal with its line; bad input never throws
 * @throws whatever the store throws when it cannot work at all (disk full, closed); batches before stay committed
 */
export async function importPapers(request: ImportRequest): Promise<ImportSummary> {
  const run = new ImportRun(request);
  const { chunks, bytesRead } = openInput(request.input);
  run.bytesRead = bytesRead;
  try {
    for await (const chunk of chunks) await run.take(chunk);
    await run.end();
  } catch (error) {
    await run.stop(error);
  }
  await run.store();
  return run.summary();
}

/** One import while it runs. */
class ImportRun {
  bytesRead: () => number = () => 0;
  readonly #request: ImportRequest;
  #unreadable: string | undefined;
  readonly #counts: Counts = noCounts();
  readonly #refusals: ImportSummary["refusals"] = [];
  /** First bytes, until there are enough to see how the input is cut. */
  #head: Uint8Array[] = [];
  #headBytes = 0;
  #open: { splitter: Splitter; reader: FormatReader } | null = null;
  #batch: ReadRecord[] = [];

  constructor(request: ImportRequest) {
    this.#request = request;
  }

  async take(chunk: Uint8Array): Promise<void> {
    if (this.#open) return this.#takePieces(this.#open.splitter.push(chunk));
    this.#head.push(chunk);
    this.#headBytes += chunk.length;
    if (this.#headBytes >= HEAD_BYTES) await this.#begin();
  }

  async end(): Promise<void> {
    if (this.#headBytes === 0) throw new Unreadable(NO_RECORDS);
    const { splitter, reader } = this.#open ?? (await this.#begin());
    await this.#takePieces(splitter.end());
    this.#orRefuse(splitter.line(), () => reader.end());
    if (this.#counts.read + this.#batch.length === 0) throw new Unreadable(NO_RECORDS);
  }

  /** A break is a refusal of the line it cut; what was read before it is kept. @throws what is not about the input */
  async stop(error: unknown): Promise<void> {
    if (error instanceof Unreadable) {
      this.#unreadable = error.message;
    } else if (error instanceof BrokenInput) {
      if (!this.#open && this.#headBytes > 0) await this.#begin().catch((error: unknown) => this.stop(error));
      this.#refuse(this.#open?.splitter.line() ?? 1, error.message);
    } else {
      throw error;
    }
  }

  /** Sends what is waiting to the store and tells the progress. */
  async store(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    const refuse = ({ line }: ReadRecord, reason: string) => this.#refuse(line, reason);
    countOutcomes(this.#counts, await takeInBatch(this.#request.papers, batch, refuse));
    this.#request.onProgress?.({ ...this.#counts, bytesRead: this.bytesRead() });
  }

  summary(): ImportSummary {
    const summary: ImportSummary = {
      format: this.#open?.reader.format() ?? null,
      ...this.#counts,
      refusals: this.#refusals.sort((a, b) => a.line - b.line),
      bytesRead: this.bytesRead(),
      notes: this.#open?.reader.notes() ?? [],
    };
    if (this.#unreadable !== undefined) summary.unreadable = this.#unreadable;
    return summary;
  }

  async #begin(): Promise<{ splitter: Splitter; reader: FormatReader }> {
    const head = this.#head.length === 1 ? this.#head[0]! : Buffer.concat(this.#head);
    this.#head = [];
    const { format, options } = this.#request;
    const framing: Framing = framingFor(format, head);
    this.#open = { splitter: splitterFor(framing), reader: readerFor(format, framing, options) };
    await this.#takePieces(this.#open.splitter.push(withoutMark(head)));
    return this.#open;
  }

  async #takePieces(pieces: readonly Piece[]): Promise<void> {
    const reader = this.#open!.reader;
    for (const piece of pieces) {
      this.#orRefuse(piece.line, () => {
        const read = reader.read(textOf(piece), piece.line);
        if (read) this.#batch.push(read);
      });
      if (this.#batch.length >= BATCH_RECORDS) await this.store();
    }
  }

  #orRefuse(line: number, read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#refuse(error.line ?? line, error.message);
    }
  }

  #refuse(line: number, reason: string): void {
    this.#counts.read++;
    this.#counts.refused++;
    if (this.#refusals.length < REFUSALS_KEPT) this.#refusals.push({ line, reason });
  }
}

/** @throws Refusal too long, not UTF-8, or with a NUL byte */
function textOf(piece: Piece): string {
  if ("refused" in piece) throw new Refusal(piece.refused);
  const { bytes } = piece;
  if (bytes.includes(0)) throw new Refusal("The line holds a NUL byte.");
  if (!isUtf8(bytes)) throw new Refusal("The line is not valid UTF-8.");
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}

/** Some editors put a mark before UTF-8. */
function withoutMark(head: Uint8Array): Uint8Array {
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? head.subarray(3) : head;
}
