/** One batch into the store, in one transaction where nothing stands against it. */
import { DomainError, type IncomingRecord, type Outcome } from "@paperwire/domain";
import type { PaperStore, SourceMark } from "@paperwire/store";

/**
 * Where the store refuses a batch for what is in it, its records go in one by one, so that only the bad ones stay out.
 * @param refuse told of each record that stays out, with the store's reason
 * @param mark where their source goes on; saved with the last of them
 * @returns outcomes of the records that are committed
 * @throws what is not about a record: the store cannot work
 */
export async function takeInBatch<Item extends { record: IncomingRecord }>(
  papers: Pick<PaperStore, "takeIn">,
  batch: readonly Item[],
  refuse: (item: Item, reason: string) => void,
  mark?: SourceMark,
): Promise<Outcome[]> {
  if (batch.length === 0 && !mark) return [];
  const records = batch.map(({ record }) => record);
  try {
    return await (mark ? papers.takeIn(records, mark) : papers.takeIn(records));
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
  if (mark) await papers.takeIn([], mark);
  return outcomes;
}

function isAboutARecord(error: unknown): error is DomainError {
  return error instanceof DomainError && (error.code === "invalid" || error.code === "conflict");
}
