/** All that a running site does with mail by itself: the outbox, digests at their hour, reports that come back. */
import { setTimeout as sleep } from "node:timers/promises";
import { createPost, type MailDesk, type Post } from "@paperwire/mail";
import type { Store } from "@paperwire/store";
import type { Logger } from "pino";
import { collectInto } from "./collect-into.ts";
import type { Config } from "./config.ts";
import { runDigests } from "./digest-run.ts";
import { type DigestSchedule, scheduleDigests } from "./digest-schedule.ts";
import { schedulePost } from "./post-schedule.ts";
import type { Terminal } from "./terminal.ts";

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
  const digests = config.digests === "on" ? startDigests(parts) : undefined;
  const reports = startReports(parts);
  return {
    post,
    stop: async () => {
      await Promise.all([reports.stop(), digests?.stop()]);
      await rounds.stop();
    },
  };
}

function startDigests({ store, mail, config, terminal, logger }: Parts): DigestSchedule {
  return scheduleDigests({
    run: (signal) =>
      runDigests({
        store,
        desk: mail,
        clock: terminal.clock,
        editionClock: { timeZone: config.editionTimeZone, rollOverMinutes: config.editionRollOver },
        perMinute: config.mailPerMinute,
        providers: config.mailProviders,
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

/** One round at a time; a mailbox that cannot be opened is tried again at the next. */
function startReports({ store, config, logger }: Parts): { stop(): Promise<void> } {
  const { mailReports: url, mailBounces } = config;
  if (url === undefined) return { stop: () => Promise.resolve() };
  let running: Promise<void> | null = null;
  const round = () => {
    running ??= collectInto(store, { url, ...(mailBounces === undefined ? {} : { bounceAddress: mailBounces }) })
      .then(
        (done) => {
          if (done.read > 0) logger.info(done, "reports about mail were read");
        },
        (error: unknown) => logger.error({ err: error }, "the mailbox of reports could not be read"),
      )
      .finally(() => {
        running = null;
      });
  };
  const timer = setInterval(round, REPORTS_EVERY_MS).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
