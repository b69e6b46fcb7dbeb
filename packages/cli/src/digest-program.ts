/** The names and options of `paperwire digest`. */
import type { Command } from "commander";
import {
  collectReportsCommand,
  digestStatusCommand,
  pauseDigestCommand,
  previewDigestCommand,
  resendDigestCommand,
  resolveDeliveryCommand,
  sendDigestsCommand,
  takeReportsCommand,
} from "./commands/digest.ts";
import { configFromEnvironment } from "./config.ts";
import type { Terminal } from "./terminal.ts";

export function addDigestCommands(program: Command, terminal: Terminal): void {
  const digest = program.command("digest").description("mail the trending papers: send, look, decide");
  const exitWith = async (code: Promise<number>) => {
    process.exitCode = await code;
  };
  digest
    .command("send")
    .description("compose the newest closed editions and send what is due; safe to run as often as you like")
    .option("--dry-run", "say what would be sent, and to how many; send nothing")
    .action((options: { dryRun?: boolean }) =>
      exitWith(sendDigestsCommand(options, configFromEnvironment(), terminal)),
    );
  digest
    .command("status")
    .description("subscribers, digests, deliveries by state, and deliveries in doubt")
    .action(() => exitWith(digestStatusCommand(configFromEnvironment(), terminal)));
  digest
    .command("preview")
    .description("send the newest digest to one address, to look at; nothing is recorded")
    .argument("<address>")
    .action((address: string) => exitWith(previewDigestCommand(address, configFromEnvironment(), terminal)));
  digest
    .command("resolve")
    .description("decide about a delivery in doubt")
    .argument("<delivery>")
    .option("--sent", "it arrived")
    .option("--again", "it did not: send it")
    .action((id: string, options: { sent?: boolean; again?: boolean }) =>
      exitWith(resolveDeliveryCommand(id, options, configFromEnvironment(), terminal)),
    );
  digest
    .command("report")
    .description("take in delivery reports and complaints, one mail per file; - reads standard input")
    .argument("<files...>")
    .action((files: string[]) => exitWith(takeReportsCommand(files, configFromEnvironment(), terminal)));
  digest
    .command("collect")
    .description("read delivery reports and complaints from the mailbox MAIL_REPORTS; a running site does it by itself")
    .action(() => exitWith(collectReportsCommand(configFromEnvironment(), terminal)));
  for (const verb of ["pause", "resume"] as const) {
    digest
      .command(verb)
      .description(verb === "pause" ? "stop sending one digest, or all mail at once" : "let sending go on")
      .argument("[digest]", "its name, such as 2025-03-28; all where absent")
      .action((name: string | undefined) =>
        exitWith(pauseDigestCommand(name, verb, configFromEnvironment(), terminal)),
      );
  }
  digest
    .command("resend")
    .description("send a digest once more to one subscriber who asks for it")
    .argument("<digest>")
    .argument("<address>")
    .action((name: string, address: string) =>
      exitWith(resendDigestCommand(name, address, configFromEnvironment(), terminal)),
    );
}
