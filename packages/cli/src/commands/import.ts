/** `paperwire import FILE…`: takes files in, shows how far it is, sums up what became of them. */
import { createReadStream } from "node:fs";
import { stat, writeFile } from "node:fs/promises";
import { editionDateAt, invalid, isEditionDate } from "@paperwire/domain";
import { exitCode, type ImportSummary, importPapers, isFormatName } from "@paperwire/ingest";
import type { Store } from "@paperwire/store";
import type { Config } from "../config.ts";
import { withStore } from "../open-stores.ts";
import { startProgress } from "../progress.ts";
import { count, say, type Terminal } from "../terminal.ts";

/** Refusals shown; all that were kept go to `--refusals`. */
const MOST_SHOWN = 20;
const STANDARD_INPUT = "-";
/** Changed papers after which the database's own figures are worth renewing. */
const TIDY_AFTER = 1_000;

export type ImportOptions = { format: string; date?: string; refusals?: string; json?: boolean };

/** @returns the exit code: 0 all good, 2 some lines refused, 1 nothing could be read */
export async function importCommand(
  files: readonly string[],
  options: ImportOptions,
  config: Config,
  terminal: Terminal,
): Promise<number> {
  const { format, date } = options;
  if (format !== "auto" && !isFormatName(format))
    throw invalid(`There is no format "${format}"; see paperwire import --help.`);
  if (date !== undefined && !isEditionDate(date))
    throw invalid(`--date ${date} is not a date. Write it as 2025-03-28.`);
  const sources = await Promise.all(files.map((file) => openSource(file, terminal)));
  return withStore(config, terminal, async (store) => {
    const codes: number[] = [];
    let changed = 0;
    for (const source of sources) {
      const summary = await importOne(source, { ...options, format }, config, store, terminal);
      if (options.refusals !== undefined) await writeRefusals(options.refusals, summary);
      if (options.json) say(terminal, JSON.stringify({ file: source.name, ...summary }));
      else sumUp(source.name, summary, terminal);
      codes.push(exitCode(summary));
      changed += summary.added + summary.updated;
    }
    if (changed >= TIDY_AFTER) await store.tidy();
    return codes.includes(2) || new Set(codes).size > 1 ? 2 : (codes[0] ?? 0);
  });
}

type Source = { name: string; open(): AsyncIterable<Uint8Array>; bytes: number | null };

async function openSource(file: string, { stdin }: Terminal): Promise<Source> {
  if (file === STANDARD_INPUT) return { name: "standard input", open: () => stdin, bytes: null };
  try {
    const about = await stat(file);
    if (about.isDirectory()) throw invalid(`${file} is a folder; name the files in it.`);
    return { name: file, open: () => createReadStream(file), bytes: about.isFile() ? about.size : null };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw invalid(`There is no file ${file}.`, error);
    throw error;
  }
}

async function importOne(
  source: Source,
  { format, date }: ImportOptions,
  config: Config,
  store: Store,
  terminal: Terminal,
): Promise<ImportSummary> {
  const today = editionDateAt(terminal.clock(), { timeZone: config.editionTimeZone, rollOverMinutes: 0 });
  const progress = startProgress({
    label: "Importing",
    total: source.bytes,
    output: terminal.stderr,
    clock: terminal.clock,
  });
  try {
    return await importPapers({
      input: source.open(),
      format: format as "auto",
      options: { today, ...(date === undefined ? {} : { date }) },
      papers: store.papers,
      onProgress: ({ bytesRead, read, added, updated, refused }) =>
        progress.update(
          bytesRead,
          `${count(read)} read, ${count(added)} added, ${count(updated)} updated${refused ? `, ${count(refused)} refused` : ""}`,
        ),
    });
  } finally {
    progress.stop();
  }
}

function sumUp(name: string, summary: ImportSummary, terminal: Terminal): void {
  const { read, added, updated, unchanged, refused } = summary;
  if (summary.unreadable !== undefined) say(terminal, `${name}: ${summary.unreadable}`);
  if (summary.format !== null) say(terminal, `${name}: read as ${summary.format}`);
  for (const note of summary.notes) say(terminal, `  note: ${note}`);
  say(
    terminal,
    `  ${count(read)} read: ${count(added)} added, ${count(updated)} updated, ${count(unchanged)} unchanged, ${count(refused)} refused`,
  );
  for (const { line, reason } of summary.refusals.slice(0, MOST_SHOWN)) say(terminal, `  line ${line}: ${reason}`);
  if (refused > MOST_SHOWN) say(terminal, `  … and ${count(refused - MOST_SHOWN)} more; --refusals FILE lists them`);
}

async function writeRefusals(path: string, { refusals }: ImportSummary): Promise<void> {
  await writeFile(path, refusals.map((refusal) => `${JSON.stringify(refusal)}\n`).join(""), { flag: "a" });
}
