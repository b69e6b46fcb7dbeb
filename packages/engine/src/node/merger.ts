/** The thread that merges: writes large segments while the writing thread goes on taking batches. */
import { parentPort, workerData } from "node:worker_threads";
import { mergeSegments } from "../live/merge-segments.ts";
import type { Allocate } from "../segment/bytes.ts";
import { layoutOf } from "../segment/layout.ts";
import { openSearchable } from "../segment/open-segment.ts";
import { Segment } from "../segment/segment.ts";
import { writeSegmentFile } from "./index-store.ts";
import type { MergeReply, MergeRequest, WorkerStart } from "./messages.ts";

const allocate: Allocate = (bytes) => new SharedArrayBuffer(bytes);

const port = parentPort;
if (port !== null) serve(workerData as WorkerStart, port);

function serve(start: WorkerStart, port: NonNullable<typeof parentPort>): void {
  const layout = layoutOf(start.schema);
  const merge = ({ key, parts }: MergeRequest): MergeReply => {
    const sources = parts.map((part) => ({ segment: new Segment(part.parts), tombstones: part.tombstones }));
    const { bytes, bags } = mergeSegments(sources, layout, allocate);
    const file = start.folder === null ? null : writeSegmentFile(start.folder, key, bytes);
    return { key, parts: openSearchable(bytes, layout, allocate, bags).parts, file };
  };
  port.on("message", (request: MergeRequest) => {
    try {
      port.postMessage(merge(request));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      port.postMessage({ key: request.key, message } satisfies MergeReply);
    }
  });
}
