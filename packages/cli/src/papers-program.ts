/** The options of `paperwire papers …`. */
import type { Command } from "commander";
import {
  type DuplicatesOptions,
  duplicatesCommand,
  mergeCommand,
  mergesCommand,
  splitCommand,
} from "./commands/papers.ts";
import { configFromEnvironment } from "./config.ts";
import type { Terminal } from "./terminal.ts";

export function addPaperCommands(program: Command, terminal: Terminal): void {
  const papers = program.command("papers").description("papers that are one work under several names");
  papers
    .command("duplicates")
    .description("look through the whole library for papers that are one work")
    .option("--merge", "make one paper of each pair that is sure; `papers split` takes it back")
    .option("--json", "print the pairs as JSON")
    .action(async (options: DuplicatesOptions) => {
      process.exitCode = await duplicatesCommand(options, configFromEnvironment(), terminal);
    });
  papers
    .command("merges")
    .description("what was merged and why, newest first")
    .option("--json", "print it as JSON")
    .action((options: { json?: boolean }) => mergesCommand(options, configFromEnvironment(), terminal));
  papers
    .command("merge")
    .description("make one paper of two; the address of the other leads on")
    .argument("<paper>")
    .argument("<other>")
    .option("--keep <paper>", "which of the two keeps its address; by default the one on arXiv, then the older one")
    .action((first: string, second: string, options: { keep?: string }) =>
      mergeCommand([first, second], options, configFromEnvironment(), terminal),
    );
  papers
    .command("split")
    .description("take a merge back: they are not the same, and are not merged again")
    .argument("<merge>", "as `papers merges` names it, or the paper that was merged away")
    .action((name: string) => splitCommand(name, configFromEnvironment(), terminal));
}
