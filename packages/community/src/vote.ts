/** Voting: who may, for what, and the count that is shown afterwards. */
import { type Account, notFound, type PaperId, parseArxivId } from "@paperwire/domain";
import type { UpvoteCount } from "@paperwire/store";
import type { CommunityParts } from "./parts.ts";

export type VoteWish = {
  account: Account;
  /** With or without a version; old arXiv ids hold a slash. */
  paperId: string;
  /** False takes the vote back. */
  upvoted: boolean;
};

export type VoteAnswer = UpvoteCount & { paperId: PaperId; upvoted: boolean };

/**
 * Votes, or takes a vote back; both may be said again without harm. Once it has answered, the vote is kept.
 * @throws DomainError `not-found`: there is no such paper
 */
export async function vote(
  { store }: Pick<CommunityParts, "store">,
  { account, paperId, upvoted }: VoteWish,
): Promise<VoteAnswer> {
  const change = (id: PaperId) => (upvoted ? store.upvotes.add(account.id, id) : store.upvotes.remove(account.id, id));
  const id = parseArxivId(paperId)?.id ?? paperId;
  const counts = await change(id);
  if (counts !== null) return { ...counts, paperId: id, upvoted };
  // A paper that was joined with another is voted for there.
  const winner = await store.merges.findWinner(id);
  const joined = winner === null ? null : await change(winner);
  if (winner === null || joined === null) throw notFound("There is no such paper here.");
  return { ...joined, paperId: winner, upvoted };
}
