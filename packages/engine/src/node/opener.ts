/** A short-lived thread that opens some segments of a folder. */
import { parentPort, workerData } from "node:worker_threads";
import { DamagedIndexError } from "../errors.ts";
import type { Allocate } from "../segment/bytes.ts";
import { layoutOf } from "../segment/layout.ts";
import type { OpenerReply, OpenerStart } from "./messages.ts";
import { openSegmentFile } from "./open-files.ts";

const allocate: Allocate = (bytes) => new SharedArrayBuffer(bytes);

const port = parentPort;
if (port !== null) serve(workerData as OpenerStart, port);

function serve({ folder, schema, files }: OpenerStart, port: NonNullable<typeof parentPort>): void {
  const layout = layoutOf(schema);
  for (const file of files) {
    let reply: OpenerReply;
    try {
      reply = { file, parts: openSegmentFile(folder, file, layout, allocate).parts };
    } catch (error) {
      if (!(error instanceof DamagedIndexError)) throw error;
      reply = { file, damage: error.found };
    }
    port.postMessage(reply);
  }
}
