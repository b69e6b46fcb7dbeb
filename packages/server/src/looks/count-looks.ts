/**
 * Counts how often lists of papers were shown, without knowing to whom: finished pages are counted, one number each, and
 * every minute the papers on them are added up by place. Nothing of a request is kept.
 */
import { bucketOf, type Clock, type PaperId, type Surface } from "@paperwire/domain";
import type { LookCount, Store } from "@paperwire/store";
import { createRateLimiter, type RateLimit } from "../rate-limit.ts";
import { isLook } from "./is-look.ts";

/** Papers as a page shows them, from the top. */
export type ShownPapers = {
  surface: Surface;
  papers: readonly PaperId[];
  /** Place of the topmost one in the whole list, from 1. */
  first: number;
};

export type LooksCounter = {
  /** @param address of the network, for a limit that is kept in memory for an hour and written nowhere */
  count(shown: ShownPapers, request: Request, address: () => string): void;
  /** Writes what was counted since the last time; called every minute, and at the end. A crash loses what was not written. */
  flush(): Promise<void>;
};

/** One reader cannot make a paper look seen by all: more pages an hour are answered, and not counted. */
const LOOKS_LIMIT: RateLimit = { name: "looks", quota: 120, windowSeconds: 3600 };
/** Different pages between two flushes; a site that shows more counts only these. */
const PAGES_MAX = 2_000;
/** Nobody looks further down a page. */
const PLACES_MAX = 100;
/** One statement takes no more. */
const COUNTS_MAX = 50_000;

export function createLooksCounter({ store, clock }: { store: Pick<Store, "looks">; clock: Clock }): LooksCounter {
  let pages = new Map<ShownPapers, number>();
  const limiter = createRateLimiter(LOOKS_LIMIT, clock);
  return {
    count: (shown, request, address) => {
      if (shown.papers.length === 0 || !isLook(request) || limiter.take(address()).left < 0) return;
      const known = pages.get(shown);
      if (known !== undefined || pages.size < PAGES_MAX) pages.set(shown, (known ?? 0) + 1);
    },
    flush: async () => {
      const counted = pages;
      if (counted.size === 0) return;
      pages = new Map();
      await store.looks.add(addUp(counted));
    },
  };
}

function addUp(pages: ReadonlyMap<ShownPapers, number>): LookCount[] {
  const counts = new Map<string, LookCount>();
  for (const [{ surface, papers, first }, times] of pages) {
    for (const [at, paperId] of papers.slice(0, PLACES_MAX).entries()) {
      const bucket = bucketOf(first + at);
      const key = `${surface} ${bucket} ${paperId}`;
      const known = counts.get(key);
      if (known) known.count += times;
      else if (counts.size < COUNTS_MAX) counts.set(key, { paperId, surface, bucket, count: times });
    }
  }
  return [...counts.values()];
}
