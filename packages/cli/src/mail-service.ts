/** All that a running site does with mail by itself: the outbox, digests at their hour, reports that come back. */
import { setTimeout as sleep } from "node:timers/promises";
import { createPost, type MailDesk, type Post } from "@paperwire/mail";
import type { Store } from "@paperwire/store";
import type { Logger } from "pino";
import { openChannelSend, runChannels } from "./channel-run.ts";
import { collectInto } from "./collect-into.ts";
import type { Config } from "./config.ts";
import { runDigests } from "./digest-run.ts";
import { siteOf } from "./open-mail.ts";
import { type Repeating, repeat } from "./repeat.ts";
import type { Terminal } from "./terminal.ts";

/** Mails that were put off, and those of before a crash. */
const OUTBOX_EVERY_MS = 10_000;
const DIGESTS_EVERY_MS = 60_000;
const CHANNELS_EVERY_MS = 60_000;
const REPORTS_EVERY_MS = 5 * 60_000;

type Parts = { store: Store; mail: MailDesk; config: Config; terminal: Terminal; logger: Logger };

export type MailService = { post: Post; stop(): Promise<void> };

export function startMailService(parts: Parts): MailService {
  const { store, mail, config, terminal, logger } = parts;
  logger.debug({ by: mail.transport.name }, "mail leaves this way");
  const post = createPost({
    outbox: store.outbox,
    desk: mail,
    clock: terminal.clock,
    onProblem: (reason) => logger.warn({ reason }, "a mail was not sent"),
  });
  const rounds = repeat({
    everyMs: OUTBOX_EVERY_MS,
    round: () => post.round(),
    onError: (error) => logger.error({ err: error }, "the outbox could not be read"),
  });
  const digests = config.digests === "on" ? startDigests(parts, post) : undefined;
  const reports = startReports(parts);
  const channels = startChannels(parts);
  return {
    post,
    stop: async () => {
      await Promise.all([reports?.stop(), channels?.stop(), digests?.stop()]);
      await Promise.all([rounds.stop(), post.stop()]);
    },
  };
}

function startDigests({ store, mail, config, terminal, logger }: Parts, post: Post): Repeating {
  return repeat({
    everyMs: DIGESTS_EVERY_MS,
    atOnce: false,
    round: async (signal) => {
      const { composed, sent, doubted } = await runDigests({
        store,
        desk: mail,
        clock: terminal.clock,
        editionClock: { timeZone: config.editionTimeZone, rollOverMinutes: config.editionRollOver },
        perMinute: config.mailPerMinute,
        providers: config.mailProviders,
        seeds: { addresses: config.mailSeeds, post },
        sleep: (ms) => sleep(ms, undefined, { signal }).catch(() => undefined),
        signal,
      });
      for (const one of composed) logger.info(one, "a digest was composed");
      for (const { name, summary } of sent) logger.info({ name, ...summary }, "a digest was sent");
      if (doubted > 0) logger.warn({ doubted }, "deliveries are in doubt: see `paperwire digest status`");
    },
    onError: (error) => logger.error({ err: error }, "a round of digests failed; the next one tries again"),
  });
}

function startChannels({ store, config, terminal, logger }: Parts): Repeating | undefined {
  if (config.channels.length === 0) return undefined;
  const options = {
    store,
    channels: config.channels,
    send: openChannelSend(),
    clock: terminal.clock,
    editionClock: { timeZone: config.editionTimeZone, rollOverMinutes: config.editionRollOver },
    site: siteOf(config),
    known: new Set<string>(),
  };
  return repeat({
    everyMs: CHANNELS_EVERY_MS,
    atOnce: false,
    round: async () => {
      const { told, reasons, ...counts } = await runChannels(options);
      if (told.length > 0) logger.info({ told, ...counts }, "an edition was told in channels");
      for (const reason of reasons) logger.warn({ reason }, "a post was not taken");
    },
    onError: (error) => logger.error({ err: error }, "a round of channels failed; the next one tries again"),
  });
}

function startReports({ store, config, logger }: Parts): Repeating | undefined {
  const { mailReports: url, mailBounces } = config;
  if (url === undefined) return undefined;
  return repeat({
    everyMs: REPORTS_EVERY_MS,
    atOnce: false,
    round: async () => {
      const done = await collectInto(store, {
        url,
        ...(mailBounces === undefined ? {} : { bounceAddress: mailBounces }),
      });
      if (done.read > 0) logger.info(done, "reports about mail were read");
    },
    onError: (error) => logger.error({ err: error }, "the mailbox of reports could not be read"),
  });
}
