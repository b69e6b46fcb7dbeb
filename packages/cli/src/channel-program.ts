/** The names and options of `paperwire channels`. */
import type { Command } from "commander";
import { channelStatusCommand, previewChannelCommand, sendChannelsCommand } from "./commands/channels.ts";
import { configFromEnvironment } from "./config.ts";
import type { Terminal } from "./terminal.ts";

export function addChannelCommands(program: Command, terminal: Terminal): void {
  const channels = program
    .command("channels")
    .description("tell closed editions elsewhere: webhooks, chats, social networks");
  const exitWith = async (code: Promise<number>) => {
    process.exitCode = await code;
  };
  channels
    .command("send")
    .description("tell the newest closed edition where it was not told yet; a running site does it by itself")
    .action(() => exitWith(sendChannelsCommand(configFromEnvironment(), terminal)));
  channels
    .command("status")
    .description("each channel and what became of its posts")
    .action(() => exitWith(channelStatusCommand(configFromEnvironment(), terminal)));
  channels
    .command("preview")
    .description("what the newest edition would say in a channel; nothing is sent")
    .argument("<channel>", "its name")
    .action((name: string) => exitWith(previewChannelCommand(name, configFromEnvironment(), terminal)));
}
