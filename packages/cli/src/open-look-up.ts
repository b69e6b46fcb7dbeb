/** Asks for a paper that a reader names and that is not here yet: at the source that knows it, in that source's turn. */
import { setTimeout as sleep } from "node:timers/promises";
import type { PaperLookUp } from "@paperwire/community";
import { type Identifier, invalid, upstream } from "@paperwire/domain";
import { createArxivClient, type HostTurns, refreshFromArxiv } from "@paperwire/ingest";
import type { Store } from "@paperwire/store";
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { openSource } from "./paper-sources.ts";
import { openTurns } from "./source-turns.ts";
import type { Terminal } from "./terminal.ts";

/** A reader waits before the screen: longer than this is told as "try again". */
const PATIENCE_MS = 20_000;

type Parts = {
  store: Store;
  config: Pick<Config, "arxivApi" | "contact" | "sourcesMirror">;
  terminal: Terminal;
  logger: Logger;
  patienceMs?: number;
};

/** One source as a look-up sees it. */
type Door = {
  title: string;
  /** @returns whether the source knows it; it is taken in then */
  find(value: string, signal: AbortSignal): Promise<boolean>;
};

/** Modern papers of the ACL Anthology have their own id in their DOI. @source https://aclanthology.org/info/ids/ */
const doiOfAcl = (id: string) => `10.18653/v1/${id.toLowerCase()}`;

export function openLookUp({ store, config, terminal, logger, patienceMs = PATIENCE_MS }: Parts): PaperLookUp {
  const turns = openTurns(store, terminal);
  const crossref = listedAt("crossref", { store, config, turns });
  const doors: Partial<Record<Identifier["scheme"], Door>> = {
    arxiv: arxivDoor({ store, config, terminal, turns }),
    openreview: listedAt("openreview", { store, config, turns }),
    doi: crossref,
    acl: { ...crossref, find: (id, signal) => crossref.find(doiOfAcl(id), signal) },
  };
  return {
    schemes: Object.keys(doors) as Identifier["scheme"][],
    find: async ({ scheme, value }) => {
      const door = doors[scheme];
      if (!door) return false;
      const signal = AbortSignal.timeout(patienceMs);
      try {
        return await door.find(value, signal);
      } catch (error) {
        // Whatever was being waited for, a turn or an answer, names its end in its own way.
        if (!signal.aborted) throw error;
        logger.warn({ [scheme]: value }, "a reader's look-up took too long");
        throw upstream(
          `${door.title} could not be asked in time: it answers slowly, or other jobs of this site are asking it. Try again in a minute.`,
          error,
        );
      }
    },
  };
}

type DoorParts = Pick<Parts, "store" | "config"> & { turns: HostTurns };

function arxivDoor({ store, config, terminal, turns }: DoorParts & Pick<Parts, "terminal">): Door {
  const source = createArxivClient({
    baseUrl: config.arxivApi,
    turns,
    clock: terminal.clock,
    sleep: async (ms, signal) => {
      await sleep(ms, undefined, signal ? { signal } : {});
    },
    ...(config.contact === undefined ? {} : { contact: config.contact }),
  });
  return {
    title: "arXiv",
    find: async (value, signal) => {
      const { missing, refused, stopped } = await refreshFromArxiv({
        ids: [value],
        source,
        papers: store.papers,
        asOf: new Date(terminal.clock()).toISOString(),
        signal,
      });
      if (stopped !== undefined) throw upstream(`arXiv did not answer (${stopped}). Try again in a minute.`);
      return missing.length === 0 && refused.length === 0;
    },
  };
}

/** A source that can be read by lists gives a single paper as a list of one. */
function listedAt(name: "crossref" | "openreview", { store, config, turns }: DoorParts): Door {
  const source = openSource(name, { store, turns, config });
  return {
    title: source.title,
    find: async (value, signal) => {
      const today = "1970-01-01";
      const cursor = source.begin(value, { from: today, today });
      const { items } = await source.readPage(source.checkSet(value), cursor, signal);
      const [item] = items;
      if (!item) return false;
      if ("refused" in item) throw invalid(`What ${source.title} says of it cannot be taken in: ${item.refused}`);
      await store.papers.takeIn([item.record]);
      return true;
    },
  };
}
