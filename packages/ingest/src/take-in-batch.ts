/** One batch into the store, in one transaction where nothing stands against it. */
import { DomainError, type IncomingRecord, type Outcome } from "@paperwire/domain";
import type { PaperStore } from "@paperwire/store";

/**
 * Where the store refuses a batch for what is in it, its records go in one by one, so that only the bad ones stay out.
 * @param refuse told of each record that stays out, with the store's reason
 * @returns outcomes of the records that are committed
 * @throws what is not about a record: the store cannot work
 */
export async function takeInBatch<Item extends { record: IncomingRecord }>(
  papers: Pick<PaperStore, "takeIn">,
  batch: readonly Item[],
  refuse: (item: Item, reason: string) => void,
): Promise<Outcome[]> {
  if (batch.length === 0) return [];
  try {
    return await papers.takeIn(batch.map(({ record }) => record));
  } catch (error) {
    if (!isAboutARecord(error)) throw error;
  }
  const outcomes: Outcome[] = [];
  for (const item of batch) {
    try {
      outcomes.push(...(await papers.takeIn([item.record])));
    } catch (error) {
      if (!isAboutARecord(error)) throw error;
      refuse(item, error.message);
    }
  }
  return outcomes;
}

function isAboutARecord(error: unknown): error is DomainError {
  return error instanceof DomainError && (error.code === "invalid" || error.code === "conflict");
}
