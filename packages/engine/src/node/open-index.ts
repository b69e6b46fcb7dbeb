/** An index on disk: this thread answers, a second one writes. */
import { Worker } from "node:worker_threads";
import { InvalidInputError } from "../errors.ts";
import type { CountChanges } from "../live/living-counts.ts";
import { checkDocument, checkSchema, copyOf, type IndexedDocument, type Schema } from "../schema.ts";
import { explainSnapshot } from "../search/explain.ts";
import { searchSnapshot } from "../search/search.ts";
import { suggestFrom } from "../search/suggest.ts";
import type { Searchable } from "../search-types.ts";
import { type Layout, layoutOf } from "../segment/layout.ts";
import { Segment } from "../segment/segment.ts";
import { Snapshot } from "../snapshot.ts";
import type { IndexState, Reply, Request, UnpackerReply, UnpackerStart, WorkerStart } from "./messages.ts";

/** One batch of changes; an id in both lists is removed. */
export type Changes = {
  upserts: readonly IndexedDocument[];
  removals: readonly string[];
  /** The caller's mark of progress, a whole number ≥ 0. */
  revision: number;
};

export type OpenOptions = {
  /** Created if absent; `null` keeps everything in memory only. One process at a time: what a second one writes is refused. */
  folder: string | null;
  schema: Schema;
  /** Merges of at least so many documents run in a thread of their own, beside the writing of batches. Default 20,000. */
  mergeApartFrom?: number;
};

const MERGE_APART_FROM = 20_000;

/** Searching is synchronous and never waits for writing; it sees the state after the last resolved `apply`. */
export type DurableIndex = Searchable & {
  /** The `revision` of the last applied batch; 0 when empty. */
  readonly revision: number;
  /**
   * Set when stored bytes were damaged, missing or of another schema: what was found. The index opened at its last whole
   * state, perhaps empty; `revision` says from where the caller feeds again.
   */
  readonly damaged: string | null;
  /**
   * Resolved: durable and searchable. Rejected: nothing was taken. Calls are carried out in order.
   * Analysis and building happen in another thread; here documents are only handed over, in small pieces.
   */
  apply(changes: Changes): Promise<void>;
  /** Waits for batches under way, then lets go of the folder. Searching still works. */
  close(): Promise<void>;
};

/** Handing over one piece takes about a millisecond. */
const PIECE_DOCUMENTS = 64;
const PIECE_CHARS = 400_000;

/** @throws InvalidInputError  the schema is not acceptable, or the folder no path */
export async function openIndex(options: OpenOptions): Promise<DurableIndex> {
  checkSchema(options.schema);
  if (options.folder !== null && typeof options.folder !== "string")
    throw new InvalidInputError('"folder" is a path, or null for an index in memory only');
  const { folder, schema, mergeApartFrom = MERGE_APART_FROM } = options;
  const start: WorkerStart = { folder, schema, mergeApartFrom };
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const worker = new Worker(new URL(`./worker.${extension}`, import.meta.url), { workerData: start });
  const opened = await new Promise<Reply & { type: "opened" }>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  return new ThreadedIndex(options.schema, worker, opened);
}

type Waiting = { resolve: () => void; reject: (error: Error) => void };

class ThreadedIndex implements DurableIndex {
  readonly damaged: string | null;
  readonly #schema: Schema;
  readonly #layout: Layout;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #snapshot: Snapshot;
  /** How many living documents hold each term; belongs to the snapshot. */
  #documents: Uint32Array = new Uint32Array(0);
  #revision = 0;
  #segments = new Map<number, Segment>();
  #queue: Promise<unknown> = Promise.resolve();
  #batch = 0;
  #unpacker: Worker | null = null;
  #ended: Error | null = null;

