/** The thread that writes: analyses documents, builds and merges segments, and keeps the folder. */
import { parentPort, workerData } from "node:worker_threads";
import { LiveSegments } from "../live/live-segments.ts";
import type { IndexedDocument } from "../schema.ts";
import type { Allocate } from "../segment/bytes.ts";
import { layoutOf } from "../segment/layout.ts";
import { IndexStore } from "./index-store.ts";
import { Merging } from "./merging.ts";
import type { IndexState, Reply, Request, WorkerStart } from "./messages.ts";

const allocate: Allocate = (bytes) => new SharedArrayBuffer(bytes);

const port = parentPort;
if (port !== null) await serve(workerData as WorkerStart, port);

type Port = NonNullable<typeof parentPort>;

async function serve(start: WorkerStart, port: Port): Promise<void> {
  const layout = layoutOf(start.schema);
  const segments = new LiveSegments(layout, allocate);
  const store = start.folder === null ? null : new IndexStore(start.folder, layout, allocate);
  let revision = 0;
  let documents: IndexedDocument[] = [];
  const reply = (message: Reply): void => port.postMessage(message);
  const state = (): IndexState => {
    const { parts, terms } = segments.snapshotParts();
    const listed = parts.map(({ segment, tombstones, toGlobal }, at) => ({
      key: segments.segments[at].key,
      parts: segment.parts,
      tombstones,
      toGlobal,
    }));
    return { segments: listed, terms, documents: segments.takeCountChanges(), revision };
  };
  const merging = new Merging({
    start,
    segments,
    store,
    changed: () => {
      store?.save(segments.segments, revision);
      reply({ type: "state", state: state(), batch: null });
    },
  });
  const close = async (): Promise<void> => {
    await merging.close();
    store?.settle(segments.segments, revision);
    reply({ type: "closed" });
    port.close();
  };
  const commit = (request: Request & { type: "commit" }): void => {
    const upserts = new Map(documents.map((document) => [document.id, document]));
    documents = [];
    for (const id of request.removals) upserts.delete(id);
    const before = { segments: segments.segments, revision };
    try {
      segments.apply([...upserts.values()], request.removals);
      revision = request.revision;
      store?.save(segments.segments, revision);
      reply({ type: "state", state: state(), batch: request.batch });
      merging.plan();
    } catch (error) {
      segments.restore(before.segments);
      revision = before.revision;
      reply({ type: "refused", batch: request.batch, message: error instanceof Error ? error.message : String(error) });
    }
  };
  port.on("message", (request: Request) => {
    if (request.type === "documents") documents.push(...request.documents);
    else if (request.type === "discard") documents = [];
    else if (request.type === "commit") commit(request);
    else void close();
  });
  const restored = (await store?.load()) ?? { segments: [], revision: 0, damaged: null };
  segments.restore(restored.segments);
  revision = restored.revision;
  reply({ type: "opened", state: state(), damaged: restored.damaged });
  merging.plan();
}
