/** An index in memory: changes are gathered and taken in when somebody searches. */
import { InvalidInputError } from "../errors.ts";
import { checkDocument, checkSchema, copyOf, type IndexedDocument, type Schema } from "../schema.ts";
import { explainSnapshot } from "../search/explain.ts";
import { searchSnapshot } from "../search/search.ts";
import { suggestFrom } from "../search/suggest.ts";
import type { Index } from "../search-types.ts";
import { allocatePlain } from "../segment/bytes.ts";
import { layoutOf } from "../segment/layout.ts";
import { Snapshot } from "../snapshot.ts";
import { LiveSegments } from "./live-segments.ts";

/** Gathered changes are taken in at the latest after so many. */
const PENDING_MAX = 100_000;

export function createMemoryIndex(schema: Schema): Index {
  checkSchema(schema);
  const layout = layoutOf(schema);
  const segments = new LiveSegments(layout, allocatePlain);
  /** null: to be removed. */
  const pending = new Map<string, IndexedDocument | null>();
  let snapshot = new Snapshot(layout, [], 0, new Uint32Array(0));
  const settle = (): Snapshot => {
    if (pending.size === 0) return snapshot;
    const upserts = [...pending.values()].filter((document) => document !== null);
    const removals = [...pending.keys()].filter((id) => pending.get(id) === null);
    pending.clear();
    segments.apply(upserts, removals);
    while (segments.mergeOnce());
    const { parts, terms, documents } = segments.snapshotParts();
    snapshot = new Snapshot(layout, parts, terms, documents);
    return snapshot;
  };
  const note = (id: string, document: IndexedDocument | null): void => {
    pending.delete(id);
    pending.set(id, document);
    if (pending.size >= PENDING_MAX) settle();
  };
  return {
    get size() {
      return settle().size;
    },
    upsert(documents) {
      if (!Array.isArray(documents)) throw new InvalidInputError("upsert takes a list of documents");
      for (const document of documents) checkDocument(schema, document);
      for (const document of documents) note(document.id, copyOf(document));
    },
    remove(ids) {
      if (!Array.isArray(ids)) throw new InvalidInputError("remove takes a list of ids");
      for (const id of ids) note(id, null);
    },
    search: (query, options) => searchSnapshot(settle(), query, options),
    explain: (query, id, options) => explainSnapshot(settle(), query, id, options),
    suggest: (prefix, options) => suggestFrom(settle(), prefix, options),
  };
}
