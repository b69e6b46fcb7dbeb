/** Lunr: one field, its own English analysis (Porter, stop words), any word may match. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadInstalled } from "./installed.mjs";

export function openPeer(config) {
  const lunr = loadInstalled(config, "lunr");
  const builder = new lunr.Builder();
  builder.pipeline.add(lunr.trimmer, lunr.stopWordFilter, lunr.stemmer);
  builder.searchPipeline.add(lunr.stemmer);
  builder.field("text");
  let index;
  return {
    add: (batch) => {
      for (const { id, title, text } of batch) builder.add({ id, text: `${title} ${text}` });
    },
    finish: () => {
      index = builder.build();
    },
    save: () => writeFileSync(join(config.folder, "index.json"), JSON.stringify(index)),
    // The query object, not the query text: a colon or a minus in a title is a word here, not syntax.
    search: (query) =>
      index
        .query((asked) => asked.term(lunr.tokenizer(query)))
        .slice(0, 10)
        .map((hit) => hit.ref),
  };
}
