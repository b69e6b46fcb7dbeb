/** Addresses of collections: whose, what, and an id at the end that stays when either changes. */
import type { Collection } from "@paperwire/store";

const WORDS_MAX = 60;

/** `retrieval-01k…`: the words may be anything, the id decides. */
export function slugOf({ title, id }: Pick<Collection, "title" | "id">): string {
  const words = title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}+/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, WORDS_MAX)
    .replace(/^-+|-+$/g, "");
  return `${words || "papers"}-${id.toLowerCase()}`;
}

export const idOfSlug = (slug: string) => slug.split("-").at(-1)!.toUpperCase();

export const collectionUrl = (collection: Pick<Collection, "title" | "id" | "owner">) =>
  `/collections/${collection.owner}/${slugOf(collection)}`;
