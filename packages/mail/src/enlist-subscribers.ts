/** Writes down who gets a digest, and when: page by page, so that a million subscribers need no more memory than one page. */
import { afterQuietHours, type Cadence, type Digest, dueAt, isPausedOn, type Preferences } from "@paperwire/domain";

const PAGE = 1_000;

/** What this needs of the store. */
export type Enlistment = {
  listConfirmed(page: {
    cadence: Cadence;
    confirmedBy: string;
    after: string;
    limit: number;
  }): Promise<{ id: string; preferences: Preferences }[]>;
  add(digest: string, deliveries: readonly { subscriberId: string; dueMs: number }[]): Promise<number>;
};

type Times = {
  /** When the last edition of the digest ended. */
  closedMs: number;
  nowMs: number;
  /** Who confirmed later waits for the next digest. */
  confirmedBy: string;
};

/** May be cut off and begun again: a delivery that is written down already stays as it is. @returns how many are new */
export async function enlistSubscribers(
  { cadence, name, range }: Digest,
  times: Times,
  store: Enlistment,
): Promise<number> {
  let added = 0;
  for (let after = ""; ; ) {
    const page = await store.listConfirmed({ cadence, confirmedBy: times.confirmedBy, after, limit: PAGE });
    if (page.length === 0) return added;
    const wanted = page.filter(({ preferences }) => !isPausedOn(range.last, preferences));
    added += await store.add(
      name,
      wanted.map(({ id, preferences }) => ({ subscriberId: id, dueMs: dueFor(preferences, times) })),
    );
    after = page.at(-1)!.id;
  }
}

/** At the reader's hour after the edition ended; where that hour is past, as soon as it is not night there. */
export function dueFor(wishes: Preferences, { closedMs, nowMs }: Pick<Times, "closedMs" | "nowMs">): number {
  const due = dueAt(closedMs, wishes);
  return due >= nowMs ? due : afterQuietHours(nowMs, wishes);
}
