/** Makes an index in memory. */

import { createMemoryIndex } from "./live/memory-index.ts";
import type { Schema } from "./schema.ts";
import type { Index } from "./search-types.ts";

/**
 * An empty index in memory.
 * @throws InvalidInputError  the schema is none, is empty or too large, or contradicts itself
 */
export function createIndex(schema: Schema): Index {
  return createMemoryIndex(schema);
}
