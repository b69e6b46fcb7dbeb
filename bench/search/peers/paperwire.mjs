/** Ours, with its defaults: title and text as two fields, in memory for searching and kept on disk by the engine's door. */
import { createIndex } from "@paperwire/engine";
import { openIndex } from "@paperwire/engine/node";

const SCHEMA = { fields: { title: { weight: 2 }, text: { weight: 1 } } };

export async function openPeer(config) {
  const index = createIndex(SCHEMA);
  const kept = await openIndex({ folder: config.folder, schema: SCHEMA });
  await kept.close();
  return {
    add: (batch) => index.upsert(batch.map(({ id, title, text }) => ({ id, fields: { title, text } }))),
    search: (query) => index.search(query, { limit: 10 }).hits.map((hit) => hit.id),
  };
}
