/**
 * Makes collections in BEIR's layout out of what people said about papers (links, tags, keywords, summaries), for
 * `search/quality --judged bench/out/proxies`. usage: npm run bench -- search/proxies [--data FOLDER] [--out FOLDER]
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeCollection } from "@paperwire/engine/eval";
import { makeProxies } from "./proxy-collections.mjs";

const { values: options } = parseArgs({
  options: {
    data: { type: "string", default: join(import.meta.dirname, "../../../shared/data") },
    out: { type: "string", default: join(import.meta.dirname, "../out/proxies") },
  },
});
if (!existsSync(options.data)) {
  console.error(`bench search/proxies: there is no folder ${options.data}`);
  process.exit(2);
}
const rows = [];
for (const { name, likeness, collection } of await makeProxies(options.data)) {
  await writeCollection(join(options.out, name), collection, { split: "proxy" });
  const { corpus, queries, qrels } = collection;
  const judgements = [...qrels.values()].reduce((sum, judged) => sum + judged.size, 0);
  rows.push({ name, likeness, documents: corpus.length, queries: queries.length, judgements });
}
console.table(rows);
console.log(JSON.stringify({ out: options.out, rows }));
