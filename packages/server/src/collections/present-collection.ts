/** Collections in the shapes that existing clients read. */
import type { Collection, CollectionItem } from "@paperwire/store";
import { objectId } from "../api/object-ids.ts";
import type { ServerContext } from "../context.ts";
import { slugOf } from "./collection-url.ts";

/** As many as a collection holds. */
export const ITEMS_MAX = 1_000;

/** One collection by itself, whole. */
export async function presentCollection(context: Pick<ServerContext, "store">, collection: Collection) {
  return { ...(await presentOnList(context, collection, ITEMS_MAX)), position: 0 };
}

/**
 * Without its position: clients count that themselves, and fail where it is said twice.
 * @source huggingface_hub 2.4, hf_api.py, classes Collection and CollectionItem, `list_collections`
 */
export async function presentOnList({ store }: Pick<ServerContext, "store">, collection: Collection, limit: number) {
  const { id, owner, ownerName, ownerId, title, note, updatedAt, isPrivate } = collection;
  const items = await store.collections.items(id, { limit, offset: 0 });
  const papers = await store.papers.listByIds(items.map(({ paperId }) => paperId));
  return {
    slug: `${owner}/${slugOf(collection)}`,
    title,
    description: note,
    lastUpdated: updatedAt,
    gating: false,
    theme: "orange",
    private: isPrivate,
    upvotes: 0,
    isUpvotedByUser: false,
    owner: {
      _id: objectId("user", ownerId),
      name: owner,
      fullname: ownerName,
      type: "user",
      isHf: false,
      avatarUrl: "",
    },
    items: items.map((item, at) => presentItem(id, item, { at, papers })),
  };
}

/** Of a paper in one collection: what clients name it by when they change it. */
export const itemId = (collectionId: string, paperId: string) => objectId("discussion", `${collectionId} ${paperId}`);

type Listed = { paper: { id: string; title: string; publishedAt?: string }; entry: { upvotes: number } | null };

function presentItem(id: string, item: CollectionItem, { at, papers }: { at: number; papers: readonly Listed[] }) {
  const listed = papers.find(({ paper }) => paper.id === item.paperId);
  return {
    _id: itemId(id, item.paperId),
    id: item.paperId,
    type: "paper",
    position: at,
    title: listed?.paper.title ?? "",
    publishedAt: listed?.paper.publishedAt ?? null,
    upvotes: listed?.entry?.upvotes ?? 0,
    ...(item.note && { note: { text: item.note, html: escapeHtml(item.note) } }),
  };
}

const SIGNS: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => SIGNS[sign]!);
