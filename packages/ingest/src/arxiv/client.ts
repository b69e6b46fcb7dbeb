/** Asks arXiv's query API for papers by their ids. */
import type { Clock } from "@paperwire/domain";
import { decodeAll } from "../polite/decode.ts";
import { createMemoryTurns, type HostTurns, type Sleep } from "../polite/host-turns.ts";
import { createPoliteFetcher } from "../polite/polite-fetcher.ts";
import { type ArxivFeed, parseFeed } from "./feed.ts";

export const ARXIV_API_URL = "https://export.arxiv.org/api/query";
/** Ids per request: their list stays below what servers take as an address. */
export const IDS_PER_REQUEST = 100;

/** Where entries come from: arXiv, or a test. */
export type ArxivSource = {
  /**
   * @param ids 1..`IDS_PER_REQUEST` arXiv ids without version
   * @returns in any order; ids that arXiv does not know are left out
   * @throws DomainError `upstream`
   */
  fetchEntries(ids: readonly string[], signal?: AbortSignal): Promise<ArxivFeed>;
};

export type ArxivClientOptions = {
  /** Mail address or page of whoever runs this instance: arXiv writes there before it blocks. */
  contact?: string;
  clock: Clock;
  /** Rejects when the signal aborts. */
  sleep: Sleep;
  /** By default turns within this process; `createStoreTurns` shares them over all processes of a database. */
  turns?: HostTurns;
  /** http or https; tests speak to a server on this machine. */
  baseUrl?: string;
  timeoutMs?: number;
};

/** Politely: one request at a time, three seconds apart, repeated where that may help, bounded in every direction. */
export function createArxivClient(options: ArxivClientOptions): ArxivSource {
  const { clock, sleep, baseUrl = ARXIV_API_URL, timeoutMs, contact } = options;
  const { turns = createMemoryTurns({ clock, sleep }) } = options;
  const fetcher = createPoliteFetcher({ name: "arXiv", turns, contact });
  return {
    fetchEntries(ids, signal) {
      if (ids.length === 0 || ids.length > IDS_PER_REQUEST) throw new RangeError(`${ids.length} ids in one request`);
      const url = new URL(baseUrl);
      url.searchParams.set("id_list", ids.join(","));
      // Its own default is 10, whatever the length of the list.
      url.searchParams.set("max_results", String(ids.length));
      return fetcher
        .fetch({
          url,
          accept: "application/atom+xml",
          timeoutMs,
          signal,
          // What comes may be no feed, or half of one: arXiv does so when it is busy, so another try may help.
          read: async (answer) => parseFeed(await decodeAll(answer, "arXiv")),
        })
        .then((feed) => feed ?? { entries: [], misfits: [] });
    },
  };
}
