/** The search systems that can be evaluated by name. */
import { EvalFormatError } from "./format-error.ts";
import { paperwireSystem } from "./paperwire-system.ts";
import { buildPlainBm25 } from "./plain-bm25.ts";
import type { SearchSystem } from "./search-system.ts";

const plainBm25: SearchSystem = {
  name: "bm25",
  description: "Plain BM25 (k1 0.9, b 0.4, Porter stems, 33 stop words), the slow reference",
  build: (corpus, onIndexed) => buildPlainBm25(corpus, { onIndexed }),
};

/** In the order in which help and tables show them; the first is the default. */
export const SEARCH_SYSTEMS: readonly SearchSystem[] = [paperwireSystem, plainBm25];

/** @throws EvalFormatError no system has this name; the message lists those that are there */
export function getSystem(name: string): SearchSystem {
  const system = SEARCH_SYSTEMS.find((each) => each.name === name);
  if (system) return system;
  const names = SEARCH_SYSTEMS.map((each) => each.name).join(", ");
  throw new EvalFormatError({ file: `system "${name}"`, line: 0, reason: `there is ${names}` });
}
