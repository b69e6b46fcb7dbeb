/** What the thread that answers and the thread that writes say to each other. */
import type { IndexedDocument, Schema } from "../schema.ts";
import type { SegmentParts } from "../segment/segment.ts";
import type { Tombstones } from "../snapshot.ts";

export type WorkerStart = { folder: string | null; schema: Schema };

/** Documents arrive in pieces; `commit` makes one batch of all that came since the last one. */
export type Request =
  | { type: "documents"; documents: readonly IndexedDocument[] }
  | { type: "discard" }
  | { type: "commit"; removals: readonly string[]; revision: number; batch: number }
  | { type: "close" };

/** A state of the index on shared memory: handing it over copies nothing large. */
export type IndexState = {
  segments: readonly {
    key: number;
    parts: SegmentParts;
    tombstones: Tombstones | null;
    toGlobal: Uint32Array | null;
  }[];
  terms: number;
  revision: number;
};

export type Reply =
  | { type: "opened"; state: IndexState; damaged: string | null }
  | { type: "state"; state: IndexState; batch: number | null }
  | { type: "refused"; batch: number; message: string }
  | { type: "closed" };