  constructor(schema: Schema, worker: Worker, opened: Reply & { type: "opened" }) {
    this.#schema = schema;
    this.#layout = layoutOf(schema);
    this.#worker = worker;
    this.damaged = opened.damaged;
    this.#snapshot = this.#take(opened.state);
    worker.on("message", (reply: Reply) => this.#receive(reply));
    worker.on("error", (error: Error) => this.#end(error));
    worker.on("exit", () => this.#end(new Error("engine: the writing thread has ended")));
    worker.unref();
    this.#unpack();
  }

  /** What was opened without impacts answers slowly until another thread has unpacked them. */
  #unpack(): void {
    const segments = [...this.#segments]
      .filter(([, segment]) => segment.parts.impacts === null)
      .map(([key, { parts }]) => ({ key, parts }))
      .sort((a, b) => b.parts.bytes.length - a.parts.bytes.length);
    if (segments.length === 0) return;
    const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
    const workerData: UnpackerStart = { schema: this.#schema, segments };
    const unpacker = new Worker(new URL(`./unpacker.${extension}`, import.meta.url), { workerData });
    unpacker.on("message", ({ key, impacts }: UnpackerReply) => {
      const segment = this.#segments.get(key);
      if (segment !== undefined) segment.parts.impacts = impacts;
    });
    // Without impacts the answers are the same.
    unpacker.on("error", () => undefined);
    unpacker.unref();
    this.#unpacker = unpacker;
  }

  get size(): number {
    return this.#snapshot.size;
  }

  get revision(): number {
    return this.#revision;
  }

  search: Searchable["search"] = (query, options) => searchSnapshot(this.#snapshot, query, options);
  explain: Searchable["explain"] = (query, id, options) => explainSnapshot(this.#snapshot, query, id, options);
  suggest: Searchable["suggest"] = (prefix, options) => suggestFrom(this.#snapshot, prefix, options);

  apply(changes: Changes): Promise<void> {
    const done = this.#queue.then(() => this.#send(changes));
    this.#queue = done.catch(() => undefined);
    return done;
  }

  async #send(changes: Changes): Promise<void> {
    if (this.#ended !== null) throw this.#ended;
    checkChanges(changes);
    const { upserts, removals, revision } = changes;
    this.#worker.ref();
    try {
      await this.#sendDocuments(upserts);
      this.#batch += 1;
      const batch = this.#batch;
      const done = new Promise<void>((resolve, reject) => this.#waiting.set(batch, { resolve, reject }));
      this.#post({ type: "commit", removals: [...removals], revision, batch });
      await done;
    } finally {
      this.#worker.unref();
    }
  }

  async #sendDocuments(upserts: readonly IndexedDocument[]): Promise<void> {
    let piece: IndexedDocument[] = [];
    let chars = 0;
    for (const document of upserts) {
      try {
        checkDocument(this.#schema, document);
      } catch (error) {
        this.#post({ type: "discard" });
        throw error;
      }
      piece.push(copyOf(document));
      chars += charsOf(document);
      if (piece.length < PIECE_DOCUMENTS && chars < PIECE_CHARS) continue;
      this.#post({ type: "documents", documents: piece });
      piece = [];
      chars = 0;
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (piece.length > 0) this.#post({ type: "documents", documents: piece });
  }

  #post(request: Request): void {
    this.#worker.postMessage(request);
  }

  #receive(reply: Reply): void {
    if (reply.type === "state") {
      this.#snapshot = this.#take(reply.state);
      if (reply.batch !== null) this.#settle(reply.batch, null);
    } else if (reply.type === "refused") {
      this.#settle(reply.batch, new Error(`engine: the batch was refused: ${reply.message}`));
    }
  }

  #take(state: IndexState): Snapshot {
    const segments = new Map<number, Segment>();
    const parts = state.segments.map(({ key, parts, tombstones, toGlobal }) => {
      const segment = this.#segments.get(key) ?? new Segment(parts);
      segments.set(key, segment);
      return { segment, tombstones, toGlobal };
    });
    this.#segments = segments;
    this.#revision = state.revision;
    this.#count(state.documents, state.terms);
    const snapshot = new Snapshot(this.#layout, parts, state.terms, this.#documents);
    snapshot.warm();
    return snapshot;
  }

  #count(changes: CountChanges, terms: number): void {
    if ("all" in changes) {
      this.#documents = changes.all;
      return;
    }
    if (this.#documents.length < terms) {
      const larger = new Uint32Array(terms * 2);
      larger.set(this.#documents);
      this.#documents = larger;
    }
    for (let at = 0; at < changes.terms.length; at += 1) this.#documents[changes.terms[at]] = changes.documents[at];
  }

  #settle(batch: number, error: Error | null): void {
    const waiting = this.#waiting.get(batch);
    this.#waiting.delete(batch);
    if (error === null) waiting?.resolve();
    else waiting?.reject(error);
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const batch of this.#waiting.keys()) this.#settle(batch, error);
  }

  async close(): Promise<void> {
    await this.#queue;
    if (this.#ended !== null) return;
    this.#ended = new Error("engine: the index is closed");
    await this.#unpacker?.terminate();
    const exited = new Promise<void>((resolve) => this.#worker.once("exit", () => resolve()));
    this.#worker.ref();
    this.#post({ type: "close" });
    await exited;
  }
}

/** @throws InvalidInputError  before anything is handed over */
function checkChanges(changes: Changes): void {
  if (!Array.isArray(changes?.upserts)) throw new InvalidInputError('"upserts" is a list of documents');
  const { removals, revision } = changes;
  if (!Array.isArray(removals) || !removals.every((id) => typeof id === "string"))
    throw new InvalidInputError('"removals" is a list of ids');
  if (!Number.isSafeInteger(revision) || revision < 0)
    throw new InvalidInputError(`a revision is a whole number from 0 on, not ${revision}`);
}

function charsOf(document: IndexedDocument): number {
  let chars = 0;
  for (const value of Object.values(document.fields)) {
    if (typeof value === "string") chars += value.length;
    else for (const item of value) chars += item.length;
  }
  return chars;
}
