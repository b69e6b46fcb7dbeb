/** `paperwire channels …`: where closed editions are told beside mail. */
import { digestContents } from "@paperwire/discovery";
import { editionDateAt, invalid, notFound } from "@paperwire/domain";
import {
  BLUESKY_GRAPHEMES,
  type Channel,
  channelPostOf,
  MASTODON,
  outboxChannelOf,
  requestFor,
  shortText,
} from "@paperwire/mail";
import { openChannelSend, runChannels } from "../channel-run.ts";
import type { Config } from "../config.ts";
import { siteOf } from "../open-mail.ts";
import { withStore } from "../open-stores.ts";
import { count, say, type Terminal } from "../terminal.ts";

const clockOf = (config: Config) => ({ timeZone: config.editionTimeZone, rollOverMinutes: config.editionRollOver });

function configured({ channels }: Config): Channel[] {
  if (channels.length === 0) throw invalid("No channel is set: see CHANNELS in docs/configuration.md.");
  return channels;
}

/** @returns the exit code: 0 all good, 2 something needs a person */
export async function sendChannelsCommand(config: Config, terminal: Terminal): Promise<number> {
  const channels = configured(config);
  return withStore(config, terminal, async (store) => {
    const run = await runChannels({
      store,
      channels,
      send: openChannelSend(),
      clock: terminal.clock,
      editionClock: clockOf(config),
      site: siteOf(config),
      known: new Set(),
    });
    say(
      terminal,
      `${count(run.sent, "post")} sent, ${run.waiting} put off, ${run.refused} refused, ${run.doubtful} in doubt.`,
    );
    for (const reason of run.reasons) say(terminal, `  ${reason}`);
    return run.refused + run.doubtful > 0 ? 2 : 0;
  });
}

export async function channelStatusCommand(config: Config, terminal: Terminal): Promise<number> {
  return withStore(config, terminal, async (store) => {
    for (const channel of configured(config)) {
      const { waiting, sent, refused, doubt } = await store.outbox.count(outboxChannelOf(channel));
      say(
        terminal,
        `${channel.name} (${channel.kind}, ${channel.cadence}): ${sent} sent, ${waiting} waiting, ${refused} refused, ${doubt} in doubt`,
      );
    }
    return 0;
  });
}

/** What the newest edition would say there; nothing is sent. */
export async function previewChannelCommand(name: string, config: Config, terminal: Terminal): Promise<number> {
  const channel = configured(config).find((one) => one.name === name);
  if (!channel) throw notFound(`There is no channel ${name}.`);
  return withStore(config, terminal, async (store) => {
    const { cadence } = channel;
    const digest = await digestContents(store, { cadence, today: editionDateAt(terminal.clock(), clockOf(config)) });
    const post = digest && channelPostOf(digest, siteOf(config));
    if (!post) throw notFound("No edition has closed yet, so there is nothing to tell.");
    if (channel.kind === "bluesky") say(terminal, shortText(post, { limit: BLUESKY_GRAPHEMES }).text);
    else if (channel.kind === "mastodon") say(terminal, shortText(post, MASTODON).text);
    else say(terminal, requestFor(channel, post, { id: "preview", putMs: 0, nowMs: terminal.clock() }).body);
    return 0;
  });
}
