/** Our plain BM25, exhaustive: not a peer, but the floor that a page of JavaScript reaches without any art. */
import { buildPlainBm25 } from "@paperwire/engine/eval";

export function openPeer() {
  const corpus = [];
  let index;
  return {
    add: (batch) => {
      corpus.push(...batch);
    },
    finish: () => {
      index = buildPlainBm25(corpus, { k1: 1.2, b: 0.75 });
    },
    search: (query) => index.search(query, 10).map((hit) => hit.id),
  };
}
