/** BEIR directories and run files on disk, read and written: the only file here that touches files. */
import { createReadStream, createWriteStream } from "node:fs";
import { access, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import {
  type Collection,
  type CorpusDocument,
  type CorpusQuery,
  formatBeirQrels,
  formatCorpusLine,
  formatQueryLine,
  parseBeirQrels,
  parseCorpusLine,
  parseQueryLine,
} from "./beir.ts";
import { linesOf } from "./content-lines.ts";
import { EvalFormatError } from "./format-error.ts";
import type { Qrels } from "./qrels.ts";
import { formatRun, parseRun, type Run } from "./run.ts";

type Place = { file: string; line: number };

/**
 * Reads `corpus.jsonl`, `queries.jsonl` (each also with `.gz`) and `qrels/<split>.tsv` of a directory.
 * A document id that comes twice keeps its last record, as in BEIR's loader.
 * @param options split: unless told `test`, or the only split where there is no `test`; onDocument: told how many
 *   lines of the corpus were read, after each
 * @throws EvalFormatError a file is missing, a line broken or the split empty; an unknown split lists those that are there
 */
export async function readCollection(
  directory: string,
  options: { split?: string; onDocument?: (read: number) => void } = {},
): Promise<Collection> {
  const qrels = await readSplit(directory, options.split);
  const queries = new Map<string, CorpusQuery>();
  for await (const query of readLines(directory, "queries.jsonl", parseQueryLine)) queries.set(query.id, query);
  const corpus = new Map<string, CorpusDocument>();
  let read = 0;
  for await (const document of readLines(directory, "corpus.jsonl", parseCorpusLine)) {
    corpus.set(document.id, document);
    options.onDocument?.(++read);
  }
  return { corpus: [...corpus.values()], queries: [...queries.values()], qrels };
}

/**
 * Writes what {@link readCollection} reads, the corpus packed as `corpus.jsonl.gz`; makes the directories.
 * @param options split `test` unless told
 */
export async function writeCollection(
  directory: string,
  collection: Collection,
  options: { split?: string } = {},
): Promise<void> {
  await mkdir(join(directory, "qrels"), { recursive: true });
  const lines = collection.corpus.values().map(formatCorpusLine);
  await pipeline(Readable.from(lines), createGzip(), createWriteStream(join(directory, "corpus.jsonl.gz")));
  await writeFile(join(directory, "queries.jsonl"), collection.queries.map(formatQueryLine).join(""));
  const qrelsFile = join(directory, "qrels", `${options.split ?? "test"}.tsv`);
  await writeFile(qrelsFile, formatBeirQrels(collection.qrels));
}

/** @throws EvalFormatError the file is missing or broken, see {@link parseRun} */
export async function readRunFile(file: string): Promise<Run> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new EvalFormatError({ file, line: 0, reason: "cannot be read", cause });
  });
  return parseRun(text, file);
}

/**
 * @param tag last column of every line: who made the run
 * @throws EvalFormatError the file cannot be written, or an id cannot stand in it, see {@link formatRun}
 */
export async function writeRunFile(file: string, run: Run, tag: string): Promise<void> {
  await writeFile(file, formatRun(run, tag)).catch((cause: Error) => {
    throw new EvalFormatError({ file, line: 0, reason: `cannot be written: ${cause.message}`, cause });
  });
}

async function readSplit(directory: string, wanted: string | undefined): Promise<Qrels> {
  const folder = join(directory, "qrels");
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new EvalFormatError({ file: folder, line: 0, reason: "no such folder; a BEIR directory has one", cause });
  });
  const splits = names.filter((name) => name.endsWith(".tsv")).map((name) => name.slice(0, -".tsv".length));
  const split = wanted ?? (splits.length === 1 ? splits[0] : "test");
  if (!splits.includes(split)) {
    const reason = `no split "${split}" (${split}.tsv); there is ${splits.join(", ") || "none"}`;
    throw new EvalFormatError({ file: folder, line: 0, reason });
  }
  const file = join(folder, `${split}.tsv`);
  const qrels = parseBeirQrels(await readFile(file, "utf8"), file);
  if (qrels.size === 0) throw new EvalFormatError({ file, line: 0, reason: "no judgement in it" });
  return qrels;
}

async function* readLines<T>(directory: string, name: string, parse: (line: string, place: Place) => T) {
  const file = await findPlainOrPacked(directory, name);
  const bytes = createReadStream(file);
  const input = file.endsWith(".gz") ? bytes.pipe(createGunzip()) : bytes;
  // A failing read stream does not end the one it is piped into; without this a missing disk block would hang the reader.
  if (input !== bytes) bytes.on("error", (error) => input.destroy(error));
  let number = 0;
  try {
    for await (const line of linesOf(input.setEncoding("utf8"))) {
      number += 1;
      if (line.trim() !== "") yield parse(line, { file, line: number });
    }
  } catch (cause) {
    if (cause instanceof EvalFormatError) throw cause;
    const trouble = cause instanceof Error ? cause.message : String(cause);
    const reason = `cannot be read${number > 0 ? " past this line" : ""}: ${trouble}`;
    throw new EvalFormatError({ file, line: number, reason, cause });
  }
}

async function findPlainOrPacked(directory: string, name: string): Promise<string> {
  for (const file of [join(directory, name), join(directory, `${name}.gz`)]) {
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  throw new EvalFormatError({ file: join(directory, name), line: 0, reason: "no such file, nor with .gz" });
}
