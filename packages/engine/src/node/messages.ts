/** What the thread that answers and the thread that writes say to each other. */
import type { CountChanges } from "../live/living-counts.ts";
import type { IndexedDocument, Schema } from "../schema.ts";
import type { ImpactTables } from "../segment/impact-tables.ts";
import type { SegmentParts } from "../segment/segment.ts";
import type { Tombstones } from "../snapshot.ts";

/** `mergeApartFrom`: merges of at least so many documents run in a thread of their own. */
export type WorkerStart = { folder: string | null; schema: Schema; mergeApartFrom: number };

/** `files` are names of segment files. */
export type OpenerStart = { folder: string; schema: Schema; files: readonly string[] };
/** For each file its segment, or why it cannot be used. */
export type OpenerReply = { file: string; parts: SegmentParts } | { file: string; damage: string };

/** Segments that were opened without impacts, the largest first. */
export type UnpackerStart = { schema: Schema; segments: readonly { key: number; parts: SegmentParts }[] };
export type UnpackerReply = { key: number; impacts: ImpactTables };

export type MergeRequest = { key: number; parts: readonly { parts: SegmentParts; tombstones: Tombstones | null }[] };
/** `file` is the name of the flushed file, null without a folder; or why there is no segment. */
export type MergeReply = { key: number; parts: SegmentParts; file: string | null } | { key: number; message: string };

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
  /** How many living documents hold each term: counted here, so that the answering thread is not held up. */
  documents: CountChanges;
  revision: number;
};

export type Reply =
  | { type: "opened"; state: IndexState; damaged: string | null }
  | { type: "state"; state: IndexState; batch: number | null }
  | { type: "refused"; batch: number; message: string }
  | { type: "closed" };
