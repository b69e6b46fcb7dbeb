/** Orama: one field, our reference analysis, threshold 1 (any word may match), whole words, no tolerance. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { analyzePlain } from "@paperwire/engine/eval";
import { loadInstalled } from "./installed.mjs";

export function openPeer(config) {
  const orama = loadInstalled(config, "@orama/orama");
  const tokenizer = { language: "english", normalizationCache: new Map(), tokenize: analyzePlain };
  const database = orama.create({ schema: { text: "string" }, components: { tokenizer } });
  return {
    add: (batch) =>
      orama.insertMultiple(
        database,
        batch.map(({ id, title, text }) => ({ id, text: `${title} ${text}` })),
        batch.length,
      ),
    save: () => {
      // The stored texts are left out: the other peers keep none.
      const { docs: _texts, ...index } = orama.save(database);
      writeFileSync(join(config.folder, "index.json"), JSON.stringify(index));
    },
    search: (query) => {
      const answer = orama.search(database, { term: query, threshold: 1, limit: 10 });
      return answer instanceof Promise ? answer.then(readIds) : readIds(answer);
    },
  };
}

function readIds(answer) {
  return answer.hits.map((hit) => hit.id);
}
