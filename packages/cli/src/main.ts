/** The command line: names of commands, their options, and exit codes. */
import { DomainError } from "@paperwire/domain";
import { FORMATS } from "@paperwire/ingest";
import { Command } from "commander";
import { addChannelCommands } from "./channel-program.ts";
import { backupCommand, restoreCommand } from "./commands/backup.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { type EvaluateOptions, evaluateCommand } from "./commands/evaluate.ts";
import { type HarvestOptions, harvestCommand } from "./commands/harvest.ts";
import { type ImportOptions, importCommand } from "./commands/import.ts";
import { checkLinksCommand, citationsCommand } from "./commands/look-up.ts";
import { migrateCommand } from "./commands/migrate.ts";
import { refreshCommand } from "./commands/refresh.ts";
import { serveCommand } from "./commands/serve.ts";
import { type StatusOptions, sourcesStatusCommand } from "./commands/sources.ts";
import { addCommunityCommands } from "./community-program.ts";
import { configFromEnvironment } from "./config.ts";
import { addDigestCommands } from "./digest-program.ts";
import { addPaperCommands } from "./papers-program.ts";
import type { Terminal } from "./terminal.ts";
import { version } from "./version.ts";

const terminal: Terminal = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, clock: Date.now };

const program = new Command("paperwire")
  .description("A front page for research papers, on a machine you own.")
  .version(version)
  .showHelpAfterError()
  .configureHelp({ sortSubcommands: false });

program
  .command("serve")
  .description("start the site")
  .action(() => serveCommand(configFromEnvironment(), terminal));

program
  .command("import")
  .description("take papers and editions in from files; - reads standard input; .gz is unpacked by itself")
  .argument("<files...>")
  .option("--format <name>", `one of auto, ${FORMATS.map((format) => format.name).join(", ")}`, "auto")
  .option("--date <day>", "the edition's date, where the file does not say its year")
  .option("--refusals <file>", "append every refused line with its reason to this file, as JSON lines")
  .option("--json", "print the summary as JSON")
  .action(async (files: string[], options: ImportOptions) => {
    process.exitCode = await importCommand(files, options, configFromEnvironment(), terminal);
  });

program
  .command("refresh")
  .description("ask arXiv for titles, authors, dates and abstracts; without ids, for all papers that lack them")
  .argument("[ids...]")
  .action(async (ids: string[]) => {
    process.exitCode = await refreshCommand(ids, configFromEnvironment(), terminal);
  });

program
  .command("harvest")
  .description("take in what changed at a source and check its newest announcement; Ctrl-C keeps what was done")
  .argument("<source>", "arxiv, hf, openreview, acl, preprints or crossref")
  .option("--since <day>", "first day of changes; by default from where the last run ended")
  .option(
    "--sets <list>",
    "arXiv: archives and categories (cs,stat.ML); hf: servers to follow (https://huggingface.co); openreview: venues (ICLR.cc/2026/Conference); acl: collections (2026.acl); preprints: biorxiv,medrxiv; crossref: known, or DOIs. By default those harvested before",
  )
  .option("--json", "print one summary per set as JSON")
  .action(async (source: string, options: HarvestOptions) => {
    process.exitCode = await harvestCommand(source, options, configFromEnvironment(), terminal, untilInterrupted());
  });

const sources = program.command("sources").description("what the sources of papers say");
sources
  .command("status")
  .description("each day's announcement: counts of every door, what is stored, and whether it is complete")
  .option("--days <number>", "days back from the newest announcement", "14")
  .option("--json", "print it as JSON")
  .option("--jobs", "with --json: what the site does by itself, in place of announcements")
  .action(async (options: StatusOptions) => {
    process.exitCode = await sourcesStatusCommand(options, configFromEnvironment(), terminal);
  });

program
  .command("links")
  .description("links that papers name: code, data, models")
  .command("check")
  .description("look at the links whose time has come: there, empty, gone, stars; Ctrl-C keeps what was done")
  .option("--limit <number>", "links of this run, at most", "500")
  .action(async (options: { limit: string }) => {
    process.exitCode = await checkLinksCommand(options, configFromEnvironment(), terminal, untilInterrupted());
  });

program
  .command("citations")
  .description("ask Semantic Scholar how often papers are cited, those of which nobody asked for a week or a month")
  .action(async () => {
    process.exitCode = await citationsCommand(configFromEnvironment(), terminal, untilInterrupted());
  });

addPaperCommands(program, terminal);
addDigestCommands(program, terminal);
addChannelCommands(program, terminal);

program
  .command("doctor")
  .description("look at everything that mail needs, and say what to do about what is not well")
  .action(async () => {
    process.exitCode = await doctorCommand(configFromEnvironment(), terminal);
  });

addCommunityCommands(program, terminal);

program
  .command("migrate")
  .description("bring the database's schema up to date")
  .action(() => migrateCommand(configFromEnvironment(), terminal));

program
  .command("backup")
  .description("write everything into one file; - writes to standard output")
  .argument("<file>")
  .action((file: string) => backupCommand(file, configFromEnvironment(), terminal));

program
  .command("restore")
  .description("load a backup, made on either database; - reads standard input")
  .argument("<file>")
  .option("--replace", "throw away what the database holds now")
  .action((file: string, options: { replace?: boolean }) =>
    restoreCommand(file, options, configFromEnvironment(), terminal),
  );

program
  .command("evaluate")
  .description("measure the search on a judged collection")
  .command("search")
  .description(
    "index a BEIR folder with a system's defaults, ask its judged queries, score the answers as trec_eval does",
  )
  .requiredOption("--collection <folder>", "holds corpus.jsonl[.gz], queries.jsonl and qrels/*.tsv")
  .option("--split <name>", "which file of qrels/; test, unless there is only one")
  .option("--system <name>", "paperwire, or bm25: a plain, slow reference")
  .option("--run <file>", "write the hits to this file in TREC form")
  .option("--score <file>", "score a run in TREC form that another program wrote, instead of searching")
  .option("--json", "print one JSON object")
  .action((options: EvaluateOptions) => evaluateCommand(options, terminal));

/** Aborts at Ctrl-C; a second one ends the process at once. */
function untilInterrupted(): AbortSignal {
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort(new Error("interrupted")));
  return stop.signal;
}

try {
  await program.parseAsync();
} catch (error) {
  // An expected failure is a sentence; anything else is a bug, and its trace helps to mend it.
  console.error(error instanceof DomainError ? error.message : error);
  process.exitCode = 1;
}
