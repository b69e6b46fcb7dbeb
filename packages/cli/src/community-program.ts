/** The options of `paperwire accounts …` and `paperwire ledger …`. */
import type { Command } from "commander";
import {
  type AccountsOptions,
  linkCommand,
  listAccountsCommand,
  setEmailCommand,
  setRoleCommand,
} from "./commands/accounts.ts";
import { verifyLedgerCommand } from "./commands/ledger.ts";
import { configFromEnvironment } from "./config.ts";
import type { Terminal } from "./terminal.ts";

export function addCommunityCommands(program: Command, terminal: Terminal): void {
  addLedger(program, terminal);
  const accounts = program.command("accounts").description("who there is, and what they may do");
  accounts
    .command("list")
    .description("the newest first")
    .argument("[search]", "a part of handle, name or address", "")
    .option("--json", "print them as JSON")
    .action((search: string, options: AccountsOptions) =>
      listAccountsCommand(search, options, configFromEnvironment(), terminal),
    );
  accounts
    .command("set-role")
    .description("reader, curator, moderator or admin")
    .argument("<who>", "handle or address")
    .argument("<role>")
    .option("--json", "print what was done as JSON")
    .action((who: string, role: string, options: AccountsOptions) =>
      setRoleCommand({ who, role }, options, configFromEnvironment(), terminal),
    );
  accounts
    .command("set-email")
    .description("another mail address, for who lost the one they had")
    .argument("<who>", "handle or address")
    .argument("<address>")
    .option("--json", "print what was done as JSON")
    .action((who: string, email: string, options: AccountsOptions) =>
      setEmailCommand({ who, email }, options, configFromEnvironment(), terminal),
    );
  accounts
    .command("link")
    .description("print a link that signs somebody in, for who cannot get mail")
    .argument("<who>", "handle or address")
    .option("--json", "print it as JSON")
    .action((who: string, options: AccountsOptions) => linkCommand(who, options, configFromEnvironment(), terminal));
}

function addLedger(program: Command, terminal: Terminal): void {
  program
    .command("ledger")
    .description("editions as they were when they closed")
    .command("verify")
    .description("recompute every checksum, every link of the chain and every order")
    .option("--json", "print what was found as JSON")
    .action(async (options: { json?: boolean }) => {
      process.exitCode = await verifyLedgerCommand(options, configFromEnvironment(), terminal);
    });
}
