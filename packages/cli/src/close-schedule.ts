/** While the site runs, editions close when their day is over: looked at once a minute. */
import { closeByClock } from "@paperwire/community";
import type { Store } from "@paperwire/store";
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import type { Terminal } from "./terminal.ts";

const EVERY_MS = 60_000;

type Parts = { store: Store; config: Config; terminal: Terminal; logger: Logger };

export function scheduleClosing({ store, config, terminal, logger }: Parts): { stop(): Promise<void> } {
  const editionClock = { timeZone: config.editionTimeZone, rollOverMinutes: config.editionRollOver };
  let running: Promise<void> | null = null;
  const round = () => {
    running ??= closeByClock({ store, clock: terminal.clock, editionClock })
      .then(
        (closed) => {
          if (closed.length > 0) logger.info({ editions: closed.length, last: closed.at(-1) }, "editions were closed");
        },
        (error: unknown) => logger.error({ err: error }, "editions could not be closed; the next round tries again"),
      )
      .finally(() => {
        running = null;
      });
  };
  round();
  const timer = setInterval(round, EVERY_MS).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
