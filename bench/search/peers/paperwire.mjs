/** Ours, with its defaults: title and text as two fields, built and searched in memory. */
import { createIndex } from "@paperwire/engine";
import { readBatches } from "../documents.mjs";

const SCHEMA = { fields: { title: { weight: 2.5 }, text: { weight: 1 } } };
/** Documents a batch on disk, each made durable before the next. */
const KEPT_BATCH = 10_000;

export function openPeer(config) {
  const index = createIndex(SCHEMA);
  return {
    add: (batch) => index.upsert(batch.map(toIndexed)),
    // The index gathers documents until it is first asked: that work belongs to the build, not to a query.
    finish: () => index.search("", { limit: 1 }),
    save: () => keepOnDisk(config),
    search: (query) => index.search(query, { limit: 10 }).hits.map((hit) => hit.id),
  };
}

/** The same documents through the door that keeps them; what lies in the folder afterwards is what is weighed. */
async function keepOnDisk(config) {
  const { openIndex } = await import("@paperwire/engine/node");
  const kept = await openIndex({ folder: config.folder, schema: SCHEMA });
  let revision = 0;
  for await (const batch of readBatches({ file: config.documents, count: config.count, batch: KEPT_BATCH })) {
    await kept.apply({ upserts: batch.map(toIndexed), removals: [], revision: ++revision });
  }
  await kept.close();
}

function toIndexed({ id, title, text }) {
  return { id, fields: { title, text } };
}
