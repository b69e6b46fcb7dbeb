/** What is said about a paper, put together for whoever looks. */
import {
  atLeast,
  type CommentId,
  mentionsIn,
  type PaperId,
  type Reaction,
  type Thread,
  type ThreadOrder,
  threadsOf,
} from "@paperwire/domain";
import type { Store } from "@paperwire/store";
import type { Site } from "../site.ts";

export type Talk = {
  threads: Thread[];
  order: ThreadOrder;
  /** Comments whose words everybody sees. */
  shown: number;
  reactionsOf(id: CommentId): readonly { reaction: Reaction; count: number; mine: boolean }[];
  /** Handles that are called somewhere and lead to somebody. */
  known: ReadonlySet<string>;
};

/** Handles looked up for one page; beyond that, calls are plain text. */
const HANDLES_MAX = 1_000;

export async function talkOf(
  store: Pick<Store, "comments" | "accounts">,
  paperId: PaperId,
  { reader, order }: { reader: Site["reader"]; order: ThreadOrder },
): Promise<Talk> {
  const [comments, reactions] = await Promise.all([
    store.comments.listOf(paperId),
    store.comments.reactionsOf(paperId, reader?.id),
  ]);
  const called = [...new Set(comments.flatMap(({ body }) => mentionsIn(body)))];
  const byComment = Map.groupBy(reactions, ({ commentId }) => commentId);
  const weight = (id: CommentId) => (byComment.get(id) ?? []).reduce((sum, { count }) => sum + count, 0);
  const moderates = reader !== undefined && atLeast(reader.role, "moderator");
  return {
    threads: threadsOf(comments, { reader: reader?.id, moderates, order, weight }),
    order,
    shown: comments.filter(({ state }) => state === "shown").length,
    reactionsOf: (id) => byComment.get(id) ?? [],
    known: called.length === 0 ? new Set() : await store.accounts.knownAmong(called.slice(0, HANDLES_MAX)),
  };
}

export const orderNamed = (name: string | undefined): ThreadOrder => (name === "top" ? "top" : "new");
