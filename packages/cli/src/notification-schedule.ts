/** While the site runs, notifications are mailed by themselves: a round a minute, never two at once. */
import type { Logger } from "pino";

const EVERY_MS = 60_000;

export function scheduleNotifications(round: () => Promise<number>, logger: Logger): { stop(): Promise<void> } {
  let running: Promise<void> | null = null;
  const start = () => {
    running ??= round()
      .then(
        (mails) => {
          if (mails > 0) logger.info({ mails }, "notifications were mailed");
        },
        (error: unknown) => logger.error({ err: error }, "notifications were not mailed; the next round tries again"),
      )
      .finally(() => {
        running = null;
      });
  };
  start();
  const timer = setInterval(start, EVERY_MS).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
