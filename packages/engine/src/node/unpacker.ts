/** A short-lived thread that unpacks what the first stage reads, for segments that were opened without. */
import { parentPort, workerData } from "node:worker_threads";
import type { Allocate } from "../segment/bytes.ts";
import { layoutOf } from "../segment/layout.ts";
import { Segment } from "../segment/segment.ts";
import { unpackImpacts } from "../segment/unpack-impacts.ts";
import type { UnpackerReply, UnpackerStart } from "./messages.ts";

const allocate: Allocate = (bytes) => new SharedArrayBuffer(bytes);

const port = parentPort;
if (port !== null) serve(workerData as UnpackerStart, port);

function serve({ schema, segments }: UnpackerStart, port: NonNullable<typeof parentPort>): void {
  const layout = layoutOf(schema);
  for (const { key, parts } of segments) {
    const reply: UnpackerReply = { key, impacts: unpackImpacts(new Segment(parts), layout, allocate) };
    port.postMessage(reply);
  }
}
