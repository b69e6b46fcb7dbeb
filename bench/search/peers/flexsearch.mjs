/** FlexSearch: one field, our reference analysis, `suggest` on, so that documents without every word are found, too. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { analyzePlain } from "@paperwire/engine/eval";
import { loadInstalled } from "./installed.mjs";

export function openPeer(config) {
  const { Index } = loadInstalled(config, "flexsearch");
  const index = new Index({ tokenize: "strict", encode: analyzePlain, cache: false });
  const ids = [];
  return {
    add: (batch) => {
      for (const { id, title, text } of batch) index.add(ids.push(id) - 1, `${title} ${text}`);
    },
    save: () => index.export((key, data) => writeFileSync(join(config.folder, `${key}.json`), data ?? "")),
    search: (query) => index.search(query, { limit: 10, suggest: true }).map((at) => ids[at]),
  };
}
