/** MiniSearch: one field, our reference analysis, any word may match, no prefix or fuzzy search. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { analyzePlain } from "@paperwire/engine/eval";
import { loadInstalled } from "./installed.mjs";

export function openPeer(config) {
  const MiniSearch = loadInstalled(config, "minisearch");
  const index = new MiniSearch({ fields: ["text"], tokenize: analyzePlain, processTerm: (term) => term });
  return {
    add: (batch) => index.addAll(batch.map(({ id, title, text }) => ({ id, text: `${title} ${text}` }))),
    save: () => writeFileSync(join(config.folder, "index.json"), JSON.stringify(index)),
    search: (query) =>
      index
        .search(query)
        .slice(0, 10)
        .map((hit) => hit.id),
  };
}
