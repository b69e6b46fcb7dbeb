/** Started as a process of its own: applies batch after batch and tells its parent which are done, until it is killed. */
import { batchOf, KILL_SCHEMA } from "./kill-batches.mjs";

const [, , folder, engine] = process.argv;
const { openIndex } = await import(engine);
/** So low that merges run in their own thread here, too. */
const MERGE_APART_FROM = 60;
const index = await openIndex({ folder, schema: KILL_SCHEMA, mergeApartFrom: MERGE_APART_FROM });
const BATCHES_MAX = 10_000;
for (let revision = index.revision + 1; revision <= BATCHES_MAX; revision += 1) {
  await index.apply(batchOf(revision));
  process.send?.(revision);
}
