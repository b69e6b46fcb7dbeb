/** The paper that a name means now: forms that were open while two papers became one still name the one that went. */
import { notFound, type Paper, type PaperId } from "@paperwire/domain";
import type { Store } from "@paperwire/store";

/** @throws DomainError `not-found`: there is no such paper, nor one that it was joined with */
export async function paperNamed({ store }: { store: Pick<Store, "papers" | "merges"> }, id: PaperId): Promise<Paper> {
  const paper = await store.papers.find(id);
  if (paper) return paper;
  const winner = await store.merges.findWinner(id);
  const joined = winner === null ? null : await store.papers.find(winner);
  if (!joined) throw notFound("There is no such paper here.");
  return joined;
}
