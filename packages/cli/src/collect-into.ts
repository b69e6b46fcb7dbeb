/** Reports from a mailbox into the store, with the count of what they did. */
import { type Collected, collectReports, type ReportMailbox } from "@paperwire/mail";
import type { Store } from "@paperwire/store";

export type ReportRound = Collected & { suppressed: number; noted: number; unknown: number };

export async function collectInto(store: Pick<Store, "deliveries">, mailbox: ReportMailbox): Promise<ReportRound> {
  const outcomes = { suppressed: 0, noted: 0, unknown: 0 };
  const collected = await collectReports(mailbox, async ({ deliveryId, kind, reason }) => {
    const id = deliveryId;
    outcomes[id === null ? "unknown" : await store.deliveries.bounce({ id, kind, reason })]++;
  });
  return { ...collected, ...outcomes };
}

export function sumUpReports({ suppressed, noted, unknown }: ReportRound): string {
  return `${suppressed} addresses left alone from now on, ${noted} noted, ${unknown} about no mail of ours`;
}
