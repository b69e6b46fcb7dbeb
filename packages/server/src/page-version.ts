/** Which state of the store the pages show: asked for by a timer, so that no request has to. */
import { editionDateAt } from "@paperwire/domain";
import type { ServerContext } from "./context.ts";

export type PageVersion = {
  /** Equal values mean equal pages; undefined while nothing is known yet. */
  current(): string | undefined;
};

/** A change of the store is seen after this long at most. */
const POLL_MS = 250;
/** Acts of readers are shown together: however many vote in it, pages are made anew once in this time. */
const ACTIVITY_MS = 1_000;

/**
 * Asks the store for its version four times a second, and looks whether a new day began. While the store does not
 * answer, the last version stays: pages already made are better than none. Votes and other acts of readers have a
 * counter of their own, taken over at most once a second; places in the editions are made true just before.
 * @param signal ends the asking; the timer alone never keeps the process alive
 */
export function watchPageVersion(
  {
    store,
    discovery,
    clock,
    settings,
    logger,
  }: Pick<ServerContext, "store" | "discovery" | "clock" | "settings" | "logger">,
  signal?: AbortSignal,
): PageVersion {
  let current: string | undefined;
  let asking = false;
  let activity = { at: 0, seenMs: Number.NEGATIVE_INFINITY };
  const askActivity = async () => {
    const nowMs = clock();
    if (Math.abs(nowMs - activity.seenMs) < ACTIVITY_MS) return;
    const at = await store.activity();
    if (at === activity.at) return;
    await store.upvotes.place();
    activity = { at, seenMs: nowMs };
  };
  const ask = async () => {
    if (asking) return;
    asking = true;
    try {
      await askActivity();
      const version = await store.version();
      // The index follows the store a little later; a page of results made in between must not outlive that moment.
      const { revision } = discovery.indexing();
      current = `${version}.${revision}.${activity.at}@${editionDateAt(clock(), settings.editionClock)}`;
    } catch (error) {
      logger.debug({ err: error }, "the store did not tell its version");
    } finally {
      asking = false;
    }
  };
  void ask();
  const timer = setInterval(() => void ask(), POLL_MS).unref();
  signal?.addEventListener("abort", () => clearInterval(timer), { once: true });
  return { current: () => current };
}
