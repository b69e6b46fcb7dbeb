/** Everything the community's tables keep about an account, part by part; for its own eyes. */
import type { AccountId } from "@paperwire/domain";
import type { Store } from "@paperwire/store";

/** A new table with people in it adds its line here. */
const PARTS: Readonly<Record<string, (store: Store, id: AccountId) => Promise<unknown>>> = {
  upvotes: (store, id) => store.upvotes.exportOf(id),
  submissions: (store, id) => store.submissions.exportOf(id),
  comments: (store, id) => store.comments.exportOf(id),
  claims: (store, id) => store.claims.exportOf(id),
  moderation: (store, id) => store.moderation.exportOf(id),
  collections: (store, id) => store.collections.exportOf(id),
  invites: (store, id) => store.invites.exportOf(id),
  notifications: (store, id) => store.notifications.exportOf(id),
};

export async function aboutAccount(store: Store, id: AccountId): Promise<Record<string, unknown>> {
  const parts = await Promise.all(
    Object.entries(PARTS).map(async ([name, part]) => [name, await part(store, id)] as const),
  );
  return Object.fromEntries(parts);
}
