/** What a running site does by itself beside mail and sources: closing editions, letting go of words, telling people and hubs. */
import { closeByClock } from "@paperwire/community";
import { COMMENT_LIMITS } from "@paperwire/domain";
import { createPostForm } from "@paperwire/ingest";
import type { MailDesk, Post } from "@paperwire/mail";
import type { LooksCounter } from "@paperwire/server";
import { COLLECTION_LIMITS, type Store } from "@paperwire/store";
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { mailNotifications } from "./notification-run.ts";
import { baseUrlOf } from "./open-mail.ts";
import { type Repeating, repeat } from "./repeat.ts";
import { tellHub } from "./tell-hub.ts";
import type { Terminal } from "./terminal.ts";

const CLOSING_EVERY_MS = 60_000;
const NOTIFICATIONS_EVERY_MS = 60_000;
/** How much longer than promised the words of what was deleted are kept, at most. */
const PURGE_EVERY_MS = 60_000;
/** What a crash loses of the counts of looks, at most. */
const LOOKS_EVERY_MS = 60_000;
const THIN_EVERY_MS = 6 * 3_600_000;
const HUB_EVERY_MS = 5_000;

type Parts = {
  store: Store;
  mail: MailDesk;
  post: Post;
  looks: LooksCounter;
  config: Config;
  terminal: Terminal;
  logger: Logger;
};

export function startUpkeep(parts: Parts): Repeating {
  const all = [
    startClosing(parts),
    startPurging(parts),
    startNotifications(parts),
    ...startCounts(parts),
    startHub(parts),
  ];
  return { stop: async () => void (await Promise.all(all.map((one) => one?.stop()))) };
}

function startClosing({ store, config, terminal, logger }: Parts): Repeating {
  const editionClock = { timeZone: config.editionTimeZone, rollOverMinutes: config.editionRollOver };
  return repeat({
    everyMs: CLOSING_EVERY_MS,
    round: async () => {
      const closed = await closeByClock({ store, clock: terminal.clock, editionClock });
      if (closed.length > 0) logger.info({ editions: closed.length, last: closed.at(-1) }, "editions were closed");
    },
    onError: (error) => logger.error({ err: error }, "editions could not be closed; the next round tries again"),
  });
}

function startPurging({ store, terminal, logger }: Parts): Repeating {
  return repeat({
    everyMs: PURGE_EVERY_MS,
    round: async () => {
      await store.comments.purgeDeleted(terminal.clock() - COMMENT_LIMITS.undoMs);
      await store.collections.purgeDeleted(terminal.clock() - COLLECTION_LIMITS.undoMs);
    },
    onError: (error) => logger.error({ err: error }, "words of what was deleted could not be let go of"),
  });
}

function startNotifications({ store, mail, post, config, terminal, logger }: Parts): Repeating {
  const [baseUrl, siteName] = [baseUrlOf(config), config.siteName];
  return repeat({
    everyMs: NOTIFICATIONS_EVERY_MS,
    round: async () => {
      const mails = await mailNotifications({ store, mail, post, baseUrl, siteName, nowMs: terminal.clock() });
      if (mails > 0) logger.info({ mails }, "notifications were mailed");
    },
    onError: (error) => logger.error({ err: error }, "notifications were not mailed; the next round tries again"),
  });
}

/** Counts: of looks by the minute, and of everything that grows coarser with age. */
function startCounts({ store, looks, logger }: Parts): Repeating[] {
  const counting = repeat({
    everyMs: LOOKS_EVERY_MS,
    atOnce: false,
    round: () => looks.flush(),
    onError: (error) => logger.error({ err: error }, "looks of the last minute could not be written and are lost"),
  });
  const thinning = repeat({
    everyMs: THIN_EVERY_MS,
    round: async () => {
      await store.looks.thin();
      await store.citations.thin();
      await store.links.thinStars();
    },
    onError: (error) => logger.error({ err: error }, "older counts could not be made coarser"),
  });
  return [counting, thinning];
}

function startHub({ store, config, terminal, logger }: Parts): Repeating | undefined {
  const { webSubHub: hubUrl } = config;
  if (hubUrl === undefined) return undefined;
  const options = { store, hubUrl, baseUrl: baseUrlOf(config), clock: terminal.clock, post: createPostForm() };
  return repeat({
    everyMs: HUB_EVERY_MS,
    round: async (signal) => {
      const { told, givenUp } = await tellHub({ ...options, signal });
      if (told > 0) logger.debug({ told }, "the hub knows which feeds changed");
      for (const one of givenUp) logger.warn(one, "the hub did not take the news of a feed");
    },
    onError: (error) => logger.error({ err: error }, "the hub could not be told"),
  });
}
