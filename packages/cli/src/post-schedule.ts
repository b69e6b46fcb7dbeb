/** While the site runs, the outbox is looked at every few seconds: for mails put off, and those of before a crash. */
import type { Post } from "@paperwire/mail";

const EVERY_MS = 10_000;

export type PostSchedule = { stop(): Promise<void> };

/** The first round is at once: what a crash left behind has waited long enough. */
export function schedulePost(post: Post, onError: (error: unknown) => void): PostSchedule {
  const round = () => void post.round().catch(onError);
  const timer = setInterval(round, EVERY_MS).unref();
  round();
  return {
    stop: async () => {
      clearInterval(timer);
      await post.stop();
    },
  };
}
