/** This engine with its defaults, as a system to evaluate: what a reader of the product would get. */
import { createIndex } from "../index.ts";
import type { Schema } from "../schema.ts";
import type { CorpusDocument } from "./beir.ts";
import type { SearchSystem } from "./search-system.ts";

/** As the product weighs a paper: one word of the title counts like this many of the abstract. */
const SCHEMA: Schema = { fields: { title: { weight: 2.5 }, text: { weight: 1 } } };
/** Documents handed over at once: bounds the memory of a build over a corpus of millions. */
const BATCH = 2_000;

export const paperwireSystem: SearchSystem = {
  name: "paperwire",
  description: "This engine with its defaults",
  build(corpus, onIndexed) {
    const index = createIndex(SCHEMA);
    for (let from = 0; from < corpus.length; from += BATCH) {
      index.upsert(corpus.slice(from, from + BATCH).map((document, at) => toIndexed(document, from + at)));
      onIndexed?.(Math.min(from + BATCH, corpus.length));
    }
    // The index gathers documents until it is first asked: that work belongs to indexing, not to the first query.
    index.search("", { limit: 1 });
    const search = (query: string, limit: number) =>
      index.search(query, { limit }).hits.map(({ id, score }) => ({ id: corpus[Number(id)].id, score }));
    return { search };
  },
};

/** Known by its place in the corpus: a collection may have ids that an index refuses. */
function toIndexed({ title, text }: CorpusDocument, place: number) {
  return { id: String(place), fields: { title, text } };
}
