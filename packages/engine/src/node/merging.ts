/** Merging beside the writing of batches: small merges at once, large ones in a thread of their own, one at a time. */
import { Worker } from "node:worker_threads";
import type { LiveSegment, LiveSegments } from "../live/live-segments.ts";
import { Segment } from "../segment/segment.ts";
import type { IndexStore } from "./index-store.ts";
import type { MergeReply, MergeRequest, WorkerStart } from "./messages.ts";

type Options = {
  start: WorkerStart;
  segments: LiveSegments;
  store: IndexStore | null;
  /** Called when the list of segments has changed. @throws Error  it could not be saved, by a full disk, for one */
  changed: () => void;
};

type Pending = { key: number; before: readonly LiveSegment[] };

export class Merging {
  readonly #options: Options;
  #worker: Worker | null = null;
  #pending: Pending | null = null;
  #isPlanned = false;
  #isClosed = false;
  /** After a failure merges stay away from the thread: the index works without them. */
  #hasFailed = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Looks for merges once the batches at hand are done; one small merge at a time, so that no batch waits for more. */
  plan(): void {
    if (this.#isPlanned || this.#isClosed) return;
    this.#isPlanned = true;
    setImmediate(() => {
      this.#isPlanned = false;
      if (!this.#isClosed && this.#mergeSome()) this.plan();
    });
  }

  /** @returns whether there may be more to do */
  #mergeSome(): boolean {
    const { segments, start } = this.#options;
    const busy = new Set(this.#pending?.before.map((live) => live.key));
    const due = segments.dueMerge(busy);
    if (due === null) return false;
    const documents = due.reduce((sum, { segment }) => sum + segment.documents, 0);
    if (documents < start.mergeApartFrom || this.#hasFailed) {
      const before = segments.segments;
      segments.mergeOnce(busy);
      return this.#isSaved(before);
    }
    if (this.#pending === null) this.#mergeApart(due);
    return false;
  }

  #mergeApart(before: readonly LiveSegment[]): void {
    const { segments, store } = this.#options;
    const key = segments.newKey();
    store?.expect(key);
    this.#pending = { key, before };
    const worker = this.#startWorker();
    this.#worker = worker;
    const parts = before.map(({ segment, tombstones }) => ({ parts: segment.parts, tombstones }));
    worker.postMessage({ key, parts } satisfies MergeRequest);
  }

  #startWorker(): Worker {
    const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
    const worker = new Worker(new URL(`./merger.${extension}`, import.meta.url), { workerData: this.#options.start });
    worker.on("message", (reply: MergeReply) => this.#receive(reply));
    worker.on("error", () => this.#fail());
    return worker;
  }

  #receive(reply: MergeReply): void {
    const { segments, store } = this.#options;
    const pending = this.#pending;
    if (pending === null || this.#isClosed) return;
    // A merge takes a multiple of its result, and gives it back only with the thread.
    void this.#worker?.terminate();
    this.#worker = null;
    if ("message" in reply) {
      this.#fail();
      return;
    }
    this.#pending = null;
    store?.accept(reply.key, reply.file);
    const before = segments.segments;
    segments.replace(pending.before, new Segment(reply.parts), reply.key);
    if (this.#isSaved(before)) this.plan();
  }

  /** What cannot be saved is taken back: the list before says the same and needs no more room. The next batch tries again. */
  #isSaved(before: readonly LiveSegment[]): boolean {
    try {
      this.#options.changed();
      return true;
    } catch {
      this.#options.segments.restore(before);
      return false;
    }
  }

  #fail(): void {
    this.#hasFailed = true;
    if (this.#pending !== null) this.#options.store?.accept(this.#pending.key, null);
    this.#pending = null;
    this.plan();
  }

  /** Gives up the merge under way; it is begun anew when the index is opened again. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#pending !== null) this.#options.store?.accept(this.#pending.key, null);
    await this.#worker?.terminate();
  }
}
