/** The live index: opens what is on disk, learns what the store has since, and follows it from then on. */
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { createIndex, type IndexedDocument, type Searchable } from "@paperwire/engine";
import { type DurableIndex, openIndex } from "@paperwire/engine/node";
import type { Store } from "@paperwire/store";
import type { IndexingState } from "./discovery.ts";
import { PAPER_SCHEMA, toDocument } from "./paper-document.ts";

/** Reading a batch blocks the thread for its parsing; this many papers keep that near 5 ms. */
const PAPERS_PER_READ = 250;
/** Each batch of the index is written to disk and merged; far behind, few large ones cost much less than many small. */
const PAPERS_PER_BATCH = 5_000;

export type LibraryOptions = {
  store: Pick<Store, "papers" | "merges" | "version" | "epoch">;
  /** Where the index is kept; null keeps it in memory. */
  folder: string | null;
  /** A failure while following the store; the next turn tries again. */
  onError(error: unknown): void;
};

export type Library = {
  /** What can be searched now; empty until the index on disk has been read. */
  index(): Searchable;
  /** Applies all changes of the store that the index does not have yet. */
  catchUp(): Promise<void>;
  /** Catches up now, and then whenever the store has changed, looking every `everyMs`. */
  follow(everyMs: number): void;
  state(): IndexingState;
  close(): Promise<void>;
};

/** Resolves at once: pages need not wait for the index to be read from disk. */
export async function openLibrary({ store, folder, onError }: LibraryOptions): Promise<Library> {
  let total = await store.papers.count();
  let opened: DurableIndex | null = null;
  let running: Promise<void> | null = null;
  /** The store's version when the last catching up began: unlike revisions, it also counts changes of editions. */
  let learnt: number | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  const nothingYet = createIndex(PAPER_SCHEMA);

  const open = async () => {
    opened ??= await openIndex({
      folder: folder === null ? null : await folderOf(folder, await store.epoch()),
      schema: PAPER_SCHEMA,
    });
    return opened;
  };
  const learn = async () => {
    const index = await open();
    const version = await store.version();
    while (true) {
      const { upserts, removals, revision } = await readBatch(store, index.revision);
      if (closed || revision === index.revision) break;
      await index.apply({ upserts, removals, revision });
      total = Math.max(total, index.size);
    }
    total = await store.papers.count();
    learnt = version;
  };
  const catchUp = () => {
    running ??= learn().finally(() => {
      running = null;
    });
    return running;
  };
  const turn = async (everyMs: number) => {
    try {
      if ((await store.version()) !== learnt) await catchUp();
    } catch (error) {
      if (!closed) onError(error);
    }
    if (!closed) timer = setTimeout(() => void turn(everyMs), everyMs).unref();
  };

  return {
    index: () => opened ?? nothingYet,
    catchUp,
    follow: (everyMs) => void turn(everyMs),
    state: () => ({ done: Math.min(opened?.size ?? 0, total), total, revision: opened?.revision ?? 0 }),
    close: async () => {
      closed = true;
      if (timer) clearTimeout(timer);
      await running?.catch(() => undefined);
      await opened?.close();
    },
  };
}

/** The next changes above a revision, read in pieces so that requests get their turn in between. */
async function readBatch({ papers, merges }: Pick<Store, "papers" | "merges">, after: number) {
  const upserts: IndexedDocument[] = [];
  let revision = after;
  while (upserts.length < PAPERS_PER_BATCH) {
    const read = await papers.listChangedSince(revision, PAPERS_PER_READ);
    upserts.push(...read.map(toDocument));
    revision = read.at(-1)?.revision ?? revision;
    if (read.length < PAPERS_PER_READ) break;
  }
  // A merge moves its winner's revision, so what went is never above the newest paper.
  const removals = await merges.listGone({ after, until: revision });
  const gone = new Set(removals);
  return { upserts: upserts.filter(({ id }) => !gone.has(id)), removals, revision };
}

/** An index belongs to one epoch of the store: after a restore, revisions mean other papers and the index starts anew. */
async function folderOf(home: string, epoch: string): Promise<string> {
  await mkdir(home, { recursive: true });
  for (const name of await readdir(home)) {
    if (name !== epoch) await rm(join(home, name), { recursive: true, force: true });
  }
  return join(home, epoch);
}
