/** All that a running site does with mail by itself: the outbox, digests at their hour, reports that come back. */
import { setTimeout as sleep } from "node:timers/promises";
import { createPost, type MailDesk, type Post } from "@paperwire/mail";
import type { Store } from "@paperwire/store";
import type { Logger } from "pino";
import { openChannelSend, runChannels } from "./channel-run.ts";
import { collectInto } from "./collect-into.ts";
import type { Config } from "./config.ts";
import { runDigests } from "./digest-run.ts";
import { type DigestSchedule, scheduleDigests } from "./digest-schedule.ts";
import { siteOf } from "./open-mail.ts";
import { schedulePost } from "./post-schedule.ts";
import type { Terminal } from "./terminal.ts";

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
  const rounds = schedulePost(post, (error) => logger.error({ err: error }, "the outbox could not be read"));
  const digests = config.digests === "on" ? startDigests(parts, post) : undefined;
  const reports = startReports(parts);
  const channels = startChannels(parts);
  return {
    post,
    stop: async () => {
      await Promise.all([reports.stop(), channels.stop(), digests?.stop()]);
      await rounds.stop();
    },
  };
}

function startDigests({ store, mail, config, terminal, logger }: Parts, post: Post): DigestSchedule {
  return scheduleDigests({
    run: (signal) =>
      runDigests({
        store,
        desk: mail,
        clock: terminal.clock,
        editionClock: { timeZone: config.editionTimeZone, rollOverMinutes: config.editionRollOver },
        perMinute: config.mailPerMinute,
        providers: config.mailProviders,
        seeds: { addresses: config.mailSeeds, post },
        sleep: (ms) => sleep(ms, undefined, { signal }).catch(() => undefined),
        signal,
      }),
    onRun: ({ composed, sent, doubted }) => {
      for (const one of composed) logger.info(one, "a digest was composed");
      for (const { name, summary } of sent) logger.info({ name, ...summary }, "a digest was sent");
      if (doubted > 0) logger.warn({ doubted }, "deliveries are in doubt: see `paperwire digest status`");
    },
    onError: (error) => logger.error({ err: error }, "a round of digests failed; the next one tries again"),
  });
}

function startChannels({ store, config, terminal, logger }: Parts): { stop(): Promise<void> } {
  if (config.channels.length === 0) return { stop: () => Promise.resolve() };
  const options = {
    store,
    channels: config.channels,
    send: openChannelSend(),
    clock: terminal.clock,
    editionClock: { timeZone: config.editionTimeZone, rollOverMinutes: config.editionRollOver },
    site: siteOf(config),
    known: new Set<string>(),
  };
  return repeat(CHANNELS_EVERY_MS, async () => {
    try {
      const { told, reasons, ...counts } = await runChannels(options);
      if (told.length > 0) logger.info({ told, ...counts }, "an edition was told in channels");
      for (const reason of reasons) logger.warn({ reason }, "a post was not taken");
    } catch (error) {
      logger.error({ err: error }, "a round of channels failed; the next one tries again");
    }
  });
}

/** One round at a time; a mailbox that cannot be opened is tried again at the next. */
function startReports({ store, config, logger }: Parts): { stop(): Promise<void> } {
  const { mailReports: url, mailBounces } = config;
  if (url === undefined) return { stop: () => Promise.resolve() };
  return repeat(REPORTS_EVERY_MS, async () => {
    try {
      const done = await collectInto(store, {
        url,
        ...(mailBounces === undefined ? {} : { bounceAddress: mailBounces }),
      });
      if (done.read > 0) logger.info(done, "reports about mail were read");
    } catch (error) {
      logger.error({ err: error }, "the mailbox of reports could not be read");
    }
  });
}

/** @param round  never rejects; not begun again while it runs */
function repeat(everyMs: number, round: () => Promise<void>): { stop(): Promise<void> } {
  let running: Promise<void> | null = null;
  const start = () => {
    running ??= round().finally(() => {
      running = null;
    });
  };
  const timer = setInterval(start, everyMs).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
