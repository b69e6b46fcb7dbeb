/** An index on disk: changes are appended to a log before they count, and read back at the next start. */
import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open, readFile, truncate } from "node:fs/promises";
import { join } from "node:path";
import { createIndex } from "../create-index.ts";
import { checkDocument, type IndexedDocument, type Schema } from "../schema.ts";
import type { Searchable } from "../search-types.ts";

/** One batch of changes; an id in both lists is removed. */
export type Changes = {
  upserts: readonly IndexedDocument[];
  removals: readonly string[];
  /** The caller's mark of progress, a whole number ≥ 0 that does not fall. */
  revision: number;
};

export type OpenOptions = {
  /** Created if absent; `null` keeps everything in memory only. One process at a time. */
  folder: string | null;
  schema: Schema;
};

/** Searching is synchronous and never waits for writing; it sees the state after the last resolved `apply`. */
export type DurableIndex = Searchable & {
  /** The `revision` of the last applied batch; 0 when empty. */
  readonly revision: number;
  /** Set when stored bytes were damaged: what was lost. `revision` says where to feed again from. */
  readonly damaged: string | null;
  /** Resolved: durable and searchable. Rejected: nothing was taken. Calls are carried out in order. */
  apply(changes: Changes): Promise<void>;
  /** Waits for batches under way, then lets go of the folder. Searching still works. */
  close(): Promise<void>;
};

const LOG_FILE = "changes.log";
const PIECE_DOCUMENTS = 8;

/** @throws InvalidInputError  the schema is not acceptable */
export async function openIndex(options: OpenOptions): Promise<DurableIndex> {
  const index = createIndex(options.schema);
  const state = {
    revision: 0,
    damaged: null as string | null,
    log: null as FileHandle | null,
    queue: Promise.resolve(),
  };
  if (options.folder !== null) {
    await mkdir(options.folder, { recursive: true });
    const path = join(options.folder, LOG_FILE);
    const good = await replay(path, options.schema, (changes) => {
      index.upsert(changes.upserts);
      index.remove(changes.removals);
      state.revision = changes.revision;
    });
    if (good.damaged) {
      state.damaged = `${LOG_FILE}: the changes after revision ${state.revision} were damaged and are gone`;
      await truncate(path, good.bytes);
    }
    state.log = await open(path, "a");
  }
  const takeIn = async (changes: Changes): Promise<void> => {
    for (const document of changes.upserts) checkDocument(options.schema, document);
    if (state.log !== null) {
      await state.log.appendFile(record(changes));
      await state.log.datasync();
    }
    for (let at = 0; at < changes.upserts.length; at += PIECE_DOCUMENTS) {
      index.upsert(changes.upserts.slice(at, at + PIECE_DOCUMENTS));
      await new Promise((resolve) => setImmediate(resolve));
    }
    index.remove(changes.removals);
    state.revision = changes.revision;
  };
  return {
    get size() {
      return index.size;
    },
    get revision() {
      return state.revision;
    },
    get damaged() {
      return state.damaged;
    },
    search: (query, searchOptions) => index.search(query, searchOptions),
    explain: (query, id) => index.explain(query, id),
    suggest: (prefix, suggestOptions) => index.suggest(prefix, suggestOptions),
    apply(changes) {
      const done = state.queue.then(() => takeIn(changes));
      state.queue = done.catch(() => undefined);
      return done;
    },
    async close() {
      await state.queue;
      await state.log?.close();
      state.log = null;
    },
  };
}

function record(changes: Changes): string {
  const body = JSON.stringify(changes);
  return `${createHash("sha256").update(body).digest("hex").slice(0, 16)} ${body}\n`;
}

async function replay(
  path: string,
  schema: Schema,
  take: (changes: Changes) => void,
): Promise<{ bytes: number; damaged: boolean }> {
  let bytes = 0;
  const text = await readFile(path, "utf8").catch(() => "");
  while (bytes < text.length) {
    const end = text.indexOf("\n", bytes);
    const line = text.slice(bytes, end < 0 ? undefined : end + 1);
    const body = line.slice(17, -1);
    if (end < 0 || line !== `${createHash("sha256").update(body).digest("hex").slice(0, 16)} ${body}\n`) break;
    const changes = JSON.parse(body) as Changes;
    for (const document of changes.upserts) checkDocument(schema, document);
    take(changes);
    bytes = end + 1;
  }
  return { bytes: Buffer.byteLength(text.slice(0, bytes)), damaged: bytes < text.length };
}
