/** Makes an index in memory. */

import { createMemoryIndex } from "./live/memory-index.ts";
import type { Schema } from "./schema.ts";
import type { Index } from "./search-types.ts";

/** Reserved for settings; the defaults are meant to be good everywhere. */
export type IndexOptions = Record<string, never>;

/**
 * An empty index in memory.
 * @throws InvalidInputError  the schema is empty, too large or contradicts itself
 */
export function createIndex(schema: Schema, _options: IndexOptions = {}): Index {
  return createMemoryIndex(schema);
}
